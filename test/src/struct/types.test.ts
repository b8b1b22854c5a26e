/**
 * The public types of struct and its companions, and the cells that show how everything should read, against the
 * library's own declarations. One run of tsc for all: it takes seconds.
 */
import { execFile } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { root } from '../../runner/paths.ts'

const folder = mkdtempSync(join(tmpdir(), 'socketlab-types-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** What a notebook has without an import. */
const MODULES = ['socket', 'struct', 'threading', 'queue', 'select', 'selectors', 'socketserver', 'lab']
const OTHERS = ['bytes', 'repr', 'sleep', 'OSError', 'ConnectionError', 'TimeoutError', 'KeyboardInterrupt']

/** Declared as the kernel declares them: a name is value, type and namespace at once. */
function preload(): string {
  const names = [...MODULES, ...OTHERS].map((name) => `  export import ${name} = library.${name}`)
  return `import * as library from ${JSON.stringify(join(root, 'src/index.ts'))}
declare global {
${names.join('\n')}
  function input(prompt?: string): Promise<string>
}
`
}

const FLAGS =
  '--noEmit --strict --target esnext --module esnext --moduleResolution bundler --types node --lib esnext ' +
  '--ignoreConfig --allowImportingTsExtensions --isolatedModules --skipLibCheck'

test('formats type what they unpack to, cells compile as they stand, and mistakes do not', async () => {
  const cells = join(folder, 'cells.ts')
  copyFileSync(join(root, 'test/kernel/compiler/types/examples.ts.txt'), cells)
  writeFileSync(join(folder, 'preload.d.ts'), preload())
  const files = ['test/src/struct/types/formats.ts', 'test/src/socketserver/types/servers.ts']
  const given = [
    join(root, 'node_modules/typescript/bin/tsc'),
    ...FLAGS.split(' '),
    ...['--typeRoots', join(root, 'node_modules/@types')],
    ...files.map((file) => join(root, file)),
    ...[cells, join(folder, 'preload.d.ts')],
  ]
  const output = await new Promise((resolve) => {
    execFile(process.execPath, given, { cwd: root }, (_, stdout, stderr) => resolve(stdout + stderr))
  })
  expect(output).toBe('')
})
