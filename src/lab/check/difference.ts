/**
 * Expected against received, in words that show where they differ: bytes as hexdumps, text as lines, values as JavaScript.
 *
 * Knows nothing of cases. Whatever it is given it gives a text, and not a long one.
 */
import { inspect } from 'node:util'
import { hexdump } from '../hexdump.ts'

/** Lines of one side that are shown at most. */
const MOST_LINES = 12
const LONGEST_LINE = 160

/** What differs, in a few lines. */
export function difference(received: unknown, expected: unknown): string {
  if (received instanceof Uint8Array && expected instanceof Uint8Array) return ofBytes(received, expected)
  if (typeof received === 'string' && typeof expected === 'string') return ofTexts(received, expected)
  const values = sides(show(received), show(expected))
  const confused = confusion(received, expected)
  return confused === undefined ? values : `${values}\n${confused}`
}

/** A value as a cell would show it; never throws. */
export function show(value: unknown): string {
  try {
    if (value instanceof Uint8Array)
      return `${bytesOf(value.length)}: ${JSON.stringify(Buffer.from(value).toString('latin1'))}`
    return inspect(value, { depth: 4, breakLength: 90, maxArrayLength: 50, maxStringLength: 1000, getters: false })
  } catch {
    return 'a value that cannot be shown'
  }
}

/** What is often taken for what was wanted. */
function confusion(received: unknown, expected: unknown): string | undefined {
  if (typeof received === 'string' && expected instanceof Uint8Array)
    return 'Text (a string) came where bytes are expected: Buffer.from(text) makes bytes of it.'
  if (received instanceof Uint8Array && typeof expected === 'string')
    return 'Bytes came where text (a string) is expected: .toString() makes text of a Buffer.'
  if (received instanceof Promise && !(expected instanceof Promise))
    return 'A promise came where its value is expected: an await is missing.'
  if (received === undefined && expected !== null)
    return 'undefined is what a function without a return gives: console.log shows a value, and returns nothing.'
  return undefined
}

const sides = (received: string, expected: string): string =>
  received.includes('\n') || expected.includes('\n')
    ? lineDiff(received.split('\n'), expected.split('\n'))
    : `expected  ${expected}\nreceived  ${received}`

function ofTexts(received: string, expected: string): string {
  if (expected.split('\n').length > 2 || received.split('\n').length > 2)
    return lineDiff(visible(received, expected), visible(expected, received))
  const [one, other] = [clipped(JSON.stringify(received)), clipped(JSON.stringify(expected))]
  const at = firstDifference(one, other)
  return `expected  ${other}\nreceived  ${one}\n          ${' '.repeat(at)}^`
}

/** Line ends other than \n are seen: they are what such exercises are about. So is a final one that one side lacks. */
function visible(text: string, other: string): string[] {
  const lines = text.split('\n').map((line) => JSON.stringify(line).slice(1, -1))
  if (lines.at(-1) === '') return lines.slice(0, -1)
  return other.endsWith('\n') ? [...lines.slice(0, -1), `${lines.at(-1)} (no line end)`] : lines
}

const clipped = (line: string): string => (line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line)

/** Common lines at both ends are left out but for two; in between first what was expected, then what came. */
function lineDiff(received: string[], expected: string[]): string {
  let start = 0
  while (start < received.length && start < expected.length && received[start] === expected[start]) start++
  let end = 0
  const room = Math.min(received.length, expected.length) - start
  while (end < room && received.at(-1 - end) === expected.at(-1 - end)) end++
  const before = expected.slice(Math.max(0, start - 2), start)
  const after = end === 0 ? [] : expected.slice(-end).slice(0, 2)
  const part = (mark: string, lines: string[]) => {
    const shown = lines.slice(0, MOST_LINES).map((line) => `${mark} ${clipped(line)}`)
    return lines.length > MOST_LINES ? [...shown, `${mark} … ${lines.length - MOST_LINES} more lines`] : shown
  }
  return [
    '- expected, + received',
    ...part(' ', before),
    ...part('-', expected.slice(start, expected.length - end)),
    ...part('+', received.slice(start, received.length - end)),
    ...part(' ', after),
  ].join('\n')
}

function ofBytes(received: Uint8Array, expected: Uint8Array): string {
  const at = firstDifference(received, expected)
  // Whole lines of sixteen, from one line above the difference.
  const from = Math.max(0, Math.floor(at / 16) - 1) * 16
  const where =
    at >= received.length
      ? `${bytesOf(received.length)} came, and then no more; ${expected.length} are expected`
      : at >= expected.length
        ? `${bytesOf(expected.length)} ${expected.length === 1 ? 'is' : 'are'} expected, and ${received.length} came`
        : `the first difference is at byte ${at}: ${hex(expected[at]!)} is expected, ${hex(received[at]!)} came`
  return [`expected ${bytesFrom(expected, from)}`, `received ${bytesFrom(received, from)}`, where].join('\n')
}

const bytesOf = (count: number): string => (count === 1 ? '1 byte' : `${count} bytes`)

function bytesFrom(data: Uint8Array, from: number): string {
  if (data.length === 0) return '(no bytes)'
  const shown = data.subarray(from, from + 16 * 4)
  const lines = hexdump(shown)
    .text.split('\n')
    .map((line, row) => (shown.length === 0 ? '' : (from + row * 16).toString(16).padStart(8, '0') + line.slice(8)))
  const rest = data.length - from - shown.length
  return [
    `(${bytesOf(data.length)}${from > 0 ? `, from byte ${from}` : ''})`,
    ...lines.filter((line) => line !== ''),
    ...(rest > 0 ? [`… ${rest} more`] : []),
  ].join('\n')
}

const hex = (byte: number): string => `0x${byte.toString(16).padStart(2, '0')}`

function firstDifference(one: ArrayLike<unknown>, other: ArrayLike<unknown>): number {
  let at = 0
  while (at < one.length && at < other.length && one[at] === other[at]) at++
  return at
}
