/**
 * What every socket has, whatever it carries: a descriptor, addresses, options, a time limit, an end.
 *
 * The layers above it (receiving, sending, connecting) share the Descriptor inside through `descriptorOf`.
 */
import { inspect } from 'node:util'
import { EBADF, ECONNRESET } from '../errors/errno.ts'
import { OSError } from '../errors/os-error.ts'
import { tellNews } from '../wait/index.ts'
import type { Out } from './addresses.ts'
import { byName, cInt, integer, timeoutSeconds } from './arguments.ts'
import type { Descriptor } from './descriptor.ts'
import { AddressFamily, type SocketKind } from './families.ts'
import { hooks } from './hooks.ts'
import * as sys from './native/syscalls.ts'
import { F_GETFD, F_GETFL, F_SETFD, FD_CLOEXEC } from './native/system.ts'
import { getOption, setOption } from './options.ts'
import { sendersLookAgain } from './readiness.ts'

let read: (socket: SocketBase) => Descriptor

/** The inside of a socket, for the other files of this room. */
export const descriptorOf = (socket: SocketBase): Descriptor => read(socket)

/** A file uses the socket: `close()` waits for it. */
export function pinned(socket: SocketBase): void {
  read(socket).files++
}

/** It no longer does. */
export function unpinned(socket: SocketBase): void {
  const descriptor = read(socket)
  if (--descriptor.files === 0 && descriptor.closing) socket.close()
}

// biome-ignore lint/suspicious/noExplicitAny: a socket of unknown family
export class SocketBase<F = any> implements Disposable {
  readonly #descriptor: Descriptor
  declare protected readonly _family?: F

  static {
    read = (socket) => socket.#descriptor
  }

  protected constructor(descriptor: Descriptor) {
    this.#descriptor = descriptor
  }

  /** The address family: `AF_INET`, `AF_INET6`, `AF_UNIX`. `socket.AddressFamily[sock.family]` is its name. */
  get family(): AddressFamily {
    return this.#descriptor.family
  }

  /** The type: `SOCK_STREAM` (TCP), `SOCK_DGRAM` (UDP). `socket.SocketKind[sock.type]` is its name. */
  get type(): SocketKind {
    return this.#descriptor.type
  }

  /** The protocol number, mostly 0: the usual one for family and type. */
  get proto(): number {
    return this.#descriptor.proto
  }

  /** The time limit in seconds, as `gettimeout()` gives it. */
  get timeout(): number | null {
    return this.#descriptor.timeout
  }

  /**
   * The descriptor's number, -1 once the socket is closed.
   *
   * @example sock.fileno() // 21
   */
  fileno(): number {
    return this.#descriptor.fd
  }

  /**
   * This end's address. After `bind([host, 0])` it tells which port the system chose.
   *
   * @throws {OSError} EBADF: the socket is closed
   * @example const [host, port] = server.getsockname()
   * @see getsockname(2)
   */
  getsockname(): Out<F> {
    const address = this.#descriptor.local()
    if (address === null) throw this.#failed(sys.getsockname, 'getsockname')
    return address as Out<F>
  }

  /**
   * The other end's address.
   *
   * @throws {OSError} ENOTCONN: there is no other end (yet); EBADF: the socket is closed
   * @example const [host, port] = conn.getpeername()
   * @see getpeername(2)
   */
  getpeername(): Out<F> {
    const descriptor = this.#descriptor
    const real = descriptor.peer()
    if (real === null) throw this.#failed(sys.getpeername, 'getpeername')
    return (descriptor.dialled ?? descriptor.undialled(real, 'getpeername')) as Out<F>
  }

  #failed(call: (fd: number, address: null, length: null) => number, name: string): OSError {
    // Asked again, with nowhere to write to, for the reason only.
    const result = call(this.#descriptor.fd, null, null)
    const address = name === 'getpeername' ? this.#descriptor.knownPeer : undefined
    return this.#descriptor.error(result < 0 ? result : -EBADF, name, { address })
  }

  /**
   * Sets the time limit of every later call that waits: seconds (fractions allowed), `null` for none, 0 for 'never
   * wait' (calls that would have to wait throw BlockingIOError).
   *
   * @throws {RangeError} below zero
   * @throws {TypeError} neither a number nor null
   * @throws {OSError} EBADF: the socket is closed
   * @example sock.settimeout(5)
   */
  settimeout(seconds: number | null): void {
    const timeout = timeoutSeconds(seconds)
    this.#mustBeOpen('settimeout')
    this.#descriptor.timeout = timeout
  }

  /** Asks the system: another socket around the same number may have closed it. */
  #mustBeOpen(call: string): void {
    const result = sys.fcntl(this.#descriptor.fd, F_GETFL, 0)
    if (result < 0) throw this.#descriptor.error(result, call)
  }

  /** The time limit in seconds, or `null` if there is none. */
  gettimeout(): number | null {
    return this.#descriptor.timeout
  }

  /** `setblocking(true)` is `settimeout(null)`, `setblocking(false)` is `settimeout(0)`. */
  setblocking(flag: boolean | number): void {
    const timeout = integer(flag) === 0 ? 0 : null
    this.#mustBeOpen('setblocking')
    this.#descriptor.timeout = timeout
  }

