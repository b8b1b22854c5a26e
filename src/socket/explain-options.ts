/**
 * What is said of an option that the system refuses, which tells no more than a number: what its value is made of, where
 * its numbers end, and to which level or kind of socket it belongs.
 */
import * as E from '../errors/errno.ts'
import * as I from './constants/internet.ts'
import * as S from './constants/socket-options.ts'
import * as T from './constants/transport.ts'
import { AddressFamily, SocketKind } from './families.ts'

/** A call of setsockopt or getsockopt that has failed. */
export interface FailedOption {
  readonly call: 'setsockopt' | 'getsockopt'
  readonly level: number
  readonly option: number
  /** What it was to become, if it was given; a number has 4 bytes. */
  readonly value?: number | Uint8Array | undefined
  readonly family: AddressFamily
  readonly type: SocketKind
}

const { SOL_SOCKET } = S
const { IPPROTO_IP, IPPROTO_IPV6, IPPROTO_TCP } = I

const GROUP = "Buffer.concat([socket.inet_aton(group), socket.inet_aton('127.0.0.1')])"
const GROUP6 =
  'Buffer.concat([socket.inet_pton(socket.AF_INET6, group), struct.pack("I", socket.if_nametoindex("lo"))])'
const SOURCE = 'struct.pack("4s4s4s", group, interface, source), each by socket.inet_aton(…)'
const LIMIT = 'struct.pack("ll", seconds, microseconds); settimeout(seconds) is simpler'

/** Options that are no number: how many bytes, and what makes them. */
const STRUCTS = new Map<string, [name: string, size: number, made: string]>([
  [key(SOL_SOCKET, S.SO_LINGER), ['SO_LINGER', 8, 'struct.pack("ii", on, seconds)']],
  [key(SOL_SOCKET, S.SO_RCVTIMEO), ['SO_RCVTIMEO', 16, LIMIT]],
  [key(SOL_SOCKET, S.SO_SNDTIMEO), ['SO_SNDTIMEO', 16, LIMIT]],
  [key(IPPROTO_IP, I.IP_ADD_MEMBERSHIP), ['IP_ADD_MEMBERSHIP', 8, GROUP]],
  [key(IPPROTO_IP, I.IP_DROP_MEMBERSHIP), ['IP_DROP_MEMBERSHIP', 8, GROUP]],
  [key(IPPROTO_IP, I.IP_ADD_SOURCE_MEMBERSHIP), ['IP_ADD_SOURCE_MEMBERSHIP', 12, SOURCE]],
  [key(IPPROTO_IPV6, I.IPV6_JOIN_GROUP), ['IPV6_JOIN_GROUP', 20, GROUP6]],
  [key(IPPROTO_IPV6, I.IPV6_LEAVE_GROUP), ['IPV6_LEAVE_GROUP', 20, GROUP6]],
])

/** Where the numbers of an option begin and end, tcp(7), ip(7), ipv6(7). */
const RANGES = new Map<string, [name: string, least: number, most: number]>([
  [key(IPPROTO_IP, I.IP_TTL), ['IP_TTL', 1, 255]],
  [key(IPPROTO_IP, I.IP_MULTICAST_TTL), ['IP_MULTICAST_TTL', 0, 255]],
  [key(IPPROTO_IPV6, I.IPV6_UNICAST_HOPS), ['IPV6_UNICAST_HOPS', 0, 255]],
  [key(IPPROTO_IPV6, I.IPV6_MULTICAST_HOPS), ['IPV6_MULTICAST_HOPS', 0, 255]],
  [key(IPPROTO_TCP, T.TCP_KEEPIDLE), ['TCP_KEEPIDLE', 1, 32767]],
  [key(IPPROTO_TCP, T.TCP_KEEPINTVL), ['TCP_KEEPINTVL', 1, 32767]],
  [key(IPPROTO_TCP, T.TCP_KEEPCNT), ['TCP_KEEPCNT', 1, 127]],
  [key(IPPROTO_TCP, T.TCP_MAXSEG), ['TCP_MAXSEG', 88, 32767]],
  [key(IPPROTO_TCP, T.TCP_USER_TIMEOUT), ['TCP_USER_TIMEOUT', 0, 2 ** 31 - 1]],
])

const READ_ONLY = new Map([
  [S.SO_ERROR, 'SO_ERROR'],
  [S.SO_TYPE, 'SO_TYPE'],
  [S.SO_PROTOCOL, 'SO_PROTOCOL'],
  [S.SO_DOMAIN, 'SO_DOMAIN'],
  [S.SO_ACCEPTCONN, 'SO_ACCEPTCONN'],
  [S.SO_PEERCRED, 'SO_PEERCRED'],
])

