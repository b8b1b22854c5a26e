/** A cell that ends its kernel costs its own exercise, and no other. */
import { afterAll, expect, test } from 'vitest'
import { scratchFolder } from '../../../setup/run.ts'
import { checkCell, notebookOf, solution } from '../source.ts'
import { gradeRun, kindsOf, PATIENT, resultOf, writeCourse } from './course.ts'

const scratch = scratchFolder()
afterAll(() => scratch[Symbol.dispose]())

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
