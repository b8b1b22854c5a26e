/**
 * What all selectors share: the register of files. How they wait is the business of each.
 */
import { inspect } from 'node:util'
import { repr } from '../bytes/index.ts'
import { KeyError, type Selectable } from '../select/index.ts'
import { numberOfNodes } from '../select/selectable.ts'
import { checkNames, NO_WAIT, throwIfAborted, type WaitOptions } from '../wait/index.ts'
import { EVENT_READ, EVENT_WRITE, SelectorKey, SelectorMapping } from './key.ts'

/** What `select` takes by name. */
export interface SelectOptions extends WaitOptions {
  /** Most seconds to wait; 0 or below: only look; `null`: no limit. */
  timeout?: number | null | undefined
}

/** What `register` and `modify` take by name, behind the file. */
export interface EventArguments<D> {
  /** `EVENT_READ`, `EVENT_WRITE` or both. */
  events: number
  /** Whatever you want to find again in the key. */
  data?: D | undefined
}

/** The file by name: what `register`, `modify`, `unregister` and `getKey` take as the first of their names. */
export interface FileArguments<F> {
  /** What is watched. */
  fileobj: F
}

/** What `select` gives: a key, and which of its events have come. */
export type Selected<F, D> = [key: SelectorKey<F, D>, events: number]

/**
 * Files to be watched together. Make a `DefaultSelector`; the others differ only in the system call that they use.
 *
 * @example
 * using selector = new selectors.DefaultSelector()
 * selector.register(server, selectors.EVENT_READ, 'accept')
 * for (const [key, events] of await selector.select(1)) console.log(key.data, key.fileobj, events)
 */
// biome-ignore lint/suspicious/noExplicitAny: a selector that is not told what it holds takes everything
export abstract class BaseSelector<F extends Selectable = any, D = any> implements Disposable {
  readonly #keys = new Map<number, SelectorKey<F, D>>()
  #map: SelectorMapping<F, D> | null = new SelectorMapping(this.#keys, (fileobj) => this.#lookup(fileobj))

