/**
 * `threading.Lock` and `threading.RLock`: one task at a time.
 *
 * A released lock is handed to the task that has waited longest before anything else runs, so that none starves.
 */
import { TimeoutError } from '../errors/index.ts'
import { checkNames } from '../wait/index.ts'
import { type AcquireArguments, acquireOptions, isNamed, type WaitOptions } from './options.ts'
import { currentThread } from './registry.ts'
import type { Thread } from './thread.ts'
import { beFair, throwIfAborted, Waiters } from './waiters.ts'

/** What a lock throws that is released too often: CPython's RuntimeError, which is `Error` here. */
export const ThreadError = Error
export type ThreadError = Error

/** What `Condition` needs of the lock it is built on. */
export interface Lockable {
  acquire(...given: AcquireArguments): Promise<boolean>
  release(): void
}

/** `using held = await lock.hold()`: acquires, and releases at the end of the block. */
export async function hold(lock: Lockable, options?: WaitOptions): Promise<Disposable> {
  throwIfAborted(options)
  if (isNamed(options)) checkNames(options, ['timeout'], 'hold')
  if (!(await lock.acquire({ timeout: options?.timeout, signal: options?.signal }))) {
    throw new TimeoutError('timed out: another task still holds the lock')
  }
  let held = true
  return {
    [Symbol.dispose]() {
      if (held) lock.release()
      held = false
    },
  }
}

/**
 * A lock that any task may release. Two tasks of one event loop never run at the same instant, yet they do alternate
 * at every `await`: a lock keeps others out of what lies between two of them.
 *
 * @example using held = await lock.hold()
 */
export class Lock implements Lockable {
  #locked = false
  readonly #waiters = new Waiters()

  /**
   * Takes the lock, waiting until it is free.
   *
   * @param blocking `false`: only try
   * @param timeout most seconds to wait; −1, `null` or none: no limit
   * @returns whether the lock was taken
   */
  async acquire(...given: AcquireArguments): Promise<boolean> {
    const { blocking, ...limits } = acquireOptions(...given)
    await beFair(limits)
    if (!this.#locked) {
      this.#locked = true
      return true
    }
    return blocking ? await this.#waiters.wait(limits) : false
  }

  /** Frees the lock. @throws {Error} `release unlocked lock` */
  release(): void {
    if (!this.#locked) throw new Error('release unlocked lock')
    if (this.#waiters.wake() === 0) this.#locked = false
  }

  /** Is the lock taken? */
  locked(): boolean {
    return this.#locked
  }

  /** `with lock:` of Python: `using held = await lock.hold()` releases at the end of the block. */
  hold(options?: WaitOptions): Promise<Disposable> {
    return hold(this, options)
  }

  toString(): string {
    return `<${this.#locked ? 'locked' : 'unlocked'} threading.Lock>`
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString()
  }
}

/**
 * A lock that its owner may take again, as often as it releases it.
 *
 * The owner is a thread: all code of a cell that runs in no `Thread` of its own counts as the main thread.
 */
export class RLock implements Lockable {
  #owner: Thread | undefined
  #count = 0
  readonly #waiters = new Waiters()

  /** As {@link Lock.acquire}, but at once when this thread holds the lock already. */
  async acquire(...given: AcquireArguments): Promise<boolean> {
    const { blocking, ...limits } = acquireOptions(...given)
    await beFair(limits)
    const me = currentThread()
    if (this.#owner === undefined || this.#owner === me) {
      this.#owner = me
      this.#count += 1
      return true
    }
    if (!blocking) return false
    return await this.#waiters.wait(limits, () => {
      this.#owner = me
      this.#count = 1
    })
  }

  /** Undoes one `acquire`. @throws {Error} `cannot release un-acquired lock` when another thread holds it, or none */
  release(): void {
    if (this.#owner !== currentThread()) throw new Error('cannot release un-acquired lock')
    this.#count -= 1
    if (this.#count === 0) this.#passOn()
  }

  /** `with lock:` of Python: `using held = await lock.hold()` releases at the end of the block. */
  hold(options?: WaitOptions): Promise<Disposable> {
    return hold(this, options)
  }

  /** Is the lock taken, by whomever? As in Python 3.14. */
  locked(): boolean {
    return this.#owner !== undefined
  }

  /** @internal For Condition: whether the current thread holds the lock. */
  isOwned(): boolean {
    return this.#owner === currentThread()
  }

  /** @internal For Condition: lets go of the lock however often it was taken, and says how often that was. */
  releaseAll(): number {
    const count = this.#count
    this.#count = 0
    this.#passOn()
    return count
  }

  /** @internal For Condition: takes the lock back as often as `releaseAll` said. */
  restore(count: number): void {
    this.#count = count
  }

  #passOn(): void {
    this.#owner = undefined
    this.#waiters.wake()
  }

  toString(): string {
    const state = this.#owner === undefined ? 'unlocked' : 'locked'
    return `<${state} threading.RLock owner=${this.#owner?.name ?? 'none'} count=${this.#count}>`
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString()
  }
}
