/**
 * TCP_INFO as an object: what the kernel knows about one connection. struct tcp_info of linux/tcp.h; fields that an
 * older kernel does not give are 0.
 */
import { IPPROTO_TCP } from './constants/internet.ts'
import { TCP_INFO } from './constants/transport.ts'
import type { Socket } from './socket.ts'
import { SocketBase } from './socket-base.ts'
import { typeName } from './type-name.ts'

/** The states of a TCP connection, tcp(7). */
export enum TcpState {
  ESTABLISHED = 1,
  SYN_SENT = 2,
  SYN_RECV = 3,
  FIN_WAIT1 = 4,
  FIN_WAIT2 = 5,
  TIME_WAIT = 6,
  CLOSE = 7,
  CLOSE_WAIT = 8,
  LAST_ACK = 9,
  LISTEN = 10,
  CLOSING = 11,
}

/** Each field: its place in the struct, and how many bytes it has. */
const LAYOUT = {
  /** As a TcpState. */
  state: [0, 1],
  caState: [1, 1],
  /** Times the last segment has been sent again without an answer. */
  retransmits: [2, 1],
  probes: [3, 1],
  backoff: [4, 1],
  options: [5, 1],
  /** Microseconds until a segment without an answer is sent again. */
  rto: [8, 4],
  ato: [12, 4],
  /** Bytes in the largest segment sent, and received. */
  sndMss: [16, 4],
  rcvMss: [20, 4],
  /**
   * Segments sent and not yet acknowledged; those lost; those sent again. Of a listening socket: `unacked` connections
   * wait to be accepted, and `sacked` may (its backlog).
   */
  unacked: [24, 4],
  sacked: [28, 4],
  lost: [32, 4],
  retrans: [36, 4],
  fackets: [40, 4],
  /** Milliseconds since. */
  lastDataSent: [44, 4],
  lastAckSent: [48, 4],
  lastDataRecv: [52, 4],
  lastAckRecv: [56, 4],
  pmtu: [60, 4],
  rcvSsthresh: [64, 4],
  /** Microseconds of a round trip: the smoothed mean, and how much it varies. */
  rtt: [68, 4],
  rttvar: [72, 4],
  sndSsthresh: [76, 4],
  /** Segments that may be under way at once. */
  sndCwnd: [80, 4],
  advmss: [84, 4],
  reordering: [88, 4],
  rcvRtt: [92, 4],
  rcvSpace: [96, 4],
  /** Segments sent again since the connection began. */
  totalRetrans: [100, 4],
  pacingRate: [104, 8],
  maxPacingRate: [112, 8],
  bytesAcked: [120, 8],
  bytesReceived: [128, 8],
  segsOut: [136, 4],
  segsIn: [140, 4],
  notsentBytes: [144, 4],
  /** Microseconds of the shortest round trip. */
  minRtt: [148, 4],
  dataSegsIn: [152, 4],
  dataSegsOut: [156, 4],
  /** Bytes a second. */
  deliveryRate: [160, 8],
  busyTime: [168, 8],
  rwndLimited: [176, 8],
  sndbufLimited: [184, 8],
  delivered: [192, 4],
  deliveredCe: [196, 4],
  bytesSent: [200, 8],
  bytesRetrans: [208, 8],
  dsackDups: [216, 4],
  reordSeen: [220, 4],
  rcvOoopack: [224, 4],
  sndWnd: [228, 4],
} as const satisfies Record<string, readonly [offset: number, size: 1 | 4 | 8]>

const SIZE = 232

/** What the kernel knows about one TCP connection; times in microseconds, unless they begin with `last`. */
export type TcpInfo = { [Field in keyof typeof LAYOUT]: Field extends 'state' ? TcpState : number }

/**
 * The kernel's statistics of a TCP connection: round-trip time, window, retransmissions.
 *
 * @throws {OSError} not a TCP socket
 * @example console.log(socket.tcpInfo(conn).rtt, 'µs')
 * @see tcp(7), TCP_INFO
 */
export function tcpInfo(sock: Socket): TcpInfo {
  if (!(sock instanceof SocketBase)) throw new TypeError(`tcpInfo() argument 1 must be a socket, not ${typeName(sock)}`)
  const given = sock.getsockopt(IPPROTO_TCP, TCP_INFO, SIZE)
  const bytes = Buffer.alloc(SIZE)
  given.copy(bytes)
  const read = ([offset, size]: readonly [number, number]): number => {
    if (size === 1) return bytes.readUInt8(offset)
    return size === 4 ? bytes.readUInt32LE(offset) : Number(bytes.readBigUInt64LE(offset))
  }
  return Object.fromEntries(Object.entries(LAYOUT).map(([field, place]) => [field, read(place)])) as TcpInfo
}
