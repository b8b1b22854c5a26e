/** Results of one command beside those that are there already. */
import { expect, test } from 'vitest'
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

test('one that this command was to grade and could not keeps its place', () => {
  const found = together([s2], [ann], asked('/in', s2.submission, ann.submission))
  expect([namesOf(found), found.gone]).toEqual([['ann', 's2'], []])
})
