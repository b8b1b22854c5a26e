/**
 * A value as a client can show it: MIME types and data, always with text/plain.
 * Knows nothing of cells or messages.
 */
import { inspect } from 'node:util'

export type MimeBundle = Record<string, unknown>

const DISPLAY = Symbol.for('Jupyter.display')
const MAX_STRING = 100_000

/** Plain text without colour codes: nbgrader gives partial credit only for a result that casts to a number. */
export function plainText(value: unknown): string {
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

/** Asks the value itself first: `value[Symbol.for("Jupyter.display")]()` may return a bundle, or a promise of one. */
export async function toMimeBundle(value: unknown): Promise<MimeBundle> {
  const method = isObject(value) ? value[DISPLAY] : undefined
  if (typeof method === 'function') {
    const bundle: unknown = await method.call(value)
    if (isObject(bundle)) return 'text/plain' in bundle ? bundle : { 'text/plain': plainText(value), ...bundle }
  }
  return { 'text/plain': plainText(value) }
}

const isObject = (value: unknown): value is Record<PropertyKey, unknown> =>
  (typeof value === 'object' || typeof value === 'function') && value !== null
