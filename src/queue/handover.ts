/**
 * What all queues of items share: takers and givers wait in line, first come first served.
 *
 * Knows nothing of the order in which items leave. Nobody overtakes: an item (or a place) is given to who waits longest
 * within the call that made it free, so that a later `get` cannot snatch it.
 */
import { Empty, Full, ShutDown } from './errors.ts'
import { beFair, type Limits, Waiters } from './waiting.ts'

/** Where the items lie meanwhile. */
export interface Store<T> {
  size(): number
  put(item: T): void
  get(): T
}

export class Handover<T> {
  readonly #store: Store<T>
  readonly #capacity: number
  readonly #takers = new Waiters()
  readonly #givers = new Waiters()
  #ended = false

  /** `capacity` 0 or below: no limit. */
  constructor(store: Store<T>, capacity: number) {
    this.#store = store
    this.#capacity = capacity
  }

  hasRoom(): boolean {
    return this.#capacity <= 0 || this.#store.size() < this.#capacity
  }

  /** Was `end` called? */
  get ended(): boolean {
    return this.#ended
  }

  /** From now on nothing goes in. Who waits is told so: those with an item, and, where none is left, those without. */
  end(): void {
    this.#ended = true
    this.#givers.wake(Number.POSITIVE_INFINITY)
    if (this.#store.size() === 0) this.#takers.wake(Number.POSITIVE_INFINITY)
  }

  /** `entered` runs once the item is in, before anybody takes it. */
  putNow(item: T, entered?: () => void): void {
    if (this.#ended) throw new ShutDown()
    if (!this.hasRoom()) throw new Full()
    this.#store.put(item)
    entered?.()
    this.#takers.wake()
  }

  getNow(): T {
    if (this.#store.size() === 0) throw this.#ended ? new ShutDown() : new Empty()
    const item = this.#store.get()
    this.#givers.wake()
    return item
  }

  async put(item: T, limits: Limits, entered?: () => void): Promise<void> {
    await beFair(limits)
    if (this.hasRoom() || this.#ended || !limits.block) return this.putNow(item, entered)
    let failure: { reason: unknown } | undefined
    const put = () => {
      try {
        this.putNow(item, entered)
      } catch (reason) {
        failure = { reason } // An item that cannot be compared is its giver's mistake, not that of who made room.
        if (!this.#ended) this.#givers.wake()
      }
    }
    if (!(await this.#givers.wait(limits, put))) throw new Full()
    if (failure) throw failure.reason
  }

  async get(limits: Limits): Promise<T> {
    await beFair(limits)
    if (this.#store.size() > 0 || this.#ended || !limits.block) return this.getNow()
    let taken: { item: T } | { reason: unknown } | undefined
    const take = () => {
      try {
        taken = { item: this.getNow() }
      } catch (reason) {
        taken = { reason }
      }
    }
    if (!(await this.#takers.wait(limits, take))) throw new Empty()
    if (taken && 'item' in taken) return taken.item
    throw taken!.reason
  }
}
