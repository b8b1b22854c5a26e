/**
 * The Socket itself, and `socket()`, which makes one.
 */
import { OSError } from '../errors/os-error.ts'
import { byName, cInt, timeoutSeconds } from './arguments.ts'
import { BlockingSocket } from './blocking.ts'
import { SO_DOMAIN, SO_PROTOCOL, SO_TYPE, SOL_SOCKET } from './constants/socket-options.ts'
import { Descriptor } from './descriptor.ts'
import { systemError } from './explain.ts'
import { AddressFamily, SocketKind } from './families.ts'
import { hooks } from './hooks.ts'
import { scratch } from './native/scratch.ts'
import * as sys from './native/syscalls.ts'
import { F_DUPFD_CLOEXEC, F_GETFL, F_SETFL, O_NONBLOCK, SOCK_CLOEXEC, SOCK_NONBLOCK } from './native/system.ts'
import { opened } from './open-sockets.ts'
import { descriptorOf } from './socket-base.ts'

let defaultTimeout: number | null = null

/** The time limit of sockets to be made: seconds, or `null` (as it is at first) for none. */
export const getdefaulttimeout = (): number | null => defaultTimeout

/**
 * Sets the time limit that new sockets start with.
 *
 * @param seconds seconds from 0 up, or `null` for none
 * @example socket.setdefaulttimeout(5)
 */
export function setdefaulttimeout(seconds: number | null): void {
  defaultTimeout = timeoutSeconds(seconds)
}

/**
 * One end of a communication: a descriptor of the system, with the calls of the BSD API as methods.
 *
 * Made by `socket.socket()`, `accept()`, `createConnection()`. What may wait is awaited; what does not is a plain call.
 * `F` is its address family: it types the addresses it takes and gives.
 *
 * @example
 * using sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
 * await sock.connect(['127.0.0.1', 5000])
 * @see socket(7)
 */
// biome-ignore lint/suspicious/noExplicitAny: written without its family, Socket takes every socket
export class Socket<F = any> extends BlockingSocket<F> {
  /** Not to be called: `socket.socket()` makes sockets. */
  constructor(descriptor: Descriptor) {
    if (!(descriptor instanceof Descriptor)) {
      throw new TypeError('a socket is made without new: write socket.socket(socket.AF_INET, socket.SOCK_STREAM)')
    }
    super(descriptor)
    opened(this, descriptor)
  }

  protected override around(fd: number): Socket<F> {
    return new Socket(new Descriptor(fd, this.family, this.type, this.proto, defaultTimeout))
  }

  /**
   * A second socket for the same connection, with a descriptor of its own: it stays open when this one is closed.
   *
   * @example using copy = conn.dup()
   * @see dup(2)
   */
  dup(): Socket<F> {
    const original = descriptorOf(this)
    const fd = sys.fcntl(original.fd, F_DUPFD_CLOEXEC, 0)
    if (fd < 0) throw original.error(fd, 'dup')
    const copy = new Descriptor(fd, this.family, this.type, this.proto, original.timeout)
    copy.dialled = original.dialled
    if (original.listening) copy.listens()
    if (hooks.observe) copy.observe('dup', fd, { other: original })
    return new Socket(copy)
  }
}

/** What `socket()` takes by name. */
// biome-ignore lint/suspicious/noExplicitAny: the family is any number
export interface SocketOptions<F = any> {
  family?: F | undefined
  type?: number | undefined
  proto?: number | undefined
  /** An open descriptor to take over, instead of making a new one; family, type and protocol are asked of it. */
  fileno?: number | null | undefined
}

/**
 * Makes a socket.
 *
 * @param family `AF_INET` (IPv4, the default), `AF_INET6`, `AF_UNIX`
 * @param type `SOCK_STREAM` (TCP, the default) or `SOCK_DGRAM` (UDP)
 * @param proto the protocol; 0 is the usual one
 * @param fileno an open descriptor to take over
 * @throws {OSError} EAFNOSUPPORT: the system has no such family; EMFILE: too many are open
 * @throws {PermissionError} a raw socket without the right to it
 * @example using sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
 * @see socket(2)
 */
