/** Results as grading has written them, for the tests of what is made of them. */
import type { Check, Result } from '../../../../src/grading/results/schema.ts'

export const byCheck = (id: string, points: number, earned: number): Check => ({
  ...{ id, title: id, points, earned, judged: 'check', problem: null, cases: [] },
})
export const byPerson = (id: string, points: number, given?: Check['given']): Check => ({
  ...{ id, title: id, points, earned: given?.points ?? 0, judged: 'person', problem: null, cases: [], given },
})

export const resultOf = (name: string, checks: Check[], path = `/in/${name}.ipynb`): Result => ({
  ...{ schema: 'socketlab-grading-result', version: 1, job: name, seed: 's', status: 'graded', problems: [] },
  assignment: { name: 'echo', version: 'one' },
  submission: { name, path, sha256: '0' },
  points: checks.reduce((sum, { points }) => sum + points, 0),
  earned: checks.reduce((sum, { earned }) => sum + earned, 0),
  ...{ checks, sandbox: 'bubblewrap', seconds: 1 },
})
