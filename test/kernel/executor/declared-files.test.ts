/** Declarations that cells bring in without code: files that end in `.d.ts`, and comments at the head of a cell. */
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

test('a `.d.ts` beside code, and one of types alone, are read again when they change', async ({ run }) => {
  write({
    'half.js': 'exports.half = (n) => n / 2; exports.third = (n) => n / 3',
    'half.d.ts': 'export declare function half(n: number): number',
    'shapes.d.ts': 'import type { Unit } from "./units"\nexport interface Box { side: number; unit: Unit }',
    'units.d.ts': 'export type Unit = "cm"',
  })
  const first = 'import { half } from "./half.js"\nimport type { Box } from "./shapes"'
  expect(await run(`${first}\nconst box: Box = { side: half(4), unit: "cm" }; box.side`)).toBe('2')
  expect(await run('import { third } from "./half.js"')).toContain("has no exported member 'third'")
  expect(await run('const inches: Box = { side: 1, unit: "in" }')).toContain(`'"in"' is not assignable`)
  write({ 'half.d.ts': 'export declare const half: (n: number) => number, third: (n: number) => number' })
  write({ 'units.d.ts': 'export type Unit = "cm" | "in"' })
  expect(await run('import { third } from "./half.js"\nthird(9)')).toBe('3')
  expect(await run('const inches: Box = { side: 1, unit: "in" }; inches.unit')).toBe("'in'")
})

test('a cell asks for types of web pages, of a package and of a file by a comment at its head', async ({ run }) => {
  write({
    'node_modules/@types/measure/package.json': '{"name":"@types/measure","version":"1.0.0","types":"index.d.ts"}',
    'node_modules/@types/measure/index.d.ts': 'interface Measured { metres: number }',
    'made.d.ts': 'declare const madeElsewhere: number',
  })
  const of = 'const key: JsonWebKey = { kty: "oct" }\nkey.kty'
  expect(await run(of)).toContain('/// <reference lib="dom" />')
  expect(await run(`/// <reference lib="dom" />\n${of}`)).toBe("'oct'")
  // All of it, and what pages call by short names is still the notebook's to declare.
  expect(
    await run('let page: Document | undefined\nconst name = 1; let status = 2; const event = new threading.Event()'),
  ).toBe('')
  expect(await run('name + status + Number(event.isSet())')).toBe('3')
  expect(
    await run('// of another\n/// <reference types="measure" />\nconst m: Measured = { metres: 2 }; m.metres'),
  ).toBe('2')
  expect(await run('/// <reference path="./made.d.ts" />\n;(globalThis as any).madeElsewhere = 5\nmadeElsewhere')).toBe(
    '5',
  )
  write({ 'made.d.ts': 'declare const madeElsewhere: number\ninterface Later { a: 1 }' })
  expect(await run('const later: Later = { a: 1 }; later.a')).toBe('1')
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
