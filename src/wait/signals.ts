/**
 * AbortSignals of many waits with one listener each: Node warns of a leak at eleven listeners on one signal, and a
 * server with a thousand waiting connections is none.
 */

/** What a signal can end. */
export interface Cancellable {
  cancel(reason: unknown): void
}

const waiting = new WeakMap<AbortSignal, Set<Cancellable>>()

/** Cancels `wait` when `signal` is aborted, unless `forget` comes first. */
export function listen(signal: AbortSignal, wait: Cancellable): void {
  let waits = waiting.get(signal)
  if (!waits) {
    const all = new Set<Cancellable>()
    waits = all
    waiting.set(signal, all)
    const abort = (): void => {
      for (const one of [...all]) one.cancel(signal.reason)
    }
    signal.addEventListener('abort', abort, { once: true })
  }
  waits.add(wait)
}

/** The wait has ended otherwise. */
export function forget(signal: AbortSignal, wait: Cancellable): void {
  waiting.get(signal)?.delete(wait)
}
