/**
 * nbgrader's metadata of a cell (schema 3), read once: who may write in the cell, and what it is worth.
 *
 * Knows the schema; nothing of what stands in cells, and nothing of nbgrader's programs.
 */
import * as z from 'zod'
import type { Cell } from '../../notebook/notebook-file.ts'

const gradingSchema = z.strictObject({
  schema_version: z.number(),
  grade: z.boolean(),
  locked: z.boolean(),
  solution: z.boolean(),
  task: z.boolean().default(false),
  grade_id: z
    .string()
    .regex(/^[a-zA-Z0-9_-]+$/, 'may hold letters, digits, _ and - only')
    .optional(),
  points: z.number('is no number: write it without quotes, as in 2').min(0, 'is below 0').optional(),
  checksum: z.string().length(32).optional(),
  cell_type: z.enum(['raw', 'code', 'markdown']).optional(),
})

/** The metadata as it stands in the file. Source: nbgrader 0.9.6, nbgraderformat/v3.json. */
export type Grading = z.infer<typeof gradingSchema>

/**
 * What a cell is for.
 *
 * - `check`: tests, locked; graded by running them
 * - `solution`: the student's code, which a check judges
 * - `manual`: the student's answer, graded by a person
 * - `task`: a task that a person grades, spread over cells that the student adds
 * - `read-only`: locked, and worth nothing
 * - `plain`: any other cell
 */
export type Role = 'check' | 'solution' | 'manual' | 'task' | 'read-only' | 'plain'

/** The metadata, what is wrong with it, or both where it holds more than it should; neither for a cell without. */
export interface ReadGrading {
  readonly grading?: Grading
  readonly problem?: string
}

/** Reads the metadata of one cell. Never throws: submissions hold anything. */
export function readGrading({ metadata }: Pick<Cell, 'metadata'>): ReadGrading {
  const { nbgrader } = metadata
  if (nbgrader === undefined) return {}
  const result = gradingSchema.safeParse(nbgrader)
  if (!result.success) {
    const [issue] = result.error.issues
    const problem = `metadata.nbgrader${issue?.path.map((part) => `.${String(part)}`).join('')}${issue?.path[0] === 'points' ? ' ' : ': '}${issue?.message}`
    // A key too much makes a student's cell no other one; an author is told of it.
    const known = gradingSchema.strip().safeParse(nbgrader)
    return known.success ? { ...readKnown(known.data), problem } : { problem }
  }
  return readKnown(result.data)
}

function readKnown(data: Grading): ReadGrading {
  if (data.schema_version !== 3)
    return { problem: `metadata.nbgrader.schema_version is ${data.schema_version}; "nbgrader update" makes it 3` }
  const means = data.grade || data.solution || data.locked || data.task
  if (means && data.grade_id === undefined) return { problem: 'metadata.nbgrader.grade_id is missing' }
  if ((data.grade || data.task) && data.points === undefined)
    return { problem: 'metadata.nbgrader.points is missing: what is graded has points' }
  return { grading: data }
}

/** Source: nbgrader's Create Assignment menu, "Manually graded", "Autograded answer", "Autograder tests", …. */
export function roleOf(grading: Grading | undefined): Role {
  if (!grading) return 'plain'
  const { task, grade, solution, locked } = grading
  if (task) return 'task'
  if (grade) return solution ? 'manual' : 'check'
  if (solution) return 'solution'
  return locked ? 'read-only' : 'plain'
}

/** May a student not change the cell? As nbgrader decides it, whatever `locked` says. */
export function isLocked(grading: Grading | undefined): boolean {
  if (!grading || grading.solution) return false
  return grading.grade || grading.locked
}
