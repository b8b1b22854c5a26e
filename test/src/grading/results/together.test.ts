/** Results of one command beside those that are there already. */
import { expect, test } from 'vitest'
import { csvOf } from '../../../../src/grading/results/csv.ts'
import { type Asked, together } from '../../../../src/grading/results/together.ts'
import { byCheck, resultOf } from './result.ts'

const result = (name: string, path: string) => resultOf(name, [byCheck('c', 1, 1)], path)
const asked = (root: string, ...submissions: Asked['submissions']): Asked => ({ paths: [root], submissions })
const namesOf = ({ results }: ReturnType<typeof together>) => results.map(({ submission }) => submission.name)

const ann = result('ann', '/in/ann.ipynb')
const s2 = result('s2', '/in/s2.ipynb')
const s10 = result('s10', '/in/s10.ipynb')

test('one that came late stands among the others, by name', () => {
  const found = together([s2], [ann, s10, s2], asked('/in/s2.ipynb', s2.submission))
  expect(namesOf(found)).toEqual(['ann', 's2', 's10'])
  expect(found.notes).toEqual(['in the table too, as they were graded before: ann, s10'])
})

test('those of an earlier source are told of', () => {
  const old = { ...ann, assignment: { ...ann.assignment, version: 'older' } }
  const { notes } = together([s2], [old], asked('/in/s2.ipynb', s2.submission))
  expect(notes).toEqual([expect.any(String), expect.stringMatching(/^graded with another version .*: ann;/)])
})

test('one whose notebook was taken away or has another name now is left out; one from elsewhere is not', () => {
  const elsewhere = result('eve', '/late/eve.ipynb')
  const found = together([s2], [ann, elsewhere], asked('/in', s2.submission))
  expect([namesOf(found), found.gone]).toEqual([['eve', 's2'], ['ann']])
  expect(found.notes[0]).toContain('no longer there: ann')
})

test('one that has another name now, since there is a second notebook, is told so', () => {
  const [first, second] = [result('ann_s1', '/in/ann.ipynb'), result('ann_s2', '/in/ann2.ipynb')]
  const found = together([first, second], [ann], asked('/in', first.submission, second.submission))
  expect([namesOf(found), found.gone]).toEqual([['ann_s1', 'ann_s2'], ['ann']])
  expect(found.notes).toEqual([expect.stringContaining('ann is called ann_s1 now: who hands in two')])
})

test('one that this command was to grade and could not keeps its place', () => {
  const found = together([s2], [ann], asked('/in', s2.submission, ann.submission))
  expect([namesOf(found), found.gone]).toEqual([['ann', 's2'], []])
})

test('several problems of one can be told apart in the table', () => {
  const problems = ['The cell a failed: Error: no\n  at a', 'The cell b is missing.']
  const several = problems.map((message) => ({ kind: 'cell-failed' as const, cell: null, message }))
  expect(csvOf([{ ...ann, problems: several }])).toContain(',The cell a failed: Error: no | The cell b is missing.,')
})
