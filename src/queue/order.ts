/**
 * Which of two items comes first, as Python's `<` has it: numbers by size, text and bytes character by character,
 * arrays element by element like tuples. What cannot be compared is a TypeError in Python's words.
 */

/** An item that says itself how it compares, as Python's `__lt__`. */
export interface Comparable {
  lessThan(other: never): boolean
}

const isNumber = (value: unknown): value is number | bigint => typeof value === 'number' || typeof value === 'bigint'

/** Is `a` less than `b`? */
export function lessThan(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return firstDifference(a, b)
  const [one, other] = [plain(a), plain(b)]
  if (isNumber(one) && isNumber(other)) return one < other
  if (typeof one === 'string' && typeof other === 'string') return codePoints(one, other)
  if (one instanceof Uint8Array && other instanceof Uint8Array) return Buffer.compare(one, other) < 0
  if (typeof one === 'object' && one !== null) {
    if ('lessThan' in one && typeof one.lessThan === 'function') return Boolean(one.lessThan(other))
    // Dates and other objects that have a number of their own, of one class.
    const [left, right] = [one.valueOf(), (other as object | null)?.valueOf()]
    if (isNumber(left) && isNumber(right)) return left < right
  }
  throw new TypeError(
    `'<' not supported between instances of '${named(a)}' and '${named(b)}': put [priority, number, item] in the ` +
      'queue, with a number of your own that is never the same, so that items need no comparing',
  )
}

/** true and false are 1 and 0. */
const plain = (value: unknown): unknown => (typeof value === 'boolean' ? Number(value) : value)

function firstDifference(a: readonly unknown[], b: readonly unknown[]): boolean {
  for (let i = 0; i < a.length && i < b.length; i++) {
    if (!equal(a[i], b[i])) return lessThan(a[i], b[i])
  }
  return a.length < b.length
}

function equal(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => equal(item, b[i]))
  if (a instanceof Uint8Array && b instanceof Uint8Array) return Buffer.compare(a, b) === 0
  const [one, other] = [plain(a), plain(b)]
  // 1 and 1n are the same number.
  // biome-ignore lint/suspicious/noDoubleEquals: number and bigint by value
  return isNumber(one) && isNumber(other) && one == other
}

/** By code points, as Python does; JavaScript's own `<` goes by UTF-16 units, and puts 😀 before ﬀ. */
function codePoints(a: string, b: string): boolean {
  if (a === b) return false
  const [one, other] = [a[Symbol.iterator](), b[Symbol.iterator]()]
  for (;;) {
    const [left, right] = [one.next().value, other.next().value]
    if (left === undefined || right === undefined) return right !== undefined
    if (left !== right) return left.codePointAt(0)! < right.codePointAt(0)!
  }
}

function named(value: unknown): string {
  if (value === null || value === undefined) return 'NoneType'
  if (typeof value === 'string') return 'str'
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float'
  if (typeof value === 'bigint') return 'int'
  if (Array.isArray(value)) return 'tuple'
  if (typeof value === 'object') return value.constructor?.name ?? 'object'
  return typeof value
}
