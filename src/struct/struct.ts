/**
 * `struct.Struct`: a format, and bytes made from values and values from bytes by it.
 */
import { inspect } from 'node:util'
import { position, readable, writable } from './arguments.ts'
import { error } from './error.ts'
import { type Layout, layoutOf } from './layout.ts'
import type { Packable, Unpacked } from './unpacked.ts'

/** What `unpackFrom` takes by name. */
export interface UnpackOptions {
  /** What to read; here only where it is not given by position */
  buffer?: Uint8Array
  /** Where to begin; below zero: counted from the end. Default 0 */
  offset?: number
}

/** What `Struct` takes by name. */
export interface StructArguments<F extends string = string> {
  /** The format, as text or bytes */
  format: F | Uint8Array
}

/**
 * A format, read once and used often.
 *
 * @example
 * const header = new struct.Struct('!HI')
 * const [kind, length] = header.unpack(await file.read(header.size))
 */
// biome-ignore lint/suspicious/noExplicitAny: written without its format, Struct takes every struct
export class Struct<const F extends string = any> {
  readonly #layout: Layout

  /** @throws {error} `bad char in struct format` and the like */
  constructor(format: F | Uint8Array | StructArguments<F>) {
    const named = typeof format === 'object' && format !== null && 'format' in format
    this.#layout = layoutOf(named ? format.format : format)
  }

  /** The format as text. */
  get format(): F {
    return this.#layout.format as F
  }

  /** How many bytes it describes. */
  get size(): number {
    return this.#layout.size
  }

  /** Bytes made from values. @throws {error} a value that does not fit its place, or not as many as there are places */
  pack(...values: Packable[]): Buffer {
    return packed(this.#layout, values)
  }

  /** The same into memory that you have, from `offset` on. */
  packInto(buffer: Uint8Array, offset: number, ...values: Packable[]): void {
    const view = writable(buffer)
    if (offset === undefined) throw new error('pack_into expected offset argument')
    expectCount('pack_into', this.#layout, values)
    const { size } = this.#layout
    const at = position(offset, size, view.byteLength, true)
    // A value may be a part of the same memory, as a slice of Python's never is: it is read before it is overwritten.
    const inside = (value: unknown) => isWithin(value, view)
    const own = values.some(inside)
      ? values.map((value) => (isWithin(value, view) ? Buffer.from(value) : value))
      : values
    new Uint8Array(view.buffer, view.byteOffset + at, size).fill(0)
    write(this.#layout, view, at, own)
  }

  /** The values in exactly `size` bytes. @throws {error} `unpack requires a buffer of 4 bytes (actual buffer size is 2)` */
  unpack(buffer: Uint8Array): Unpacked<F> {
    const view = readable(buffer)
    const { size } = this.#layout
    if (view.byteLength !== size)
      // CPython says the size there is of unpack_from only: of what one recv gave, it is what one has to know.
      throw new error(`unpack requires a buffer of ${size} bytes (actual buffer size is ${view.byteLength})`)
    return read(this.#layout, view, 0) as Unpacked<F>
  }

  /** The values at `offset` in a longer buffer. */
  unpackFrom(buffer: Uint8Array, offset?: number | Pick<UnpackOptions, 'offset'>): Unpacked<F>
  unpackFrom(options: UnpackOptions & { buffer: Uint8Array }): Unpacked<F>
  unpackFrom(first: Uint8Array | UnpackOptions, second: number | UnpackOptions = 0): Unpacked<F> {
    // A Buffer has a `buffer` too, which is the memory that it lies in.
    const named = isBytes(first) ? undefined : first
    const view = readable(named ? named.buffer : first)
    const where = named ?? second
    const offset = typeof where === 'object' && where !== null ? (where.offset ?? 0) : where
    return read(this.#layout, view, position(offset, this.#layout.size, view.byteLength, false)) as Unpacked<F>
  }

  /** The values of one record after another, up to the end of the buffer. */
  iterUnpack(buffer: Uint8Array): IterableIterator<Unpacked<F>, undefined> {
    const view = readable(buffer)
    const { size } = this.#layout
    if (size === 0) throw new error('cannot iteratively unpack with a struct of length 0')
    if (view.byteLength % size !== 0) {
      throw new error(`iterative unpacking requires a buffer of a multiple of ${size} bytes`)
    }
    return records<F>(this.#layout, view)
  }

  /** `Struct('!HI')`, as CPython has it from 3.13 on: before, it told no more than where the object lay. */
  toString(): string {
    return `Struct(${inspect(this.format)})`
  }

  [inspect.custom](): string {
    return this.toString()
  }
}

const isWithin = (value: unknown, { buffer }: DataView): value is Uint8Array =>
  value instanceof Uint8Array && value.buffer === buffer

const isBytes = (value: unknown): value is Uint8Array =>
  ArrayBuffer.isView(value) || typeof value !== 'object' || value === null || !('buffer' in value)

/** @internal Bytes made from values. */
export function packed(layout: Layout, values: readonly unknown[]): Buffer {
  expectCount('pack', layout, values)
  const bytes = Buffer.alloc(layout.size)
  write(layout, readable(bytes), 0, values)
  return bytes
}

function* records<F extends string>(layout: Layout, view: DataView): Generator<Unpacked<F>, undefined> {
  for (let at = 0; at < view.byteLength; at += layout.size) yield read(layout, view, at) as Unpacked<F>
  return undefined
}

function expectCount(call: string, { count }: Layout, values: readonly unknown[]): void {
  if (values.length !== count) throw new error(`${call} expected ${count} items for packing (got ${values.length})`)
}

function write({ runs }: Layout, view: DataView, start: number, values: readonly unknown[]): void {
  let next = 0
  for (const { code, at, count } of runs) {
    for (let i = 0; i < count; i++) code.pack(view, start + at + i * code.size, values[next++])
  }
}

function read({ runs }: Layout, view: DataView, start: number): unknown[] {
  const values: unknown[] = []
  for (const { code, at, count } of runs) {
    for (let i = 0; i < count; i++) values.push(code.unpack(view, start + at + i * code.size))
  }
  return values
}
