/**
 * Was the main thread given a processor lately? On a loaded machine one that has nothing to do may not come to answer,
 * and must not be taken for one that computes. Knows nothing of what it does.
 */
import { readFileSync } from 'node:fs'

/** Less than this since it was asked is no computing. The system counts in steps of its clock, 1 to 10 ms. */
const COMPUTES_NS = 1_000_000

const folder = `/proc/self/task/${process.pid}`

/** A function that tells whether, since now, the thread has only waited for its turn. Where there is no /proc: never. */
export function watchForStarving(): () => boolean {
  const before = processorTime()
  return () => before !== undefined && isRunnable() && processorTime()! - before < COMPUTES_NS
}

/** In nanoseconds: the first number of schedstat, proc(5). */
function processorTime(): number | undefined {
  const text = read('schedstat')
  return text === undefined ? undefined : Number(text.split(' ')[0])
}

/** It runs or waits for a processor; not so in a system call that blocks. The state stands behind the name in parentheses. */
const isRunnable = (): boolean => read('stat')?.split(') ').at(-1)?.startsWith('R') ?? false

function read(file: string): string | undefined {
  try {
    return readFileSync(`${folder}/${file}`, 'utf8')
  } catch {
    return undefined // not Linux, or a kernel built without it
  }
}