function key(level: number, option: number): string {
  return `${level} ${option}`
}

/** What to say of it; undefined where nothing is known. */
export function optionAdvice(errno: number, failed: FailedOption): string | undefined {
  const { level, option, call } = failed
  switch (errno) {
    case E.EINVAL:
      return call === 'setsockopt' ? refusedValue(failed) : undefined
    case E.ENOPROTOOPT:
    case E.EOPNOTSUPP:
      if (call === 'setsockopt' && level === SOL_SOCKET && READ_ONLY.has(option))
        return `${READ_ONLY.get(option)} can only be read, by getsockopt`
      return otherKind(failed) ?? (errno === E.ENOPROTOOPT ? noSuchOption(failed) : undefined)
    case E.EACCES:
      return level === SOL_SOCKET && option === S.SO_DEBUG
        ? `option ${option} of SOL_SOCKET is SO_DEBUG, for root alone; the level of TCP_NODELAY is IPPROTO_TCP`
        : undefined
    case E.EPERM:
      return 'this option is for the administrator: run as root'
    case E.ENODEV:
      return level === SOL_SOCKET ? 'there is no such interface: socket.if_nameindex() lists them' : undefined
    case E.ENOENT:
      return level === IPPROTO_TCP && option === T.TCP_CONGESTION
        ? 'this system has none of that name: /proc/sys/net/ipv4/tcp_available_congestion_control lists them'
        : undefined
    default:
      return undefined
  }
}

function refusedValue({ level, option, value, family }: FailedOption): string | undefined {
  const size = value === undefined ? undefined : typeof value === 'number' ? 4 : value.length
  const [struct, bytes = 0, made] = STRUCTS.get(key(level, option)) ?? []
  if (struct && size !== undefined && size < bytes) {
    const given = typeof value === 'number' ? 'not a number' : `not ${size}`
    return `${struct} takes ${bytes} bytes, ${given}: ${made}`
  }
  if (level === IPPROTO_IP && struct && value instanceof Uint8Array && (value[0]! < 224 || value[0]! > 239))
    return `${[...value.subarray(0, 4)].join('.')} is no multicast group: those are 224.0.0.0 to 239.255.255.255`
  const [name, least = 0, most = 0] = RANGES.get(key(level, option)) ?? []
  const number = typeof value === 'number' ? value : size === 4 ? numberOf(value as Uint8Array) : undefined
  if (name && number !== undefined && (number < least || number > most)) {
    const turned =
      typeof value === 'number' ? '' : ' (an option has the byte order of this machine: struct.pack("i", n))'
    return `${name} takes ${least} to ${most}, not ${number}${turned}`
  }
  if (level === IPPROTO_IPV6 && option === I.IPV6_V6ONLY && family === AddressFamily.AF_INET6)
    return 'IPV6_V6ONLY is set before bind'
  return size !== undefined && size < 4 ? `the option is an int of 4 bytes, not ${size}: give a number` : undefined
}

const numberOf = (value: Uint8Array): number => new DataView(value.buffer, value.byteOffset).getInt32(0, true)

/** An option of a level that this socket has not. */
function otherKind({ level, family, type }: FailedOption): string | undefined {
  const isInternet = family === AddressFamily.AF_INET || family === AddressFamily.AF_INET6
  if (level === IPPROTO_TCP && !(isInternet && type === SocketKind.SOCK_STREAM))
    return `the options of IPPROTO_TCP are for TCP sockets, and this is ${isInternet ? 'none' : `one of ${AddressFamily[family]}`}`
  if (level === IPPROTO_IPV6 && family !== AddressFamily.AF_INET6)
    return `the options of IPPROTO_IPV6 are for AF_INET6 sockets, and this is one of ${AddressFamily[family]}`
  if (level === IPPROTO_IP && !isInternet)
    return `the options of IPPROTO_IP are for AF_INET sockets, and this is one of ${AddressFamily[family]}`
  return undefined
}

const LEVELS = new Map([
  [SOL_SOCKET, 'SOL_SOCKET'],
  [IPPROTO_IP, 'IPPROTO_IP'],
  [IPPROTO_IPV6, 'IPPROTO_IPV6'],
  [IPPROTO_TCP, 'IPPROTO_TCP'],
])

/** Also one that is there for reading only, or for writing only. */
const noSuchOption = ({ level, option, call }: FailedOption): string =>
  `${LEVELS.get(level) ?? `level ${level}`} has no option ${option} to ${call === 'setsockopt' ? 'set' : 'read'} here: options SO_… belong to SOL_SOCKET, TCP_… to IPPROTO_TCP, IP_… to IPPROTO_IP, IPV6_… to IPPROTO_IPV6`
