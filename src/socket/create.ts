/**
 * The helpers that make sockets ready to use: createConnection, createServer, socketpair, fromfd.
 */

import { OSError } from '../errors/os-error.ts'
import type { WaitOptions } from '../wait/index.ts'
import { type Inet6Address, type InetAddress, reprAddress } from './addresses.ts'
import { byName, cInt, isNamed, optionsObject } from './arguments.ts'
import { IPPROTO_IPV6, IPV6_V6ONLY } from './constants/internet.ts'
import { SO_REUSEADDR, SO_REUSEPORT, SOL_SOCKET } from './constants/socket-options.ts'
import { Descriptor } from './descriptor.ts'
import { systemError } from './explain.ts'
import { AddressFamily, SocketKind } from './families.ts'
import { hooks } from './hooks.ts'
import { addressRows, service } from './host-lookup.ts'
import { scratch } from './native/scratch.ts'
import * as sys from './native/syscalls.ts'
import { F_DUPFD_CLOEXEC, SOCK_CLOEXEC, SOCK_NONBLOCK } from './native/system.ts'
import { unwatch } from './readiness.ts'
import { adopt, getdefaulttimeout, Socket, socket } from './socket.ts'
import { typeName } from './type-name.ts'

/** What createConnection takes by name. */
export interface ConnectionOptions extends WaitOptions {
  /** Seconds for each attempt, and for every later call of the socket; `null`: no limit. */
  timeout?: number | null | undefined
  /** This end's own address: `['', 0]` lets the system choose. */
  sourceAddress?: InetAddress | Inet6Address | null | undefined
  /** When no address answers, throw an AggregateError of all attempts' errors instead of the last one. */
  allErrors?: boolean | undefined
}

/** The same with the address among them. */
export interface ConnectionArguments<A = InetAddress | Inet6Address> extends ConnectionOptions {
  /** Host (a name or an address) and port. */
  address: A
}

const SERVER_NAMES = ['address', 'family', 'backlog', 'reusePort', 'dualstackIpv6'] as const

/**
 * Connects to a TCP server by host name and port: each of the name's addresses is tried until one answers.
 *
 * @param address host (a name or an address) and port
 * @param timeout seconds for each attempt and every later call of the socket; `null`: no limit
 * @param sourceAddress this end's own address
 * @throws {gaierror} the host's name could not be looked up
 * @throws {ConnectionRefusedError} nothing listens there
 * @throws {TimeoutError} no answer in time
 * @throws {AggregateError} with `allErrors`: what each address answered
 * @example using phone = await socket.createConnection(['www.example.com', 80], { timeout: 5 })
 * @see getaddrinfo(3), connect(2)
 */
export function createConnection(
  address: InetAddress | ConnectionArguments<InetAddress>,
  options?: ConnectionOptions,
): Promise<Socket<AddressFamily.AF_INET>>
export function createConnection(
  address: Inet6Address | ConnectionArguments<Inet6Address>,
  options?: ConnectionOptions,
): Promise<Socket<AddressFamily.AF_INET6>>
export function createConnection(
  address: InetAddress,
  timeout: number | null | undefined,
  sourceAddress?: InetAddress | null | ConnectionOptions,
  options?: ConnectionOptions,
): Promise<Socket<AddressFamily.AF_INET>>
export async function createConnection(...given: unknown[]): Promise<Socket> {
  const named = byName<ConnectionArguments>('createConnection', ['address', 'timeout', 'sourceAddress'], given, [
    'allErrors',
  ])
  const { address = given[0], timeout, sourceAddress: source } = named
  if (!Array.isArray(address) || address.length < 2) {
    throw new TypeError(`createConnection(): write the address as [host, port], not ${typeName(address)}`)
  }
  const [host, port] = address as unknown as InetAddress
  const hints = { flags: 0, family: 0, type: SocketKind.SOCK_STREAM, proto: 0 }
  const rows = await addressRows(checkedHost(host), service(port, 'createConnection'), hints, named)
  const errors: OSError[] = []
  for (const row of rows) {
    let attempt: Socket | undefined
    try {
      // A system without IPv6 may well know IPv6 addresses, of localhost above all: no socket for one, on to the next.
      attempt = socket(row.family as AddressFamily, row.type, row.proto) as Socket
      if (timeout !== undefined) attempt.settimeout(timeout)
      if (source) attempt.bind(source)
      await attempt.connect(row.address, { signal: named.signal })
      return attempt
    } catch (error) {
      attempt?.close()
      if (!(error instanceof OSError)) throw error
      errors.push(error)
    }
  }
  if (errors.length === 0) throw new OSError('getaddrinfo returns an empty list')
  if (named.allErrors) throw new AggregateError(errors, 'create_connection failed')
  throw errors.at(-1)
}

