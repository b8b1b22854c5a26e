/**
 * What we hand teachers, as they use it: assignments and lessons through a course of nbgrader, and through `grade run`.
 * Both give each submission the points that our test data say. SOCKETLAB_FULL=1 does all of them.
 */
import { cpSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { exercisesOf, readAssignment } from '../../src/grading/notebook/index.ts'
import { resultSchema } from '../../src/grading/results/schema.ts'
import { modelsIn } from '../../src/grading/validate/index.ts'
import { isCode, type Notebook, readNotebook } from '../../src/notebook/notebook-file.ts'
import { full, root } from '../runner/paths.ts'
import { run, scratchFolder } from '../setup/run.ts'
import { enterKernel } from './jupyter.ts'
import { nbgraderPython } from './nbgrader-environment.ts'

const minutes = 60_000
/** Of an assignment: each costs a kernel in both graders. */
const WRONG = full ? 4 : 1

const paths = full
  ? globSync('notebooks/{exercises,lessons}/*.ipynb', { cwd: root }).sort()
  : ['notebooks/exercises/chat-room.ipynb']

interface Submission {
  /** By `grade_id`. */
  readonly texts: ReadonlyMap<string, string>
  /** Of all that checks give. */
  readonly points: number
}

/** The model solution, what is handed out, and wrong answers that are kept as test data. */
function submissionsTo(path: string): Record<string, Submission> {
  const name = basename(path, '.ipynb')
  const assignment = readAssignment(readNotebook(join(root, path)))
  const exercises = exercisesOf(assignment)
  const isLesson = path.includes('/lessons/')
  const solutions = assignment.cells.filter(({ role, cell }) => role === 'solution' && isCode(cell))
  const model: ReadonlyMap<string, string> = isLesson
    ? modelsIn(readFileSync(join(root, 'notebooks', 'solutions', `${name}.ts`), 'utf8'))
    : new Map(solutions.map(({ id, source }) => [id as string, source]))
  const pointsOf = (checks: readonly { points: number }[]) => checks.reduce((sum, { points }) => sum + points, 0)
  const total = pointsOf(exercises.flatMap(({ checks }) => checks))
  const folder = join(root, 'test', 'notebooks', isLesson ? 'answers' : 'exercises-answers', name)
  const files = globSync('*/*.ts', { cwd: folder }).sort()
  const step = Math.ceil(files.length / WRONG)
  const wrong = files.filter((_, at) => at % step === 0)
  return {
    model: { texts: model, points: total },
    untouched: { texts: new Map(), points: 0 },
    ...Object.fromEntries(
      wrong.map((file) => {
        const source = readFileSync(join(folder, file), 'utf8')
        const left = Number(/^\/\/ points: (\S+)/.exec(source)?.[1])
        // A lesson's count for the exercise, an assignment's for the whole.
        const own = exercises.find((one) => one.solutions.some(({ id }) => id === dirname(file)))
        const points = isLesson ? total - pointsOf(own?.checks ?? []) + left : left
        return [basename(file, '.ts'), { texts: new Map([...model, [dirname(file), source]]), points }]
      }),
    ),
  }
}

function handIn(course: string, name: string, student: string, released: Notebook, texts: Submission['texts']): void {
  const notebook = structuredClone(released)
  for (const { cell, id } of readAssignment(notebook).cells) cell.source = texts.get(id ?? '') ?? cell.source
  const folder = join(course, 'submitted', student, name)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${name}.ipynb`), JSON.stringify(notebook))
}

test.each(paths)('%s', { timeout: 15 * minutes }, async (path) => {
  using scratch = scratchFolder()
  const name = basename(path, '.ipynb')
  const jupyter = await enterKernel(scratch.folder, await nbgraderPython())
  const course = join(jupyter.folder, 'course')
  const socketlab = (...args: string[]) =>
    run(process.execPath, [join(root, 'setup', 'socketlab.mjs'), 'grade', ...args], { timeoutMs: 5 * minutes })
  expect(await socketlab('nbgrader-init', course)).toMatchObject({ code: 0 })
  const source = join(course, 'source', name, `${name}.ipynb`)
  mkdirSync(dirname(source), { recursive: true })
  cpSync(join(root, path), source)

  const released = await jupyter.call<Notebook>('course.py', 'generate', course, name)
  const submissions = submissionsTo(path)
  for (const [student, { texts }] of Object.entries(submissions)) handIn(course, name, student, released, texts)
  const expected = Object.fromEntries(Object.entries(submissions).map(([student, { points }]) => [student, points]))

  type Scores = Record<string, Record<string, number | null>>
  const { scores, log } = await jupyter.call<{ scores: Scores; log: string }>('course.py', 'grade', course, name)
  const theirs = Object.entries(scores).map(([student, cells]) => [
    student,
    Object.values(cells).reduce<number>((sum, one) => sum + (one ?? 0), 0),
  ])
  expect(Object.fromEntries(theirs), log).toEqual(expected)

  const graded = join(scratch.folder, 'graded')
  const { code, output } = await socketlab('run', join(course, 'submitted'), '--source', source, '-o', graded)
  expect(code, output).toBe(0)
  const ours = Object.keys(submissions).map((student) => {
    const result = resultSchema.parse(JSON.parse(readFileSync(join(graded, 'results', `${student}.json`), 'utf8')))
    return [student, result.earned]
  })
  expect(Object.fromEntries(ours), output).toEqual(expected)
  await jupyter.call('course.py', 'report', course, name)
})
