/**
 * What goes behind the system's text of an error: which address, and what to look at.
 *
 * Knows errors and addresses; who holds a port is asked of open-sockets.ts and port-holder.ts.
 */
import * as E from '../errors/errno.ts'
import { type ErrorDetails, OSError } from '../errors/os-error.ts'
import { host } from '../wait/index.ts'
import { showAddress } from './addresses.ts'
import { SocketKind } from './families.ts'
import * as sys from './native/syscalls.ts'
import { SOCK_CLOEXEC } from './native/system.ts'
import { holderOf } from './open-sockets.ts'
import { portHolder } from './port-holder.ts'

/** What an error is about. */
export interface Circumstances {
  /** The call, by its manual page's name. */
  readonly call: string
  /** The address it was given, or the peer's. */
  readonly address?: unknown
  readonly listening?: boolean
  /** Bytes in one datagram. */
  readonly size?: number
  readonly fd?: number
  /** The end of a `using` has closed it. */
  readonly byUsing?: boolean
  /** Descriptors go with the message: one of them may be the bad one. */
  readonly carries?: boolean
  /** Is it a socket for datagrams? Has it SO_REUSEADDR? */
  readonly datagrams?: boolean
  readonly reuses?: boolean
  /** Seconds that an option of the socket allows to wait, and that are over. */
  readonly limit?: number
  /** What is known of an option that was refused. */
  readonly advice?: string | undefined
}

/** How many lines a stack has by V8's own choice, and what a file's calls need for its user's line to be among them. */
const [USUAL, ENOUGH] = [10, 20]

/** Makes an error: below a file of `makefile()` the ten usual lines of its stack would all be this library's own. */
export function placed<E extends Error>(make: () => E): E {
  // Whoever has chosen a number of lines gets that.
  if (Error.stackTraceLimit !== USUAL) return make()
  Error.stackTraceLimit = ENOUGH
  try {
    return make()
  } finally {
    Error.stackTraceLimit = USUAL
  }
}

/** The error of a failed call: Python's class and text, then what helps. */
export function systemError(errno: number, about: Circumstances): OSError {
  const details: ErrorDetails = { syscall: about.call }
  if (about.address !== undefined && about.address !== null) details.address = about.address
  const hint = hintFor(errno, about)
  if (hint) details.hint = hint
  return placed(() => new OSError(errno, undefined, details))
}

const TOO_MANY =
  'this program has too many files and sockets open: close those no longer needed (lab.sockets() lists them)'

/**
 * What to say of a look-up that found nothing, if no descriptor is left: it could neither read its files nor ask anybody,
 * and what it tells then is that there is no such name.
 */
export function descriptorsUsedUp(): string | undefined {
  const fd = sys.eventfd(0, SOCK_CLOEXEC)
  if (fd >= 0) sys.close(fd)
  return fd === -E.EMFILE ? TOO_MANY : undefined
}

/** Why the end of the stream does not come, as it would in CPython, where a file is closed when nobody holds it. */
export const KEPT =
  '; the other end was closed, but a file of its makefile() keeps it open: close that, too (`using file = …`)'

/** What did not happen in time: the beginning of a time-out's hint. */
export function timeUp(operation: string, address: unknown): string {
  const where = address ? showAddress(address) : undefined
  if (operation === 'accept') return 'nobody connected'
  if (operation.startsWith('send')) return `${where ?? 'the other side'} takes no more data`
  const what = operation === 'connect' ? 'no answer' : 'nothing came'
  return where ? `${what} from ${where}` : what
}

