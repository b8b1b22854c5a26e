/** `select.poll`: an object that remembers what is to be watched. */
import { inspect } from 'node:util'
import { ENOENT } from '../errors/errno.ts'
import { OSError } from '../errors/index.ts'
import { checkNames, throwIfAborted, type WaitOptions } from '../wait/index.ts'
import { POLLIN, POLLNVAL, POLLOUT, POLLPRI } from './constants.ts'
import { KeyError } from './key-error.ts'
import { pollNow, type Ready } from './native.ts'
import { descriptorOf, type Selectable } from './selectable.ts'
import { checked, NOTHING, untilAny } from './waiting.ts'

/** What `poll` and `register` take by name. */
export interface PollOptions extends WaitOptions {
  /** Most milliseconds to wait (Python's poll counts in these); 0: only look; `null` or below zero: no limit. */
  timeout?: number | null | undefined
}

/**
 * Descriptors to be watched together, each for events of its own. Made by `select.poll()`.
 *
 * @example
 * const poll = select.poll()
 * poll.register(server, select.POLLIN)
 * for (const [fd, event] of await poll.poll(1000)) console.log(fd, event & select.POLLIN)
 * @see poll(2)
 */
export class Poll {
  readonly #interests = new Map<number, number>()
  #polling = false

  /** Watches for `eventmask` from now on: `POLLIN`, `POLLOUT`, `POLLPRI` or-ed together; default all three. */
  register(fd: Selectable, eventmask: number = POLLIN | POLLPRI | POLLOUT): void {
    this.#interests.set(descriptorOf(fd), mask(eventmask))
  }

  /** Watches for other events. @throws {FileNotFoundError} it was not registered */
  modify(fd: Selectable, eventmask: number): void {
    const number = descriptorOf(fd)
    const events = mask(eventmask)
    if (!this.#interests.has(number)) throw new OSError(ENOENT, undefined, { hint: `${number} is not registered` })
    this.#interests.set(number, events)
  }

  /** Watches it no longer. @throws {KeyError} it was not registered */
  unregister(fd: Selectable): void {
    const number = descriptorOf(fd)
    if (!this.#interests.delete(number)) throw new KeyError(String(number))
  }

  /**
   * Waits until something is to be reported: what was asked for, an error, an end.
   *
   * @param timeout most **milliseconds** to wait; 0: only look; `null`, none or below zero: no limit
   * @returns each descriptor's number with its `POLL*` bits (`POLLNVAL`: it is closed); empty when the time was over
   * @throws {Error} `concurrent poll() invocation`: another task waits in this object
   */
  async poll(timeout?: number | null | PollOptions, options?: PollOptions): Promise<Ready[]> {
    const named = typeof timeout === 'object' && timeout !== null ? timeout : options
    throwIfAborted(named)
    if (named) checkNames(named, ['timeout'], 'poll')
    const limit = milliseconds(typeof timeout === 'object' ? named?.timeout : (timeout ?? named?.timeout))
    if (this.#polling) throw new Error('concurrent poll() invocation')
    // As they are now: poll(2) does not learn of later changes either.
    const interests = new Map(this.#interests)
    const look = (gone: ReadonlySet<number>): Ready[] | undefined => {
      // Its number may be another descriptor's by now.
      for (const fd of gone) interests.delete(fd)
      const ended = [...gone].map((fd): Ready => [fd, POLLNVAL])
      const ready = [...ended, ...(checked(pollNow(interests), 'poll') ?? [])]
      return ready.length === 0 ? NOTHING : ready
    }
    this.#polling = true
    try {
      const question = { operation: 'poll', look, timeout: limit, signal: named?.signal }
      return (await untilAny(interests, question)) ?? []
    } finally {
      this.#polling = false
    }
  }

  toString(): string {
    return `<select.poll object with ${this.#interests.size} registered>`
  }

  [inspect.custom](): string {
    return this.toString()
  }
}

/** Seconds from Python's milliseconds; null: no limit. */
function milliseconds(timeout: unknown): number | null {
  if (timeout === null || timeout === undefined) return null
  if (typeof timeout === 'boolean') return Number(timeout) / 1000
  if (typeof timeout !== 'number') throw new TypeError('timeout must be an integer or None: milliseconds, or null')
  if (Number.isNaN(timeout)) throw new RangeError('Invalid value NaN (not a number)')
  if (timeout < 0 || timeout === Number.POSITIVE_INFINITY) return null
  if (timeout > 2 ** 31 - 1) throw new RangeError('timeout is too large')
  return Math.ceil(timeout) / 1000
}

function mask(events: unknown): number {
  if (typeof events !== 'number' || !Number.isInteger(events)) {
    throw new TypeError('an integer is required: eventmask is POLLIN, POLLOUT, … or-ed together')
  }
  if (events < 0) throw new RangeError('value must be positive')
  if (events > 0xffff) throw new RangeError('Python int too large for C unsigned short')
  return events
}

/**
 * Makes an object that remembers what is to be watched.
 *
 * @example const poll = select.poll()
 * @see poll(2)
 */
// biome-ignore lint/complexity/useArrowFunction: an arrow could not be called with new, and Python has but the one name
export const poll = function (): Poll {
  return new Poll()
} as unknown as { (): Poll; new (): Poll }
// What it makes is one: `watcher instanceof select.poll`.
poll.prototype = Poll.prototype
export type poll = Poll
