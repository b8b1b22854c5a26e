/**
 * The public types of struct and its companions, and the cells that show how everything should read, against the
 * library's own declarations.
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

/** What tsc says of them. */
function checked(...files: string[]): Promise<string> {
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const given = [tsc, ...FLAGS.split(' '), '--typeRoots', join(root, 'node_modules/@types'), ...files]
  return new Promise((resolve) => {
    execFile(process.execPath, given, { cwd: root }, (_, stdout, stderr) => resolve(stdout + stderr))
  })
}

// Two runs, for each takes some eight seconds of a processor.
test('formats type what they unpack to, and mistakes do not compile', async () => {
  expect(await checked(join(root, 'test/src/struct/types/formats.ts'))).toBe('')
})

test('cells and servers compile as they stand, and mistakes do not', async () => {
  const cells = join(folder, 'cells.ts')
  const declarations = join(folder, 'preload.d.ts')
  copyFileSync(join(root, 'test/kernel/compiler/types/examples.ts.txt'), cells)
  writeFileSync(declarations, preload())
  expect(await checked(join(root, 'test/src/socketserver/types/servers.ts'), cells, declarations)).toBe('')
})
