/**
 * A check that judges from outside: it runs in a process of its own, and calls the student's functions in theirs.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { scratchFolder } from '../../../setup/run.ts'
import { checkCell, notebookOf, solution } from '../source.ts'
import { gradeRun, MODEL, resultOf, STUB, WRONG, writeCourse } from './course.ts'

const scratch = scratchFolder()
const { folder } = scratch
afterAll(() => scratch[Symbol.dispose]())

const check = `import { bytes, check } from "socketlab"
await check("Echo", 4, async (t) => {
  t.case("sends back", { points: 2, timeout: 2 }, async () => {
    const { address } = await t.serve(echo)
    const conn = await t.connect(address)
    await conn.sendall(bytes\`hello\`)
    t.equal(await t.receive(conn, 5), bytes\`hello\`)
  })
  // BEGIN HIDDEN TESTS
  t.case("the hidden words", { points: 2, timeout: 2 }, async () => {
    const { address } = await t.serve(echo)
    const conn = await t.connect(address)
    const words = t.random.bytes(20)
    await conn.sendall(words)
    t.equal(await t.receive(conn, 20), words)
  })
  // END HIDDEN TESTS
})`
const SOURCE = notebookOf(solution('echo', MODEL), checkCell('echo-check', 4, check))
const submission = (answer: string) => notebookOf(solution('echo', answer), checkCell('echo-check', 4, check))

describe('a server', () => {
  beforeAll(async () => {
    writeCourse(folder, { right: submission(MODEL), wrong: submission(WRONG), stub: submission(STUB) }, SOURCE)
    await gradeRun(folder)
  }, 120_000)

  test('right', () => {
    const { earned, checks, problems, status } = resultOf(folder, 'right')
    expect([earned, status, problems]).toEqual([4, 'graded', []])
    expect(checks[0]?.judged).toBe('outside')
  })
  test('wrong', () => {
    const { earned, checks, problems } = resultOf(folder, 'wrong')
    expect([earned, problems]).toEqual([0, []])
    expect(checks[0]?.cases[0]?.message).toContain('Connection refused')
  })
  test('stub', () => {
    const { earned, checks } = resultOf(folder, 'stub')
    expect(earned).toBe(0)
    expect(checks[0]?.cases.map(({ state }) => state)).toEqual(['empty', 'empty'])
  })
})