export function socket<F extends AddressFamily = AddressFamily.AF_INET>(
  family?: F,
  type?: number,
  proto?: number,
): Socket<F>
export function socket<F extends AddressFamily>(family: F, options: Omit<SocketOptions, 'family'>): Socket<F>
export function socket<F extends AddressFamily>(
  family: F,
  type: number,
  options: Pick<SocketOptions, 'proto' | 'fileno'>,
): Socket<F>
export function socket(options: SocketOptions<undefined> & { fileno: number }): Socket
export function socket<F extends AddressFamily = AddressFamily.AF_INET>(options: SocketOptions<F>): Socket<F>
export function socket(options: SocketOptions<number>): Socket
export function socket(family: number, options: Omit<SocketOptions, 'family'>): Socket
export function socket(family: number, type: number, options: Pick<SocketOptions, 'proto' | 'fileno'>): Socket
export function socket(family: number, type?: number, proto?: number, fileno?: number | null): Socket
export function socket(...given: unknown[]): Socket {
  const named = byName<SocketOptions>('socket', ['family', 'type', 'proto', 'fileno'], given)
  const { family = UNSAID, type = UNSAID, proto = UNSAID, fileno } = named
  const said = [cInt(family, 'family'), cInt(type, 'type'), cInt(proto, 'proto')] as const
  if (fileno !== undefined && fileno !== null) return adopt(fileno, ...said)
  const usual = [AddressFamily.AF_INET, SocketKind.SOCK_STREAM, 0]
  const [af, kind, protocol] = said.map((one, place) => (one === UNSAID ? usual[place] : one)) as [
    number,
    number,
    number,
  ]
  // Sockets here are non-blocking and closed on exec anyway; as in Python, SOCK_NONBLOCK sets the time limit to 0.
  const plain = kind & ~(SOCK_NONBLOCK | SOCK_CLOEXEC)
  const fd = sys.socket(af, plain | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol)
  if (fd < 0) throw systemError(-fd, { call: 'socket' })
  const timeout = kind & SOCK_NONBLOCK ? 0 : defaultTimeout
  const made = new Descriptor(fd, af, plain, protocol, timeout)
  if (hooks.observe) made.observe('socket', fd)
  return new Socket(made)
}

// What it makes is one: `sock instanceof socket.socket` reads as Python's isinstance(sock, socket.socket).
socket.prototype = Socket.prototype

/** A socket's type, as Python's annotation reads: `sock: socket.socket`. */
// biome-ignore lint/suspicious/noRedeclare: function and type share the name, as in Python
// biome-ignore lint/suspicious/noExplicitAny: written without its family, it takes every socket
export type socket<F = any> = Socket<F>

/** What Python's parameters of socket() are when nothing is said. */
const UNSAID = -1

/** A Socket around a descriptor that is open already. What is not said of it is asked. */
export function adopt(given: number, family = UNSAID, type = UNSAID, proto = UNSAID): Socket {
  const fd = cInt(given)
  if (fd < 0) throw new RangeError('negative file descriptor')
  const ask = (option: number): number => {
    const { ints, intValues, length, lengthValue } = scratch()
    lengthValue[0] = 4
    const result = sys.getsockopt(fd, SOL_SOCKET, option, ints, length)
    if (result < 0)
      throw new OSError(-result, undefined, { syscall: 'getsockopt', hint: `descriptor ${fd} is no socket` })
    return intValues[0]!
  }
  // Asked even where all is given: what is no socket must not become one.
  const domain = ask(SO_DOMAIN)
  const flags = sys.fcntl(fd, F_GETFL, 0)
  if (flags >= 0 && !(flags & O_NONBLOCK)) sys.fcntl(fd, F_SETFL, flags | O_NONBLOCK)
  const kind = type === UNSAID ? ask(SO_TYPE) : type
  const protocol = proto === UNSAID ? ask(SO_PROTOCOL) : proto
  return new Socket(
    new Descriptor(
      fd,
      family === UNSAID ? domain : family,
      kind & ~(SOCK_NONBLOCK | SOCK_CLOEXEC),
      protocol,
      kind & SOCK_NONBLOCK ? 0 : defaultTimeout,
    ),
  )
}
