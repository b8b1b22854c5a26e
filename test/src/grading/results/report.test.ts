/** `grade run` and `grade report` on a course with an answer that a person grades, as its teacher calls them. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Notebook } from '../../../../src/notebook/notebook-file.ts'
import { root } from '../../../runner/paths.ts'
import { run, scratchFolder } from '../../../setup/run.ts'
import { gradeRun, PATIENT, resultOf, writeCourse } from '../run/course.ts'
import { checkCell, manual, notebookOf, solution } from '../source.ts'

// Each grades several times, with new kernels; a machine may have much else to do.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

const scratch = scratchFolder()
const { folder } = scratch
afterAll(() => scratch[Symbol.dispose]())

const answer = (value: number, why: string): Notebook =>
  notebookOf(
    solution('two', `const two = ${value}`),
    checkCell('two-check', 2, 'await check("Two", 2, (t) => t.case("is two", () => t.equal(two, 2)))'),
    manual('why', 3, why),
  )

const table = join(folder, 'graded', 'by-hand.csv')
const tableText = () => readFileSync(table, 'utf8')
const grades = () =>
  readFileSync(join(folder, 'graded', 'grades.csv'), 'utf8')
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(',').slice(0, 6).join(','))
const report = (...args: string[]) =>
  run(process.execPath, [join(root, 'dist', 'cli.mjs'), 'grade', 'report', ...args], { cwd: folder })

beforeAll(async () => {
  writeCourse(folder, { ann: answer(2, 'Since it is.'), bob: answer(3, 'No idea.') }, answer(2, ''))
  const { code, output } = await gradeRun(folder, PATIENT)
  expect([code, output]).toEqual([0, expect.stringContaining('2 answers wait for you')])
})

test('says what to write next so that a shell takes it, whatever the folder is called', async () => {
  const path = join(folder, 'graded')
  const { output } = await report(path)
  expect(output).toContain(`then: socketlab grade report '${path}'\n`)
})

test('points and comments that the teacher wrote are in the table, the page, the JSON and for Gradescope', async () => {
  expect(grades()).toEqual([
    'submission,status,points,max_points,two-check,why',
    'ann,graded,2,5,2,',
    'bob,graded,0,5,0,',
  ])
  writeFileSync(table, tableText().replace('ann,why,3,,,', 'ann,why,3,2.5,"Well <said>",'))
  const { code, output } = await report('graded', '--gradescope')
  expect([code, output]).toEqual([0, expect.stringMatching(/ann: 4\.5 of 5\n.*bob: 0 of 2, 3 more by hand/)])
  expect(grades().slice(1)).toEqual(['ann,graded,4.5,5,2,2.5', 'bob,graded,0,5,0,'])
  expect(resultOf(folder, 'ann')).toMatchObject({ earned: 4.5, checks: [{}, { earned: 2.5, given: { points: 2.5 } }] })
  const page = readFileSync(join(folder, 'graded', 'feedback', 'ann.html'), 'utf8')
  expect(page).toContain('4.5 of 5 points')
  expect(page).toContain('Well &lt;said&gt;')
  const gradescope = readFileSync(join(folder, 'graded', 'gradescope', 'ann', 'results.json'), 'utf8')
  expect(JSON.parse(gradescope)).toMatchObject({ score: 4.5, tests: [{}, { score: 2.5, output: 'Well <said>' }] })
})

test('one that came late has its line in both tables, and the others keep theirs', async () => {
  writeFileSync(join(folder, 'cleo.ipynb'), JSON.stringify(answer(2, 'Late.')))
  const command = ['grade', 'run', 'cleo.ipynb', '--source', 'source.ipynb', '-o', 'graded', ...PATIENT]
  const { output } = await run(process.execPath, [join(root, 'dist', 'cli.mjs'), ...command], { cwd: folder })
  expect(output).toContain('in the table too, as they were graded before: ann, bob')
  expect(output).toMatch(/ {2}cleo: 2 of 2, 3 more by hand\n3 in graded/)
  expect(grades().slice(1)).toEqual(['ann,graded,4.5,5,2,2.5', 'bob,graded,0,5,0,', 'cleo,graded,2,5,2,'])
  expect(tableText()).toMatch(/\r\ncleo,why,3,,,Late\.\r\n$/)
  expect(existsSync(join(folder, 'graded', 'gradescope', 'cleo', 'results.json'))).toBe(true)
})

test('an answer that is handed in anew after it was graded is told of', async () => {
  writeCourse(folder, { ann: answer(2, 'Since all numbers are.') }, answer(2, ''))
  const { code, output } = await gradeRun(folder, PATIENT)
  expect([code, output]).toEqual([0, expect.stringMatching(/line 2 \(ann, why\): the answer is another/)])
  expect(resultOf(folder, 'ann').earned).toBe(4.5)
})

test('who has taken the notebook back is out of the table, and the result is kept', async () => {
  rmSync(join(folder, 'submitted', 'bob.ipynb'))
  const { code, output } = await gradeRun(folder, PATIENT)
  expect([code, output]).toEqual([0, expect.stringContaining('left out, since the notebook is no longer there: bob')])
  expect(grades().slice(1)).toEqual(['ann,graded,4.5,5,2,2.5', 'cleo,graded,2,5,2,'])
  expect(existsSync(join(folder, 'graded', 'results', 'left-out', 'bob.json'))).toBe(true)
  expect((await report('graded')).output).not.toContain('bob')
})

test('of what could not be read nothing waits for a person, and points that a person gives are on its page', async () => {
  writeCourse(folder, { dan: 'PK' }, answer(2, ''))
  expect((await gradeRun(folder, PATIENT)).code).toBe(1)
  const page = () => readFileSync(join(folder, 'graded', 'feedback', 'dan.html'), 'utf8')
  expect(page()).toContain('0 of 5 points')
  expect(page()).not.toContain('given by a person')
  writeFileSync(table, tableText().replace('dan,why,3,,,', 'dan,why,3,1,It is in your mail.,'))
  await report('graded')
  expect(page()).toContain('1 of 5 points')
  expect(page()).toContain('It is in your mail.')
  rmSync(join(folder, 'submitted', 'dan.ipynb'))
  writeFileSync(table, tableText().replace(/dan,.*\r\n/, ''))
  await gradeRun(folder, PATIENT)
})

test('a line that cannot be counted, a table that is none, and a folder without results are said kindly', async () => {
  const good = tableText()
  writeFileSync(table, good.replace('cleo,why,3,,', 'cleo,why,3,4,'))
  expect(await report('graded')).toMatchObject({
    code: 1,
    output: expect.stringContaining('by-hand.csv, line 3 (cleo, why): 4 points, and the cell is worth 3'),
  })
  writeFileSync(table, 'mine')
  expect(await report('graded')).toMatchObject({
    code: 1,
    output: expect.stringContaining('its first line must name the columns: submission,cell,'),
  })
  expect([tableText(), grades()[1]]).toEqual(['mine', 'ann,graded,4.5,5,2,2.5'])
  expect(await report('submitted')).toMatchObject({ code: 1, output: expect.stringContaining('there are no results') })
})
