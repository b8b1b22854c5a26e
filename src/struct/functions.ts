/** The module's functions: each a Struct used once. A format's layout is kept, so that this costs little. */
import { layoutOf } from './layout.ts'
import { packed, Struct, type UnpackOptions } from './struct.ts'
import type { Packable, Unpacked } from './unpacked.ts'

/**
 * Makes bytes from values, laid out as `format` says.
 *
 * `!` is the network's byte order (most significant byte first), `<` the other one. `B` one byte, `H` two, `I` four,
 * `Q` eight (each unsigned; small letters are signed), `4s` four bytes as they are, `?` true or false, `x` a byte of
 * nothing, `e f d` floating point; `3H` is `HHH`.
 *
 * @throws {error} a value that does not fit its place, or not as many as there are places
 * @example const header = struct.pack('!I', payload.length)
 * @see byteorder(3)
 */
export function pack(format: string | Uint8Array, ...values: Packable[]): Buffer {
  return packed(layoutOf(format), values)
}

/**
 * The same into memory that you have, from `offset` on (below zero: counted from the end).
 *
 * @example struct.packInto('!H', packet, 2, checksum)
 */
export function packInto(format: string | Uint8Array, buffer: Uint8Array, offset: number, ...values: Packable[]): void {
  new Struct(format).packInto(buffer, offset, ...values)
}

/**
 * The values that lie in `buffer`, which must be exactly as long as `format` says. `q Q` (and, without a byte order,
 * `l L n N P`) give `bigint`, other numbers `number`, bytes a `Buffer`.
 *
 * @throws {error} `unpack requires a buffer of 4 bytes (actual buffer size is 2)`
 * @example const [length] = struct.unpack('!I', header)
 */
export function unpack<const F extends string>(format: F | Uint8Array, buffer: Uint8Array): Unpacked<F> {
  return new Struct<F>(format).unpack(buffer)
}

/**
 * The values at `offset` in a longer buffer.
 *
 * @example const [source, destination] = struct.unpackFrom('!HH', packet, 20)
 */
export function unpackFrom<const F extends string>(
  format: F | Uint8Array,
  buffer: Uint8Array,
  offset?: number | Pick<UnpackOptions, 'offset'>,
): Unpacked<F>
export function unpackFrom<const F extends string>(
  format: F | Uint8Array,
  options: UnpackOptions & { buffer: Uint8Array },
): Unpacked<F>
export function unpackFrom<const F extends string>(
  format: F | Uint8Array,
  first: Uint8Array | UnpackOptions,
  offset?: number | UnpackOptions,
): Unpacked<F> {
  return new Struct<F>(format).unpackFrom(first as Uint8Array, offset)
}

/**
 * One record after another, up to the end of the buffer.
 *
 * @example for (const [x, y] of struct.iterUnpack('<hh', points)) console.log(x, y)
 */
export function iterUnpack<const F extends string>(
  format: F | Uint8Array,
  buffer: Uint8Array,
): IterableIterator<Unpacked<F>, undefined> {
  return new Struct<F>(format).iterUnpack(buffer)
}

/**
 * How many bytes a format describes.
 *
 * @example const header = await recvExactly(sock, struct.calcsize('!HI'))
 */
export function calcsize(format: string | Uint8Array): number {
  return layoutOf(format).size
}
