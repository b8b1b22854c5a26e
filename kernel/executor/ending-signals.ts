/**
 * Signals that ask the process to end, as main sees them: has a cell's listener taken one? Knows nothing of what an end is.
 */

/** Our own listeners. */
const own = new Set<unknown>()
/** When a listener of a cell was called last. Not the signal itself is an end here: a cell may emit one by its name. */
const heardAt = new Map<NodeJS.Signals, number>()
/** The io thread looks for signals many times a second: for how long what it tells of was the same one. */
const SAME_MS = 1000

/** From now on, and before those of cells: one that listens once is gone when it has been called. */
export function hearSignals(names: readonly NodeJS.Signals[]): void {
  for (const name of names) {
    const note = () => {
      if (hasOthers(name)) heardAt.set(name, performance.now())
    }
    own.add(note)
    process.prependListener(name, note)
  }
}

/** Does the signal concern a cell, which has listened, or does still? */
export const concernsCell = (name: NodeJS.Signals): boolean =>
  hasOthers(name) || performance.now() - (heardAt.get(name) ?? Number.NEGATIVE_INFINITY) < SAME_MS

const hasOthers = (name: NodeJS.Signals): boolean => process.rawListeners(name).some((one) => !own.has(one))
