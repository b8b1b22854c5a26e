/** What `socketlab grade run` refuses or says of the source and of the words it is called with, and how it names. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { releaseNotebook } from '../../../../src/grading/release/index.ts'
import { findSubmissions } from '../../../../src/grading/run/submissions.ts'
import { root } from '../../../runner/paths.ts'
import { run } from '../../../setup/run.ts'
import { checkCell, notebookOf, readOnly, solution } from '../source.ts'
import { gradeRun, MODEL, PATIENT, SOURCE, STUB, submission, writeCourse } from './course.ts'

// Each grades several times, with new kernels; a machine may have much else to do.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

const home = mkdtempSync(join(tmpdir(), 'socketlab-source-'))
afterAll(() => rmSync(home, { recursive: true }))

/** A folder with these files; their names in the results. */
function namesOf(given: string[], files: string[]): string[] {
  const folder = mkdtempSync(join(home, 'names-'))
  for (const file of files) {
    mkdirSync(join(folder, file, '..'), { recursive: true })
    writeFileSync(join(folder, file), '{}')
  }
  return findSubmissions(
    given.map((path) => join(folder, path)),
    'echo',
  ).map(({ name }) => name)
}

test('a submission is called after who handed it in, whoever else did', () => {
  expect(namesOf(['in'], ['in/ann/echo/echo.ipynb', 'in/bob/echo/echo.ipynb'])).toEqual(['ann', 'bob'])
  expect(namesOf(['in'], ['in/ann/echo.ipynb'])).toEqual(['ann'])
  expect(namesOf(['in/ann'], ['in/ann/echo.ipynb'])).toEqual(['ann'])
  expect(namesOf(['in/ann'], ['in/ann/echo/echo.ipynb'])).toEqual(['ann'])
  expect(namesOf(['in/ann/echo.ipynb'], ['in/ann/echo.ipynb'])).toEqual(['ann'])
  expect(namesOf(['in'], ['in/ann.ipynb', 'in/bob.ipynb'])).toEqual(['ann', 'bob'])
  expect(namesOf(['in'], ['in/ann/echo (1).ipynb', 'in/ann/echo.ipynb', 'in/bob/echo.ipynb'])).toEqual([
    'ann_echo-1-',
    'ann_echo',
    'bob',
  ])
})

describe('the source', () => {
  const graded = async (name: string, source = SOURCE, args: string[] = []) => {
    const folder = join(home, name)
    writeCourse(folder, { ann: submission(MODEL) }, source)
    return await gradeRun(folder, [...PATIENT, ...args])
  }

  test('whose hidden tests have no end is refused: their names would be in the feedback', async () => {
    const check = SOURCE.cells.find(({ metadata }) => (metadata.nbgrader as { grade?: boolean })?.grade)!
    const source = [check.source].flat().join('').replace('// END HIDDEN TESTS', '')
    const { code, output } = await graded(
      'open',
      notebookOf(solution('echo', MODEL), checkCell('echo-check', 4, source)),
    )
    expect([code, output]).toEqual([1, expect.stringMatching(/cannot be graded with: .*HIDDEN TESTS/)])
  })

  test('whose own cells take too long is told that: what the check lacks then is nobody’s mistake', async () => {
    const slow = readOnly('slow', 'if (process.env.SOCKETLAB_JUDGING === "on") await new Promise(() => {})')
    const check = 'await check("Two", 1, (t) => t.case("is two", async () => t.equal(await t.run(two), 2)))'
    const { code, output } = await graded(
      'slow',
      notebookOf(solution('two', 'function two(): number { return 2 }'), slow, checkCell('two-check', 1, check)),
      ['--timeout', '5'],
    )
    expect([code, output]).toEqual([1, expect.stringContaining('two-check does not run through: it takes longer')])
  })

  test('that is the students’ version is refused before anything is run', async () => {
    const { code, output } = await graded('released', releaseNotebook(SOURCE).notebook)
    expect([code, output]).toEqual([1, expect.stringContaining("the source is the students' version, made by release")])
  })

  test('that looks like the students’ version is told of', async () => {
    const { output } = await graded('alike', submission(STUB))
    expect(output).toContain(
      'the cases of echo-check are worth 2 of its 4 points: is the source the students’ version?',
    )
  })

  test('of another assignment does not write into its results', async () => {
    const first = await graded('mixed')
    expect(first.code, first.output).toBe(0)
    const folder = join(home, 'mixed')
    writeFileSync(join(folder, 'other.ipynb'), JSON.stringify(SOURCE))
    const { code, output } = await gradeRun(folder, [...PATIENT, '--source', 'other.ipynb'])
    expect([code, output]).toEqual([1, expect.stringContaining('holds the results of source: give other a folder')])
  })
})

test('a path that does not exist is no submission', async () => {
  const folder = join(home, 'missing')
  writeCourse(folder, { ann: submission(MODEL) })
  const { code, output } = await gradeRun(folder, ['nobody.ipynb'])
  expect([code, output]).toEqual([2, expect.stringContaining('nobody.ipynb: there is no such file or folder')])
})

describe('what cannot be done is said in a sentence', () => {
  const folder = join(home, 'said')
  writeCourse(folder, { ann: submission(MODEL) })
  writeFileSync(join(folder, 'file'), '')
  mkdirSync(join(folder, 'broken'))
  writeFileSync(join(folder, 'broken', 'results'), 'no folder')
  mkdirSync(join(folder, 'nothing'))
  const cli = (...args: string[]) =>
    run(process.execPath, [join(root, 'dist', 'cli.mjs'), 'grade', 'run', ...args], { cwd: folder })

  test.each<[string[], number, string]>([
    [['submitted', '--source', 'source.ipynb', '-o', 'file'], 1, 'the results cannot be written into file: EEXIST'],
    [['submitted', '--source', 'source.ipynb', '-o', 'broken'], 1, 'the results cannot be written into broken: '],
    [['submitted', '--source', 'submitted', '-o', 'out'], 1, 'submitted: is a folder; name the notebook in it'],
    [['nothing', '--source', 'source.ipynb', '-o', 'out'], 1, 'nothing: there is no notebook in there'],
    [['submitted', '--source', 'source.ipynb', '-o', 'submitted'], 1, 'submitted: -o names the same folder'],
    [['submitted', '--source', 'source.ipynb', '-o', 'out', '--memory', '10'], 2, 'A kernel needs 300 or more.'],
    [['submitted', '--source', 'source.ipynb', '-o', 'out', '--jobs', '0'], 2, 'above 0'],
    [['submitted', '--source', 'source.ipynb', '-o', 'out', '--timeout', '-1'], 2, 'above 0'],
  ])('%j', async (args, code, message) => {
    const { code: ended, output } = await cli(...args)
    expect([ended, output]).toEqual([code, expect.stringContaining(message)])
    expect(output).not.toMatch(/^ {4}at /m)
  })

  test('results among the submissions are none', async () => {
    const { output } = await cli('.', '--source', 'source.ipynb', '-o', 'graded', ...PATIENT)
    const again = await cli('.', '--source', 'source.ipynb', '-o', 'graded', ...PATIENT)
    for (const text of [output, again.output]) expect(text).not.toMatch(/^ {2}graded: /m)
  })
})
