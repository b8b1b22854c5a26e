/**
 * What a call that may wait begins with: its trailing options object is looked at before anything is done.
 *
 * Types say it already; a cell with `any` in it, and JavaScript, hear it here. Knows nothing of waiting itself.
 */
import type { WaitOptions } from './wait.ts'

/**
 * Throws the signal's reason if it has been aborted.
 *
 * @throws {TypeError} the options are no object, or their signal is no AbortSignal
 */
export function throwIfAborted(options: WaitOptions | null | undefined): void {
  if (options === undefined || options === null) return
  if (typeof options !== 'object' || Array.isArray(options)) {
    throw new TypeError(`options must be an object, not ${kind(options)}: write { signal }, or leave them out`)
  }
  checkedSignal(options.signal)?.throwIfAborted()
}

/** The signal, if there is one. @throws {TypeError} it is something else */
export function checkedSignal(signal: unknown): AbortSignal | undefined {
  if (signal === undefined || signal === null) return undefined
  if (isSignal(signal)) return signal
  throw new TypeError(
    `signal must be an AbortSignal, not ${kind(signal)}: ` +
      'write { signal: AbortSignal.timeout(5000) }, or the signal of an AbortController',
  )
}

/** By what it can do: a signal may come from another context, where AbortSignal is another class. */
function isSignal(value: unknown): value is AbortSignal {
  const { throwIfAborted, addEventListener } = value as Partial<AbortSignal>
  return typeof throwIfAborted === 'function' && typeof addEventListener === 'function'
}

function kind(value: unknown): string {
  if (value === null) return 'null'
  if (typeof value === 'object') return value.constructor?.name ?? 'object'
  return value === '' || typeof value !== 'string' ? typeof value : `the string '${value.slice(0, 40)}'`
}
