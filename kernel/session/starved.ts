/**
 * Was the main thread given a processor lately? On a loaded machine one that has nothing to do may not come to answer,
 * and must not be taken for one that computes. Knows nothing of what it does.
 */
import { readProc, threadsOf } from './processes.ts'

/** Less than this since it was asked is no computing. The system counts in steps of its clock, 1 to 10 ms. */
const COMPUTES_NS = 1_000_000
/** Kept waiting for a processor for longer than this since it was asked: the machine is loaded. */
const LOADED_NS = 1_000_000

const thread = `self/task/${process.pid}`

/**
 * A function that tells whether, since now, the thread has only waited for its turn; on a loaded machine, whether it has
 * not yet computed for as long as it may. Where there is no /proc: never.
 */
export function watchForStarving(mayComputeMs: number): () => boolean {
  const before = times()
  return () => {
    const now = times()
    if (!before || !now || !isRunnable()) return false
    return now.computed - before.computed < (now.waited - before.waited > LOADED_NS ? mayComputeMs * 1e6 : COMPUTES_NS)
  }
}

/** In nanoseconds: how long the thread ran, and how long it waited for a processor; schedstat in proc(5). */
function times(): { computed: number; waited: number } | undefined {
  const [computed, waited] = readProc(`${thread}/schedstat`)?.split(' ').map(Number) ?? []
  return computed === undefined || waited === undefined ? undefined : { computed, waited }
}

/** It runs or waits for a processor; not so in a system call that blocks. The state stands behind the name in parentheses. */
const isRunnable = (): boolean => readProc(`${thread}/stat`)?.split(') ').at(-1)?.startsWith('R') ?? false

/** Does any thread but this one run, or wait for a processor or for memory? True where there is no /proc. */
export function othersCompute(): boolean {
  const states = threadsOf('self').map((task) => readProc(`self/task/${task}/stat`)?.split(') ').at(-1)?.[0])
  return states.length === 0 || states.filter((state) => state === 'R' || state === 'D').length > 1
}
