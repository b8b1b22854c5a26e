/**
 * Submissions as they come, graded together: each gets what it deserves, and none spoils another's.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Notebook } from '../../../../src/notebook/notebook-file.ts'
import { type Outcome, scratchFolder } from '../../../setup/run.ts'
import { notebookOf, plain, solution } from '../source.ts'
import { gradeRun, kindsOf, MODEL, resultOf, STUB, submission, writeCourse } from './course.ts'

const scratch = scratchFolder()
const { folder } = scratch
afterAll(() => scratch[Symbol.dispose]())

const twice = submission(MODEL)
twice.cells.push(structuredClone(twice.cells[0]!))

const inPython = (notebook: Notebook): Notebook => ({
  ...notebook,
  metadata: { kernelspec: { name: 'python3', language: 'python', display_name: 'Python 3' } },
})
const inMarkdown = submission(MODEL)
inMarkdown.cells[0] = { cell_type: 'markdown', metadata: inMarkdown.cells[0]!.metadata, source: MODEL }

/** Name, submission, points, status, problems. */
const TABLE = [
  ['right', submission(MODEL), 4, 'graded', []],
  ['half', submission(MODEL.replace('sendall(data)', 'sendall(bytes`hello`)')), 2, 'graded', []],
  ['stub', submission(STUB), 0, 'graded', []],
  ['type-error', submission(`${MODEL}\nconst n: number = "one"`), 0, 'graded', ['cell-failed']],
  ['endless-loop', submission('for (;;) {}'), 0, 'graded', ['limit']],
  ['endless-await', submission('await new Promise(() => {})'), 0, 'graded', ['limit']],
  ['exit', submission(`${MODEL}\nprocess.exit(0)`), 4, 'graded', ['cell-failed']],
  ['flood', submission('for (;;) console.log("x".repeat(1000))'), 0, 'graded', ['limit']],
  // By the kernel, which ends the cell, or by the sandbox, which ends the kernel: whichever looks first.
  ['memory', submission('const all: Buffer[] = []\nfor (;;) all.push(Buffer.alloc(1e7, 1))'), 0, undefined, undefined],
  ['no-check', notebookOf(solution('echo', MODEL)), 4, 'graded', ['missing-cell']],
  ['no-answer', notebookOf(submission(MODEL).cells[1]!), 0, 'graded', ['missing-cell']],
  ['tampered', submission(MODEL, '4'), 4, 'graded', ['tampered-cell']],
  // JupyterLab makes it Markdown at one key, and names another kernel where ours is not installed.
  ['in-markdown', inMarkdown, 4, 'graded', ['tampered-cell']],
  ['other-kernel', inPython(submission(MODEL)), 4, 'graded', []],
  ['python', inPython(notebookOf(plain('one', 'print(1)'))), 0, 'refused', ['not-a-notebook']],
  ['duplicate', twice, 4, 'graded', ['duplicate-cell']],
  ['other', notebookOf(solution('sum', '1 + 1')), 0, 'refused', ['other-assignment']],
  ['text', 'this is an essay', 0, 'refused', ['not-a-notebook']],
  ['json', '[]', 0, 'refused', ['not-a-notebook']],
] as const

describe('a folder of submissions', () => {
  let outcome: Outcome
  beforeAll(async () => {
    writeCourse(folder, Object.fromEntries(TABLE.map(([name, content]) => [name, content])))
    outcome = await gradeRun(folder, ['--jobs', '2', '--memory', '600'])
  }, 180_000)

  test.each(TABLE)('%s', (name, _content, points, status, problems) => {
    const result = resultOf(folder, name)
    expect(result.earned).toBe(points)
    if (status) expect([result.status, kindsOf(result)]).toEqual([status, problems])
    else expect(result.problems).toHaveLength(1)
    expect(result.points).toBe(4)
  })

  test('the command says that some could not be graded', () => {
    expect(outcome.code).toBe(1)
    expect(outcome.output).toContain('right: 4 of 4')
    expect(outcome.output).toMatch(/[45] of 19 could not be graded/)
  })

  test('the table has a line for each', () => {
    const lines = readFileSync(join(folder, 'graded', 'grades.csv'), 'utf8')
      .trimEnd()
      .split('\r\n')
    expect(lines[0]).toBe('submission,status,points,max_points,echo-check,problems,seconds,path')
    expect(lines).toHaveLength(1 + TABLE.length)
    expect(lines.find((line) => line.startsWith('half,'))).toMatch(/^half,graded,2,4,2,,/)
  })

  test("a student's page has no hidden test, and no address of anything outside", () => {
    const page = readFileSync(join(folder, 'graded', 'feedback', 'half.html'), 'utf8')
    expect(page).toContain('2 of 4 points')
    expect(page).toContain('sends back')
    expect(page).toContain('Further tests')
    expect(page).not.toContain('hidden words')
    expect(page).not.toMatch(/https?:|src=|href=/)
  })

  test('the next run finds all of it done', async () => {
    const again = await gradeRun(folder, ['--jobs', '2', '--memory', '600', '--gradescope'])
    expect(again.output.match(/from before/g)).toHaveLength(TABLE.length)
    const gradescope = JSON.parse(readFileSync(join(folder, 'graded', 'gradescope', 'half', 'results.json'), 'utf8'))
    expect(gradescope.score).toBe(2)
    expect(gradescope.tests.map((one: { score: number; visibility: string }) => [one.score, one.visibility])).toEqual([
      [2, 'visible'],
      [0, 'hidden'],
    ])
  }, 60_000)
})
