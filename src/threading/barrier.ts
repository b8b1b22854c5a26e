/** `threading.Barrier`: a number of tasks wait for each other, then all go on. */
import { checkNames, NO_WAIT } from '../wait/index.ts'
import { isNamed, isThenable, kind, seconds, type WaitOptions, waitOptions, wholeNumber } from './options.ts'
import { beFair, Waiters } from './waiters.ts'

/** Raised in every task at a barrier that was aborted, reset, or whose time was over. */
export class BrokenBarrierError extends Error {
  /** For those who print it. */
  override name = 'BrokenBarrierError'
}

/** What a barrier is made of, by name. */
export interface BarrierOptions {
  /** How many tasks must arrive */
  parties: number
  /** Called once, by the last to arrive, before the others go on; awaited, where it is async */
  action?: (() => unknown) | null | undefined
  /** Default time-out of `wait`, in seconds */
  timeout?: number | null | undefined
}

/** One filling of the barrier: who waits, and how it ended. */
class Round {
  readonly waiters = new Waiters()
  arrived = 0
  broken = false
  /** The action that runs now, where it takes its time. */
  opening: Promise<void> | undefined
}

/**
 * A point that a fixed number of tasks must reach before any of them goes on.
 *
 * @example const start = new threading.Barrier(3) // three clients: await start.wait() in each, then all connect at once
 */
export class Barrier {
  /** How many tasks must arrive. */
  readonly parties: number
  readonly #action: (() => unknown) | null
  readonly #timeout: number | null
  #round = new Round()

  constructor(
    parties: number | BarrierOptions,
    action?: BarrierOptions['action'] | Omit<BarrierOptions, 'parties'>,
    timeout?: BarrierOptions['timeout'] | Pick<BarrierOptions, 'timeout'>,
  ) {
    const options: BarrierOptions = isNamed(parties)
      ? parties
      : {
          parties,
          ...(isNamed<Omit<BarrierOptions, 'parties'>>(action as object)
            ? action
            : { action: action as () => unknown }),
          ...(isNamed(timeout) ? timeout : timeout === undefined ? {} : { timeout }),
        }
    checkNames(options, ['parties', 'action', 'timeout'], 'Barrier', NO_WAIT)
    this.parties = wholeNumber(options.parties, 'parties', 'new threading.Barrier(3)')
    // As CPython from 3.13 on: nobody would ever wait at it.
    if (this.parties < 1) throw new RangeError('parties must be > 0: how many tasks must arrive')
    this.#action = options.action ?? null
    if (this.#action !== null && typeof this.#action !== 'function') {
      throw new TypeError(`action must be a function, not ${kind(this.#action)}: new threading.Barrier(3, () => …)`)
    }
    this.#timeout = seconds(options.timeout)
  }

  /** How many wait now. */
  get nWaiting(): number {
    return this.#round.waiters.size
  }

  /** Was it aborted, or did someone's time run out? */
  get broken(): boolean {
    return this.#round.broken
  }

  /**
   * Waits for the others.
   *
   * @returns a number from 0 to parties − 1, another for each task: handy for choosing one of them
   * @throws {BrokenBarrierError} when it is broken, or becomes so
   */
  wait(timeout?: number | null | WaitOptions, options?: WaitOptions): Promise<number>
  async wait(timeout?: number | null | WaitOptions, options?: WaitOptions): Promise<number> {
    const limits = waitOptions(timeout, options, 'wait')
    const round = this.#round
    if (round.broken) throw new BrokenBarrierError('the barrier is broken: reset() mends it')
    const index = round.arrived++
    if (round.arrived >= this.parties) {
      const opening = this.#open(round)
      if (opening) await opening
      await beFair()
      return index
    }
    let woken: boolean
    try {
      woken = await round.waiters.wait({ ...limits, timeout: limits.timeout ?? this.#timeout })
    } catch (error) {
      this.#break(round)
      throw error
    }
    // All have arrived, and the action still runs: that is no time to give up.
    if (!woken && round.opening) await round.opening.catch(() => {})
    else if (!woken) this.#break(round)
    if (round.broken) throw new BrokenBarrierError('a task left the barrier before all had arrived')
    await beFair()
    return index
  }

  /** Back to empty; those that wait get a BrokenBarrierError. */
  reset(): void {
    const round = this.#round
    this.#round = new Round()
    if (round.waiters.size > 0) this.#break(round)
  }

  /** Breaks it: whoever waits, and whoever comes, gets a BrokenBarrierError. */
  abort(): void {
    this.#break(this.#round)
  }

  /** All have arrived: they go on at once, or when the action has ended that is given back. */
  #open(round: Round): Promise<void> | undefined {
    try {
      const doing = this.#action?.()
      if (isThenable(doing)) {
        round.opening = this.#openAfter(round, doing)
        return round.opening
      }
    } catch (error) {
      this.#break(round)
      throw error
    }
    this.#round = new Round()
    round.waiters.wake(Number.POSITIVE_INFINITY)
    return undefined
  }

  async #openAfter(round: Round, doing: PromiseLike<unknown>): Promise<void> {
    // Who arrives meanwhile waits for the next time.
    const next = new Round()
    this.#round = next
    try {
      await doing
    } catch (error) {
      this.#break(next)
      this.#break(round)
      throw error
    }
    round.waiters.wake(Number.POSITIVE_INFINITY)
  }

  #break(round: Round): void {
    round.broken = true
    round.waiters.wake(Number.POSITIVE_INFINITY)
  }

  toString(): string {
    return `<threading.Barrier: ${this.broken ? 'broken' : `waiters=${this.nWaiting}/${this.parties}`}>`
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString()
  }
}
