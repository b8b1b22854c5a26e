/**
 * How the waiting calls of `threading` take their arguments: by position as in Python, or in one options object.
 *
 * Checks what types alone cannot (a lesson's cell may hold `any`), with CPython's texts. Knows nothing of waiting itself.
 */

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

/** `wait(5)`, `wait({ timeout: 5 })` and `wait(5, { signal })` as one object. */
export function waitOptions(first: number | null | WaitOptions | undefined, rest: WaitOptions = {}): WaitOptions {
  const options = isOptions(first) ? first : { ...rest, timeout: first ?? rest.timeout }
  return { timeout: seconds(options.timeout), signal: options.signal }
}

/** The same for `acquire(blocking, timeout)`. As in Python, −1 seconds is the other way to say "no limit". */
export function acquireOptions(
  first: boolean | AcquireOptions | undefined,
  timeout: number | null | undefined,
  rest: AcquireOptions = {},
  refusal = "can't specify a timeout for a non-blocking call",
): AcquireOptions & { blocking: boolean } {
  const options = isOptions(first) ? first : { ...rest, blocking: first, timeout: timeout ?? rest.timeout }
  const { blocking = true, signal } = options
  const limit = seconds(options.timeout)
  if (limit !== null && limit !== -1) {
    if (!blocking) throw new RangeError(refusal)
    if (limit < 0) throw new RangeError('timeout value must be positive')
  }
  return { blocking, timeout: limit === -1 ? null : limit, signal }
}

function isOptions<T extends object>(value: unknown): value is T {
  return typeof value === 'object' && value !== null
}

/** How a beginner would call the kind of this value. */
export function kind(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  if (typeof value === 'object') return value.constructor?.name ?? 'object'
  return typeof value
}
