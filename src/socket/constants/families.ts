/**
 * AF_* and SOCK_* as names of their own: `socket.AF_INET` is `AddressFamily.AF_INET`.
 */

import { AddressFamily, SocketKind } from '../families.ts'

/** No family in particular: getaddrinfo gives addresses of every one. */
export const AF_UNSPEC = AddressFamily.AF_UNSPEC
/** Sockets within this machine, with a path for a name: `'chat.sock'`. @see unix(7) */
export const AF_UNIX = AddressFamily.AF_UNIX
/** IPv4, with addresses `['127.0.0.1', 5000]`. @see ip(7) */
export const AF_INET = AddressFamily.AF_INET
export const AF_AX25 = AddressFamily.AF_AX25
export const AF_IPX = AddressFamily.AF_IPX
export const AF_APPLETALK = AddressFamily.AF_APPLETALK
export const AF_NETROM = AddressFamily.AF_NETROM
export const AF_BRIDGE = AddressFamily.AF_BRIDGE
export const AF_ATMPVC = AddressFamily.AF_ATMPVC
export const AF_X25 = AddressFamily.AF_X25
/** IPv6, with addresses `['::1', 5000]`. @see ipv6(7) */
export const AF_INET6 = AddressFamily.AF_INET6
export const AF_ROSE = AddressFamily.AF_ROSE
export const AF_DECnet = AddressFamily.AF_DECnet
export const AF_NETBEUI = AddressFamily.AF_NETBEUI
export const AF_SECURITY = AddressFamily.AF_SECURITY
export const AF_KEY = AddressFamily.AF_KEY
export const AF_ROUTE = AddressFamily.AF_ROUTE
/** Talking with the system itself: interfaces, routes. @see netlink(7) */
export const AF_NETLINK = AddressFamily.AF_NETLINK
/** Whole packets of an interface, as root. @see packet(7) */
export const AF_PACKET = AddressFamily.AF_PACKET
export const AF_ASH = AddressFamily.AF_ASH
export const AF_ECONET = AddressFamily.AF_ECONET
export const AF_ATMSVC = AddressFamily.AF_ATMSVC
export const AF_RDS = AddressFamily.AF_RDS
export const AF_SNA = AddressFamily.AF_SNA
export const AF_IRDA = AddressFamily.AF_IRDA
export const AF_PPPOX = AddressFamily.AF_PPPOX
export const AF_WANPIPE = AddressFamily.AF_WANPIPE
export const AF_LLC = AddressFamily.AF_LLC
export const AF_CAN = AddressFamily.AF_CAN
export const AF_TIPC = AddressFamily.AF_TIPC
export const AF_BLUETOOTH = AddressFamily.AF_BLUETOOTH
export const AF_ALG = AddressFamily.AF_ALG
export const AF_VSOCK = AddressFamily.AF_VSOCK
export const AF_QIPCRTR = AddressFamily.AF_QIPCRTR
/** A connection that carries a stream of bytes, all of them and in order: TCP. */
export const SOCK_STREAM = SocketKind.SOCK_STREAM
/** Single messages, each for itself, which may get lost: UDP. */
export const SOCK_DGRAM = SocketKind.SOCK_DGRAM
/** Packets with a header made by hand, as root. @see raw(7) */
export const SOCK_RAW = SocketKind.SOCK_RAW
export const SOCK_RDM = SocketKind.SOCK_RDM
/** A connection that carries messages whole, none lost and in order. */
export const SOCK_SEQPACKET = SocketKind.SOCK_SEQPACKET
/** Or-ed to a type: non-blocking. Sockets here always are; Python's behaviour is kept. */
export const SOCK_NONBLOCK = SocketKind.SOCK_NONBLOCK
/** Or-ed to a type: closed in a program started by exec(3). Sockets here always are. */
export const SOCK_CLOEXEC = SocketKind.SOCK_CLOEXEC
