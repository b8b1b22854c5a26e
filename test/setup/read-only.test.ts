/** What makes a start quick: made by `install` for all, and by each user for themselves where only root may write. */
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { compilerCommand, snapshotName } from '../../kernel/bridge/snapshot.mjs'
import { type Kernel, startKernel } from '../../kernel/client/kernel.ts'
import { kernelSpec } from '../../src/cli/kernelspec/spec.ts'
import { childrenOf } from '../kernel/kernel-fixture.ts'
import { copyPackage, plainEnv, run, scratchFolder } from './run.ts'

const scratch = scratchFolder()
afterAll(() => scratch[Symbol.dispose]())

const newFolder = () => mkdtempSync(join(scratch.folder, 'one '))

/** As npm installs it: nothing is made yet. */
function freshPackage() {
  const folder = copyPackage(newFolder())
  const made = [join(folder, 'dist'), join(folder, 'dist', 'kernel')]
  for (const at of made) for (const name of readdirSync(at)) if (/\.(blob|code|new)$/.test(name)) rmSync(join(at, name))
  return { folder, bundle: join(folder, 'dist', 'kernel', 'compiler.cjs') }
}

/** Files below it, in all folders. */
const below = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map(({ name }) => name)

/** The command as seen by whom the package is read-only: root may write anywhere but on a disk that nobody may. */
function readOnly(folder: string, argv: readonly string[]): string[] {
  if (process.getuid?.() === 0) {
    const script = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"'
    return ['unshare', '--mount', 'sh', '-c', script, folder, ...argv]
  }
  const folders = [join(folder, 'dist'), join(folder, 'dist', 'kernel')]
  for (const one of folders) chmodSync(one, 0o555)
  onTestFinished(() => folders.forEach((one) => void chmodSync(one, 0o755)))
  return [...argv]
}

const commandLines = (kernel: Kernel) => childrenOf(kernel).map((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8'))

test('install makes the snapshot beside the package, once', { timeout: 90_000 }, async () => {
  const { folder, bundle } = freshPackage()
  const install = () =>
    run(process.execPath, [join(folder, 'setup', 'socketlab.mjs'), 'install', '--prefix', newFolder()], {
      env: plainEnv(),
    })
  expect((await install()).output).toContain(`Made it in ${join(folder, 'dist', 'kernel')}\n`)
  expect(compilerCommand(bundle).command.at(-1)).toBe(join(folder, 'dist', 'kernel', snapshotName(bundle)))
  expect((await install()).output).not.toContain('napshot')
})

test('where the package cannot be written to, a kernel makes it for its user', { timeout: 90_000 }, async () => {
  const { folder, bundle } = freshPackage()
  const cache = newFolder()
  const argv = readOnly(folder, kernelSpec({ packageRoot: folder, node: process.execPath }).argv)
  const start = () => startKernel({ argv, env: plainEnv({ XDG_CACHE_HOME: cache }) })
  const first = await start()
  await first.execute('1 + 1')
  const name = snapshotName(bundle)
  expect(commandLines(first).join('\n')).not.toContain(name)
  await expect.poll(() => below(cache), { timeout: 60_000 }).toContain(name)
  await first.stop()
  const code = ['executor', 'io', 'socketlab'].map((one) => expect.stringMatching(`^${one}-.*\\.code$`))
  expect(below(cache)).toEqual(expect.arrayContaining(code))

  const second = await start()
  await second.execute('1 + 1')
  expect(commandLines(second).join('\n')).toContain(join(cache, 'socketlab', 'starts'))
  await second.stop()
  expect(below(folder).filter((file) => /\.(blob|code|new)$/.test(file))).toEqual([])
})

test('a folder that others may write to is not used for it: what lies in it is run', async () => {
  const { folder, bundle } = freshPackage()
  const cache = newFolder()
  const program = `import { buildSnapshot, compilerCommand } from ${JSON.stringify(new URL('../../kernel/bridge/snapshot.mjs', import.meta.url).href)}
    const bundle = ${JSON.stringify(bundle)}
    const made = await buildSnapshot(bundle).catch(({ message }) => message)
    console.log(JSON.stringify({ made, ...compilerCommand(bundle) }))`
  const build = async () => {
    const [command, ...args] = readOnly(folder, [process.execPath, '--input-type=module', '-e', program])
    const { output } = await run(command as string, args, { env: plainEnv({ XDG_CACHE_HOME: cache }) })
    return JSON.parse(output) as { made: string; fromSnapshot: boolean }
  }
  expect(await build()).toMatchObject({ fromSnapshot: true })
  const starts = join(cache, 'socketlab', 'starts')
  const own = join(starts, readdirSync(starts)[0] as string)
  chmodSync(own, 0o777)
  expect(await build()).toMatchObject({ made: `others may write to ${own}`, fromSnapshot: false })
  chmodSync(own, 0o700)
  expect(await build()).toMatchObject({ fromSnapshot: true })
})
