/**
 * What a message is made of: JSON, and bytes behind it. Knows nothing of what a message says.
 */
import { types } from 'node:util'

/** As it will look in the message: functions and the like cannot cross to the io thread, and have no place there. */
export const json = <T>(value: T): T => JSON.parse(JSON.stringify(value) ?? 'null') as T

/** @throws {TypeError} for what is no object, which all readers of this part of a message take it for */
export function mustBeObject(what: string, value: unknown): void {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return
  throw new TypeError(`${what} is an object, such as { n: 1 }, not ${kindOf(value)}`)
}

/**
 * A part of a message that is an object, as JSON.
 *
 * @throws {TypeError} for anything else
 */
export function record(what: string, value: Record<string, unknown>): Record<string, unknown> {
  mustBeObject(what, value)
  return json(value)
}

/**
 * Buffers as ZeroMQ takes them. Of a DataView it says nothing at all, and then sends no further message.
 *
 * @throws {TypeError} for what is no list of bytes
 */
export function bytes(buffers: unknown): Uint8Array[] {
  if (!Array.isArray(buffers)) throw new TypeError(`buffers is a list, such as [bytes], not ${kindOf(buffers)}`)
  return buffers.map((one: unknown) => {
    if (one instanceof Uint8Array) return one
    if (ArrayBuffer.isView(one)) return new Uint8Array(one.buffer, one.byteOffset, one.byteLength)
    if (types.isAnyArrayBuffer(one)) return new Uint8Array(one)
    throw new TypeError(`a buffer is a Uint8Array or another view of bytes, not ${kindOf(one)}`)
  })
}

/** For a sentence that says what was given. */
export const kindOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'a list' : typeof value
