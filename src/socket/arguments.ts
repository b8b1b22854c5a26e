/**
 * Checks of arguments that many calls share, before any system call: CPython's words first, then what to write.
 */
import { checkNames, type WaitOptions } from '../wait/index.ts'
import { typeName } from './type-name.ts'

/** The last arguments of a call that waits: flags by position or by name, and what may end the wait. */
export interface FlagOptions extends WaitOptions {
  /** `MSG_*` or-ed together. */
  flags?: number | undefined
}

/** Options of recvInto and recvfromInto. */
export interface IntoOptions extends FlagOptions {
  /** Most bytes to receive; 0: as many as the buffer holds. */
  nbytes?: number | undefined
}

/** The same with the memory among them. */
export interface IntoArguments extends IntoOptions {
  /** Where the bytes go, from its beginning. */
  buffer: Uint8Array
}

const ONLY_FLAGS = ['flags']
const INTO_NAMES = ['buffer', 'nbytes', 'flags']
const LARGEST = 2 ** 31 - 1

/** An integer, as Python's `int` parameters take it: true and false count as 1 and 0. `name`: the parameter's. */
export function integer(value: unknown, name?: string): number {
  if (typeof value === 'number' && Number.isInteger(value)) return value
  if (typeof value === 'boolean') return Number(value)
  // What struct gives for eight bytes, a length for one.
  const advice = typeof value === 'bigint' ? 'number, not a bigint: Number(value)' : 'whole number'
  throw new TypeError(
    `'${typeName(value)}' object cannot be interpreted as an integer: ${name ?? 'it'} must be a ${advice}`,
  )
}

/** An integer that fits into C's int, which the system call will take it for. */
export function cInt(value: unknown, name?: string): number {
  const number = integer(value, name)
  if (number > LARGEST) throw new RangeError('signed integer is greater than maximum: at most 2147483647')
  if (number < -LARGEST - 1) throw new RangeError('signed integer is less than minimum: at least -2147483648')
  return number
}

/** How many bytes to receive at most. `name`: the parameter's. */
export function bufferSize(value: unknown, call: string, name = 'bufsize'): number {
  const size = integer(value, name)
  if (size < 0) throw new RangeError(`negative buffersize in ${call}`)
  if (size > LARGEST) throw new RangeError(`buffersize too large in ${call}: at most 2147483647`)
  return size
}

/** How many bytes or characters of a file; Infinity where none (or one below zero) is given. */
export function fileSize(value: unknown, name: string): number {
  if (value === undefined || value === null) return Infinity
  const size = integer(value, name)
  return size < 0 ? Infinity : size
}

/** Half of a surrogate pair, which no encoding has bytes for; as Python writes it. */
export function loneSurrogate(text: string): { shown: string; index: number } | undefined {
  if (text.isWellFormed()) return undefined
  const { 0: unit, index } = /\p{Surrogate}/u.exec(text)!
  return { shown: `\\u${unit.charCodeAt(0).toString(16)}`, index }
}

/** Text that can be said in UTF-8, as the C library takes it. */
export function encodable(text: string): string {
  const lone = loneSurrogate(text)
  if (lone === undefined) return text
  const { shown, index } = lone
  throw new RangeError(`'utf-8' codec can't encode character '${shown}' in position ${index}: surrogates not allowed`)
}

/** The same without a zero, where C would take it to end. */
export function cText(text: string): string {
  if (text.includes('\0')) throw new RangeError('embedded null character')
  return encodable(text)
}

/** What `writelines` goes through. */
export function linesToWrite<T>(lines: Iterable<T>, example: string): Iterable<T> {
  if (typeof lines === 'object' && lines !== null && Symbol.iterator in lines) return lines
  throw new TypeError(`lines must be an array, not ${typeName(lines)}: writelines(${example})`)
}

/** Bytes to send: any Uint8Array (a Buffer is one), or another view of memory. */
export function bytesToSend(data: unknown): Uint8Array {
  if (data instanceof Uint8Array) return data
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  const advice =
    typeof data === 'string' ? 'a socket carries bytes: write bytes`text` or Buffer.from(text)' : 'write a Uint8Array'
  throw new TypeError(`a bytes-like object is required, not '${typeName(data)}': ${advice}`)
}

/** Memory to receive into. */
export function bytesToFill(buffer: unknown, call: string): Uint8Array {
  if (buffer instanceof Uint8Array) return buffer
  if (ArrayBuffer.isView(buffer)) return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
  throw new TypeError(
    `${call}() argument 1 must be read-write bytes-like object, not ${typeName(buffer)}: write Buffer.alloc(1024)`,
  )
}

/**
 * Flags given by position, or in the options object that may stand in their place.
 *
 * @param names what else the object may hold
 */
export function flagsOf(
  flags: number | FlagOptions | undefined,
  options: FlagOptions | undefined,
  call: string,
  names: readonly string[] = ONLY_FLAGS,
): number {
  if (isNamed(options)) checkNames(options, names, call)
  if (flags === undefined) return options?.flags === undefined ? 0 : cInt(options.flags, 'flags')
  if (isNamed(flags)) {
    checkNames(flags, names, call)
    nothingBehind(options)
    return flags.flags === undefined ? 0 : cInt(flags.flags, 'flags')
  }
  return flags === 0 ? 0 : cInt(flags, 'flags')
}

