/**
 * The exercises of a lesson, found by nbgrader's metadata, with their model solutions and the wrong answers that are
 * kept as test data. docs/exercises.md says how they are written.
 */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { ICell } from '@jupyterlab/nbformat'
import { root } from '../runner/paths.ts'
import { lesson, lessons, nameOf, textOf } from './notebook.ts'

/** A cell of an exercise: what the student fills in, or what checks it. */
export interface ExerciseCell {
  readonly id: string
  readonly source: string
}

/** An answer that loses points. */
export interface WrongAnswer {
  readonly name: string
  /** The cell that it replaces; the exercise's other cells are the model's. */
  readonly cell: string
  readonly points: number
  /** Words that the table must say, in this order, with anything between. */
  readonly says: string
  readonly source: string
}

/** Cells to fill in, then the cells that check them. */
export interface Exercise {
  readonly name: string
  readonly solutions: readonly ExerciseCell[]
  readonly checks: readonly (ExerciseCell & { readonly points: number })[]
  /** The model solution by cell. */
  readonly model: ReadonlyMap<string, string>
  readonly wrong: readonly WrongAnswer[]
}

interface Nbgrader {
  readonly grade_id: string
  readonly grade: boolean
  readonly solution: boolean
  readonly points?: number
}

const gradingOf = ({ metadata }: ICell): Nbgrader | undefined => metadata.nbgrader as Nbgrader | undefined

/** Every lesson's exercises that are graded by a check. What is graded by hand has no check and is not among them. */
export function exercisesOf(path: string): Exercise[] {
  const name = nameOf(path)
  const models = modelSolutions(name)
  const found: { solutions: ExerciseCell[]; checks: (ExerciseCell & { points: number })[] }[] = []
  for (const cell of lesson(path).cells) {
    const grading = gradingOf(cell)
    if (!grading || cell.cell_type !== 'code' || grading.grade === grading.solution) continue
    const entry = { id: grading.grade_id, source: textOf(cell.source) }
    const last = found.at(-1)
    if (grading.solution) {
      if (last && last.checks.length === 0) last.solutions.push(entry)
      else found.push({ solutions: [entry], checks: [] })
    } else last?.checks.push({ ...entry, points: grading.points ?? 0 })
  }
  return found
    .filter(({ checks }) => checks.length > 0)
    .map(({ solutions, checks }) => ({
      name: solutions[0]!.id,
      solutions,
      checks,
      model: models,
      wrong: solutions.flatMap(({ id }) => wrongAnswers(name, id)),
    }))
}

/** notebooks/solutions/<lesson>.ts: what stands under each `// %% <grade_id>`. */
function modelSolutions(name: string): Map<string, string> {
  const path = join(root, 'notebooks', 'solutions', `${name}.ts`)
  if (!existsSync(path)) return new Map()
  const parts = readFileSync(path, 'utf8').split(/^\/\/ %% +(\S+).*\n/m)
  const solutions = new Map<string, string>()
  for (let at = 1; at < parts.length; at += 2) solutions.set(parts[at]!, parts[at + 1]!)
  return solutions
}

/** test/notebooks/answers/<lesson>/<grade_id>/<name>.ts */
function wrongAnswers(name: string, cell: string): WrongAnswer[] {
  const folder = join(root, 'test', 'notebooks', 'answers', name, cell)
  return globSync('*.ts', { cwd: folder })
    .sort()
    .map((file) => {
      const text = readFileSync(join(folder, file), 'utf8')
      const head = /^\/\/ points: (\d+(?:\.\d+)?)\n\/\/ says: (.+)\n/.exec(text)
      if (!head) throw new Error(`${name}/${cell}/${file}: the first two lines are "// points: 2" and "// says: …"`)
      return { name: basename(file, '.ts'), cell, points: Number(head[1]), says: head[2]!.trim(), source: text }
    })
}

/** The lessons that have exercises, with these. */
export const lessonsWithExercises = lessons
  .map((path) => ({ path, exercises: exercisesOf(path) }))
  .filter(({ exercises }) => exercises.length > 0)

/** Wrong answers whose lesson or cell is no longer there, and solutions likewise. */
export function leftOver(): string[] {
  const known = new Set(
    lessonsWithExercises.flatMap(({ path, exercises }) =>
      exercises.flatMap(({ solutions }) => solutions.map(({ id }) => `${nameOf(path)}/${id}`)),
    ),
  )
  const answers = globSync('test/notebooks/answers/*/*/', { cwd: root }).map((path) =>
    path.split('/').slice(-2).join('/'),
  )
  const models = globSync('notebooks/solutions/*.ts', { cwd: root })
    .map((path) => basename(path, '.ts'))
    .flatMap((name) => [...modelSolutions(name).keys()].map((id) => `${name}/${id}`))
  return [...answers, ...models].filter((name) => !known.has(name))
}
