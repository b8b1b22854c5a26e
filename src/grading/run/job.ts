/**
 * What a job is: everything that decides its result, and a name made from it. The same job, anywhere and at any time,
 * has the same name. Knows nothing of who does it.
 */
import { createHash } from 'node:crypto'
import type { Limits } from '../sandbox/limits.ts'
import type { WorkCell } from './restore.ts'

/** Changes when the same submission would be judged otherwise: earlier results are then not taken for ours. */
const GRADER = 4

export interface Job {
  /** Name of its content. */
  readonly key: string
  readonly cells: readonly WorkCell[]
  /** The source's own, for the kernel that judges from outside; empty: no check does. */
  readonly teachers: readonly WorkCell[]
  readonly seed: string
  readonly limits: Limits
}

export const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex')

/** @param version of the assignment: its source and the grader */
export function jobOf(parts: Omit<Job, 'key'> & { submission: string; version: string }): Job {
  const { cells, teachers, seed, limits, submission, version } = parts
  const key = sha256(JSON.stringify([GRADER, submission, version, seed, limits])).slice(0, 32)
  return { key, cells, teachers, seed, limits }
}
