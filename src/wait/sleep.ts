/** sleep: the wait that nothing but time ends. */
import { CLOCK_ENDS } from './timer.ts'
import { turn } from './turn.ts'
import { Waiter, type WaitOptions } from './wait.ts'

/**
 * Waits `seconds` (fractions allowed) while every other task runs on; 0 lets the others have one turn.
 *
 * @throws {TypeError} not a number
 * @throws {RangeError} below zero, not finite, or beyond the system's clock (292 years)
 * @throws {KeyboardInterrupt} ■ was pressed meanwhile
 * @example await sleep(0.5)
 * @see sleep(3)
 */
export async function sleep(seconds: number, options?: WaitOptions): Promise<void> {
  if (typeof seconds !== 'number') {
    throw new TypeError(`sleep(): seconds must be a number, not ${seconds === null ? 'null' : typeof seconds}`)
  }
  if (!(seconds >= 0 && seconds < Infinity)) {
    throw new RangeError(`sleep(): seconds must be 0 or more, not ${seconds} (0.5 is half a second)`)
  }
  if (seconds > CLOCK_ENDS)
    throw new RangeError(`sleep(): timestamp out of range for platform time_t: ${seconds} seconds`)
  if (seconds === 0) return await turn(options)
  return await new Waiter<void>({ timeout: seconds, onTimeout: () => {}, signal: options?.signal }).promise
}
