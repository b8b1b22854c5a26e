/**
 * A value as a client can show it: MIME types and data, always with text/plain.
 * Knows nothing of cells or messages.
 */
import * as util from 'node:util'
import { json, kindOf } from './message-parts.ts'

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
  if (method === undefined) return withText(elementBundle(value), value)
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

/** An element of a page, as jsdom makes them and Observable Plot and d3 give them: Deno's kernel shows it drawn, too. */
function elementBundle(value: unknown): MimeBundle | undefined {
  if (!isObject(value)) return undefined
  try {
    const html = value.outerHTML
    if (typeof html !== 'string' || !html.startsWith('<')) return undefined
    return { [/^<svg[\s>]/.test(html) ? 'image/svg+xml' : 'text/html']: html }
  } catch {
    // A getter that throws.
    return undefined
  }
}

function withText(own: unknown, value: unknown): MimeBundle {
  if (!isObject(own)) return { 'text/plain': plainText(value) }
  const bundle = sendable(own)
  return 'text/plain' in bundle ? bundle : { 'text/plain': plainText(value), ...bundle }
}

/** These may be of any shape; all others are text (nbformat's schema of a notebook, too). */
const JSON_TYPE = /^application\/(?:.*\+)?json$/

/**
 * A bundle as a message and a notebook can hold it. What has no value is left out, as in JSON.
 *
 * @throws {TypeError} for what is neither text nor bytes where the type wants it, or cannot be written as JSON
 */
export function sendable(bundle: MimeBundle): MimeBundle {
  if (!isObject(bundle) || Array.isArray(bundle))
    throw new TypeError(`a MIME bundle is an object such as { "text/html": "<b>x</b>" }, not ${kindOf(bundle)}`)
  const entries = Object.entries(bundle).filter(([, data]) => data !== undefined && data !== null)
  return Object.fromEntries(entries.map(([mime, data]) => [mime, JSON_TYPE.test(mime) ? json(data) : text(mime, data)]))
}

/** Text as it is, or in lines, as notebooks keep it; bytes in base64. */
export function text(mime: string, data: unknown): string | string[] {
  if (typeof data === 'string') return data
  if (data instanceof Uint8Array) return Buffer.from(data).toString('base64')
  if (Array.isArray(data) && data.every((line) => typeof line === 'string')) return data
  throw new TypeError(`${mime} is shown from a string or bytes, not from ${kindOf(data)}`)
}

const isPromise = (value: unknown): value is Promise<unknown> =>
  isObject(value) && typeof (value as { then?: unknown }).then === 'function'

const isObject = (value: unknown): value is Record<PropertyKey, unknown> =>
  (typeof value === 'object' || typeof value === 'function') && value !== null
