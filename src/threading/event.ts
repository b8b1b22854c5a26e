/** `threading.Event`: a flag that tasks wait for. */
import { type WaitOptions, waitOptions } from './options.ts'
import { beFair, Waiters } from './waiters.ts'

/**
 * A flag that one task sets and others wait for: "the server is ready", "please stop".
 *
 * @example
 * const ready = new threading.Event()
 * // in the server's thread, once it listens: ready.set()
 * await ready.wait(5)
 */
export class Event {
  #flag = false
  readonly #waiters = new Waiters()

  /** Is the flag up? */
  isSet(): boolean {
    return this.#flag
  }

  /** Raises the flag: all who wait go on, and whoever waits later does not have to. */
  set(): void {
    this.#flag = true
    this.#waiters.wake(Number.POSITIVE_INFINITY)
  }

  /** Lowers the flag again. */
  clear(): void {
    this.#flag = false
  }

  /**
   * Waits until the flag is up.
   *
   * @param timeout most seconds to wait; `null` or none: no limit
   * @returns `true` once the flag is up, `false` when the time was over first
   */
  wait(timeout?: number | null | WaitOptions, options?: WaitOptions): Promise<boolean>
  async wait(timeout?: number | null | WaitOptions, options?: WaitOptions): Promise<boolean> {
    const limits = waitOptions(timeout, options, 'wait')
    if (this.#flag) await beFair(limits)
    if (this.#flag) return true
    const raised = await this.#waiters.wait(limits)
    await beFair()
    return raised
  }

  toString(): string {
    return `<threading.Event: ${this.#flag ? 'set' : 'unset'}>`
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString()
  }
}