function hintFor(errno: number, about: Circumstances): string | undefined {
  const { call, address } = about
  // A UNIX socket that was never bound has no name: ''.
  const where = address === undefined || address === null || address === '' ? undefined : showAddress(address)
  const peer = address === '' ? 'the other side' : where
  if (about.limit !== undefined) {
    const option = call === 'connect' || call.startsWith('send') ? 'SO_SNDTIMEO' : 'SO_RCVTIMEO'
    return `${timeUp(call, address)} within the ${about.limit} s of ${option}`
  }
  if (about.advice !== undefined) return about.advice
  switch (errno) {
    case E.ECONNREFUSED:
      return refused(about, where)
    case E.EADDRINUSE:
      if (call === 'setsockopt') return 'this socket has joined that group there already'
      return call === 'bind' || call === 'listen' ? inUse(address, about) : `${where} is in use`
    case E.EADDRNOTAVAIL:
      if (call === 'setsockopt')
        return 'no interface of this machine has that address, or the group to leave was not joined there'
      if (call !== 'bind') return where && `${where} cannot be reached from this socket's own address`
      return `this machine has no address ${hostOf(address)}: '${isIpv6(address) ? '::1' : '127.0.0.1'}' means this machine alone, '' every address it has`
    case E.EACCES:
      if (call === 'socket')
        return "pings by SOCK_DGRAM are for the groups that the system's net.ipv4.ping_group_range names"
      return forbidden(call, address, where)
    case E.EPERM:
      return forbidden(call, address, where)
    case E.ENOTCONN:
      if (about.listening) return `this socket listens: ${call} on the one that accept() gives`
      return call === 'shutdown'
        ? 'it is not connected, or the other side has gone'
        : peer && !about.datagrams
          ? `the connection with ${peer} has ended, or is not made yet`
          : 'connect() or accept() comes first'
    case E.EDESTADDRREQ:
      return 'say where to: sendto(data, address), or connect() first'
    case E.EPIPE:
      if (about.listening) return `this socket listens: ${call} on the one that accept() gives`
      // The address is where it was to go, and says nothing of a connection.
      if (call === 'sendto')
        return 'a stream socket (TCP) sends over its connection, which is closed or was never made: connect() first, or make a SOCK_DGRAM socket'
      return peer
        ? `${peer} has closed the connection, or this side has shut down`
        : 'this side has shut down, or was never connected'
    case E.ECONNRESET:
      return `${peer ?? 'the other side'} cut the connection: its program ended, or closed with data still unread`
    case E.EBADF:
      if (about.carries && about.fd !== undefined && about.fd >= 0) return 'one of the descriptors to send is not open'
      return about.fd !== undefined && about.fd >= 0
        ? `nothing is open as descriptor ${about.fd}`
        : `the socket is closed${about.byUsing ? ': its `using` has ended' : ''}`
    case E.EOPNOTSUPP:
      return call === 'listen' || call === 'accept' ? 'only a stream socket, TCP, has connections to wait for' : where
    case E.EINVAL:
      if (call === 'accept')
        return about.listening ? 'this socket was shut down: make a new one' : 'call listen() first'
      if (call.startsWith('send') && where?.endsWith(':0'))
        return 'port 0 means "any" to bind alone: send to what getsockname() of the receiver says'
      if (isLinkless(address))
        return `${where} is an address on a link: say on which: [host, port, 0, socket.if_nametoindex('eth0')] or 'fe80::1%eth0'`
      if (call === 'bind') return where && 'a socket is bound once, and before it listens or connects'
      return undefined
    case E.ECONNABORTED:
      return call === 'connect'
        ? `the connect before this one failed, and Linux says so once: call connect() for ${where} again, or make a new socket`
        : peer
    case E.EISCONN:
      return call === 'connect' ? `a socket connects once: make a new one for ${where}` : undefined
    case E.EMSGSIZE:
      return about.size === undefined ? undefined : tooLong(about.size, address)
    case E.ENODEV:
      return call === 'setsockopt'
        ? "there is no such interface, or no route tells which one leads to that group: name one (socket.if_nameindex() lists them), by its own address, or 127.0.0.1 for this machine's"
        : where
    case E.EMFILE:
      return TOO_MANY
    case E.EAFNOSUPPORT:
      return call === 'socket' ? 'this system does not know the address family (IPv6 may be switched off)' : where
    case E.ENETUNREACH:
    case E.EHOSTUNREACH:
      return `no route to ${where ?? 'it'} from this machine`
    case E.EAGAIN:
      return `${call} would have to wait, and the socket is non-blocking`
    case E.EINPROGRESS:
      return `connecting to ${where} goes on; the socket is non-blocking, so connect does not wait for it`
    case E.EALREADY:
      return `connecting to ${where} is going on already`
    case E.ETIMEDOUT:
      return `${where ?? 'the other side'} did not answer`
    case E.ENOENT:
      return (
        where && (call === 'bind' ? `the folder of ${where} does not exist` : `no socket has been bound to ${where}`)
      )
    default:
      return where
  }
}

function tooLong(size: number, address: unknown): string {
  if (typeof address === 'string')
    return `${size} bytes do not fit into the sender's buffer at once: SO_SNDBUF says how many do`
  const [name, most, headers] = isIpv6(address) ? ['IPV6', 65527, 48] : ['IP', 65507, 28]
  if (size > most)
    return `a UDP datagram carries at most ${most} bytes over ${name === 'IP' ? 'IPv4' : 'IPv6'}, not ${size}`
  // What could be cut into packets is not to be.
  return `${size} bytes do not fit into one packet on that way, and ${name}_MTU_DISCOVER lets none be cut: once connected, getsockopt(IPPROTO_${name}, ${name}_MTU) - ${headers} says how many do`
}

