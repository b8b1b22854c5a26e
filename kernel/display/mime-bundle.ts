/**
 * A value as a client can show it: MIME types and data, always with text/plain.
 * Knows nothing of cells or messages.
 */
import * as util from 'node:util'

export type MimeBundle = Record<string, unknown>

export const DISPLAY: unique symbol = Symbol.for('Jupyter.display') as never

/** As it was before any cell ran: the value of a graded cell is read from this text. */
const { inspect } = util

const MAX_STRING = 100_000

/** Plain text without colour codes: nbgrader gives partial credit only for a result that casts to a number. */
function plainText(value: unknown): string {
  try {
    return inspect(value, {
      depth: 4,
      maxArrayLength: 100,
      maxStringLength: MAX_STRING,
      breakLength: 80,
      getters: false,
    })
  } catch (error) {
    // A learner's [inspect.custom] or Proxy that throws.
    return `[a value that cannot be shown: ${error instanceof Error ? error.message : 'its inspection throws'}]`
  }
}

/**
 * Asks the value itself first: `value[Symbol.for("Jupyter.display")]()` may return a bundle, or a promise of one. A
 * promise only where the value's own method gives one, so that plain values keep their place among what is printed.
 */
export function toMimeBundle(value: unknown): MimeBundle | Promise<MimeBundle> {
  const method = isObject(value) ? displayMethod(value) : undefined
  if (method === undefined) return { 'text/plain': plainText(value) }
  const bundle: unknown = method.call(value)
  return isPromise(bundle) ? bundle.then((own) => withText(own, value)) : withText(bundle, value)
}

function displayMethod(value: Record<PropertyKey, unknown>): (() => unknown) | undefined {
  try {
    const method = value[DISPLAY]
    return typeof method === 'function' ? (method as () => unknown) : undefined
  } catch {
    // A Proxy or getter that throws: shown as any other value.
    return undefined
  }
}

const withText = (bundle: unknown, value: unknown): MimeBundle =>
  !isObject(bundle)
    ? { 'text/plain': plainText(value) }
    : 'text/plain' in bundle
      ? bundle
      : { 'text/plain': plainText(value), ...bundle }

const isPromise = (value: unknown): value is Promise<unknown> =>
  isObject(value) && typeof (value as { then?: unknown }).then === 'function'

const isObject = (value: unknown): value is Record<PropertyKey, unknown> =>
  (typeof value === 'object' || typeof value === 'function') && value !== null
