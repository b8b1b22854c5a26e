/**
 * The format characters of whole numbers: their ranges, CPython's words for a value outside them, their bytes.
 *
 * CPython has three families of routines, each with texts of its own: native (also for '<' and '=' where the size is
 * the native one, since x64 and arm64 keep the lowest byte first), little-endian and big-endian.
 */
import { error } from './error.ts'

/** How one value of a format character is written and read. `order` is the byte order: little or not. */
export interface Code {
  readonly size: number
  pack(view: DataView, at: number, value: unknown): void
  unpack(view: DataView, at: number): unknown
}

const NAMES: Readonly<Record<string, string>> = { b: 'byte', B: 'ubyte', h: 'short', H: 'ushort' }

/** A whole number as Python's int parameters take it: true and false count as 1 and 0. */
function whole(value: unknown): number | bigint {
  if (typeof value === 'bigint') return value
  if (typeof value === 'number' && Number.isInteger(value)) return value
  if (typeof value === 'boolean') return Number(value)
  throw new error('required argument is not an integer')
}

const fits64 = (value: number | bigint, signed: boolean): boolean =>
  signed ? value >= -(2n ** 63n) && value < 2n ** 63n : value >= 0 && value < 2n ** 64n

/** Up to four bytes: a number. */
function small(char: string, size: 1 | 2 | 4, signed: boolean, little: boolean, native: boolean): Code {
  const [least, most] = signed ? [-(2 ** (size * 8 - 1)), 2 ** (size * 8 - 1) - 1] : [0, 2 ** (size * 8) - 1]
  // The native short ones are read as a C long first, whatever their own sign.
  const readSigned = signed || (native && size < 4) || size === 1
  const name = native || size === 1 ? NAMES[char] : undefined
  const words = `${name ?? `'${char}'`} format requires ${least} <= number <= ${most}`
  const [setter, getter] = methods(size, signed)
  return {
    size,
    pack(view, at, value) {
      const number = whole(value)
      if (number < least || number > most) throw new error(fits64(number, readSigned) ? words : 'argument out of range')
      view[setter](at, Number(number), little)
    },
    unpack: (view, at) => view[getter](at, little),
  }
}

function methods(size: 1 | 2 | 4, signed: boolean) {
  if (size === 1) return signed ? (['setInt8', 'getInt8'] as const) : (['setUint8', 'getUint8'] as const)
  if (size === 2) return signed ? (['setInt16', 'getInt16'] as const) : (['setUint16', 'getUint16'] as const)
  return signed ? (['setInt32', 'getInt32'] as const) : (['setUint32', 'getUint32'] as const)
}

/** Eight bytes: a bigint. */
function large(signed: boolean, little: boolean, words: string): Code {
  return {
    size: 8,
    pack(view, at, value) {
      const number = whole(value)
      if (!fits64(number, signed)) throw new error(words)
      view.setBigUint64(at, BigInt.asUintN(64, BigInt(number)), little)
    },
    unpack: (view, at) => (signed ? view.getBigInt64(at, little) : view.getBigUint64(at, little)),
  }
}

/** A C pointer: given as any number that 64 bits can hold, of either sign; read without one. */
const pointer: Code = {
  size: 8,
  pack(view, at, value) {
    const number = whole(value)
    if (!fits64(number, true) && !fits64(number, false)) throw new error('int too large to convert')
    view.setBigUint64(at, BigInt.asUintN(64, BigInt(number)), true)
  },
  unpack: (view, at) => view.getBigUint64(at, true),
}

/** The whole numbers of one byte order; with `native` also of its sizes. */
export function integerCodes(little: boolean, native: boolean): Record<string, Code> {
  const eight = little ? 'argument out of range' : 'int too large to convert'
  const codes: Record<string, Code> = {
    b: small('b', 1, true, little, little),
    B: small('B', 1, false, little, little),
    h: small('h', 2, true, little, little),
    H: small('H', 2, false, little, little),
    i: small('i', 4, true, little, little),
    I: small('I', 4, false, little, little),
    l: small('l', 4, true, little, false),
    L: small('L', 4, false, little, false),
    q: large(true, little, eight),
    Q: large(false, little, eight),
  }
  if (!native) return codes
  const [signed, unsigned] = [codes.q!, codes.Q!]
  return { ...codes, l: signed, L: unsigned, n: signed, N: unsigned, P: pointer }
}
