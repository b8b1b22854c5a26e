/** `queue.SimpleQueue`: a queue without limit and without taskDone. */

import { inspect } from 'node:util'
import { isNamed } from '../threading/options.ts'
import { Handover } from './handover.ts'
import { line } from './queue.ts'
import { limitsOf, type QueueArguments, type QueueOptions } from './waiting.ts'

/** A time limit that nobody waits for may be below zero, as in CPython. */
const ofLikeness = (given: QueueArguments[number], place: number): QueueArguments[number] => {
  if (isNamed(given) && typeof given.timeout === 'number' && given.timeout < 0) return { ...given, timeout: null }
  return place === 1 && typeof given === 'number' && given < 0 ? null : given
}

/** First in, first out, never full. */
// biome-ignore lint/suspicious/noExplicitAny: a queue that is not told what it holds takes everything
export class SimpleQueue<T = any> {
  readonly #store = line<T>()
  readonly #handover = new Handover<T>(this.#store, 0)

  /** Puts an item in. There is always room: `block` and `timeout` are for likeness only. */
  put(item: T, options?: QueueOptions): Promise<void>
  put(item: T, block: boolean, timeout?: number | null | QueueOptions, options?: QueueOptions): Promise<void>
  async put(item: T, ...limits: QueueArguments): Promise<void> {
    const { signal } = limitsOf('put', ...(limits.map(ofLikeness) as QueueArguments))
    await this.#handover.put(item, { block: true, timeout: null, signal })
  }

  /** Takes an item out, waiting for one if there is none. @throws {Empty} there was no item (in time) */
  get(options?: QueueOptions): Promise<T>
  get(block: boolean, timeout?: number | null | QueueOptions, options?: QueueOptions): Promise<T>
  async get(...limits: QueueArguments): Promise<T> {
    return await this.#handover.get(limitsOf('get', ...limits))
  }

  /** Puts an item in now. */
  putNowait(item: T): void {
    this.#handover.putNow(item)
  }

  /** Takes an item out now. @throws {Empty} there is none */
  getNowait(): T {
    return this.#handover.getNow()
  }

  /** How many items are in it now. */
  qsize(): number {
    return this.#store.size()
  }

  /** Is there nothing in it now? */
  empty(): boolean {
    return this.#store.size() === 0
  }

  toString(): string {
    return `<queue.SimpleQueue ${this.qsize()} items>`
  }

  [inspect.custom](): string {
    return this.toString()
  }
}
