/**
 * Deliveries at their time, in order, never early. Knows nothing of what is delivered.
 */
import { startTimer, type Timer } from '../../wait/index.ts'

interface Delivery {
  /** Milliseconds on the clock of performance.now. */
  readonly due: number
  readonly serial: number
  act(): void
}

const { setImmediate } = globalThis

/** What is due is delivered; with `spaced` one at a time, so that a reader in this program sees each by itself. */
export class Schedule {
  readonly #spaced: boolean
  /** By due time, then by the order in which they came. */
  readonly #waiting: Delivery[] = []
  #serial = 0
  #timer: Timer | undefined
  #closed = false

  constructor(spaced: boolean) {
    this.#spaced = spaced
  }

  /** Calls `act` once it is `due`. */
  at(due: number, act: () => void): void {
    if (this.#closed) return
    const delivery = { due, serial: this.#serial++, act }
    let place = this.#waiting.length
    while (place > 0 && this.#waiting[place - 1]!.due > due) place--
    this.#waiting.splice(place, 0, delivery)
    if (place === 0) this.#arm()
  }

  /** Nothing is delivered any more. */
  close(): void {
    this.#closed = true
    this.#waiting.length = 0
    this.#timer?.stop()
  }

  #arm(): void {
    this.#timer?.stop()
    const [next] = this.#waiting
    if (next) this.#timer = startTimer(Math.max(0, next.due - performance.now()) / 1000, () => this.#deliver(), false)
  }

  #deliver(): void {
    const now = performance.now()
    while (!this.#closed && this.#waiting.length > 0 && this.#waiting[0]!.due <= now) {
      this.#waiting.shift()!.act()
      if (this.#spaced && this.#waiting.length > 0 && this.#waiting[0]!.due <= now) {
        // Two: on Node 26 a reader in this program goes on in an immediate of its own, which comes after the first one.
        setImmediate(() => setImmediate(() => this.#deliver()))
        return
      }
    }
    this.#arm()
  }
}
