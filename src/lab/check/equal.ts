/**
 * Are two values the same to a learner? Bytes are compared as bytes, whether Buffer or Uint8Array.
 *
 * Knows nothing of cases. Asks the values themselves nothing: a learner's object cannot say that it is equal.
 */
import * as util from 'node:util'

const { is, getPrototypeOf, prototype: ObjectPrototype } = Object
const { ownKeys } = Reflect
const { isArray } = Array
// Taken before any cell runs; and by what V8 knows of the value, not by what a class says.
const { isDeepStrictEqual } = util
const isBytes: (value: unknown) => value is Uint8Array = util.types.isUint8Array

/** Deep: there are no tests' values deeper than this. */
const DEEPEST = 100

export function equal(one: unknown, other: unknown, depth = 0): boolean {
  if (is(one, other) || (one === 0 && other === 0)) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  if (depth > DEEPEST) return false
  if (isBytes(one) || isBytes(other)) return isBytes(one) && isBytes(other) && sameBytes(one, other)
  if (isArray(one) || isArray(other)) return isArray(one) && isArray(other) && sameItems(one, other, depth)
  if (isPlain(one) && isPlain(other)) return sameFields(one, other, depth)
  return isDeepStrictEqual(one, other)
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false
  return true
}

function sameItems(one: unknown[], other: unknown[], depth: number): boolean {
  if (one.length !== other.length) return false
  for (let at = 0; at < one.length; at++) if (!equal(one[at], other[at], depth + 1)) return false
  return true
}

type Fields = Record<PropertyKey, unknown>

const isPlain = (value: object): value is Fields => {
  const prototype: unknown = getPrototypeOf(value)
  return prototype === ObjectPrototype || prototype === null
}

function sameFields(one: Fields, other: Fields, depth: number): boolean {
  const keys = ownKeys(one)
  if (keys.length !== ownKeys(other).length) return false
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at] as PropertyKey
    if (!(key in other) || !equal(one[key], other[key], depth + 1)) return false
  }
  return true
}
