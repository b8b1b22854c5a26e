/** What students may not change is put back; who is told that they did. */
import { expect, test } from 'vitest'
import { readAssignment } from '../../../../src/grading/notebook/index.ts'
import { releaseNotebook } from '../../../../src/grading/release/index.ts'
import { restore } from '../../../../src/grading/run/restore.ts'
import type { Notebook } from '../../../../src/notebook/notebook-file.ts'
import { checkCell, notebookOf, readOnly, solution } from '../source.ts'

const courseOf = (help: string, points: number): Notebook =>
  notebookOf(
    readOnly('help', help),
    solution('two', 'const two = 2'),
    checkCell('two-check', points, `await check("Two", ${points}, (t) => t.case("is two", () => t.equal(two, 2)))`),
  )
const problemsIn = (handedIn: Notebook, source: Notebook) =>
  restore(handedIn, readAssignment(source)).problems.map(({ kind, cell }) => `${kind} ${cell}`)

test('a source that has changed since it was handed out is no mistake of the student', () => {
  const handedOut = releaseNotebook(courseOf('const help = 1', 2)).notebook
  expect(problemsIn(handedOut, courseOf('const help = 2', 4))).toEqual([])
  const changed = structuredClone(handedOut)
  for (const cell of changed.cells) if (cell.id === 'help') cell.source = 'const help = 3'
  expect(problemsIn(changed, courseOf('const help = 2', 4))).toEqual(['tampered-cell help'])
})

test("a key too much in a cell's metadata costs no points", () => {
  const source = courseOf('const help = 1', 2)
  const handedIn = releaseNotebook(source).notebook
  for (const cell of handedIn.cells) Object.assign(cell.metadata.nbgrader as object, { remark: 'mine' })
  const answer = handedIn.cells.find(({ id }) => id === 'two')
  if (answer) answer.source = 'const two = 1 + 1'
  const { problems, cells } = restore(handedIn, readAssignment(source))
  expect(problems).toEqual([])
  expect(cells.find(({ id }) => id === 'two')?.source).toBe('const two = 1 + 1')
})
