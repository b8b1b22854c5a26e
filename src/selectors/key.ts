/** What a selector remembers of each registered file, and the mapping that shows it. */
import { inspect } from 'node:util'
import { repr } from '../bytes/index.ts'
import type { Selectable } from '../select/index.ts'

/** There is something to read. */
export const EVENT_READ = 1
/** Writing would not have to wait. */
export const EVENT_WRITE = 2

/**
 * A registered file: what it is, its descriptor, what is waited for, and what you attached to it.
 *
 * Can also be taken apart as Python's tuple: `const [fileobj, fd, events, data] = key`.
 */
// biome-ignore lint/suspicious/noExplicitAny: a selector that is not told what it holds takes everything
export class SelectorKey<F = any, D = any> {
  /** What was registered. */
  readonly fileobj: F
  /** Its descriptor. */
  readonly fd: number
  /** What is waited for: `EVENT_READ`, `EVENT_WRITE` or both. */
  readonly events: number
  /** What was attached. */
  readonly data: D

  constructor(fileobj: F, fd: number, events: number, data: D) {
    this.fileobj = fileobj
    this.fd = fd
    this.events = events
    this.data = data
  }

  *[Symbol.iterator](): Generator<F | number | D, void> {
    yield* [this.fileobj, this.fd, this.events, this.data]
  }

  /** As Python prints its named tuple: `SelectorKey(fileobj=<socket.socket …>, fd=21, events=1, data='accept')`. */
  toString(): string {
    const { fileobj, fd, events, data } = this
    return `SelectorKey(fileobj=${repr(fileobj)}, fd=${fd}, events=${events}, data=${repr(data)})`
  }

  [inspect.custom](): string {
    return this.toString()
  }
}

/** The registered files as they are at the moment: a read-only map that is asked by file or by descriptor. */
export class SelectorMapping<F, D> {
  readonly #keys: ReadonlyMap<number, SelectorKey<F, D>>
  readonly #lookup: (fileobj: Selectable) => number

  constructor(keys: ReadonlyMap<number, SelectorKey<F, D>>, lookup: (fileobj: Selectable) => number) {
    this.#keys = keys
    this.#lookup = lookup
  }

  /** How many are registered. */
  get size(): number {
    return this.#keys.size
  }

  /** The key of a file or descriptor, `undefined` if it is not registered. */
  get(fileobj: Selectable): SelectorKey<F, D> | undefined {
    try {
      return this.#keys.get(this.#lookup(fileobj))
    } catch (error) {
      if (error instanceof RangeError) return undefined // closed, or no file at all: not registered
      throw error
    }
  }

  /** Is this file or descriptor registered? */
  has(fileobj: Selectable): boolean {
    return this.get(fileobj) !== undefined
  }

  /** The descriptors. */
  keys(): MapIterator<number> {
    return this.#keys.keys()
  }

  /** The keys. */
  values(): MapIterator<SelectorKey<F, D>> {
    return this.#keys.values()
  }

  /** Descriptors and keys. */
  entries(): MapIterator<[fd: number, key: SelectorKey<F, D>]> {
    return this.#keys.entries()
  }

  /** The same as `entries()`: `for (const [fd, key] of selector.getMap())`. */
  [Symbol.iterator](): MapIterator<[fd: number, key: SelectorKey<F, D>]> {
    return this.#keys.entries()
  }

  toString(): string {
    return `<selectors.SelectorMapping of ${this.size} registered>`
  }

  /** What is in it, as of any map. */
  [inspect.custom](): ReadonlyMap<number, SelectorKey<F, D>> {
    return this.#keys
  }
}
