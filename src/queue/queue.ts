/** `queue.Queue`, `LifoQueue` and `PriorityQueue`: how tasks hand work to each other. */
import { inspect } from 'node:util'
import { checkNames, isNamed, NO_WAIT, truth, wholeNumber } from '../threading/options.ts'
import { Handover, type Store } from './handover.ts'
import { heappop, heappush } from './heap.ts'
import { beFair, limitsOf, type QueueArguments, type QueueOptions, throwIfAborted, Waiters } from './waiting.ts'

/** First in, first out. A ring would be smaller; this one is emptied from the front in constant time too. */
class Line<T> implements Store<T> {
  #items: T[] = []
  #first = 0

  size(): number {
    return this.#items.length - this.#first
  }

  put(item: T): void {
    this.#items.push(item)
  }

  get(): T {
    const item = this.#items[this.#first]!
    // Let go of it now: the array itself is cut only now and then.
    this.#items[this.#first++] = undefined as never
    if (this.#first > 1024 && this.#first * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#first)
      this.#first = 0
    }
    return item
  }
}

/** A Line, for SimpleQueue too. */
export const line = <T>(): Store<T> => new Line<T>()

/**
 * A queue that tasks share: what one puts in, another gets out, in the same order.
 *
 * @example
 * const jobs = new queue.Queue<string>()
 * // in the workers' threads: const job = await jobs.get(); …; jobs.taskDone()
 * await jobs.put('count the words')
 * await jobs.join()
 */
// biome-ignore lint/suspicious/noExplicitAny: a queue that is not told what it holds takes everything
export class Queue<T = any> {
  /** How many items it holds at most; 0 or below: no limit. */
  readonly maxsize: number
  readonly #store: Store<T>
  readonly #handover: Handover<T>
  #unfinished = 0
  readonly #joining = new Waiters()

  /** @param maxsize most items it holds; 0 (the default) or below: no limit */
  constructor(maxsize: number | { maxsize?: number } = 0) {
    if (isNamed(maxsize)) checkNames(maxsize, ['maxsize'], 'Queue', NO_WAIT)
    this.maxsize = wholeNumber(isNamed(maxsize) ? (maxsize.maxsize ?? 0) : maxsize, 'maxsize', 'new queue.Queue(10)')
    this.#store = this.store()
    this.#handover = new Handover(this.#store, this.maxsize)
  }

  /** Where the items lie: what makes one kind of queue differ from another. */
  protected store(): Store<T> {
    return new Line<T>()
  }

  /**
   * Puts an item in, waiting for room if there is none.
   *
   * @param block `false`: do not wait
   * @param timeout most seconds to wait
   * @throws {Full} there was no room (in time)
   * @throws {ShutDown} the queue was shut down
   * @example await jobs.put(job, { timeout: 5 })
   */
  put(item: T, options?: QueueOptions): Promise<void>
  put(item: T, block: boolean, timeout?: number | null | QueueOptions, options?: QueueOptions): Promise<void>
  async put(item: T, ...limits: QueueArguments): Promise<void> {
    // Counted as it goes in, so that a taker's taskDone() never comes before.
    await this.#handover.put(item, limitsOf('put', ...limits), this.#counted)
  }

  /**
   * Takes an item out, waiting for one if there is none.
   *
   * @param block `false`: do not wait
   * @param timeout most seconds to wait
   * @throws {Empty} there was no item (in time)
   * @throws {ShutDown} the queue was shut down, and nothing is left in it
   * @example const job = await jobs.get()
   */
  get(options?: QueueOptions): Promise<T>
  get(block: boolean, timeout?: number | null | QueueOptions, options?: QueueOptions): Promise<T>
  async get(...limits: QueueArguments): Promise<T> {
    return await this.#handover.get(limitsOf('get', ...limits))
  }

  /** Puts an item in now. @throws {Full} there is no room */
  putNowait(item: T): void {
    this.#handover.putNow(item, this.#counted)
  }

  /** Takes an item out now. @throws {Empty} there is none */
  getNowait(): T {
    return this.#handover.getNow()
  }

  readonly #counted = (): void => {
    this.#unfinished += 1
  }

  /** The work on one item that was taken out is done. @throws {RangeError} said more often than items were put in */
  taskDone(): void {
    if (this.#unfinished <= 0) throw new RangeError('task_done() called too many times')
    this.#unfinished -= 1
    if (this.#unfinished === 0) this.#joining.wake(Number.POSITIVE_INFINITY)
  }

  /** How many items were put in whose `taskDone()` has not been called yet. */
  get unfinishedTasks(): number {
    return this.#unfinished
  }

  /** Waits until every item that was put in has been taken out and reported by `taskDone()`. */
  async join(options?: { signal?: AbortSignal }): Promise<void> {
    throwIfAborted(options)
    if (this.#unfinished > 0) await this.#joining.wait({ signal: options?.signal })
    await beFair()
  }

  /**
   * Ends it: nothing more goes in, and who takes out what is left gets a `ShutDown` after the last item. As in Python 3.13.
   *
   * @param immediate `true`: what is left is thrown away, each item counted as done
   * @example
   * jobs.shutdown() // each worker: for (;;) { const job = await jobs.get(); …; jobs.taskDone() }, until ShutDown
   * await jobs.join()
   */
  shutdown(immediate: boolean | { immediate?: boolean } = false): void {
    if (isNamed(immediate)) checkNames(immediate, ['immediate'], 'shutdown', NO_WAIT)
    const atOnce = truth(isNamed(immediate) ? (immediate.immediate ?? false) : immediate, 'immediate')
    while (atOnce && this.#store.size() > 0) {
      this.#store.get()
      if (this.#unfinished > 0) this.taskDone()
    }
    this.#handover.end()
  }

  /** Was `shutdown()` called? */
  get isShutdown(): boolean {
    return this.#handover.ended
  }

  /** How many items are in it now. */
  qsize(): number {
    return this.#store.size()
  }

  /** Is there nothing in it now? */
  empty(): boolean {
    return this.#store.size() === 0
  }

  /** Is there no room in it now? */
  full(): boolean {
    return !this.#handover.hasRoom()
  }

  toString(): string {
    const limit = this.maxsize > 0 ? ` of ${this.maxsize}` : ''
    return `<queue.${this.constructor.name} ${this.qsize()}${limit} items, ${this.#unfinished} unfinished>`
  }

  [inspect.custom](): string {
    return this.toString()
  }
}

/** A queue whose last item comes out first: a stack. */
// biome-ignore lint/suspicious/noExplicitAny: a queue that is not told what it holds takes everything
export class LifoQueue<T = any> extends Queue<T> {
  protected override store(): Store<T> {
    const items: T[] = []
    return { size: () => items.length, put: (item) => void items.push(item), get: () => items.pop()! }
  }
}

/**
 * A queue whose least item comes out first: numbers by size, text by its characters, arrays element by element.
 *
 * @example
 * const jobs = new queue.PriorityQueue<[priority: number, name: string]>()
 * await jobs.put([2, 'sweep']); await jobs.put([1, 'put out the fire'])
 */
// biome-ignore lint/suspicious/noExplicitAny: a queue that is not told what it holds takes everything
export class PriorityQueue<T = any> extends Queue<T> {
  protected override store(): Store<T> {
    const heap: T[] = []
    return { size: () => heap.length, put: (item) => heappush(heap, item), get: () => heappop(heap) }
  }
}
