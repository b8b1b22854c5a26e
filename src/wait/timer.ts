/**
 * A timer in seconds that never fires early and knows no upper limit.
 *
 * Node's setTimeout counts whole milliseconds from the loop's cached clock (so it may fire early after a long
 * computation) and turns anything above 2³¹−1 ms into 1 ms.
 */

/** Of our own: a case of a check ends the timers that its code has started with Node's. */
const { setTimeout, clearTimeout } = globalThis

const LONGEST_MS = 2 ** 31 - 1

/** Seconds in 2⁶³ nanoseconds, which is what the system counts time in: longer limits are mistakes, in Python too. */
export const CLOCK_ENDS = 2 ** 63 / 1e9

export interface Timer {
  stop(): void
}

/** Calls `fire` once, `seconds` from now. With `keepAlive` false it does not keep the process running. */
export function startTimer(seconds: number, fire: () => void, keepAlive = true): Timer {
  const deadline = performance.now() + seconds * 1000
  let handle: NodeJS.Timeout
  const arm = (leftMs: number): void => {
    handle = setTimeout(check, Math.min(Math.ceil(leftMs), LONGEST_MS))
    if (!keepAlive) handle.unref()
  }
  const check = (): void => {
    const leftMs = deadline - performance.now()
    if (leftMs > 0) arm(leftMs)
    else fire()
  }
  arm(seconds * 1000)
  return { stop: () => clearTimeout(handle) }
}
