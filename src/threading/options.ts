/**
 * How the waiting calls of `threading` take their arguments: by position as in Python, or in one options object.
 *
 * Checks what types alone cannot (a lesson's cell may hold `any`), with CPython's texts. Knows nothing of who waits.
 */
import { CLOCK_ENDS, checkNames, NO_WAIT, throwIfAborted } from '../wait/index.ts'

export { checkNames, NO_WAIT }

/** What every call that waits accepts. */
export interface WaitOptions {
  /** Most seconds to wait; `null` or left out: no limit */
  timeout?: number | null | undefined
  /** Ends the wait early with the signal's reason */
  signal?: AbortSignal | undefined
}

/** What `acquire` accepts besides. */
export interface AcquireOptions extends WaitOptions {
  /** `false`: do not wait at all, only try; default `true` */
  blocking?: boolean | undefined
}

/** What `acquire` takes: all by position, or the rest by name behind it. */
export type AcquireArguments = [
  blocking?: boolean | AcquireOptions,
  timeout?: number | null | AcquireOptions,
  options?: AcquireOptions,
]

/** The most seconds that a call of this module can be given; beyond them stands `null`, for no limit. */
export const TIMEOUT_MAX = Math.floor(CLOCK_ENDS)

/** Checks a time-out in seconds; `null` stands for no limit. */
export function seconds(timeout: unknown): number | null {
  if (timeout === null || timeout === undefined) return null
  if (typeof timeout !== 'number') throw new TypeError(`timeout must be a number of seconds, not ${kind(timeout)}`)
  if (Number.isNaN(timeout)) throw new RangeError('Invalid value NaN (not a number)')
  if (timeout === Number.POSITIVE_INFINITY) return null
  if (timeout > TIMEOUT_MAX) {
    throw new RangeError(
      `timestamp out of range for platform time_t: at most threading.TIMEOUT_MAX (${TIMEOUT_MAX}) seconds, or null for no limit`,
    )
  }
  return timeout
}

/** Checks a count: how many places, items, tasks. `example` is what to write. */
export function wholeNumber(value: unknown, name: string, example: string): number {
  if (typeof value === 'number' && (Number.isInteger(value) || value === Number.POSITIVE_INFINITY)) return value
  const given = typeof value === 'number' ? value : kind(value)
  throw new TypeError(`${name} must be a whole number, not ${given}: ${example}`)
}

/** Checks a choice; 0 and 1 count as false and true. Where Python has `blocking`, people write the time limit. */
export function truth(value: unknown, name: string, advice = 'write true or false'): boolean {
  if (typeof value === 'boolean') return value
  if (value === 0 || value === 1) return value === 1
  const given = typeof value === 'number' ? value : kind(value)
  throw new TypeError(`${name} must be true or false, not ${given}: ${advice}`)
}

/** What to write instead of `wait(5)` where the first place is that of `blocking`. */
export const limitAdvice = (given: unknown): string =>
  `write { timeout: ${typeof given === 'number' && given > 0 ? given : 5} }`

/** `wait(5)`, `wait({ timeout: 5 })` and `wait(5, { signal })` as one object; `names`: what `call` knows besides. */
export function waitOptions(
  first: number | null | WaitOptions | undefined,
  rest: WaitOptions | undefined,
  call: string,
  names: readonly string[] = ['timeout'],
): WaitOptions {
  const named = isOptions(first) ? first : rest
  if (isOptions(named)) checkNames(named, names, call)
  throwIfAborted(named)
  const timeout = isOptions(first) ? first.timeout : (first ?? rest?.timeout)
  return { timeout: seconds(timeout), signal: named?.signal }
}

interface Acquiring extends WaitOptions {
  readonly blocking: boolean
  readonly timeout: number | null
}

/** `acquire(true, 5)`, `acquire(true, { timeout: 5 })` and `acquire({ timeout: 5 })` as one object. */
function acquiring(...[first, second, last]: AcquireArguments): Acquiring {
  const rest = isNamed<AcquireOptions>(second) ? second : last
  const timeout = isNamed<AcquireOptions>(second) ? undefined : second
  const named = isOptions<AcquireOptions>(first) ? first : rest
  if (isOptions(named)) checkNames(named, ['blocking', 'timeout'], 'acquire')
  throwIfAborted(named)
  const choice = isOptions<AcquireOptions>(first) || first === undefined ? named?.blocking : first
  const blocking = choice === undefined || truth(choice, 'blocking', limitAdvice(choice))
  const limit = seconds(isOptions(first) ? named?.timeout : (timeout ?? named?.timeout))
  return { blocking, timeout: limit, signal: named?.signal }
}

/** What a lock's `acquire` is told. As in Python, −1 seconds is the other way to say "no limit". */
export function acquireOptions(...all: AcquireArguments): Acquiring {
  const given = acquiring(...all)
  if (given.timeout === null || given.timeout === -1) return { ...given, timeout: null }
  if (!given.blocking) throw new RangeError("can't specify a timeout for a non-blocking call")
  if (given.timeout < 0) throw new RangeError('timeout value must be positive')
  return given
}

/** What a semaphore's is told: as in Python, any time below zero is over at once, −1 too. */
export function placeOptions(...all: AcquireArguments): Acquiring {
  const given = acquiring(...all)
  if (!given.blocking && given.timeout !== null) {
    throw new RangeError("can't specify timeout for non-blocking acquire")
  }
  return given
}

function isOptions<T extends object>(value: unknown): value is T {
  return typeof value === 'object' && value !== null
}

/** Does an options object stand in the place of a plain value? */
export const isNamed = <T extends object>(value: T | number | boolean | null | undefined): value is T =>
  isOptions(value) && !Array.isArray(value)

/** Is it to be awaited? Where Python's callback may take its time, a function here may be async. */
export const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  isOptions<{ then?: unknown }>(value) && typeof value.then === 'function'

/** What a function is to be called with: an array, and perhaps an object for its last parameter. */
export function checkArguments(args: unknown, kwargs: unknown): void {
  if (!isOptions(args) || !(Symbol.iterator in args)) {
    throw new TypeError(`args must be an array, not ${kind(args)}: args: [value]`)
  }
  if (kwargs !== undefined && !isOptions(kwargs)) {
    throw new TypeError(`kwargs must be an object, not ${kind(kwargs)}: kwargs: { name: value }`)
  }
}

/** How a beginner would call the kind of this value. */
export function kind(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  if (typeof value === 'object') return value.constructor?.name ?? 'object'
  return typeof value
}