function checkedHost(host: unknown): string | null {
  if (host === null || typeof host === 'string') return host
  if (host instanceof Uint8Array) return Buffer.from(host).toString('latin1')
  throw new TypeError(
    `getaddrinfo() argument 1 must be string or None: write [host, port], not ${typeName(host)} first`,
  )
}

/** What createServer takes by name. */
export interface ServerOptions<F extends AddressFamily = AddressFamily.AF_INET> {
  /** `AF_INET` (the default) or `AF_INET6`. */
  family?: F | undefined
  /** How many connections may wait to be accepted. */
  backlog?: number | null | undefined
  /** Let several sockets listen on one port (SO_REUSEPORT). */
  reusePort?: boolean | undefined
  /** An AF_INET6 server that takes IPv4 connections too. */
  dualstackIpv6?: boolean | undefined
}

/** The same with the address among them. */
export interface ServerArguments<F extends AddressFamily = AddressFamily.AF_INET> extends ServerOptions<F> {
  /** Host and port; `''` is every address of this machine, port 0 any free port. */
  address: InetAddress | Inet6Address
}

/**
 * Makes a TCP server: a socket that is bound to `address` and listens.
 *
 * @param address host and port; `''` is every address of this machine, port 0 any free port
 * @throws {OSError} EADDRINUSE: somebody has the port
 * @throws {RangeError} `dualstackIpv6` without `AF_INET6`
 * @example using server = socket.createServer(['127.0.0.1', 0])
 * @see bind(2), listen(2), ipv6(7)
 */
export function createServer<F extends AddressFamily = AddressFamily.AF_INET>(
  address: InetAddress | Inet6Address | ServerArguments<F>,
  options?: ServerOptions<F>,
): Socket<F>
export function createServer<F extends AddressFamily>(first: unknown, second?: ServerOptions<F>): Socket<F> {
  const named = isNamed<ServerArguments<F>>(first) && first.address !== undefined ? first : undefined
  const options = optionsObject(named ?? second, 'createServer', SERVER_NAMES, '{ family: socket.AF_INET6 }')
  const family = cInt(options.family === undefined ? AddressFamily.AF_INET : options.family, 'family') as F
  if (options.dualstackIpv6 && family !== AddressFamily.AF_INET6) {
    throw new RangeError('dualstack_ipv6 requires AF_INET6 family: add { family: socket.AF_INET6 }')
  }
  if (options.dualstackIpv6 && !hasDualstackIpv6()) {
    throw new RangeError('dualstack_ipv6 not supported on this platform: IPv6 is switched off')
  }
  const server = socket(family, SocketKind.SOCK_STREAM) as Socket<F>
  try {
    server.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
    if (options.reusePort) server.setsockopt(SOL_SOCKET, SO_REUSEPORT, 1)
    if (family === AddressFamily.AF_INET6) {
      server.setsockopt(IPPROTO_IPV6, IPV6_V6ONLY, options.dualstackIpv6 ? 0 : 1)
    }
    bindServer(server, named ? named.address : first)
    server.listen(options.backlog ?? 128)
    return server
  } catch (error) {
    server.close()
    throw error
  }
}

function bindServer(server: Socket, address: unknown): void {
  try {
    server.bind(address)
  } catch (error) {
    if (!(error instanceof OSError) || error.errno === null) throw error
    const { errno, strerror, syscall, message } = error
    const text = `${strerror} (while attempting to bind on address ${reprAddress(address)})`
    const hint = message.slice(`[Errno ${errno}] ${strerror}: `.length)
    throw new OSError(errno, text, { syscall: syscall!, address, ...(hint ? { hint } : {}) })
  }
}

/** Can this machine make an AF_INET6 socket that takes IPv4 connections too? */
export function hasDualstackIpv6(): boolean {
  try {
    using probe = socket(AddressFamily.AF_INET6, SocketKind.SOCK_STREAM)
    probe.setsockopt(IPPROTO_IPV6, IPV6_V6ONLY, 0)
    return true
  } catch {
    // Whatever the reason: the answer is no.
    return false
  }
}

