/** `threading.Semaphore` and `threading.BoundedSemaphore`: at most so many tasks at a time. */
import { hold, type Lockable } from './lock.ts'
import {
  type AcquireArguments,
  checkNames,
  isNamed,
  NO_WAIT,
  placeOptions,
  type WaitOptions,
  wholeNumber,
} from './options.ts'
import { beFair, Waiters } from './waiters.ts'

/**
 * A counter of free places: `acquire` takes one, waiting while there is none, `release` gives one back.
 *
 * @example
 * const places = new threading.Semaphore(10) // at most ten clients at once
 * using place = await places.hold()
 */
export class Semaphore implements Lockable {
  #value: number
  readonly #waiters = new Waiters()

  /** @param value free places at the start; default 1 */
  constructor(value: number | { value?: number } = 1) {
    if (isNamed(value)) checkNames(value, ['value'], this.constructor.name, NO_WAIT)
    const start = isNamed(value) ? (value.value ?? 1) : value
    this.#value = wholeNumber(start, 'value', 'new threading.Semaphore(10)')
    if (this.#value < 0) throw new RangeError('semaphore initial value must be >= 0')
  }

  /** @internal Free places now. */
  protected get value(): number {
    return this.#value
  }

  /** Takes a place, see {@link Lock.acquire}; a time limit below zero is over at once. */
  async acquire(...given: AcquireArguments): Promise<boolean> {
    const { blocking, ...limits } = placeOptions(...given)
    await beFair(limits)
    if (this.#value > 0) {
      this.#value -= 1
      return true
    }
    return blocking ? await this.#waiters.wait(limits) : false
  }

  /** Gives `n` places back. */
  release(n: number | { n?: number } = 1): void {
    const places = howMany(n)
    if (!(places >= 1)) throw new RangeError('n must be one or more')
    this.#value += places - this.#waiters.wake(places)
  }

  /** `with semaphore:` of Python: `using place = await semaphore.hold()`. */
  hold(options?: WaitOptions): Promise<Disposable> {
    return hold(this, options)
  }

  toString(): string {
    return `<threading.${this.constructor.name}: value=${this.#value}>`
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString()
  }
}

/** A semaphore that notices when more places are given back than were taken. */
export class BoundedSemaphore extends Semaphore {
  readonly #bound: number

  constructor(value: number | { value?: number } = 1) {
    super(value)
    this.#bound = this.value
  }

  /** @throws {RangeError} `Semaphore released too many times` */
  override release(n: number | { n?: number } = 1): void {
    const places = howMany(n)
    if (this.value + places > this.#bound) throw new RangeError('Semaphore released too many times')
    super.release(places)
  }

  override toString(): string {
    return `<threading.BoundedSemaphore: value=${this.value}/${this.#bound}>`
  }
}

/** The places to free, as `release(2)` and `release({ n: 2 })` give them. */
function howMany(n: number | { n?: number }): number {
  if (isNamed(n)) checkNames(n, ['n'], 'release', NO_WAIT)
  return wholeNumber(isNamed(n) ? (n.n ?? 1) : n, 'n', 'release(1)')
}
