/** ■ as the surrounding program sees it: ends waits, and whatever else asked to be told. */
import { interrupt as endWaits } from './wait.ts'

const others = new Set<(scope: unknown) => void>()

/** Calls `stop` with the interrupted scope at each ■, until the function that this returns is called. */
export function onInterrupt(stop: (scope: unknown) => void): () => void {
  others.add(stop)
  return () => others.delete(stop)
}

/**
 * Rejects with KeyboardInterrupt what `scope`'s own code waits for; returns how many waits ended. `tell` hears of the number
 * before the first of them.
 */
export function interrupt(scope: unknown, tell?: (waits: number) => void): number {
  const ended = endWaits(scope, tell)
  for (const stop of [...others]) stop(scope)
  return ended
}
