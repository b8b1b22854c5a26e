/** A cell that ends its kernel costs its own exercise, and no other. */
import { afterAll, expect, test } from 'vitest'
import { scratchFolder } from '../../../setup/run.ts'
import { checkCell, notebookOf, plain, solution } from '../source.ts'
import { gradeRun, kindsOf, PATIENT, resultOf, writeCourse } from './course.ts'

const scratch = scratchFolder()
const flooded = scratchFolder()
afterAll(() => {
  for (const one of [scratch, flooded]) one[Symbol.dispose]()
})

const exercise = (name: string, answer: string) => [
  solution(name, answer),
  checkCell(`${name}-check`, 1, `await check("${name}", 1, (t) => t.case("is one", () => t.equal(${name}(), 1)))`),
]
const one = (name: string) => `function ${name}(): number {\n  return 1\n}`
const ENDS = 'import { spawnSync } from "node:child_process"\nspawnSync("kill", ["-9", String(process.pid)])'

test('the second of three ends the kernel', async () => {
  const source = notebookOf(...['first', 'second', 'third'].flatMap((name) => exercise(name, one(name))))
  const submitted = notebookOf(
    ...exercise('first', one('first')),
    ...exercise('second', `${one('second')}\n${ENDS}`),
    ...exercise('third', one('third')),
  )
  writeCourse(scratch.folder, { ann: submitted }, source)
  await gradeRun(scratch.folder, PATIENT)
  const result = resultOf(scratch.folder, 'ann')
  expect(result.checks.map(({ earned }) => earned)).toEqual([1, 0, 1])
  expect([result.status, ...kindsOf(result)]).toEqual(['partly', 'kernel-died'])
  expect(result.problems[0]?.message).toContain('second')
}, 60_000)

/** The check's answer is there before its kernel has gone: the end is met by the cell after it. */
test('the first check prints what is too much for all cells together', async () => {
  const source = notebookOf(...['first', 'second', 'third'].flatMap((name) => exercise(name, one(name))))
  const print = (lines: number) => `for (let i = 0; i < ${lines}; i++) console.log("x".repeat(65_535))`
  // Of 512 such lines: none of these cells is stopped for its own.
  const before = Array.from({ length: 8 }, (_, at) => plain(`noise-${at}`, print(63)))
  const submitted = notebookOf(
    ...before,
    ...exercise('first', `function first(): number {\n  ${print(9)}\n  return 1\n}`),
    ...exercise('second', one('second')),
    ...exercise('third', one('third')),
  )
  writeCourse(flooded.folder, { ann: submitted }, source)
  await gradeRun(flooded.folder, PATIENT)
  const result = resultOf(flooded.folder, 'ann')
  expect(result.problems.map(({ kind, cell }) => [kind, cell])).toEqual([['limit', 'first-check']])
  expect(result.checks.slice(1).map(({ earned }) => earned)).toEqual([1, 1])
}, 120_000)
