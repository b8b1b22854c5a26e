/**
 * An open descriptor and what a socket must remember about it: the inside of every Socket.
 *
 * Separate from Socket so that a garbage-collected Socket can still be closed and named. Holds the one loop that all
 * waiting calls share.
 */
import { EAGAIN, EINPROGRESS } from '../errors/errno.ts'
import { type OSError, TimeoutError } from '../errors/os-error.ts'
import {
  currentTask,
  currentUnit,
  hold,
  host,
  news,
  release,
  tellNews,
  throwIfAborted,
  turn,
  turnDue,
  type WaitOptions,
} from '../wait/index.ts'
import { strAddress } from './addresses.ts'
import { IPPROTO_TCP } from './constants/internet.ts'
import { type Circumstances, KEPT, placed, systemError, timeUp } from './explain.ts'
import { AddressFamily, SocketKind } from './families.ts'
import { hooks, type Observation } from './hooks.ts'
import { scratch } from './native/scratch.ts'
import * as sys from './native/syscalls.ts'
import { closed, isKeptByFile } from './open-sockets.ts'
import { limitByOption } from './option-limits.ts'
import { type Direction, unwatch, type Watcher, watch } from './readiness.ts'
import { expectAddress, receivedAddress } from './sockaddr.ts'
import { atEnd, WaitingCall } from './waiting-call.ts'

const POLLRDHUP = 0x2000

export class Descriptor {
  fd: number
  readonly family: AddressFamily
  readonly type: SocketKind
  readonly proto: number
  /** Seconds; null: no limit; 0: never wait. */
  timeout: number | null
  /** The cell that opened it. */
  readonly scope: unknown = host.scope()
  readonly unit = currentUnit()
  listening = false
  /** The peer as it was dialled, once connected. */
  dialled: unknown
  /** The peer once known, for errors after it has gone. */
  knownPeer: unknown
  /** Bytes of the last receive: a stream in full flow is given buffers of its own. */
  lastReceived = 0
  /** The news (see wait/news.ts) when a receive last found less than it had asked for; 0: it did not. */
  #emptied = 0
  /** For the observer: milliseconds that the call which now ends has waited. */
  waited = 0
  /** How many files (makefile) use it, and whether it is to be closed with the last of them. */
  files = 0
  closing = false
  /** It is closed because the `using` that held it has ended. */
  byUsing = false
  #watcher: Watcher | undefined
  #held = false
  #warned = false

  constructor(fd: number, family: AddressFamily, type: SocketKind, proto: number, timeout: number | null) {
    this.fd = fd
    this.family = family
    this.type = type
    this.proto = proto
    this.timeout = timeout
  }

