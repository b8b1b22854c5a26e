/**
 * How the waiting calls of `threading` take their arguments: by position as in Python, or in one options object.
 *
 * Checks what types alone cannot (a lesson's cell may hold `any`), with CPython's texts. Knows nothing of who waits.
 */
import { throwIfAborted } from '../wait/index.ts'

/** What every call that waits accepts. */
export interface WaitOptions {
  /** Most seconds to wait; `null` or left out: no limit */
  timeout?: number | null
  /** Ends the wait early with the signal's reason */
  signal?: AbortSignal
}

/** What `acquire` accepts besides. */
export interface AcquireOptions extends WaitOptions {
  /** `false`: do not wait at all, only try; default `true` */
  blocking?: boolean
}

/** Checks a time-out in seconds; `null` stands for no limit. */
export function seconds(timeout: unknown): number | null {
  if (timeout === null || timeout === undefined) return null
  if (typeof timeout !== 'number') throw new TypeError(`timeout must be a number of seconds, not ${kind(timeout)}`)
  if (Number.isNaN(timeout)) throw new RangeError('Invalid value NaN (not a number)')
  return timeout === Number.POSITIVE_INFINITY ? null : timeout
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

/** `wait(5)`, `wait({ timeout: 5 })` and `wait(5, { signal })` as one object. */
export function waitOptions(first: number | null | WaitOptions | undefined, rest?: WaitOptions): WaitOptions {
  const named = isOptions(first) ? first : rest
  throwIfAborted(named)
  const timeout = isOptions(first) ? first.timeout : (first ?? rest?.timeout)
  return { timeout: seconds(timeout), signal: named?.signal }
}

/** The same for `acquire(blocking, timeout)`. As in Python, −1 seconds is the other way to say "no limit". */
export function acquireOptions(
  first: boolean | AcquireOptions | undefined,
  timeout: number | null | undefined,
  rest?: AcquireOptions,
  refusal = "can't specify a timeout for a non-blocking call",
): AcquireOptions & { blocking: boolean } {
  const named = isOptions<AcquireOptions>(first) ? first : rest
  throwIfAborted(named)
  const choice = isOptions<AcquireOptions>(first) || first === undefined ? named?.blocking : first
  const blocking = choice === undefined || truth(choice, 'blocking', limitAdvice(choice))
  const limit = seconds(isOptions(first) ? named?.timeout : (timeout ?? named?.timeout))
  if (limit !== null && limit !== -1) {
    if (!blocking) throw new RangeError(refusal)
    if (limit < 0) throw new RangeError('timeout value must be positive')
  }
  return { blocking, timeout: limit === -1 ? null : limit, signal: named?.signal }
}

function isOptions<T extends object>(value: unknown): value is T {
  return typeof value === 'object' && value !== null
}

/** Does an options object stand in the place of a plain value? */
export const isNamed = <T extends object>(value: T | number | boolean | null | undefined): value is T =>
  isOptions(value) && !Array.isArray(value)

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
