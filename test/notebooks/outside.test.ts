/**
 * Exercises that are judged from outside: `socketlab grade run` gives the model and each wrong answer that is kept what
 * the same check gives in the notebook. SOCKETLAB_FULL=1 tries all of them.
 */
import { afterAll, describe, expect, test } from 'vitest'
import { isOutside } from '../../src/grading/run/outside.ts'
import { full } from '../runner/paths.ts'
import { scratchFolder } from '../setup/run.ts'
import { gradeRun, resultOf, writeCourse } from '../src/grading/run/course.ts'
import { checkCell, notebookOf, solution } from '../src/grading/source.ts'
import { type Exercise, lessonsWithExercises } from './exercises.ts'

const outside = lessonsWithExercises
  .flatMap(({ exercises }) => exercises)
  .filter(({ checks }) => checks.some(({ source }) => isOutside(source)))

const scratches: ReturnType<typeof scratchFolder>[] = []
afterAll(() => {
  for (const one of scratches) one[Symbol.dispose]()
})

/** What was handed in, by name: the model with one of its cells replaced. */
function submissionsOf({ solutions, checks, model, wrong }: Exercise) {
  const notebook = (replaced?: Exercise['wrong'][number]) =>
    notebookOf(
      ...solutions.map(({ id }) => solution(id!, replaced?.cell === id ? replaced!.source : model.get(id!)!)),
      ...checks.map(({ id, points, source }) => checkCell(id!, points, source)),
    )
  return { model: notebook(), ...Object.fromEntries(wrong.map((one) => [one.name, notebook(one)])) }
}

test('there are five', () => {
  expect(outside.map(({ name }) => name)).toEqual(['prefix-echo', 'fetch-page', 'upper-echo', 'nicknames', 'limited'])
})

describe.each(full ? outside : outside.slice(0, 1))('$name', (exercise) => {
  test('earns what it does in the notebook', { timeout: 280_000 }, async () => {
    const scratch = scratchFolder()
    scratches.push(scratch)
    const submissions = submissionsOf(exercise)
    writeCourse(scratch.folder, submissions, submissions.model)
    await gradeRun(scratch.folder, ['--jobs', '2', '--timeout', '60'], { timeoutMs: 270_000 })
    const total = exercise.checks.reduce((sum, { points }) => sum + points, 0)
    const expected = { model: total, ...Object.fromEntries(exercise.wrong.map(({ name, points }) => [name, points])) }
    const results = Object.keys(submissions).map((name) => resultOf(scratch.folder, name))
    expect(Object.fromEntries(results.map(({ submission, earned }) => [submission.name, earned]))).toEqual(expected)
    for (const { checks } of results) expect(checks.map(({ judged }) => judged)).toEqual(['outside'])
  })
})
