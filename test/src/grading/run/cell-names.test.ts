/** A cell in which something went wrong is named so that a teacher finds it in the notebook. */
import { expect, test } from 'vitest'
import { readAssignment } from '../../../../src/grading/notebook/index.ts'
import { problemsOf } from '../../../../src/grading/run/judge.ts'
import type { CellRun, Run } from '../../../../src/grading/run/record.ts'
import { restore } from '../../../../src/grading/run/restore.ts'
import { checkCell, notebookOf, plain, solution } from '../source.ts'

const source = readAssignment(notebookOf(solution('echo', '1'), checkCell('echo-check', 1, '1')))
const submitted = notebookOf(
  plain('intro', '# Mine', 'markdown'),
  plain('first', 'const n = 1'),
  solution('echo', '2'),
  plain('long', `\n  for (;;) { ${'x'.repeat(80)} }`),
)

const { cells } = restore(submitted, source)
const ran = (status: CellRun['status'], from: number): Run => ({
  ...{ cut: undefined, sandbox: 'bubblewrap', warning: undefined, seconds: 1 },
  cells: cells.map(({ id, kind }, index) => ({
    ...{ id, kind, index, error: 'Error: no', value: undefined, verdicts: [] },
    status: index >= from ? status : 'ok',
  })),
})

test('by its grade_id, or by its first line and the number that JupyterLab counts', () => {
  expect(problemsOf(ran('timeout', 0), cells).map(({ message }) => message)).toEqual([
    'The cell "const n = 1" (code cell 1) took too long and was stopped.',
    'The cell echo took too long and was stopped.',
    `The cell "for (;;) { ${'x'.repeat(47)}…" (code cell 3) took too long and was stopped.`,
    'The cell echo-check took too long and was stopped.',
  ])
  // That a check's own time was over is told too: its points are missing, and nothing else says why.
  expect(problemsOf(ran('timeout', cells.length - 1), cells)).toEqual([
    { kind: 'limit', cell: 'echo-check', message: 'The cell echo-check took too long and was stopped.' },
  ])
  expect(problemsOf(ran('error', cells.length - 1), cells)).toEqual([])
  expect(problemsOf(ran('error', 2), cells)).toMatchObject([
    {
      cell: expect.stringContaining('code cell 3'),
      message: expect.stringMatching(/^The cell "for .* failed: Error: no$/),
    },
  ])
  const gone: Run = { ...ran('not-run', 0), cut: { reason: 'memory', said: '' } }
  expect(problemsOf(gone, cells)[0]?.message).toMatch(/was ended, in the cell "const n = 1" \(code cell 1\)\.$/)
})
