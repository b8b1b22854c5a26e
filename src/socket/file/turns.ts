/**
 * Whose turn it is to read a file: several reads at once are served in the order they came, as CPython's buffers are
 * locked. Two that wait for bytes of their own would leave in the buffer what the other one waits for. So are attempts
 * to send a buffer: what one could not send goes out before what the next one brings.
 */
import { currentUnit, throwIfAborted, Waiter, type WaitOptions } from '../../wait/index.ts'

/** Of our own: an immediate that a case of a check has started ends with it. */
const { setImmediate } = globalThis

/** By how many turns of the event loop a read that waits for no data has gone on: one it may give to the others. */
const LOOKS = 3

/** What is read from or sent to: whether a read or an attempt to send goes on is seen there. */
export interface Source {
  /** How often it was asked for data, or to send. */
  readonly receives: number
  /** Does somebody wait for its data, or for room to send? */
  readonly awaited: boolean
}

export class Turns {
  readonly #source: Source
  #taken = false
  /** Which turn it is. */
  #turn = 0
  /** A unit of work that has ended goes on no more, and gives nothing back. */
  #unit = currentUnit()
  readonly #waiting: Waiter<number>[] = []

  constructor(source: Source) {
    this.#source = source
  }

  /** Is it nobody's? Then what lies in the buffer can be given without a turn, which costs more than most lines. */
  get free(): boolean {
    return !this.#taken || this.#unit?.ended === true
  }

  /** Reads when its turn has come: what one read leaves in the buffer is the next one's. */
  async run<T>(wait: WaitOptions | undefined, read: () => Promise<T>): Promise<T> {
    throwIfAborted(wait)
    const taken = this.#take(wait)
    const turn = typeof taken === 'number' ? taken : await taken
    try {
      return await read()
    } finally {
      this.#pass(turn)
    }
  }

  /** Takes the turn, to be passed on however the read ends; a promise where others come first. */
  #take(options: WaitOptions | undefined): Promise<number> | number {
    if (!this.free) return this.#queued(options)
    this.#taken = true
    this.#unit = currentUnit()
    return ++this.#turn
  }

  #queued(options: WaitOptions | undefined): Promise<number> {
    const waiter = new Waiter<number>({ keepAlive: true, signal: options?.signal })
    this.#waiting.push(waiter)
    this.#look(LOOKS, this.#turn, this.#source.receives)
    return waiter.promise
  }

  /**
   * Does the read whose turn it is go on? V8 drops what is about to run when a cell is terminated: such a read has left
   * the socket, and never passes its turn on. A living one either waits for data, or does something.
   */
  #look(left: number, turn: number, receives: number): void {
    setImmediate(() => {
      if (turn !== this.#turn || receives !== this.#source.receives || this.#source.awaited) return
      if (left > 1) this.#look(left - 1, turn, receives)
      else this.#pass(turn)
    })
  }

  /** The next one who still waits goes on. */
  #pass(turn: number): void {
    if (turn !== this.#turn) return
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      if (next.ended) continue
      this.#unit = next.unit
      next.resolve(++this.#turn)
      return
    }
    this.#taken = false
  }
}
