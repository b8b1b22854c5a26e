/**
 * A call that has to wait: its place in the descriptor's queue, its time limit, and what the observer is told of it.
 *
 * Whoever waits writes the loop himself (`do … while (place.goesOn(result))`): a promise and an await less than handing
 * a function to a loop that is shared. Knows no single call.
 */
import { EAGAIN, EINTR, EINVAL } from '../errors/errno.ts'
import type { WaitOptions } from '../wait/index.ts'
import type { Descriptor } from './descriptor.ts'
import { hooks } from './hooks.ts'
import { type Direction, Place, READ, type Watcher } from './readiness.ts'

const { performance } = globalThis

/** What the system tells whoever blocks in a call where nothing ever comes any more. */
export const atEnd = (operation: string): number => (operation === 'accept' ? -EINVAL : 0)

export class WaitingCall extends Place {
  readonly #descriptor: Descriptor
  readonly #watcher: Watcher
  /** Where the call goes, for errors; undefined: to the peer. */
  readonly #address: unknown
  readonly #began: number
  readonly #limit: number | null
  #inTime = true
  #sawEnd = false
  /** Nothing ever comes any more: the end, where the system told one who never blocks to wait. */
  shut = false

  constructor(
    descriptor: Descriptor,
    watcher: Watcher,
    direction: Direction,
    operation: string,
    options: WaitOptions | undefined,
    address: unknown,
  ) {
    super(direction, operation)
    this.#descriptor = descriptor
    this.#watcher = watcher
    this.#address = address
    this.#limit = descriptor.limit(direction)
    this.#began = this.#limit !== null || hooks.observe ? performance.now() : 0
    this.signal = options?.signal
    watcher.enter(this)
  }

  /** Resolves when it is this call's turn and the descriptor may be ready, or its time is up: ask `may` which. */
  ready(): Promise<boolean> {
    const limit = this.#limit
    if (limit !== null) this.timeout = Math.max(0, limit - (performance.now() - this.#began) / 1000)
    return this.#watcher.ready(this)
  }

  /** May the system call be made? Also when the time is up: data may have come while the program was busy. */
  may(inTime: boolean): boolean {
    this.#inTime = inTime
    return inTime || this.#watcher.first(this.direction) === this
  }

  /** Does the kernel still say "not yet"? @throws {TimeoutError} it does, and the time is up */
  goesOn(result: number): boolean {
    if (result !== -EAGAIN && result !== -EINTR) return false
    if (this.#inTime && this.direction === READ && this.#descriptor.isShut()) {
      // Asked once more first: the last packet may have come together with the end.
      this.shut = this.#sawEnd
      this.#sawEnd = true
      return !this.shut
    }
    if (!this.#inTime) throw this.#descriptor.timedOut(this.operation, this.#limit, this.#address)
    return true
  }

  /** The wait has failed: the observer is told, and the failure given back to be thrown. */
  failed(failure: unknown): unknown {
    if (hooks.observe) {
      this.#tellHowLong()
      this.#descriptor.observeFailure(this.operation, -1, failure, this.#address)
    }
    return failure
  }

  /** To be called however the wait ended: the next in the queue may go on. */
  leave(): void {
    if (hooks.observe) this.#tellHowLong()
    this.#watcher.leave(this)
  }

  #tellHowLong(): void {
    this.#descriptor.waited = this.#began === 0 ? 0 : performance.now() - this.#began
  }
}
