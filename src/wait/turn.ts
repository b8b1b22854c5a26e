/**
 * Fairness: calls that never have to wait must still let timers, other tasks and ■ have their turn.
 *
 * A loop of promises that are already resolved never leaves the microtask queue. Whoever is about to hand out such a
 * promise asks `turnDue()`, and if so awaits `turn()` first.
 */
import { Waiter, type WaitOptions } from './wait.ts'

/** Less than half of the 10 ms that are promised: what runs between two calls counts too. */
const TURN_MS = 4

let lastTurn = 0

/** The event loop has just come round (told by whoever is called by it). */
export function turned(): void {
  lastTurn = performance.now()
}

/** Has the event loop been kept from turning for too long? */
export const turnDue = (): boolean => performance.now() - lastTurn > TURN_MS

let waiting: Waiter<void>[] = []

/** Lets the event loop come round once. All who wait for it go on in the order they came. */
export function turn(options?: WaitOptions): Promise<void> {
  const waiter = new Waiter<void>({ signal: options?.signal })
  if (waiting.push(waiter) === 1) {
    setImmediate(() => {
      turned()
      const all = waiting
      waiting = []
      for (const one of all) one.resolve()
    })
  }
  return waiter.promise
}
