/**
 * What grading has found of one submission: the one form that JSON files, the table, the pages and Gradescope are made
 * from. Written whole, read again by the next run; docs/grading-results.md explains it to readers.
 */
import * as z from 'zod'

const caseSchema = z.object({
  name: z.string(),
  points: z.number(),
  earned: z.number(),
  /** `missing`: the case never ran, since the check did not come to its end. */
  state: z.enum(['passed', 'failed', 'empty', 'unfinished', 'missing']),
  message: z.string(),
  hints: z.array(z.string()),
  /** Between the marks of hidden tests: teachers see it, students do not. */
  hidden: z.boolean(),
})

const checkSchema = z.object({
  /** `grade_id` of the cell. */
  id: z.string(),
  title: z.string(),
  points: z.number(),
  earned: z.number(),
  /**
   * `check`: by signed cases. `outside`: by those of another process than the code's. `value`: as nbgrader does, by the
   * cell's value or error. `person`: by hand, later.
   */
  judged: z.enum(['check', 'outside', 'value', 'person']),
  /** What a person gave, of a check that is `judged` by one; null: nothing yet. Results of an earlier version lack it. */
  given: z.object({ points: z.number(), comment: z.string() }).nullable().optional(),
  /** Why there is nothing to count, where that is so. */
  problem: z.string().nullable(),
  cases: z.array(caseSchema),
})

const problemSchema = z.object({
  kind: z.enum([
    'not-a-notebook',
    'other-assignment',
    'missing-cell',
    'duplicate-cell',
    'tampered-cell',
    'cell-failed',
    'limit',
    'kernel-died',
    'no-sandbox',
    'grader',
  ]),
  /** `grade_id`, or the number of the cell from 1. */
  cell: z.string().nullable(),
  message: z.string(),
})

export const resultSchema = z.object({
  schema: z.literal('socketlab-grading-result'),
  version: z.literal(1),
  /** What was graded, with what: the same job has the same result. */
  job: z.string(),
  assignment: z.object({ name: z.string(), version: z.string() }),
  submission: z.object({ name: z.string(), path: z.string(), sha256: z.string() }),
  seed: z.string(),
  /** `graded`: all cells were run. `partly`: some. `refused`: there was nothing to run. */
  status: z.enum(['graded', 'partly', 'refused']),
  points: z.number(),
  earned: z.number(),
  checks: z.array(checkSchema),
  problems: z.array(problemSchema),
  sandbox: z.enum(['bubblewrap', 'limits only', 'none']),
  seconds: z.number(),
})

export type Result = z.infer<typeof resultSchema>
export type Check = z.infer<typeof checkSchema>
export type CaseOf = z.infer<typeof caseSchema>
export type Problem = z.infer<typeof problemSchema>

/** Does it wait for a person? Then its points are neither earned nor lost. */
export const isOpen = ({ judged, given }: Check): boolean => judged === 'person' && !given

/** Parts are rounded, so that 0.1 + 0.2 is 0.3. */
export const sumOf = (numbers: readonly number[]): number =>
  Math.round(numbers.reduce((sum, one) => sum + one, 0) * 1e6) / 1e6
