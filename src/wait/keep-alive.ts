/**
 * Keeps a plain Node program running while somebody waits or a socket listens.
 *
 * One timer, held or let go by a count, instead of a uv_ref/uv_unref pair through koffi for every wait: watchers may
 * then stay armed with nobody waiting and still let the program end.
 */

/** Of our own: a case of a check ends the timers that its code has started with Node's. */
const { setInterval } = globalThis

let count = 0
let keeper: NodeJS.Timeout | undefined

/** One more reason to keep running. */
export function hold(): void {
  if (count++ > 0) return
  // Its period is the longest there is: it exists to be there, not to fire.
  if (keeper) keeper.ref()
  else keeper = setInterval(() => {}, 2 ** 31 - 1)
}

/** One reason less. */
export function release(): void {
  if (--count === 0) keeper?.unref()
}