  /** false after `settimeout(0)`, true otherwise. */
  getblocking(): boolean {
    return this.#descriptor.timeout !== 0
  }

  /**
   * Sets an option: a number, or bytes where the option is a struct.
   *
   * @param level where the option belongs: `SOL_SOCKET`, `IPPROTO_TCP`, `IPPROTO_IP`, `IPPROTO_IPV6`
   * @param value a number, true or false, or bytes; `null` with `optlen` where the option wants no bytes but a length
   * @throws {OSError} ENOPROTOOPT: there is no such option at that level; EINVAL: not this value
   * @example server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
   * @see setsockopt(2), socket(7), tcp(7), ip(7), ipv6(7)
   */
  setsockopt(level: number, option: number, value: number | boolean | Uint8Array): void
  setsockopt(level: number, option: number, value: null, optlen: number): void
  setsockopt(level: number, option: number, value: number | boolean | Uint8Array | null, optlen?: number): void {
    setOption(this.#descriptor, cInt(level), cInt(option), value, optlen)
    if (hooks.observe) this.#descriptor.observe('setsockopt', 0, { option: [level, option, value] })
  }

  /**
   * Reads an option: a number, or with `buflen` that many bytes.
   *
   * @throws {OSError} ENOPROTOOPT: there is no such option at that level
   * @example sock.getsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF)
   * @see getsockopt(2)
   */
  getsockopt(level: number, option: number): number
  getsockopt(level: number, option: number, buflen: number): Buffer
  getsockopt(level: number, option: number, buflen = 0): number | Buffer {
    return getOption(this.#descriptor, cInt(level), cInt(option), cInt(buflen))
  }

  /** Would a program started by exec(3) get this descriptor? No, unless `setInheritable(true)` was called. */
  getInheritable(): boolean {
    const flags = sys.fcntl(this.#descriptor.fd, F_GETFD, 0)
    if (flags < 0) throw this.#descriptor.error(flags, 'fcntl')
    return (flags & FD_CLOEXEC) === 0
  }

  /** Says whether a program started by exec(3) gets this descriptor. @see fcntl(2), FD_CLOEXEC */
  setInheritable(inheritable: boolean | number | { inheritable: boolean | number }): void {
    const value = byName<{ inheritable: unknown }>('setInheritable', ['inheritable'], [inheritable]).inheritable
    const result = sys.fcntl(this.#descriptor.fd, F_SETFD, integer(value, 'inheritable') ? 0 : FD_CLOEXEC)
    if (result < 0) throw this.#descriptor.error(result, 'fcntl')
  }

  /**
   * Ends one or both directions of a connection: with `SHUT_WR` the other side reads the end of the stream, while its
   * answers still arrive.
   *
   * @param how `SHUT_RD`, `SHUT_WR` or `SHUT_RDWR`
   * @throws {OSError} ENOTCONN: not connected (any more)
   * @example conn.shutdown(socket.SHUT_WR)
   * @see shutdown(2)
   */
  shutdown(how: number): void {
    const result = sys.shutdown(this.#descriptor.fd, cInt(how))
    if (result < 0) throw this.#descriptor.error(result, 'shutdown')
    tellNews()
    // Whoever waits to send on it, on a copy of it or at the other end would not hear of it: the system does not report it.
    if (this.family === AddressFamily.AF_UNIX) sendersLookAgain()
    this.#descriptor.observe('shutdown', how)
  }

  /**
   * Closes the socket. Calls that wait on it are rejected with EBADF; closing twice does no harm. Where files of
   * `makefile()` are open, it stays open for them until the last is closed.
   *
   * @example using sock = socket.socket() // closes itself at the end of the block
   * @see close(2)
   */
  close(): void {
    const descriptor = this.#descriptor
    if (descriptor.fd < 0) return
    descriptor.closing = true
    if (descriptor.files > 0) return
    descriptor.observe('close', 0)
    const result = descriptor.close()
    // A reset by the peer is no reason why this end could not be closed.
    if (result < 0 && result !== -ECONNRESET) throw new OSError(-result, undefined, { syscall: 'close' })
  }

  /**
   * Gives the descriptor away without closing it: this socket counts as closed then.
   *
   * @example const plain = new net.Socket({ fd: conn.detach() })
   */
  detach(): number {
    if (hooks.observe) this.#descriptor.observe('detach', this.#descriptor.fd)
    return this.#descriptor.detach()
  }

  /** `using` closes the socket at the end of its block. */
  [Symbol.dispose](): void {
    this.#descriptor.byUsing = this.#descriptor.files === 0
    this.close()
  }

  /** Python's one line: `<socket.socket fd=21, family=AF_INET, type=SOCK_STREAM, proto=0, laddr=('127.0.0.1', 35167)>`. */
  toString(): string {
    return this.#descriptor.describe()
  }

  /** The same line, for console.log and for a cell's result. */
  [inspect.custom](): string {
    return this.#descriptor.describe()
  }
}
