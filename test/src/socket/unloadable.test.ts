/** The built library where koffi is not to be had: in a bundle, installed without it, under `node --permission`. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root } from '../../runner/paths.ts'

const folder = mkdtempSync(join(tmpdir(), 'socketlab-unloadable-'))
const alone = join(folder, 'alone.cjs')
const library = join(root, 'dist', 'socketlab.cjs')
const ask =
  "import { socket } from 'socketlab'\ntry { socket.socket() } catch (error) { console.log(error.message, !!error.cause) }"
afterAll(() => rmSync(folder, { recursive: true }))
beforeAll(() => cpSync(library, alone))

function told(script: string, ...flags: string[]): string {
  return spawnSync(process.execPath, [...flags, script], { encoding: 'utf8' }).stdout
}

test('a bundle that stands alone is told to leave socketlab out, as CommonJS and as a module', async () => {
  const shared = {
    stdin: { contents: ask, resolveDir: folder },
    bundle: true,
    platform: 'node',
    alias: { socketlab: library },
  } as const
  await build({ ...shared, outfile: join(folder, 'bundle.cjs') })
  // What rollup makes of CommonJS: require by name, but no file name.
  const banner = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url)"
  await build({ ...shared, format: 'esm', banner: { js: banner }, outfile: join(folder, 'bundle.mjs') })
  for (const file of ['bundle.cjs', 'bundle.mjs']) {
    const words = told(join(folder, file))
    expect(words).toContain('socketlab calls the system through koffi, which cannot be loaded: ')
    expect(words).toMatch(
      /leave socketlab out of the bundle \(esbuild --packages=external\), and install it beside it true\n$/,
    )
  }
})

test('a koffi without its native part names the optional packages', () => {
  const koffi = join(folder, 'node_modules', 'koffi')
  mkdirSync(join(folder, 'node_modules'))
  cpSync(join(root, 'node_modules', 'koffi'), koffi, { recursive: true })
  writeFileSync(join(folder, 'ask.mjs'), ask.replace("'socketlab'", "'./alone.cjs'"))
  expect(told(join(folder, 'ask.mjs'))).toMatch(
    /Cannot find the native Koffi module.*\n.*install without --omit=optional/,
  )
})

test('node --permission is told the flag', () => {
  const script = join(folder, 'permission.mjs')
  writeFileSync(script, ask.replace("'socketlab'", JSON.stringify(library)))
  expect(told(script, '--permission', '--allow-fs-read=*')).toMatch(/add --allow-addons true\n$/)
})
