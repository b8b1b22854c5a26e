/**
 * Whose turn it is to read a file: several reads at once are served in the order they came, as CPython's buffers are
 * locked. Two that wait for bytes of their own would leave in the buffer what the other one waits for.
 */
import { currentUnit, Waiter, type WaitOptions } from '../../wait/index.ts'
import { fileSize, isNamed } from '../arguments.ts'

export class Turns {
  #taken = false
  /** A unit of work that has ended goes on no more, and gives nothing back. */
  #unit = currentUnit()
  readonly #waiting: Waiter<void>[] = []

  /** Takes the turn, to be passed on however the read ends; a promise where others come first. */
  take(options: WaitOptions | undefined): Promise<void> | undefined {
    if (this.#taken && !this.#unit?.ended) return this.#queued(options)
    this.#taken = true
    this.#unit = currentUnit()
    return undefined
  }

  async #queued(options: WaitOptions | undefined): Promise<void> {
    const waiter = new Waiter<void>({ keepAlive: true, signal: options?.signal })
    this.#waiting.push(waiter)
    await waiter.promise
  }

  /** The next one who still waits goes on. */
  pass(): void {
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      if (next.ended) continue
      this.#unit = next.unit
      next.resolve()
      return
    }
    this.#taken = false
  }
}

/** How much to read, and what ends the wait: `read(4)`, `read(4, { signal })`, `read({ signal })`. */
export function sizeAndWait(
  size: number | null | WaitOptions | undefined,
  name: string,
  options: WaitOptions | undefined,
): [most: number, wait: WaitOptions | undefined] {
  return isNamed<WaitOptions>(size) ? [Infinity, size] : [fileSize(size, name), options]
}
