/**
 * A format string read: which values lie where. Knows byte orders, sizes and alignment (of Linux on 64-bit machines).
 */
import { error } from './error.ts'
import { type Code, integerCodes } from './integer-codes.ts'
import { otherCodes } from './other-codes.ts'
import { fixed, pascal } from './text-codes.ts'

/** Some values in a row. */
export interface Run {
  readonly code: Code
  readonly at: number
  readonly count: number
}

/** What a format says. */
export interface Layout {
  readonly format: string
  /** Bytes in all. */
  readonly size: number
  /** Values in all. */
  readonly count: number
  readonly runs: readonly Run[]
}

type Codes = Readonly<Record<string, Code>>

const codesOf = (little: boolean, native: boolean): Codes => ({
  ...integerCodes(little, native),
  ...otherCodes(little, native),
})
const native = codesOf(true, true)
const little = codesOf(true, false)
const big = codesOf(false, false)
const ORDERS: Readonly<Record<string, Codes>> = { '@': native, '=': little, '<': little, '>': big, '!': big }

/** Ever larger formats come from programs that build them: an unbounded cache would keep them all. */
const CACHE_SIZE = 100
const LARGEST = 2 ** 63
const cache = new Map<string, Layout>()

/** The layout of a format, given as text or as bytes. */
export function layoutOf(format: unknown): Layout {
  const text = format instanceof Uint8Array ? Buffer.from(format).toString('latin1') : format
  if (typeof text !== 'string') {
    throw new TypeError(`Struct() argument 1 must be a str or bytes object, not ${typeof format}`)
  }
  const known = cache.get(text)
  if (known) return known
  if (text === format) checkAscii(text)
  const layout = parse(text)
  if (cache.size >= CACHE_SIZE) cache.clear()
  cache.set(text, layout)
  return layout
}

function checkAscii(format: string): void {
  const at = [...format].findIndex((character) => character > '\x7f')
  if (at < 0) return
  const code = [...format][at]!.codePointAt(0)!
  const hex = (digits: number) => code.toString(16).padStart(digits, '0')
  const shown = code < 0x100 ? `\\x${hex(2)}` : code < 0x10000 ? `\\u${hex(4)}` : `\\U${hex(8)}`
  throw new RangeError(
    `'ascii' codec can't encode character '${shown}' in position ${at}: ordinal not in range(128): a format's letters are those of ASCII`,
  )
}

function parse(format: string): Layout {
  if (format.includes('\0')) throw new error('embedded null character')
  const order = ORDERS[format[0] ?? '']
  const codes = order ?? native
  const runs: Run[] = []
  let [size, count] = [0, 0]
  for (const [times, char] of items(order ? format.slice(1) : format)) {
    if (times >= LARGEST) throw new error('total struct size too long')
    const run = runOf(char, times, codes)
    // Native values lie where the machine likes them: at multiples of their size.
    if (codes === native && run.align > 1) size = Math.ceil(size / run.align) * run.align
    if (run.code) {
      if (run.count > 0) runs.push({ code: run.code, at: size, count: run.count })
      count += run.count
    }
    size += run.bytes
    if (size >= LARGEST) throw new error('total struct size too long')
  }
  return { format, size, count, runs }
}

/** Count and character of each item. C's space may stand between items, not inside one. */
function* items(body: string): Generator<readonly [times: number, char: string]> {
  for (const [, digits, char, alone] of body.matchAll(/(\d+)([\s\S]?)|([^ \t\n\v\f\r])/gu)) {
    if (char === '') throw new error('repeat count given without format specifier')
    yield digits === undefined ? [1, alone!] : [Number(digits), char!]
  }
}

const BAD_CHAR = 'bad char in struct format'

function runOf(
  char: string,
  times: number,
  codes: Codes,
): { code?: Code; count: number; bytes: number; align: number } {
  if (char === 'x') return { count: 0, bytes: times, align: 1 }
  if (char === 's') return { code: fixed(times), count: 1, bytes: times, align: 1 }
  if (char === 'p') return { code: pascal(times), count: 1, bytes: times, align: 1 }
  const code = Object.hasOwn(codes, char) ? codes[char] : undefined
  if (!code) throw new error(BAD_CHAR)
  return { code, count: times, bytes: times * code.size, align: code.size }
}
