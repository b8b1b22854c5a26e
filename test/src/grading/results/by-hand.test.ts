/** Points that a person gives: what is written for them, and what is made of what they wrote. */
import { describe, expect, test } from 'vitest'
import { gradeByHand, keyOf, TableError } from '../../../../src/grading/results/by-hand.ts'
import { byCheck, byPerson, resultOf } from './result.ts'

const person = (name: string) => resultOf(name, [byCheck('echo-check', 4, 3), byPerson('why', 2)])
const ALL = [person('ann'), person('bob')]
const ANSWERS = new Map([
  [keyOf('ann', 'why'), 'Since TCP is\na stream.'],
  [keyOf('bob', 'why'), '- no idea'],
])
const HEAD = 'submission,cell,max_points,points,comment,answer'

const graded = (...lines: string[]) => gradeByHand(ALL, ANSWERS, [HEAD, ...lines].join('\n'))
const earned = ({ results }: ReturnType<typeof gradeByHand>) => results.map((one) => one.earned)

test('the first table has a line for each answer', () => {
  const { text, results, problems } = gradeByHand(ALL, ANSWERS, undefined)
  expect(text).toBe(`\ufeff${HEAD}\r\nann,why,2,,,"Since TCP is\na stream."\r\nbob,why,2,,,'- no idea\r\n`)
  expect([results.map((one) => one.earned), problems]).toEqual([[3, 3], []])
  expect(gradeByHand(results, ANSWERS, text)).toMatchObject({ text, problems: [], notes: [] })
})

test('an assignment without such cells has none', () => {
  expect(gradeByHand([resultOf('ann', [byCheck('a', 1, 1)])], new Map(), undefined).text).toBeUndefined()
})

test('points and comments go into the results, whatever the spreadsheet made of the file', () => {
  const own = { points: 1.5, comment: 'Nearly, but "why"?' }
  const texts = [
    `${HEAD}\nann,why,2,1.5,"Nearly, but ""why""?","Since TCP is\na stream."\n`,
    `\ufeff${HEAD}\r\nann,why,2,"1,5","Nearly, but ""why""?"\r\n`,
    `${HEAD.replaceAll(',', ';')}\nann;why;2;1,5;Nearly, but "why"?\n`,
    `Cell\tSubmission\tComment\tPoints\tWho\nwhy\tann\tNearly, but "why"?\t1.50\tme\n`,
  ]
  for (const text of texts) {
    const found = gradeByHand(ALL, ANSWERS, text)
    expect(found.problems, text).toEqual([])
    expect(found.results[0], text).toMatchObject({ earned: 4.5, checks: [{}, { earned: 1.5, given: own }] })
    expect(found.results[1], text).toMatchObject({ earned: 3, checks: [{}, { earned: 0, given: null }] })
    const again = gradeByHand(found.results, ANSWERS, found.text)
    expect([again.results, again.text], text).toEqual([found.results, found.text])
  }
})

test.each(['.5', ',5', '0,50', '0.5'])('half a point may be written %s', (points) => {
  const found = graded(`ann,why,2,"${points}",,`)
  expect([found.problems, found.results[0]?.checks[1]?.earned]).toEqual([[], 0.5])
})

test('what the teacher wrote stays as it stands; lines that are missing come at the end', () => {
  const line = 'ann , why,2,"1",x,"Since TCP is\na stream.",mine'
  expect(graded(line).text).toBe(`${HEAD}\r\n${line}\r\nbob,why,2,,,'- no idea\r\n`)
})

test('an empty line gets the new answer; one with points stays, and is told of', () => {
  const later = new Map([
    [keyOf('ann', 'why'), 'Another answer'],
    [keyOf('bob', 'why'), 'Another answer'],
  ])
  const { text } = graded('ann,why,2,1,,"Since TCP is\na stream."', "bob,why,2,,,'- no idea")
  const found = gradeByHand(ALL, later, text)
  expect(found.text).toBe(`${HEAD}\r\nann,why,2,1,,"Since TCP is\na stream."\r\nbob,why,2,,,Another answer\r\n`)
  expect(found.notes).toEqual([
    expect.stringMatching(/^line 2 \(ann, why\): the answer is another since you graded it/),
  ])
  expect(earned(found)).toEqual([4, 3])
})

test.each([
  ['42', 'none', []],
  ['2.0', '2', []],
  ['two  words\r\nhere', 'two words\nhere', []],
] as const)('a spreadsheet that changes %j changes no answer', (answer, kept, notes) => {
  const found = gradeByHand(ALL, new Map([[keyOf('ann', 'why'), answer]]), `${HEAD}\nann,why,2,1,,"${kept}"`)
  expect(found.notes).toEqual(notes)
})

describe('a line that cannot be counted is named', () => {
  test.each([
    ['ann,why,2,3', 'line 2 (ann, why): 3 points, and the cell is worth 2'],
    ['ann,why,2,good', 'line 2 (ann, why): "good" is no number of points from 0 to 2'],
    ['ann,why,2,-1', 'line 2 (ann, why): "-1" is no number of points from 0 to 2'],
    ['ann,why,2,1e1', 'line 2 (ann, why): "1e1" is no number of points from 0 to 2'],
    ['anne,why,2,1', 'line 2 (anne, why): no submission is called "anne" here'],
    ['ann,wy,2,1', 'line 2 (ann, wy): no cell "wy" is graded by hand; those are: why'],
    ['ann,echo-check,2,1', 'no cell "echo-check" is graded by hand; those are: why'],
  ])('%s', (line, message) => {
    const found = graded(line)
    expect(found.problems).toEqual([expect.stringContaining(message)])
    expect(earned(found)).toEqual([3, 3])
    expect(found.text).toContain(`\r\n${line}\r\n`)
  })

  test('twice', () => {
    const found = graded('ann,why,2,1', 'bob,why,2,', 'ann,why,2,2')
    expect(found.problems).toEqual([
      expect.stringMatching(/^line 4 \(ann, why\): it is there twice, and line 2 counts/),
    ])
    expect(earned(found)).toEqual([4, 3])
  })

  test('an empty one of somebody who is gone just goes', () => {
    expect(graded('eve,why,2,,,')).toMatchObject({ problems: [], text: expect.not.stringContaining('eve') })
  })
})

test('a spreadsheet that takes 0042 for a number', () => {
  const found = gradeByHand([person('0042'), person('0043')], new Map(), `${HEAD}\n42,why,2,1`)
  expect([found.problems, earned(found)]).toEqual([[], [4, 3]])
})

test('a table without its columns is refused', () => {
  for (const text of ['', 'a,b\n1,2', 'nothing at all'])
    expect(() => gradeByHand(ALL, ANSWERS, text), text).toThrow(TableError)
})

test('a table that is lost comes again from the results; a line that was taken out does not bring its points back', () => {
  const { results } = graded('ann,why,2,1.5,Well')
  const again = gradeByHand(results, ANSWERS, undefined)
  expect(again.text).toContain('ann,why,2,1.5,Well,')
  expect(again.results).toEqual(results)
  const out = gradeByHand(results, ANSWERS, `${HEAD}\n`)
  expect(out.text).toContain('ann,why,2,,,')
  expect(earned(out)).toEqual([3, 3])
})