  /** Must a call queue up behind others that wait in the same direction? */
  busy(direction: Direction, operation?: 'accept'): boolean {
    if (!this.#watcher?.busy(direction)) return false
    // A listening socket gives nothing but connections: what else is asked of it fails, and now, not after the accept.
    return !this.listening || operation === 'accept'
  }

  /**
   * Is there certainly nothing to receive? A TCP connection that has just given less than it was asked for has nothing
   * more until something happens; to ask would cost a system call that says EAGAIN. Should another process have sent
   * meanwhile, the wait ends at once.
   */
  empty(): boolean {
    return this.#emptied === news() && this.timeout !== 0
  }

  /** A plain receive got less than it had asked for: `count` bytes, 0 at the end of a stream. */
  gaveLess(count: number): void {
    if (count > 0 && this.#isTcp()) this.#emptied = news()
  }

  /** It has sent: others may have something to receive now, and this one has not. */
  hasSent(): void {
    const before = news()
    tellNews()
    if (this.#emptied === before) this.#emptied = news()
  }

  /** In other streams a short answer may end where somebody's descriptors or credentials begin, unix(7). */
  #isTcp(): boolean {
    const { family, type, proto } = this
    if (type !== SocketKind.SOCK_STREAM || (proto !== 0 && proto !== IPPROTO_TCP)) return false
    return family === AddressFamily.AF_INET || family === AddressFamily.AF_INET6
  }

  /** A place behind all who wait in the same direction. To be left however the wait ends. */
  queue(operation: string, direction: Direction, options?: WaitOptions, address?: unknown): WaitingCall {
    if (!this.#watcher || this.#watcher.closed) this.#watcher = watch(this.fd)
    const first = this.#watcher.first(direction)
    // One that has ended is that of a cell which was stopped.
    if (first && !first.waiter?.ended) this.#warnOfOthers(first.scope, operation)
    if (this.listening) this.#keepAlive()
    return new WaitingCall(this, this.#watcher, direction, operation, options, address)
  }

  /**
   * Goes on calling, when the first attempt gave EAGAIN or others came first, until the kernel stops answering EAGAIN.
   * Gives the call's result; rejects on close(), a time-out, a signal, ■.
   */
  async retry(
    operation: string,
    direction: Direction,
    call: () => number,
    options?: WaitOptions,
    address?: unknown,
  ): Promise<number> {
    if (this.timeout === 0) return -EAGAIN
    if (this.fd < 0) return call()
    const place = this.queue(operation, direction, options, address)
    try {
      let result: number
      do {
        result = place.may(await place.ready()) ? call() : -EAGAIN
      } while (place.goesOn(result))
      return place.shut ? atEnd(operation) : result
    } catch (failure) {
      throw place.failed(failure)
    } finally {
      place.leave()
    }
  }

  /**
   * Has a socket for datagrams, or a UNIX one that listens, been shut down for reading? Whoever blocks is then told the
   * end, and others EAGAIN, while poll(2) calls it readable: waiting for it would go round and round.
   */
  isShut(): boolean {
    if (this.#isTcp()) return false
    const { ints, intValues } = scratch()
    // A struct pollfd: the descriptor, then events and revents in one int.
    intValues[0] = this.fd
    intValues[1] = POLLRDHUP
    return sys.poll(ints, 1, 0) > 0 && ((intValues[1]! >> 16) & POLLRDHUP) !== 0
  }

  /** Seconds that a call may wait. */
  limit(direction: Direction): number | null {
    return this.timeout ?? limitByOption(this.fd, direction)
  }

  /** `limit` is over. One that was set as an option gives what the system says to a call that blocks, socket(7). */
  timedOut(operation: string, limit: number | null, address: unknown = this.#anyPeer()): OSError {
    if (this.timeout === null && limit !== null) {
      const goesOn = operation === 'connect' && this.family !== AddressFamily.AF_UNIX
      return this.error(goesOn ? -EINPROGRESS : -EAGAIN, operation, { address, limit })
    }
    const kept = operation.startsWith('recv') && isKeptByFile(this) ? KEPT : ''
    const hint = `${timeUp(operation, address)} within ${limit} s${kept}`
    const details = { syscall: operation, hint, ...(address ? { address } : {}) }
    return placed(() => new TimeoutError('timed out', details))
  }

  /** The error of a call that gave `result` < 0. */
  error(result: number, call: string, about: Partial<Circumstances> = {}): OSError {
    const address = 'address' in about ? about.address : this.#anyPeer()
    const datagrams = this.type !== SocketKind.SOCK_STREAM
    const { listening, fd, byUsing } = this
    const failure = systemError(-result, { call, listening, fd, byUsing, datagrams, ...about, address })
    if (hooks.observe) this.observeFailure(call, result, failure, about.address)
    return failure
  }

  /** Tells the observer of a call that failed; `address`: where it was to go. */
  observeFailure(call: string, result: number, failure: unknown, address: unknown): void {
    if (address === undefined) this.observe(call, result, { failure })
    else this.observe(call, result, call === 'bind' ? { failure, local: address } : { failure, remote: address })
  }

  /** This end's address as the kernel has it; null if there is none. */
  local(): unknown {
    expectAddress()
    const { address, length } = scratch()
    return sys.getsockname(this.fd, address, length) < 0 ? null : receivedAddress()
  }

  /** The other end's address as the kernel has it; null if not connected. */
  peer(): unknown {
    expectAddress()
    const { address, length } = scratch()
    return sys.getpeername(this.fd, address, length) < 0 ? null : receivedAddress()
  }

  /** The other end as the caller knows it. */
  shownPeer(): unknown {
    return this.dialled ?? (this.fd < 0 ? null : this.undialled(this.peer(), 'getpeername'))
  }

  #anyPeer(): unknown {
    return this.shownPeer() ?? this.knownPeer
  }

  /** A real address from outside, turned back into the dialled one. */
  undialled(address: unknown, syscall: string): unknown {
    if (!hooks.undial || !Array.isArray(address)) return address
    const [host, port, ...rest] = address as [string, number, ...unknown[]]
    const shown = hooks.undial({ host, port }, { family: this.family, type: this.type, syscall })
    return shown ? [shown.host, shown.port, ...rest] : address
  }

  /** Tells the observer, if there is one, what was done. */
  observe(call: string, result: number, more: Partial<Observation> = {}): void {
    if (!hooks.observe) return
    const { fd, family, type, scope, waited } = this
    this.waited = 0
    const local = fd < 0 ? null : this.local()
    const remote = 'remote' in more ? more.remote : this.shownPeer()
    hooks.observe({ call, socket: this, fd, scope, family, type, local, remote, result, waited, ...more })
  }

  /** A listening socket keeps a plain Node program running, unless daemons serve it. */
  listens(): void {
    this.listening = true
    this.#keepAlive()
  }

  #keepAlive(): void {
    const task = currentTask()
    const wanted = this.listening && this.fd >= 0 && !(task !== 'main' && task.daemon)
    if (wanted === this.#held) return
    this.#held = wanted
    if (wanted) hold()
    else release()
  }

  /** Several cells waiting for the same: each gets a part of what comes, which is seldom meant. */
  #warnOfOthers(scope: unknown, operation: string): void {
    const mine = host.scope()
    if (this.#warned || scope === mine) return
    this.#warned = true
    const [first, second] = [host.describe(scope), host.describe(mine)]
    if (!first || !second) return
    const text = `${first} and ${second} both wait for ${operation} on ${this.describe()}: ${first} is served first`
    host.notice(mine, 'ResourceWarning', text)
  }

  /** Python's one line, with names. */
  describe(): string {
    const name = (names: Record<number, string>, value: number) => names[value] ?? value
    const what = `family=${name(AddressFamily, this.family)}, type=${name(SocketKind, this.type)}, proto=${this.proto}`
    if (this.fd < 0) return `<socket.socket [closed] fd=-1, ${what}>`
    const ends = [
      ['laddr', this.local()],
      ['raddr', this.shownPeer()],
    ] as const
    const shown = ends.filter(([, address]) => address).map(([end, address]) => `, ${end}=${strAddress(address)}`)
    // Closed, but for the files that makefile() gave.
    const state = this.closing ? '[closed] ' : ''
    return `<socket.socket ${state}fd=${this.fd}, ${what}${shown.join('')}>`
  }

  /** Gives the descriptor away: nobody waits on it any more, and it stays open. */
  detach(): number {
    const { fd } = this
    if (fd < 0) return fd
    unwatch(fd, this.byUsing)
    this.fd = -1
    this.#emptied = 0
    this.#watcher = undefined
    tellNews()
    closed(this)
    this.#keepAlive()
    return fd
  }

  close(): number {
    const fd = this.detach()
    return fd < 0 ? 0 : sys.close(fd)
  }
}

/** Gives timers, other tasks and ■ their turn when it is due, and looks at the signal. Mostly undefined: go on. */
export function pause(options: WaitOptions | undefined): Promise<void> | undefined {
  throwIfAborted(options)
  return turnDue() ? turn(options) : undefined
}
