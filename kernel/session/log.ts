/**
 * The kernel's log: off unless SOCKETLAB_LOG names a file or says `stderr`.
 * Never writes where a cell's output goes: a grader takes text on stderr for failure.
 */
import { appendFileSync } from 'node:fs'

export type Log = (text: string) => void

export function createLog(where: string | undefined, writeStderr: (text: string) => void): Log {
  if (!where) return () => {}
  const line = (text: string) => `${new Date().toISOString()} [${process.pid}] ${text.trimEnd()}\n`
  if (where === 'stderr') return (text) => writeStderr(line(text))
  return (text) => {
    try {
      appendFileSync(where, line(text))
    } catch {
      // A log that cannot be written must not stop a kernel.
    }
  }
}