/** What fromfd takes by name. */
export interface DescriptorArguments<F extends number = number> {
  /** The descriptor, of a socket. */
  fd: number
  family: F
  type: number
  proto?: number | undefined
}

/** What socketpair takes by name, and fromfd behind its descriptor. */
export interface PairOptions {
  family?: number | undefined
  type?: number | undefined
  proto?: number | undefined
}

type Pair<F> = [a: Socket<F>, b: Socket<F>]

/**
 * Two sockets that are connected to each other: what one sends, the other receives.
 *
 * @param family `AF_UNIX`, the only one Linux makes pairs of
 * @example const [a, b] = socket.socketpair()
 * @see socketpair(2)
 */
export function socketpair(family?: number, type?: number, proto?: number): Pair<AddressFamily.AF_UNIX>
export function socketpair(
  family: number | PairOptions,
  type?: number | PairOptions,
  proto?: number | PairOptions,
): Pair<AddressFamily.AF_UNIX>
export function socketpair(...given: unknown[]): Pair<AddressFamily.AF_UNIX> {
  const named = byName<PairOptions>('socketpair', ['family', 'type', 'proto'], given)
  const { family: wanted, type: sort = SocketKind.SOCK_STREAM, proto: which = 0 } = named
  const family = cInt(wanted ?? AddressFamily.AF_UNIX, 'family')
  const kind = cInt(sort, 'type')
  const protocol = cInt(which, 'proto')
  const { ints, intValues } = scratch()
  const result = sys.socketpair(family, kind | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol, ints)
  if (result < 0) throw systemError(-result, { call: 'socketpair' })
  const [one, other] = [intValues[0]!, intValues[1]!]
  const [a, b] = [one, other].map((fd) => new Descriptor(fd!, family, kind, protocol, getdefaulttimeout())) as [
    Descriptor,
    Descriptor,
  ]
  if (hooks.observe) {
    a.observe('socketpair', a.fd, { other: b })
    b.observe('socketpair', b.fd, { other: a })
  }
  return [new Socket(a), new Socket(b)]
}

/**
 * A socket around a copy of an open descriptor, which itself stays as it is.
 *
 * @param fd the descriptor, of a socket
 * @throws {OSError} EBADF: no such descriptor; ENOTSOCK: not a socket
 * @example using copy = socket.fromfd(conn.fileno(), socket.AF_INET, socket.SOCK_STREAM)
 * @see dup(2)
 */
export function fromfd<F extends AddressFamily>(fd: number, family: F, type: number, proto?: number): Socket<F>
export function fromfd(fd: number, family: number, type: number, proto?: number): Socket
export function fromfd(
  fd: number,
  family: number | PairOptions,
  type?: number | PairOptions,
  proto?: PairOptions,
): Socket
export function fromfd<F extends AddressFamily>(named: DescriptorArguments<F>): Socket<F>
export function fromfd(named: DescriptorArguments): Socket
export function fromfd(...given: unknown[]): Socket {
  const named = byName<DescriptorArguments>('fromfd', ['fd', 'family', 'type', 'proto'], given)
  const [family, kind, protocol] = [named.family, named.type, named.proto === undefined ? 0 : named.proto].map((one) =>
    one === undefined ? undefined : cInt(one),
  )
  const copy = dup(named.fd === undefined ? (given[0] as number) : named.fd)
  try {
    return adopt(copy, family, kind, protocol)
  } catch (error) {
    sys.close(copy)
    throw error
  }
}

/** A copy of a descriptor, closed on exec. @see dup(2) */
export function dup(fd: number): number {
  const copy = sys.fcntl(cInt(fd, 'fd'), F_DUPFD_CLOEXEC, 0)
  if (copy < 0) throw systemError(-copy, { call: 'dup', fd })
  return copy
}

/** Closes a descriptor given by its number; a Socket has its own `close()`. @see close(2) */
export function close(fd: number): void {
  // true would be 1, and close the output.
  if (typeof fd === 'boolean') throw new TypeError('close(): fd must be a whole number, not bool: sock.fileno()')
  const number = cInt(fd, 'fd')
  unwatch(number)
  const result = sys.close(number)
  if (result < 0) throw systemError(-result, { call: 'close', fd: number })
}
