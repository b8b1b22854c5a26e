/**
 * What can cross from one process to another: plain data, and errors with their words. Says where something cannot.
 *
 * Knows nothing of who sends it. In one process values are copied the same way, so that a check behaves alike.
 */
import { inspect, types } from 'node:util'
import { deserialize, serialize } from 'node:v8'
import * as errors from '../../errors/index.ts'
import { host } from '../../wait/index.ts'
import { append } from './append.ts'

const { getPrototypeOf, setPrototypeOf, prototype: ObjectPrototype } = Object
const { ownKeys } = Reflect
const { isArray } = Array

/** Deeper is no data that a test compares. */
const DEEPEST = 100

/** Something that cannot be sent, and where it stands in the value. */
export interface Foreign {
  readonly path: string
  readonly what: string
}

/** The first part of the value that is no plain data; undefined: all of it is. */
export function foreignIn(value: unknown, path = '', depth = 0): Foreign | undefined {
  if (typeof value === 'function') return { path, what: 'a function' }
  if (typeof value === 'symbol') return { path, what: 'a symbol' }
  if (typeof value !== 'object' || value === null || isSimple(value)) return undefined
  if (depth > DEEPEST) return { path, what: `something more than ${DEEPEST} levels deep` }
  if (types.isProxy(value)) return { path, what: 'a Proxy' }
  if (types.isMap(value)) {
    for (const [key, one] of value) {
      const found = foreignIn(key, `${path} (a key)`, depth + 1) ?? foreignIn(one, `${path}.get(…)`, depth + 1)
      if (found) return found
    }
    return undefined
  }
  if (types.isSet(value)) {
    for (const one of value) {
      const found = foreignIn(one, `${path} (a member)`, depth + 1)
      if (found) return found
    }
    return undefined
  }
  if (!isArray(value) && !isPlain(value)) return { path, what: className(value) }
  for (const key of ownKeys(value)) {
    if (typeof key === 'symbol') continue
    const inner = isArray(value) ? `${path}[${key}]` : `${path}.${key}`
    if (isArray(value) && key === 'length') continue
    const found = foreignIn((value as Record<string, unknown>)[key], inner, depth + 1)
    if (found) return found
  }
  return undefined
}

const isSimple = (value: unknown): boolean =>
  types.isTypedArray(value) || types.isAnyArrayBuffer(value) || types.isDate(value) || types.isRegExp(value)

function isPlain(value: object): boolean {
  const prototype: unknown = getPrototypeOf(value)
  return prototype === null || prototype === ObjectPrototype
}

function className(value: object): string {
  if (types.isPromise(value)) return 'a Promise (is an await missing?)'
  const made = (getPrototypeOf(value) as { constructor?: { name?: unknown } } | null)?.constructor?.name
  return typeof made === 'string' && made !== '' ? `an object of the class ${made}` : 'an object of a class'
}

/** Text for the way between two processes. */
export const packData = (value: unknown): string => serialize(value).toString('base64')
export const unpackData = (text: string): unknown => deserialize(Buffer.from(text, 'base64'))

/** As it would arrive in another process. */
export const copyOf = (value: unknown): unknown => deserialize(serialize(value))

/** An error on its way between two processes. */
export interface PackedError {
  /** Its class and those above it, the nearest first. */
  readonly classes: readonly string[]
  readonly name: string
  readonly message: string
  /** Other plain fields that errors have. */
  readonly fields: Readonly<Record<string, string | number | null>>
  /** For the learner, with the line that threw. */
  readonly text: string
}

const FIELDS = ['code', 'errno', 'strerror', 'syscall', 'status'] as const
const LONGEST = 4000
const cut = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text)

/** Never throws, whatever was thrown. */
export function packError(thrown: unknown): PackedError {
  try {
    if (!(thrown instanceof Error)) return unusual(`thrown was no error, but ${inspect(thrown, { depth: 1 })}`)
    const classes: string[] = []
    for (let at: object | null = getPrototypeOf(thrown); at && at !== ObjectPrototype; at = getPrototypeOf(at)) {
      const { name } = (at as { constructor?: { name?: unknown } }).constructor ?? {}
      if (typeof name === 'string') append(classes, name)
    }
    const fields: Record<string, string | number | null> = {}
    for (const key of FIELDS) {
      const value = (thrown as unknown as Record<string, unknown>)[key]
      if (typeof value === 'string') fields[key] = cut(value)
      else if (typeof value === 'number' || value === null) fields[key] = value
    }
    const [name, message] = [cut(String(thrown.name)), cut(String(thrown.message))]
    return { classes, name, message, fields, text: cut(host.explain(thrown)) }
  } catch {
    return unusual('an error that cannot be shown')
  }
}

const unusual = (message: string): PackedError => ({
  ...{ classes: ['Error'], name: 'Error', message: cut(message), fields: {}, text: cut(message) },
})

const native = { Error, TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError, AggregateError }
const known = new Map<string, { prototype: object }>(
  Object.entries({ ...native, ...errors }).flatMap(([name, made]) =>
    typeof made === 'function' ? [[name, made as { prototype: object }] as const] : [],
  ),
)

const arrived = new WeakMap<object, PackedError>()

/** As it was thrown there: `instanceof` holds for the classes that are known here. */
export function unpackError(packed: PackedError): Error {
  const error = new Error(packed.message)
  const nearest = packed.classes.map((name) => known.get(name)).find((one) => one !== undefined)
  if (nearest) setPrototypeOf(error, nearest.prototype)
  if (error.name !== packed.name) define(error, 'name', packed.name)
  for (const [key, value] of Object.entries(packed.fields)) define(error, key, value)
  error.stack = `${packed.name}: ${packed.message}`
  arrived.set(error, packed)
  return error
}

function define(error: Error, key: string, value: unknown): void {
  Object.defineProperty(error, key, { value, writable: true, configurable: true, enumerable: key !== 'name' })
}

/** Of an error that came from another process: what was said of it there. */
export const arrivedError = (error: unknown): PackedError | undefined =>
  typeof error === 'object' && error !== null ? arrived.get(error) : undefined