  /**
   * Watches a file from now on.
   *
   * @param events `EVENT_READ`, `EVENT_WRITE` or both
   * @param data whatever you want to find again in the key
   * @throws {RangeError} no such events; no file, or a closed one
   * @throws {KeyError} it is registered already
   */
  register(fileobj: F, events: number, ...data: undefined extends D ? [data?: D] : [data: D]): SelectorKey<F, D>
  register(all: FileArguments<F> & EventArguments<D>): SelectorKey<F, D>
  register(fileobj: F, named: EventArguments<D>): SelectorKey<F, D>
  register(
    first: F | (FileArguments<F> & EventArguments<D>),
    ...given: [events?: number | EventArguments<D>, data?: D]
  ): SelectorKey<F, D> {
    const fileobj = fileOf(first, given)
    const [events, data] = wanted(isAll(first, given) ? first : given[0], given[1], 'register')
    const key = new SelectorKey(fileobj, this.#lookup(fileobj), events, data)
    if (this.#keys.has(key.fd)) throw new KeyError(`${repr(fileobj)} (FD ${key.fd}) is already registered`)
    this.added(key)
    this.#keys.set(key.fd, key)
    return key
  }

  /** Watches a file no longer, also one that has been closed since. @throws {KeyError} it is not registered */
  unregister(fileobj: F | number | FileArguments<F | number>): SelectorKey<F, D> {
    const key = this.#registered(fileOf(fileobj))
    this.#keys.delete(key.fd)
    this.removed(key)
    return key
  }

  /** Changes what is waited for, and what is attached. @throws {KeyError} it is not registered */
  modify(fileobj: F | number, events: number, ...data: undefined extends D ? [data?: D] : [data: D]): SelectorKey<F, D>
  modify(all: FileArguments<F | number> & EventArguments<D>): SelectorKey<F, D>
  modify(fileobj: F | number, named: EventArguments<D>): SelectorKey<F, D>
  modify(
    first: F | number | (FileArguments<F | number> & EventArguments<D>),
    ...given: [events?: number | EventArguments<D>, data?: D]
  ): SelectorKey<F, D> {
    const old = this.#registered(fileOf(first, given))
    const [events, attached] = wanted(isAll(first, given) ? first : given[0], given[1], 'modify')
    if (events === old.events && attached === old.data) return old
    const key = new SelectorKey(old.fileobj, old.fd, events, attached)
    if (events !== old.events) {
      try {
        this.changed(key)
      } catch (error) {
        // What the system no longer watches is not to look as if it were.
        this.#keys.delete(key.fd)
        throw error
      }
    }
    this.#keys.set(key.fd, key)
    return key
  }

  /**
   * Waits until at least one of the files is ready.
   *
   * @param timeout most seconds to wait; 0 or below: only look; `null` or none: no limit
   * @returns the keys of those that are ready, each with the events that have come; empty when the time was over first
   */
  async select(timeout?: number | null | SelectOptions, options?: SelectOptions): Promise<Selected<F, D>[]> {
    const named = typeof timeout === 'object' && timeout !== null ? timeout : options
    throwIfAborted(named)
    if (named) checkNames(named, ['timeout'], 'select')
    const limit = (typeof timeout === 'object' ? named?.timeout : (timeout ?? named?.timeout)) ?? null
    if (limit !== null && typeof limit !== 'number') {
      throw new TypeError(`timeout must be a number of seconds or null, not ${typeof limit}`)
    }
    const ready: Selected<F, D>[] = []
    for (const [fd, events] of await this.ask(limit === null ? null : Math.max(0, limit), { signal: named?.signal })) {
      const key = this.#keys.get(fd)
      // Another task may have unregistered it meanwhile.
      if (key && events & key.events) ready.push([key, events & key.events])
    }
    return ready
  }

  /** Ends it. The files stay open. */
  close(): void {
    this.#keys.clear()
    this.#map = null
  }

  /** The key of a registered file. @throws {KeyError} it is not registered @throws {Error} `Selector is closed` */
  getKey(fileobj: F | number | FileArguments<F | number>): SelectorKey<F, D> {
    if (this.#map === null) throw new Error('Selector is closed')
    return this.#registered(fileOf(fileobj))
  }

  /**
   * The registered files, as a map; `null` once the selector is closed, which its type leaves out, as Python's does: who
   * asks has a selector that is open.
   */
  getMap(): SelectorMapping<F, D> {
    return this.#map as SelectorMapping<F, D>
  }

  [Symbol.dispose](): void {
    this.close()
  }

  toString(): string {
    const what = this.#map === null ? 'closed' : `with ${this.#keys.size} registered`
    return `<selectors.${this.constructor.name} object ${what}>`
  }

  [inspect.custom](): string {
    return this.toString()
  }

  /** A file is to be watched. */
  protected abstract added(key: SelectorKey<F, D>): void
  /** Other events are to be waited for. */
  protected abstract changed(key: SelectorKey<F, D>): void
  /** A file is not to be watched any more; it may be closed. */
  protected abstract removed(key: SelectorKey<F, D>): void
  /** Waits; gives descriptors with `EVENT_READ` and `EVENT_WRITE`. */
  protected abstract ask(timeout: number | null, options: WaitOptions): Promise<[fd: number, events: number][]>

  /** The keys as they are now. */
  protected registered(): Iterable<SelectorKey<F, D>> {
    return this.#keys.values()
  }

  #registered(fileobj: F | number): SelectorKey<F, D> {
    const key = this.#keys.get(this.#lookup(fileobj))
    if (!key) throw new KeyError(`${repr(fileobj)} is not registered`)
    return key
  }

  /** A file that was closed after it was registered has no descriptor any more: it is found by what it is. */
  #lookup(fileobj: unknown): number {
    const fd = fdOf(fileobj)
    if (fd !== undefined && fd >= 0) return fd
    for (const key of this.#keys.values()) if (key.fileobj === fileobj) return key.fd
    // A stream of Node's fills a page: what to write instead is enough.
    if (fd === undefined) throw new RangeError(`Invalid file object: ${numberOfNodes(fileobj) ?? repr(fileobj)}`)
    throw new RangeError(`Invalid file descriptor: ${fd}`)
  }
}

function fdOf(fileobj: unknown): number | undefined {
  if (typeof fileobj === 'number') return Number.isInteger(fileobj) ? fileobj : undefined
  const fd: unknown = (fileobj as { fileno?: () => unknown } | null | undefined)?.fileno?.()
  return typeof fd === 'number' && Number.isInteger(fd) ? fd : undefined
}

/** Does the file stand among the rest by name? A key has one too, and is no file. */
const isAll = <F, D>(first: unknown, rest: readonly unknown[]): first is FileArguments<F> & EventArguments<D> =>
  typeof first === 'object' &&
  first !== null &&
  rest.length === 0 &&
  'fileobj' in first &&
  !('fileno' in first) &&
  !(first instanceof SelectorKey)

/** The file, by position or by name. */
const fileOf = <F>(first: F | FileArguments<F>, rest: readonly unknown[] = []): F =>
  isAll<F, unknown>(first, rest) ? first.fileobj : (first as F)

/** The events, checked, and what is attached: by position, or both by name. */
function wanted<D>(
  first: number | EventArguments<D> | undefined,
  second: D | undefined,
  call: string,
): [events: number, data: D] {
  const isNamed = typeof first === 'object' && first !== null
  if (isNamed) checkNames(first, ['fileobj', 'events', 'data'], call, NO_WAIT)
  const { events, data = second } = isNamed ? first : { events: first, data: second }
  checkEvents(events)
  return [events, (data ?? null) as D]
}

function checkEvents(events: unknown): asserts events is number {
  if (typeof events !== 'number') {
    throw new TypeError(`events must be a number, not ${typeof events}: write selectors.EVENT_READ`)
  }
  if (!Number.isInteger(events) || !events || events & ~(EVENT_READ | EVENT_WRITE))
    throw new RangeError(`Invalid events: ${repr(events)}`)
}