/** An options object is the last argument, as keywords are in Python: what stood behind it would be left aside. */
export function nothingBehind(...rest: unknown[]): void {
  const [value] = rest.filter((one) => one !== undefined && one !== null)
  if (value === undefined || isNamed(value)) return
  const found = typeName(value)
  throw new TypeError(
    `positional argument follows keyword argument: the options object comes last, no ${found} behind it`,
  )
}

/** The options object, wherever it stands. */
export function optionsOf(flags: unknown, options: FlagOptions | undefined): FlagOptions | undefined {
  return typeof flags === 'object' && flags !== null ? (flags as FlagOptions) : options
}

/** Seconds of a time limit: null is none, 0 means never wait. */
export function timeoutSeconds(value: unknown): number | null {
  if (value === null) return null
  if (typeof value === 'boolean') return Number(value)
  if (typeof value !== 'number') {
    throw new TypeError(
      `'${typeName(value)}' object cannot be interpreted as an integer: a time limit is a number of seconds, or null`,
    )
  }
  if (Number.isNaN(value)) throw new RangeError('Invalid value NaN (not a number)')
  if (value < 0) throw new RangeError('Timeout value out of range: seconds from 0 up, or null for no limit')
  if (value >= 2 ** 63) throw new RangeError('timestamp out of range for platform time_t: null means no limit')
  if (value > 9e9) throw new RangeError('timestamp too large to convert to C _PyTime_t: null means no limit')
  return value
}

/** Is it an options object, where a number could stand too? */
export const isNamed = <T extends object>(value: unknown): value is T =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Arguments by position, and behind them perhaps one object with the rest by name, as Python's keywords. What is
 * undefined was left out.
 *
 * @param names those that have a place, in order
 * @param more those that have none; a signal may always be among them
 * @throws {TypeError} the object has another name
 */
export function byName<T extends object>(
  call: string,
  names: readonly (keyof T & string)[],
  given: readonly unknown[],
  more: readonly (keyof T & string)[] = [],
): Partial<T> {
  const found: Partial<T> = {}
  for (const [place, value] of given.entries()) {
    // An address of some families is bytes.
    if (isNamed<Partial<T>>(value) && !ArrayBuffer.isView(value)) {
      nothingBehind(...given.slice(place + 1))
      checkNames(value, [...names, ...more], call)
      return Object.assign(found, value)
    }
    const name = names[place]
    if (name !== undefined && value !== undefined) found[name] = value as T[keyof T & string]
    if (name === undefined && value !== undefined && value !== null) {
      throw new TypeError(`options must be an object, not ${typeName(value)}: write { signal }, or leave them out`)
    }
  }
  return found
}

/** The options object of a call, which may be left out. */
export function optionsObject<T extends object>(
  value: T | undefined,
  call: string,
  names: readonly string[],
  example: string,
): Partial<T> {
  if (value === undefined) return {}
  if (isNamed<T>(value)) {
    checkNames(value, names, call)
    return value
  }
  throw new TypeError(`${call}(): options must be an object, not ${typeName(value)}: write ${example}`)
}

/** All of them by name, where the memory would stand. Memory has a `buffer` too. */
const isInto = (value: unknown): value is IntoArguments =>
  isNamed<IntoArguments>(value) && !ArrayBuffer.isView(value) && value.buffer !== undefined

/** The arguments of recvInto and recvfromInto. */
export function intoArguments(
  buffer: unknown,
  nbytes: number | IntoOptions | undefined,
  flags: number | FlagOptions | undefined,
  options: WaitOptions | undefined,
  call: string,
): { bytes: Uint8Array; flags: number; wait: WaitOptions | undefined } {
  if (!(buffer instanceof Uint8Array) && isInto(buffer)) {
    return intoArguments(buffer.buffer, buffer, undefined, undefined, call)
  }
  const all = bytesToFill(buffer, call)
  const named = isNamed<IntoOptions>(nbytes) ? nbytes : undefined
  if (named) nothingBehind(flags, options)
  const wanted = named ? named.nbytes : nbytes
  const size = wanted === undefined ? 0 : bufferSize(wanted, call, 'nbytes')
  if (size > all.length) {
    throw new RangeError(`buffer too small for requested bytes: it holds ${all.length}, ${size} were asked for`)
  }
  return {
    bytes: size === 0 ? all : all.subarray(0, size),
    flags: flagsOf(named ?? flags, options, call, INTO_NAMES),
    wait: named ?? optionsOf(flags, options),
  }
}

/** How much a file's `call` is to read, and what ends its wait: `read(4)`, `read(4, { signal })`, `read({ signal })`. */
export function sizeAndWait(
  size: number | null | WaitOptions | undefined,
  call: string,
  name: string,
  options: WaitOptions | undefined,
): [most: number, wait: WaitOptions | undefined] {
  const wait = isNamed<WaitOptions>(size) ? size : options
  for (const [one, value] of isNamed(wait) ? Object.entries(wait) : []) {
    // As in Python, how much stands by position only.
    if (value !== undefined && !('signal' in wait!)) {
      throw new TypeError(`${call}() takes no keyword argument '${one}': write ${call}(100) or ${call}({ signal })`)
    }
  }
  return [wait === size ? Infinity : fileSize(size, name), wait]
}
