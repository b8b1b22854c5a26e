/**
 * A unit of work inside a cell that is ended as a whole, with all that it has opened, started and still waits for: one
 * case of a check. Waits, sockets and threads carry the unit that made them. Knows nothing of checks.
 */
import { AsyncLocalStorage } from 'node:async_hooks'

/** Compared by identity. Once `ended`, none of its waits settles any more: its code stands still for good. */
export interface Unit {
  ended: boolean
  /** An error of its code that nobody caught. */
  uncaught(error: unknown): void
}

const units = new AsyncLocalStorage<Unit>()

/** The unit whose code runs now; mostly there is none. */
export const currentUnit = (): Unit | undefined => units.getStore()

/** Runs `body`, and all that it starts and awaits, as part of `unit`. */
export const runInUnit = <T>(unit: Unit, body: () => T): T => units.run(unit, body)

/** Runs `body` outside of every unit. */
export const outsideUnits = <T>(body: () => T): T => units.exit(body)

/** More than the ten frames of a usual stack: ours come first, and the learner's line is wanted. */
const FRAMES = 40

/** Where the code stands now, in units only: for saying what a unit waits for. */
export function whereInUnit(unit: Unit | undefined): Error | undefined {
  if (unit === undefined) return undefined
  const usual = Error.stackTraceLimit
  Error.stackTraceLimit = FRAMES
  const here = new Error('waits here')
  Error.stackTraceLimit = usual
  return here
}
