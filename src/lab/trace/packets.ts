/**
 * IP packets with TCP segments and UDP datagrams in them, checksums included: RFC 791, 8200, 9293, 768, 1071.
 *
 * Knows nothing of conversations.
 */
import { parseInet4, parseInet6 } from '../../socket/sockaddr.ts'

export interface Address {
  readonly host: string
  readonly port: number
}

export const FIN = 0x01
export const SYN = 0x02
export const RST = 0x04
export const PSH = 0x08
export const ACK = 0x10

const TCP = 6
const UDP = 17

/** Maximum segment size 65,483 (as on the loopback interface), window scale 7. */
const SYN_OPTIONS = Buffer.from([2, 4, 0xff, 0xcb, 3, 3, 10, 1])

export interface Segment {
  readonly seq: number
  readonly ack: number
  readonly flags: number
}

/** One TCP segment in its IP packet; undefined: an address that has no packets. */
export function tcpPacket(from: Address, to: Address, segment: Segment, data: Uint8Array): Buffer | undefined {
  const options = segment.flags & SYN ? SYN_OPTIONS : Buffer.alloc(0)
  const header = Buffer.alloc(20)
  header.writeUInt16BE(from.port, 0)
  header.writeUInt16BE(to.port, 2)
  header.writeUInt32BE(segment.seq >>> 0, 4)
  header.writeUInt32BE(segment.flags & ACK ? segment.ack >>> 0 : 0, 8)
  header[12] = ((20 + options.length) / 4) << 4
  header[13] = segment.flags
  header.writeUInt16BE(65_535, 14)
  return ipPacket(from.host, to.host, TCP, Buffer.concat([header, options, data]), 16)
}

/** One UDP datagram in its IP packet. */
export function udpPacket(from: Address, to: Address, data: Uint8Array): Buffer | undefined {
  const header = Buffer.alloc(8)
  header.writeUInt16BE(from.port, 0)
  header.writeUInt16BE(to.port, 2)
  header.writeUInt16BE(8 + data.length, 4)
  return ipPacket(from.host, to.host, UDP, Buffer.concat([header, data]), 6)
}

function ipPacket(from: string, to: string, protocol: number, payload: Buffer, checksumAt: number): Buffer | undefined {
  const [from4, to4] = [inet4(from), inet4(to)]
  if (from4 && to4) {
    fillChecksum(payload, checksumAt, protocol, [from4, to4])
    const header = Buffer.alloc(20)
    header[0] = 0x45
    header.writeUInt16BE(20 + payload.length, 2)
    header.writeUInt16BE(0x4000, 6) // do not fragment
    header[8] = 64
    header[9] = protocol
    from4.copy(header, 12)
    to4.copy(header, 16)
    header.writeUInt16BE(checksum([header]), 10)
    return Buffer.concat([header, payload])
  }
  const [from6, to6] = [parseInet6(from), parseInet6(to)]
  if (!from6 || !to6) return undefined
  fillChecksum(payload, checksumAt, protocol, [from6, to6])
  const header = Buffer.alloc(40)
  header[0] = 0x60
  header.writeUInt16BE(payload.length, 4)
  header[6] = protocol
  header[7] = 64
  from6.copy(header, 8)
  to6.copy(header, 24)
  return Buffer.concat([header, payload])
}

/** An IPv4 address' bytes; one that an IPv6 socket sees (`::ffff:127.0.0.1`) is IPv4 on the wire. */
function inet4(host: string): Buffer | undefined {
  const value = parseInet4(host.replace(/^::ffff:(?=\d+\.)/, ''))
  if (value < 0) return undefined
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

/** Over a pseudo header of addresses, length and protocol, and the payload itself. */
function fillChecksum(payload: Buffer, at: number, protocol: number, addresses: readonly Buffer[]): void {
  const pseudo = Buffer.alloc(8)
  pseudo.writeUInt32BE(payload.length, 0)
  pseudo[7] = protocol
  const sum = checksum([...addresses, pseudo, payload])
  // A UDP checksum of zero would mean: none was made.
  payload.writeUInt16BE(sum === 0 && protocol === UDP ? 0xffff : sum, at)
}

/** The Internet checksum; every part but the last has an even length. */
function checksum(parts: readonly Buffer[]): number {
  let sum = 0
  for (const part of parts) {
    for (let at = 0; at < part.length; at += 2) sum += (part[at]! << 8) | (part[at + 1] ?? 0)
  }
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000)
  return ~sum & 0xffff
}
