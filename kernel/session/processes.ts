/** Processes and threads as proc(5) shows them. On a system without it there are none, and nothing can be read. */
import { readdirSync, readFileSync } from 'node:fs'

/** undefined: not Linux, or it has ended, or may not be looked at. */
export function readProc(path: string): string | undefined {
  try {
    return readFileSync(`/proc/${path}`, 'utf8')
  } catch {
    return undefined
  }
}

/** Their numbers; none where they cannot be told. */
export function threadsOf(pid: number | 'self'): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`)
  } catch {
    return []
  }
}

/**
 * All that a process has started, and that these have: a child hangs on the thread that has started it.
 *
 * @param threads of the process; default: all that it has
 */
export function* descendants(pid: number | 'self', threads = threadsOf(pid)): Generator<number> {
  for (const thread of threads)
    for (const child of readProc(`${pid}/task/${thread}/children`)?.split(' ').filter(Boolean).map(Number) ?? []) {
      yield child
      yield* descendants(child)
    }
}
