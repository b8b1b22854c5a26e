/**
 * What one submission may use. Knows nothing of how it is enforced.
 */
const MIB = 2 ** 20

export interface Limits {
  /** Seconds that one cell may take; then it is stopped as ■ would. */
  readonly cellSeconds: number
  /** Seconds for everything together; then the sandbox is ended. */
  readonly wallSeconds: number
  /** Seconds of processor time of one process. */
  readonly cpuSeconds: number
  /** Resident memory of all processes together, in bytes. */
  readonly memoryBytes: number
  /** Processes at a time. */
  readonly processes: number
  /** Output of one cell, in bytes; then the cell is stopped. */
  readonly outputBytes: number
  /** What may be written to files, in bytes. */
  readonly diskBytes: number
}

/** The command line's two numbers, and what follows from them. */
export function limitsOf({ timeout, memory }: { timeout: number; memory: number }): Limits {
  return {
    cellSeconds: timeout,
    wallSeconds: timeout * 10,
    cpuSeconds: Math.ceil(timeout * 10),
    memoryBytes: memory * MIB,
    processes: 64,
    outputBytes: 4 * MIB,
    diskBytes: 64 * MIB,
  }
}
