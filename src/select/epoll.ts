/** `select.epoll`: Linux's own, where the kernel remembers what is to be watched. */
import { inspect } from 'node:util'
import { EBADF } from '../errors/errno.ts'
import { OSError } from '../errors/index.ts'
import { byName } from '../socket/arguments.ts'
import { systemError } from '../socket/explain.ts'
import { unwatch } from '../socket/readiness.ts'
import { throwIfAborted, turn, turnDue, type WaitOptions } from '../wait/index.ts'
import { EPOLL_CLOEXEC, EPOLLIN, EPOLLOUT, EPOLLPRI } from './constants.ts'
import * as native from './native.ts'
import { countable, descriptorOf, type Selectable, wholeNumber } from './selectable.ts'
import { checked, NOTHING, until } from './waiting.ts'

/** What `epoll.poll` takes by name. */
export interface EpollOptions extends WaitOptions {
  /** Most seconds to wait; 0: only look; `null` or below zero: no limit. */
  timeout?: number | null | undefined
  /** Most descriptors to report; -1: as many as there are. */
  maxevents?: number | undefined
}

/** What `select.epoll` takes by name. */
export interface EpollSettings {
  /** Ignored by the system. */
  sizehint?: number | undefined
  /** `EPOLL_CLOEXEC` or 0. */
  flags?: number | undefined
}

const MOST_EVENTS = 1023
/** More descriptors than this no program has open. */
const MOST_AT_ONCE = 65536

/** Closes what was forgotten: the object is collected, its descriptor would stay. */
const forgotten = new FinalizationRegistry<number>((fd) => {
  unwatch(fd)
  native.close(fd)
})

/** What `fromfd` makes an object of. */
class Given {
  readonly fd: number

  constructor(fd: number) {
    this.fd = fd
  }
}

/**
 * Descriptors to be watched together; costs the same for ten and for ten thousand. Made by `select.epoll()`.
 *
 * @example
 * using epoll = select.epoll()
 * epoll.register(server, select.EPOLLIN)
 * for (const [fd, event] of await epoll.poll(1)) console.log(fd, event & select.EPOLLIN)
 * @see epoll(7)
 */
export class Epoll implements Disposable {
  #fd: number

