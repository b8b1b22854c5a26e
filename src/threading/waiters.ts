/**
 * A queue of tasks that wait for the same thing: the one place of `threading` that knows how waiting is done.
 *
 * Waking is immediate and in order. A wait that ends otherwise (time-out, signal, ■) has left the queue before its
 * promise settles, so that no wake-up is ever spent on somebody who has gone.
 *
 * Tasks that only wait for each other never let the event loop come round by themselves. So whoever has waited is
 * fair before it goes on; not before it waits, since who waits has to be known before anything else runs.
 */
import { turn, turnDue, Waiter } from '../wait/index.ts'
import type { WaitOptions } from './options.ts'

export { throwIfAborted } from '../wait/index.ts'

interface Entry {
  readonly onWake: (() => void) | undefined
  waiter: Waiter<boolean> | undefined
}

export class Waiters {
  readonly #entries = new Set<Entry>()

  /** How many wait now. */
  get size(): number {
    return this.#entries.size
  }

  /** Resolves to `true` when woken, `false` when the time is up. `onWake` runs within `wake`, before anything else. */
  wait({ timeout, signal }: WaitOptions, onWake?: () => void): Promise<boolean> {
    const entry: Entry = { onWake, waiter: undefined }
    entry.waiter = new Waiter<boolean>({
      timeout: timeout == null ? null : Math.max(0, timeout),
      signal,
      onTimeout: () => false,
      cancel: () => this.#entries.delete(entry),
      keepAlive: true,
    })
    if (!entry.waiter.ended) this.#entries.add(entry) // a signal may have been aborted from the start
    return entry.waiter.promise
  }

  /** Wakes up to `count`, longest waiting first; returns how many. */
  wake(count = 1): number {
    let woken = 0
    for (const entry of this.#entries) {
      if (woken >= count) break
      this.#entries.delete(entry)
      entry.onWake?.()
      entry.waiter?.resolve(true)
      woken += 1
    }
    return woken
  }
}

/** Around a call that may not have to wait, or whose wait others of its loop may end: the rest must have its turn too. */
export async function beFair(options?: WaitOptions): Promise<void> {
  if (turnDue()) await turn({ signal: options?.signal })
}
