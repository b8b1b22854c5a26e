/** Declarations that cells bring in without code: files that end in `.d.ts`. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect } from 'vitest'
import { plain, resultOf, textOf, test as withKernel } from '../kernel-fixture.ts'

const folder = mkdtempSync(join(tmpdir(), 'socketlab-declared-'))
withKernel.afterAll(() => rmSync(folder, { recursive: true }))

function write(files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

const test = withKernel.extend('run', async ({ freshKernel }) => {
  const kernel = await freshKernel({ cwd: folder })
  return async (code: string): Promise<unknown> => {
    const { reply, iopub } = await kernel.execute(code)
    if ('traceback' in reply.content) return plain(reply.content.traceback)
    return textOf(iopub) + (resultOf(iopub) ?? '')
  }
})

test('two types of one name are told apart by where they are from, behind what they take', async ({ run }) => {
  write({
    'a.ts': 'export class Crate<T> { #a = 1; put(item: T) {} }',
    'node_modules/crates/package.json': '{"name":"crates","version":"1.0.0"}',
    'node_modules/crates/index.js': 'exports.Crate = class {}',
    'node_modules/crates/index.d.ts': 'export declare class Crate<T> { put(item: T): void }',
  })
  const imports = 'import * as own from "./a"\nimport * as theirs from "crates"'
  const said = await run(`${imports}\nfunction take(crate: own.Crate<string[]>) {}\ntake(new theirs.Crate<string[]>())`)
  expect(said).toContain("Argument of type 'Crate<string[]> of crates' is not assignable")
  expect(said).toContain("parameter of type 'Crate<string[]> of ./a'")
})