  constructor(...given: unknown[]) {
    const [first] = given
    if (first instanceof Given) {
      // Not closed when it is forgotten: its number may be another's by then.
      this.#fd = first.fd
      return
    }
    const { sizehint = -1, flags = 0 } = byName<EpollSettings>('epoll', ['sizehint', 'flags'], given)
    wholeNumber(sizehint, 'sizehint')
    wholeNumber(flags, 'flags')
    if (sizehint < -1 || sizehint === 0) throw new RangeError('negative sizehint')
    if (flags & ~EPOLL_CLOEXEC) throw new OSError('invalid flags')
    this.#fd = native.epoll_create1(EPOLL_CLOEXEC)
    if (this.#fd < 0) throw systemError(-this.#fd, { call: 'epoll_create1' })
    forgotten.register(this, this.#fd, this)
  }

  /** Is it closed? */
  get closed(): boolean {
    return this.#fd < 0
  }

  /** The epoll object's own descriptor. */
  fileno(): number {
    if (this.#fd < 0) throw new RangeError('I/O operation on closed epoll object')
    return this.#fd
  }

  /** Watches for `EPOLL*` events from now on. @throws {FileExistsError} it is registered already */
  register(fd: Selectable, eventmask?: number | { eventmask?: number }): void {
    const { eventmask: events = EPOLLIN | EPOLLPRI | EPOLLOUT } = byName<{ eventmask: number }>(
      'register',
      ['eventmask'],
      [eventmask],
    )
    this.#control(native.EPOLL_CTL_ADD, fd, events)
  }

  /** Watches for other events. @throws {FileNotFoundError} it was not registered */
  modify(fd: Selectable, eventmask: number | { eventmask: number }): void {
    const { eventmask: events } = byName<{ eventmask: number }>('modify', ['eventmask'], [eventmask])
    this.#control(native.EPOLL_CTL_MOD, fd, events)
  }

  /** Watches it no longer. @throws {FileNotFoundError} it was not registered */
  unregister(fd: Selectable): void {
    this.#control(native.EPOLL_CTL_DEL, fd, 0)
  }

  #control(operation: number, fd: Selectable, events: unknown): void {
    const mask = wholeNumber(events, 'eventmask')
    const result = native.control(this.fileno(), operation, descriptorOf(fd), mask)
    if (result < 0) throw new OSError(-result, undefined, { syscall: 'epoll_ctl' })
  }

  /**
   * Waits until something is to be reported.
   *
   * @param timeout most seconds to wait; 0: only look; `null`, none or below zero: no limit
   * @param maxevents most descriptors to report; -1: as many as there are
   * @returns each descriptor's number with its `EPOLL*` bits; empty when the time was over first
   */
  poll(
    timeout?: number | null | EpollOptions,
    maxevents?: number | EpollOptions,
    options?: EpollOptions,
  ): Promise<native.Ready[]>
  async poll(...given: unknown[]): Promise<native.Ready[]> {
    const named = byName<EpollOptions>('poll', ['timeout', 'maxevents'], given)
    throwIfAborted(named)
    const timeout = seconds(named.timeout)
    const most = wholeNumber(named.maxevents ?? -1, 'maxevents')
    if (most !== -1 && !(most > 0)) throw new RangeError(`maxevents must be greater than 0, got ${most}`)
    this.fileno()
    if (turnDue()) {
      await turn({ signal: named.signal })
      // Closed while we let the others have their turn: as if we had waited in it already.
      if (this.closed) throw new OSError(EBADF, undefined, { syscall: 'poll' })
    }
    const look = (): native.Ready[] | undefined => {
      const ready = checked(
        native.epollNow(this.fileno(), most === -1 ? MOST_EVENTS : Math.min(most, MOST_AT_ONCE)),
        'epoll_wait',
      )
      return ready === NOTHING || ready.length === 0 ? NOTHING : ready
    }
    const now = look()
    if (now !== NOTHING || timeout === 0) return now ?? []
    return (await until(this.fileno(), { operation: 'poll', look, timeout, signal: named.signal })) ?? []
  }

  /** Closes it. Who waits in it is rejected with EBADF. */
  close(): void {
    const fd = this.#fd
    if (fd < 0) return
    this.#fd = -1
    forgotten.unregister(this)
    unwatch(fd)
    native.close(fd)
  }

  [Symbol.dispose](): void {
    this.close()
  }

  toString(): string {
    return `<select.epoll object ${this.#fd < 0 ? '[closed]' : `fd=${this.#fd}`}>`
  }

  [inspect.custom](): string {
    return this.toString()
  }
}

function seconds(timeout: unknown): number | null {
  if (timeout === null || timeout === undefined) return null
  if (typeof timeout === 'boolean') return Number(timeout)
  if (typeof timeout !== 'number') throw new TypeError('timeout must be an integer or None: seconds, or null')
  if (Number.isNaN(timeout)) throw new RangeError('Invalid value NaN (not a number)')
  return timeout < 0 ? null : countable(timeout)
}

/**
 * Makes an epoll object.
 *
 * @param sizehint ignored by the system
 * @param flags `EPOLL_CLOEXEC` or 0: it is closed on exec anyway
 * @example using epoll = select.epoll()
 * @see epoll_create1(2)
 */
// biome-ignore lint/complexity/useArrowFunction: an arrow could not be called with new, and Python has but the one name
export const epoll = function (...given: unknown[]): Epoll {
  return new Epoll(...given)
} as unknown as {
  (sizehint?: number | EpollSettings, flags?: number | EpollSettings): Epoll
  new (sizehint?: number | EpollSettings, flags?: number | EpollSettings): Epoll
  /**
   * An object on the descriptor of another one, `epoll.fileno()`: they watch the same. To be closed once, by either.
   *
   * @example const same = select.epoll.fromfd(epoll.fileno())
   */
  fromfd(fd: number): Epoll
}
// What it makes is one: `watcher instanceof select.epoll`.
epoll.prototype = Epoll.prototype
epoll.fromfd = (fd) => new Epoll(new Given(descriptorOf(wholeNumber(fd, 'fd'))))
export type epoll = Epoll
