/**
 * Who does jobs: one interface, so that a queue for many machines can stand where a pool of processes stands now.
 */
import type { Job } from './job.ts'
import type { Run } from './record.ts'

export interface Executor {
  /**
   * Does the job, and resolves to what happened; the same job twice gives the same. Never rejects for what a submission
   * does; only where the executor itself cannot go on, or the signal is aborted.
   */
  run(job: Job, signal: AbortSignal): Promise<Run>
  /** So many jobs will come: it may get ready for them. */
  expect(jobs: number): void
  /** How many jobs it does at a time. */
  readonly width: number
  close(): Promise<void>
}