function refused({ call, address, datagrams }: Circumstances, where: string | undefined): string {
  // A UNIX socket, which has perhaps no name, or none any more.
  if (call !== 'connect' && !Array.isArray(address)) return `${address ? where : 'the other side'} is closed`
  if (call !== 'connect' && datagrams) return `nothing listens on ${where}: an earlier datagram came back`
  if (where?.endsWith(':0')) return 'port 0 means "any" to bind alone: connect to what getsockname() of the server says'
  const holder = holderOf(address)
  if (holder?.type === SocketKind.SOCK_DGRAM && typeof address === 'string')
    return `no stream socket listens on ${where}; a SOCK_DGRAM one has that name: is it that and sendto that you want?`
  if (holder?.type === SocketKind.SOCK_DGRAM)
    return `nothing listens on ${where} by TCP; a UDP socket has that port: is it SOCK_DGRAM and sendto that you want?`
  if (holder?.listening)
    return `nothing listened on ${where} at that moment; it does now: wait until the server is ready`
  // What a server has accepted keeps its address after it.
  if (holder && (holder.peer() ?? holder.knownPeer))
    return `nothing listens on ${where}, where only a connection is left: has its server been closed?`
  if (holder) return `${where} is bound, and does not listen yet: listen() comes first`
  const inCell = host.describe(host.scope()) !== undefined
  return `nothing listens on ${where}: ${inCell ? "has the server's cell run?" : 'has the server been started?'}`
}

function inUse(address: unknown, about: Circumstances): string {
  const where = showAddress(address)
  const isFile = typeof address === 'string' && !address.startsWith('\0')
  if (isFile) return `${where} exists: remove the file that an earlier server left, then bind again`
  const holder = holderOf(address)
  // TCP's ports and UDP's are not the same.
  const isOther = holder && (holder.type === SocketKind.SOCK_DGRAM) !== (about.datagrams ?? false)
  if ((!holder || isOther) && typeof address === 'string')
    return `${where} is taken: another program's socket has that name: choose another one`
  if (!holder || isOther) return heldElsewhere(where, Array.isArray(address) ? Number(address[1]) : 0, about)
  const cell = host.describe(holder.scope)
  const kind = holder.listening ? 'server' : 'socket'
  if (cell === undefined) return `${where} is still held by a ${kind} of this program (fd=${holder.fd}): close it first`
  return `${where} is still held by the ${kind} that ${cell} opened: close it, or call lab.closeAll()`
}

/** Not one of this program's sockets. What to do depends on who it is: SO_REUSEADDR never shares a port. */
function heldElsewhere(where: string, port: number, { datagrams = false, reuses = false }: Circumstances): string {
  const holder = portHolder(port, datagrams)
  if (holder?.how === 'remembered') {
    return reuses
      ? `${where} is remembered for a minute after an earlier server's connections, which had not set SO_REUSEADDR: ` +
          'wait, or bind port 0, which takes any free one'
      : `${where} is remembered for a minute after an earlier server's connections (TIME_WAIT): ` +
          'setsockopt(SOL_SOCKET, SO_REUSEADDR, 1) before bind, in every server, avoids that; ' +
          'now wait, or bind port 0, which takes any free one'
  }
  const does = holder && !datagrams ? 'listens there' : 'holds it'
  const program = holder?.program
  if (program?.pid === process.pid) {
    return `${where} is taken: this program ${does}, by a server that is Node's own: close that, or bind port 0, which takes any free one`
  }
  if (program?.twin && host.describe(host.scope()) !== undefined) {
    return `${where} is taken: another notebook (process ${program.pid}) ${does}: close it there, or bind port 0, which takes any free one`
  }
  const who = program ? `${program.name} (process ${program.pid})` : 'another program'
  const look = program ? '' : ` (ss -${datagrams ? 'lunp' : 'ltnp'} in a terminal shows which)`
  return `${where} is taken: ${who} ${does}${look}: end it, or bind port 0, which takes any free one`
}

function forbidden(call: string, address: unknown, where: string | undefined): string | undefined {
  if (call === 'socket') return 'raw sockets need the right CAP_NET_RAW: run as root'
  const port = Array.isArray(address) ? Number(address[1]) : 0
  if (call === 'bind' && port > 0 && port < 1024) {
    return `ports below 1024 belong to the administrator: choose one from 1024 to 65535, or 0 for any free one`
  }
  if (Array.isArray(address) && String(address[0]).endsWith('255')) {
    return `${where} is a broadcast address: allow it by setsockopt(SOL_SOCKET, SO_BROADCAST, 1)`
  }
  return where
}

/** An IPv6 address that means something on one interface only (fe80::/10, ff02::…), and none is named. */
const isLinkless = (address: unknown): boolean =>
  Array.isArray(address) && /^(?:fe[89ab]|ff[0-9a-f]2)/i.test(String(address[0])) && address[3] === 0

/** Does IPv6 carry it? Not what is mapped: ::ffff:127.0.0.1 is IPv4. */
const isIpv6 = (address: unknown): boolean =>
  /^(?!::ffff:.*\.).*:/i.test(Array.isArray(address) ? String(address[0]) : '')

const hostOf = (address: unknown): string => (Array.isArray(address) ? String(address[0]) : String(address))
