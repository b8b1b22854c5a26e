/** The format characters that are not whole numbers: one byte, true or false, and floating point. */
import { error } from './error.ts'
import { fromHalf, toHalf } from './half.ts'
import type { Code } from './integer-codes.ts'

/** A number for 'e', 'f', 'd', as Python's float parameters take it. */
function real(value: unknown): number {
  if (typeof value === 'number') return value
  if (typeof value === 'boolean') return Number(value)
  if (typeof value === 'bigint') {
    const number = Number(value)
    if (Number.isFinite(number)) return number
  }
  throw new error('required argument is not a float')
}

/** CPython's error depends on whether an int or a float was given: a number is a float, also 65520.0; a bigint an int. */
function tooLarge(value: unknown, char: string): Error {
  if (typeof value === 'bigint') return new error('int too large to convert')
  return new RangeError(`float too large to pack with ${char} format`)
}

/** What Python takes for true: NaN is, an empty array is not. */
function truth(value: unknown): boolean {
  if (typeof value === 'number') return value !== 0
  if (Array.isArray(value) || value instanceof Uint8Array) return value.length > 0
  return Boolean(value)
}

const char: Code = {
  size: 1,
  pack(view, at, value) {
    if (!(value instanceof Uint8Array) || value.length !== 1) {
      throw new error('char format requires a bytes object of length 1')
    }
    view.setUint8(at, value[0]!)
  },
  unpack: (view, at) => Buffer.from([view.getUint8(at)]),
}

const bool: Code = {
  size: 1,
  pack: (view, at, value) => view.setUint8(at, truth(value) ? 1 : 0),
  unpack: (view, at) => view.getUint8(at) !== 0,
}

/** Single precision. Native C rounds what is too large to infinity; with a byte order it is an error. */
const float = (little: boolean, native: boolean): Code => ({
  size: 4,
  pack(view, at, value) {
    const number = real(value)
    if (!native && Number.isFinite(number) && !Number.isFinite(Math.fround(number))) throw tooLarge(value, 'f')
    view.setFloat32(at, number, little)
  },
  unpack: (view, at) => view.getFloat32(at, little),
})

const double = (little: boolean): Code => ({
  size: 8,
  pack: (view, at, value) => view.setFloat64(at, real(value), little),
  unpack: (view, at) => view.getFloat64(at, little),
})

const half = (little: boolean): Code => ({
  size: 2,
  pack(view, at, value) {
    const number = real(value)
    const bits = toHalf(number)
    if (bits === undefined) throw tooLarge(value, 'e')
    view.setUint16(at, bits, little)
  },
  unpack: (view, at) => fromHalf(view.getUint16(at, little)),
})

/** Those of one byte order. */
export const otherCodes = (little: boolean, native: boolean): Record<string, Code> => ({
  c: char,
  '?': bool,
  e: half(little),
  f: float(little, native),
  d: double(little),
})
