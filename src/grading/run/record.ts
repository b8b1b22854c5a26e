/**
 * What happened when a job was run: cell by cell, as data. Judging comes after. Knows nothing of points.
 */
import * as z from 'zod'
import type { EndReason } from '../sandbox/sandbox.ts'
import type { WorkCell } from './restore.ts'

/** A check's result as the kernel signs it; what a cell sends instead does not come so far. */
export const verdictSchema = z.object({
  version: z.literal(1),
  name: z.string(),
  points: z.number(),
  earned: z.number(),
  seed: z.string(),
  /** How many checks its cell had called by then. */
  calls: z.optional(z.number().int()),
  cases: z.array(
    z.object({
      name: z.string(),
      points: z.number(),
      earned: z.number(),
      state: z.enum(['passed', 'failed', 'empty', 'unfinished']),
      message: z.string(),
      hints: z.array(z.string()),
      told: z.number(),
    }),
  ),
})

export type Verdict = z.infer<typeof verdictSchema>

export interface CellRun extends Pick<WorkCell, 'id' | 'kind'> {
  /** Position among the cells that were to run, from 0. */
  readonly index: number
  /** It judged from another process. */
  readonly outside?: boolean
  readonly status: 'ok' | 'error' | 'timeout' | 'output' | 'not-run'
  /** `ename: evalue` where it failed. */
  readonly error: string | undefined
  /** `text/plain` of its last value. */
  readonly value: string | undefined
  /** What its checks found, with the kernel's signature. */
  readonly verdicts: readonly Verdict[]
}

export interface Run {
  readonly cells: readonly CellRun[]
  /** Why the kernel was gone before the last cell; undefined: it was not. */
  readonly cut: { readonly reason: EndReason; readonly said: string } | undefined
  readonly sandbox: 'bubblewrap' | 'limits only'
  readonly warning: string | undefined
  readonly seconds: number
}
