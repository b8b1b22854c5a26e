/**
 * ■ in steps, from soft to hard: reject what the cell awaits, so that `finally` and `using` run; then end the
 * JavaScript that runs; then wake it from blocked system calls. Variables survive all of them.
 * Knows nothing of Jupyter's messages.
 */
import type { CellId } from '../bridge/threads.ts'
import type { MainThread } from './main-thread.ts'

/** A main thread that can still run `finally` answers a ping in about 0.1 ms. */
const GRACE_MS = 5
/** How long a cell may take in its `catch` and `finally` after its awaits were rejected. */
const SETTLE_MS = 2000
const TERMINATE_INTERVALS_MS = [3, 20, 20, 20, 20, 50, 50, 50, 100]
const GIVE_UP_MS = 60_000

export interface Interrupted {
  /** Main is in its loop again. False: it is stuck in native code, and only a restart helps. */
  stopped: boolean
}

/**
 * `rejected()` is the number of waits that main says it rejected; `settled` resolves when the cell has ended by itself.
 * `onStuck` is called once when two seconds of trying have not helped.
 */
export async function interruptMain(
  main: MainThread,
  cell: CellId | undefined,
  rejected: () => number,
  settled: Promise<unknown>,
  onStuck: () => void,
): Promise<Interrupted> {
  if (cell !== undefined) main.post({ type: 'interrupt', cell })
  if (await main.responds(GRACE_MS)) {
    // The cell that ended by itself may already have made room for the next one, which must not be touched.
    if (cell !== undefined && rejected() > 0 && (await Promise.race([settled.then(() => true), later(SETTLE_MS)])))
      return { stopped: true }
    // It may be computing again (a loop that caught the KeyboardInterrupt): then the hard way follows.
    if (await main.responds(GRACE_MS)) return { stopped: true }
  }
  const started = performance.now()
  let told = false
  for (let step = 0; performance.now() - started < GIVE_UP_MS; step++) {
    main.terminateExecution()
    if (step >= 1) main.interruptChildren()
    if (await main.responds(TERMINATE_INTERVALS_MS[step] ?? 100)) return { stopped: true }
    if (!told && performance.now() - started > 2000) {
      told = true
      onStuck()
    }
  }
  return { stopped: false }
}

const later = (ms: number) => new Promise<false>((resolve) => setTimeout(resolve, ms, false))
