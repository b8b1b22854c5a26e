/**
 * Was the main thread given a processor lately? On a loaded machine one that has nothing to do may not come to answer,
 * and must not be taken for one that computes. Knows nothing of what it does.
 */
import { readProc } from './processes.ts'

/** Less than this since it was asked is no computing. The system counts in steps of its clock, 1 to 10 ms. */
const COMPUTES_NS = 1_000_000
/** What main may compute before it answers, a collection of garbage for instance: that long where it is kept waiting, too. */
const BUSY_NS = 5_000_000
/** Kept waiting for a processor for longer than this since it was asked: the machine is loaded. */
const LOADED_NS = 1_000_000

const thread = `self/task/${process.pid}`

/** A function that tells whether, since now, the thread has only waited for its turn. Where there is no /proc: never. */
export function watchForStarving(): () => boolean {
  const before = times()
  return () => {
    const now = times()
    if (!before || !now || !isRunnable()) return false
    return now.computed - before.computed < (now.waited - before.waited > LOADED_NS ? BUSY_NS : COMPUTES_NS)
  }
}

/** In nanoseconds: how long the thread ran, and how long it waited for a processor; schedstat in proc(5). */
function times(): { computed: number; waited: number } | undefined {
  const [computed, waited] = readProc(`${thread}/schedstat`)?.split(' ').map(Number) ?? []
  return computed === undefined || waited === undefined ? undefined : { computed, waited }
}

/** It runs or waits for a processor; not so in a system call that blocks. The state stands behind the name in parentheses. */
const isRunnable = (): boolean => readProc(`${thread}/stat`)?.split(') ').at(-1)?.startsWith('R') ?? false
