/** The public types of struct, and the cells that show how everything should read. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const tsc = at('../../../node_modules/typescript/bin/tsc')
const flags =
  '--noEmit --strict --target esnext --module nodenext --moduleResolution nodenext --types node --lib esnext ' +
  '--ignoreConfig --allowImportingTsExtensions --isolatedModules --skipLibCheck'

const check = (...files: string[]): Promise<string> =>
  new Promise((resolve) => {
    const given = [tsc, ...flags.split(' '), ...files]
    execFile(process.execPath, given, { cwd: at('../../..') }, (_, text) => resolve(text))
  })

test('a literal format types what it unpacks to', async () => {
  expect(existsSync(at('types/formats.ts'))).toBe(true)
  expect(await check(at('types/formats.ts'))).toBe('')
})
