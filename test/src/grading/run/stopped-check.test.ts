/**
 * A check whose time is up before its last case: what its cases had found by then counts, and the page says which one
 * was not over. Answers that hang in many cases are the usual way to get there.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { scratchFolder } from '../../../setup/run.ts'
import { checkCell, notebookOf, solution } from '../source.ts'
import { gradeRun, kindsOf, resultOf, writeCourse } from './course.ts'

const scratch = scratchFolder()
const { folder } = scratch
afterAll(() => scratch[Symbol.dispose]())

const MODEL = `async function double(n: number): Promise<number> {
  // BEGIN SOLUTION
  return n * 2
  // END SOLUTION
}`
const hanging = (how: string) =>
  `async function double(n: number): Promise<number> {\n  if (n > 2) ${how}\n  return n === 2 ? 5 : n * 2\n}`
const checkOf = (call: string) => `await check("Double", 4, async (t) => {
  for (const n of [1, 2, 3, 4]) t.case(\`of \${n}\`, { points: 1, timeout: 100 }, async () => t.equal(${call}, n * 2))
})`
const source = notebookOf(
  solution('double', MODEL),
  checkCell('here', 4, checkOf('await double(n)')),
  checkCell('outside', 4, checkOf('await t.run(double, n)')),
)
const answer = (text: string) => notebookOf(solution('double', text), ...source.cells.slice(1))

describe('a case that has no end', () => {
  beforeAll(async () => {
    const submissions = { waits: answer(hanging('await new Promise(() => {})')), loops: answer(hanging('for (;;) {}')) }
    writeCourse(folder, submissions, source)
    await gradeRun(folder, ['--timeout', '5'])
  }, 120_000)

  test.each(['waits', 'loops'])('%s', (name) => {
    const result = resultOf(folder, name)
    expect([result.status, kindsOf(result), result.earned]).toEqual(['graded', ['limit', 'limit'], 2])
    for (const { earned, problem, cases } of result.checks) {
      expect([earned, problem]).toEqual([1, 'The check did not come to its end: it took too long and was stopped.'])
      expect(cases.map(({ state }) => state)).toEqual(['passed', 'failed', 'unfinished', 'missing'])
      expect(cases[1]?.message).toContain('received  5')
      expect(cases[2]?.message).toBe('It was not over when the check was stopped.')
    }
  })
})
