/** `threading.Condition`: wait, holding a lock, until another task says that something changed. */
import { hold, Lock, type Lockable, RLock } from './lock.ts'
import {
  type AcquireArguments,
  checkNames,
  isNamed,
  isThenable,
  kind,
  NO_WAIT,
  type WaitOptions,
  waitOptions,
  wholeNumber,
} from './options.ts'
import { Waiters } from './waiters.ts'

/** What `waitFor` takes by name. */
export interface PredicateArguments<T> extends WaitOptions {
  /** What is asked, at once and after each notification; may be async */
  predicate: () => T
}

/**
 * Lets tasks that share a lock wait for a change that another of them announces.
 *
 * @example
 * using held = await changed.hold()
 * await changed.waitFor(() => jobs.length > 0)
 */
export class Condition implements Lockable {
  readonly #lock: Lock | RLock
  readonly #waiters = new Waiters()

  /** @param lock the lock to share; default a new RLock */
  constructor(lock: Lock | RLock | { lock?: Lock | RLock } | null = new RLock()) {
    // By its name: a cell's objects are of another context's Object.
    const named = kind(lock) === 'Object'
    if (named) checkNames(lock as object, ['lock'], 'Condition', NO_WAIT)
    const given: unknown = named ? (lock as { lock?: unknown }).lock : lock
    if (given === undefined || given === null) this.#lock = new RLock()
    else if (given instanceof Lock || given instanceof RLock) this.#lock = given
    else
      throw new TypeError(`lock must be a threading.Lock or RLock, not ${kind(given)}: new threading.Condition(lock)`)
  }

  /** Takes the lock underneath, see {@link Lock.acquire}. */
  acquire(...given: AcquireArguments): Promise<boolean> {
    return this.#lock.acquire(...given)
  }

  /** Frees the lock underneath. */
  release(): void {
    this.#lock.release()
  }

  /** Is the lock underneath taken? As in Python 3.14. */
  locked(): boolean {
    return this.#lock.locked()
  }

  /** `with condition:` of Python: `using held = await condition.hold()`. */
  hold(options?: WaitOptions): Promise<Disposable> {
    return hold(this.#lock, options)
  }

  /**
   * Lets go of the lock, waits to be notified, and takes the lock back before it returns.
   *
   * @returns `true` when notified, `false` when the time was over first
   * @throws {Error} `cannot wait on un-acquired lock`
   */
  wait(timeout?: number | null | WaitOptions, options?: WaitOptions): Promise<boolean>
  async wait(timeout?: number | null | WaitOptions, options?: WaitOptions): Promise<boolean> {
    const limits = waitOptions(timeout, options, 'wait')
    this.#mustHold('wait on')
    const waiting = this.#waiters.wait(limits)
    const count = this.#letGo()
    try {
      return await waiting
    } finally {
      await this.#takeBack(count)
    }
  }

  /**
   * Waits until `predicate` holds; asks it at once and again after each notification. It may be async.
   *
   * @returns the predicate's last answer: falsy only when the time was over first
   */
  waitFor<T>(
    predicate: (() => T) | PredicateArguments<T>,
    timeout?: number | null | WaitOptions,
    options?: WaitOptions,
  ): Promise<Awaited<T>>
  async waitFor<T>(
    first: (() => T) | PredicateArguments<T>,
    timeout?: number | null | WaitOptions,
    options?: WaitOptions,
  ): Promise<Awaited<T>> {
    const named = isNamed<object>(first as object) && 'predicate' in first ? first : undefined
    const predicate = named ? named.predicate : first
    if (typeof predicate !== 'function') {
      throw new TypeError(`predicate must be a function, not ${kind(predicate)}: waitFor(() => ready)`)
    }
    const { timeout: limit, signal } = waitOptions(named ?? timeout, options, 'waitFor', ['predicate', 'timeout'])
    const end = limit == null ? null : performance.now() / 1000 + limit
    let answer: T | Awaited<T> = predicate()
    for (;;) {
      // A promise is true, whatever it will give. What is no promise must not be awaited: between the question and the
      // wait nobody is to come in and notify.
      if (isThenable(answer)) answer = await answer
      if (answer) break
      const left = end === null ? null : end - performance.now() / 1000
      if (left !== null && left <= 0) break
      await this.wait({ timeout: left, signal })
      answer = predicate()
    }
    return answer as Awaited<T>
  }

  /** Wakes up to `n` of those that wait, longest first. @throws {Error} `cannot notify on un-acquired lock` */
  notify(n: number | { n?: number } = 1): void {
    if (isNamed(n)) checkNames(n, ['n'], 'notify', NO_WAIT)
    this.#mustHold('notify on')
    this.#waiters.wake(wholeNumber(isNamed(n) ? (n.n ?? 1) : n, 'n', 'notify(1)'))
  }

  /** Wakes all that wait. */
  notifyAll(): void {
    this.notify(Number.POSITIVE_INFINITY)
  }

  #mustHold(doing: string): void {
    const held = this.#lock instanceof RLock ? this.#lock.isOwned() : this.#lock.locked()
    if (!held) throw new Error(`cannot ${doing} un-acquired lock`)
  }

  /** Frees the lock however often it was taken, and says how often that was. */
  #letGo(): number {
    if (this.#lock instanceof RLock) return this.#lock.releaseAll()
    this.#lock.release()
    return 1
  }

  /** Whatever ended the wait, its caller must hold the lock again: an interrupt meanwhile is told once it does. */
  async #takeBack(count: number): Promise<void> {
    let interrupted: unknown
    for (;;) {
      try {
        await this.#lock.acquire()
        break
      } catch (error) {
        interrupted = error // The caller's `using held` is about to release the lock: queue for it again.
      }
    }
    if (this.#lock instanceof RLock) this.#lock.restore(count)
    if (interrupted !== undefined) throw interrupted
  }

  toString(): string {
    return `<Condition(${this.#lock}, ${this.#waiters.size})>`
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString()
  }
}
