/** The public types: what a student writes compiles, what the types can catch does not. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const tsc = at('../../../node_modules/typescript/bin/tsc')
const flags =
  '--noEmit --strict --target esnext --module nodenext --moduleResolution nodenext --types node --lib esnext ' +
  '--ignoreConfig --allowImportingTsExtensions --isolatedModules --skipLibCheck'

test('cells compile under --strict, mistakes do not', async () => {
  const files = [at('types/cells.ts'), at('types/mistakes.ts')]
  const output = await new Promise((resolve) => {
    execFile(process.execPath, [tsc, ...flags.split(' '), ...files], { cwd: at('../../..') }, (_, text) =>
      resolve(text),
    )
  })
  expect(output).toBe('')
})
