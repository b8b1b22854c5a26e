/**
 * A check's cell may run code of the student's before its check: what the cell declares can have a setter already. A check
 * that is called there, in the name of the real one, gains nothing, whatever becomes of the real one.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { scratchFolder } from '../../../setup/run.ts'
import { checkCell, notebookOf, solution } from '../source.ts'
import { gradeRun, resultOf, writeCourse } from './course.ts'

const scratch = scratchFolder()
const { folder } = scratch
afterAll(() => scratch[Symbol.dispose]())

const CHECK = `import { check } from "socketlab"
const wanted = 1
await check("One", 1, (t) => t.case("is one", () => t.equal(one(), wanted)))`
const notebook = (answer: string) => notebookOf(solution('one', answer), checkCell('one-check', 1, CHECK))
const right = 'function one(): number {\n  return 1\n}'

/** Calls a check as soon as the real one's cell runs, does something, and when that check is over something else. */
const early = (then: string, over = '', [more, asked] = ['', ''], fixed = '') => `function one(): number {
  ${asked}
  return 2
}
const { check: theirs, embedding } = require("socketlab")
Object.defineProperty(exports, "wanted", {
  configurable: ${fixed !== 'fixed'},
  get: () => 1,
  set() {
    void theirs("One", 1, (t: any) => { t.case("is one", () => {}); ${more} }).then(() => { ${over} }, () => {})
    ${then}
  },
})`

const ATTEMPTS: Record<string, string> = {
  'and nothing else': early(''),
  'and nothing else, by a setter that stays': early('', '', ['', ''], 'fixed'),
  'another seed for the real one, by a setter that stays': early(
    '',
    'embedding.checking.seed = "other"',
    ['', ''],
    'fixed',
  ),
  'another seed for the real one': early('', 'embedding.checking.seed = "other"'),
  'no real one, for an error': early(
    'const wait = setImmediate; (globalThis as any).setImmediate = (run: any) => setTimeout(run, 300); throw new Error("no more")',
  ),
  'a case that waits until the cell is stopped, and then no pause for the real one': early('', '', [
    't.case("more", { points: 0, timeout: 100 }, () => new Promise(() => {}))',
    'for (;;) {}',
  ]),
}
const names = Object.keys(ATTEMPTS)

beforeAll(async () => {
  const entries = names.map((name, at) => [`${at}`, notebook(ATTEMPTS[name] as string)])
  writeCourse(folder, { ...Object.fromEntries(entries), right: notebook(right) }, notebook(right))
  await gradeRun(folder, ['--jobs', '2', '--timeout', '5'])
}, 280_000)

test.each(names)('%s', (name) => {
  expect(resultOf(folder, String(names.indexOf(name))).earned).toBe(0)
})

test('a right answer beside them has its point', () => {
  expect(resultOf(folder, 'right').earned).toBe(1)
})
