/** Checks of what is given beside the format: memory to read or to write, and where in it. CPython's words. */
import { error } from './error.ts'

/** Memory to read: any Uint8Array, or another view. */
export function readable(buffer: unknown): DataView {
  if (ArrayBuffer.isView(buffer)) return new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength)
  if (buffer instanceof ArrayBuffer) return new DataView(buffer)
  throw new TypeError(`a bytes-like object is required, not '${named(buffer)}'`)
}

/** Memory to write into. */
export function writable(buffer: unknown): DataView {
  if (buffer === undefined) throw new error('pack_into expected buffer argument')
  if (ArrayBuffer.isView(buffer) || buffer instanceof ArrayBuffer) return readable(buffer)
  throw new TypeError(`argument must be read-write bytes-like object, not ${named(buffer)}`)
}

/** A whole number of bytes, from the end if below zero; checked against the room that `size` bytes need. */
export function position(given: unknown, size: number, length: number, packing: boolean): number {
  const offset = typeof given === 'boolean' ? Number(given) : given
  if (typeof offset !== 'number' || !Number.isInteger(offset)) {
    const advice = typeof offset === 'bigint' ? ': write Number(offset)' : ''
    throw new TypeError(`'${named(offset)}' object cannot be interpreted as an integer${advice}`)
  }
  if (offset < 0) {
    if (offset + size > 0) {
      const what = packing ? 'no space to pack' : 'not enough data to unpack'
      throw new error(`${what} ${size} bytes at offset ${offset}`)
    }
    if (offset + length < 0) throw new error(`offset ${offset} out of range for ${length}-byte buffer`)
    return offset + length
  }
  if (length - offset < size) {
    throw new error(
      `${packing ? 'pack_into' : 'unpack_from'} requires a buffer of at least ${offset + size} bytes for ` +
        `${packing ? 'packing' : 'unpacking'} ${size} bytes at offset ${offset} (actual buffer size is ${length})`,
    )
  }
  return offset
}

function named(value: unknown): string {
  if (value === null || value === undefined) return 'NoneType'
  if (typeof value === 'string') return 'str'
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float'
  if (typeof value === 'bigint') return 'bigint'
  if (typeof value === 'boolean') return 'bool'
  return (value as object).constructor?.name ?? typeof value
}
