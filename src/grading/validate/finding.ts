/**
 * What an author got wrong, or should know: in which cell, what it is, what to do.
 */
import type { AssignmentCell } from '../notebook/index.ts'

/** Stable names, for programs that read `--json`. */
export type Rule =
  | 'language'
  | 'released'
  | 'metadata'
  | 'duplicate-id'
  | 'markers'
  | 'no-tests'
  | 'not-code'
  | 'not-marked'
  | 'not-graded'
  | 'whole-cell'
  | 'imports'
  | 'leak'
  | 'outside'
  | 'open-name'
  | 'chance'
  | 'clock'
  | 'fixed-port'
  | 'case-time'
  | 'no-model'
  | 'solution-error'
  | 'solution-fails'
  | 'points'
  | 'last-value'
  | 'stub-passes'
  | 'stub-error'

export interface Finding {
  readonly rule: Rule
  /** An error must be mended before the assignment is handed out; a warning need not. */
  readonly severity: 'error' | 'warning'
  /** Position of the cell among all cells, from 0; undefined: the notebook as a whole. */
  readonly index: number | undefined
  /** Its `grade_id`. */
  readonly id: string | undefined
  readonly message: string
  readonly advice: string
}

export const finding = (
  severity: Finding['severity'],
  rule: Rule,
  cell: Pick<AssignmentCell, 'index' | 'id'> | undefined,
  message: string,
  advice: string,
): Finding => ({ rule, severity, index: cell?.index, id: cell?.id, message, advice })
