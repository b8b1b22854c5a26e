/**
 * Compilers that submissions use one after the other: what one submission says to its compiler, or does to it, is
 * nothing to the next.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { scratchFolder } from '../../../setup/run.ts'
import { gradeRun, MODEL, resultOf, submission, writeCourse } from './course.ts'

const scratch = scratchFolder()
const { folder } = scratch
afterAll(() => scratch[Symbol.dispose]())

/** In the order in which they are graded: each before its answer, which is right. */
const BEFORE = {
  '01-names': 'const leaked = 1\ninterface Leaked { n: number }\nfunction echoes(): Leaked { return { n: leaked } }',
  '02-other-names': 'const n: number = leaked + echoes().n',
  '03-types': 'const one: Leaked = { n: 1 }',
  '04-for-all': 'declare global { interface Array<T> { mine(): number } interface Socketlab { x: 1 } }',
  '05-of-all': 'const mine: number = [1].mine()',
  '06-old-decorators':
    'function logged(target: object, key: string, of: PropertyDescriptor): void {}\nclass Old { @logged run() {} }',
  '07-new-decorators':
    'function own<T>(value: T, context: ClassMethodDecoratorContext): T { return value }\nclass New { @own run() {} }',
  '08-a-file-of-its-own':
    'import { writeFileSync } from "node:fs"\nwriteFileSync("helper.ts", "export const four: number = 4")',
  '09-no-file': 'import { four } from "./helper"\nconst n: number = four',
  '10-a-package': 'import { z } from "zod"\nconst n: number = z.number().parse(3)',
  '11-an-endless-type': `type Build<N extends number, T extends unknown[] = []> = T["length"] extends N ? T : Build<N, [...T, unknown]>
type Big = Build<900>
type Pairs<A extends unknown[], B extends unknown[]> = { [K in keyof A]: { [L in keyof B]: [K, L, Pairs<A, B>] } }
type Slow<N extends unknown[]> = N extends [infer H, ...infer R] ? Slow<R> | Slow<[...R]> : Pairs<Big, Big>
const slow: Slow<Build<60>> = 1 as never`,
  '12-its-own-questions': `import * as fs from "node:fs"
const request = { kind: "convert", after: "", code: "declare global { interface Array<T> { mine(): number } }", name: "cell [3]" }
const body = Buffer.from(JSON.stringify({ id: "1", request }))
const size = Buffer.alloc(4)
size.writeUInt32LE(body.length)
for (let at = 3; at < 40; at++) try { if (fs.fstatSync(at).isSocket()) fs.writeSync(at, Buffer.concat([size, body])) } catch {}`,
  '13-a-question-without-end': `import * as fs from "node:fs"
for (let at = 3; at < 40; at++) try { if (at === 6 && fs.fstatSync(at).isSocket()) fs.writeSync(at, Buffer.from([255, 255, 255, 255])) } catch {}`,
  '14-of-all-again': 'const mine: number = [1].mine()',
  '15-nothing': '',
} as const

const SECOND: Partial<Record<keyof typeof BEFORE, string>> = {
  '08-a-file-of-its-own': 'import { four } from "./helper"\nif (four !== 4) throw new Error(String(four))',
}

let messages: Record<string, string[]>

beforeAll(async () => {
  const entries = Object.entries(BEFORE).map(([name, before]) => {
    const notebook = submission(MODEL)
    const [answer, ...rest] = notebook.cells
    const cell = (source: string, id: string) => ({ ...(rest[0] as object), id, metadata: {}, source })
    const second = SECOND[name as keyof typeof BEFORE]
    const more = second === undefined ? [] : [cell(second, 'second')]
    const cells = [cell(before, 'before'), ...more, answer, ...rest] as typeof notebook.cells
    return [name, { ...notebook, cells }]
  })
  writeCourse(folder, Object.fromEntries(entries))
  const { code, output } = await gradeRun(folder, ['--jobs', '1', '--timeout', '20'])
  expect(code, output).toBe(0)
  messages = Object.fromEntries(
    Object.keys(BEFORE).map((name) => [name, resultOf(folder, name).problems.map(({ message }) => message)]),
  )
}, 280_000)

test.each(Object.keys(BEFORE))('%s: the right answer has all points', (name) => {
  const unseen = ['12-its-own-questions', '13-a-question-without-end']
  // Who writes into the kernel's connections may have lost it; who comes after has not.
  if (unseen.includes(name)) return
  expect(resultOf(folder, name)).toMatchObject({ earned: 4, status: 'graded' })
})

test('names and types of one are unknown to the next', () => {
  expect(messages['01-names']).toEqual([])
  expect(messages['02-other-names']?.join()).toContain("Cannot find name 'leaked'")
  expect(messages['03-types']?.join()).toContain("Cannot find name 'Leaked'")
})

test('what one declares for all holds for its own notebook', () => {
  expect(messages['04-for-all']).toEqual([])
  expect(messages['05-of-all']?.join()).toContain("'mine' does not exist")
  expect(messages['14-of-all-again']?.join()).toContain("'mine' does not exist")
})

test('each has the decorators that fit it', () => {
  expect(messages['06-old-decorators']).toEqual([])
  expect(messages['07-new-decorators']).toEqual([])
})

test('files are those of its own folder', () => {
  expect(messages['08-a-file-of-its-own']).toEqual([])
  expect(messages['09-no-file']?.join()).toContain("'./helper'")
  // In the student's folder it may well lie.
  expect(messages['09-no-file']?.join()).toMatch(/\n→ The notebook is graded alone: files .*\.$/)
  expect(messages['15-nothing']).toEqual([])
})
