/**
 * Numbers and addresses between this machine's order of bytes and the network's: htons and its kin, inet_aton and its.
 */

import { EAFNOSUPPORT } from '../errors/errno.ts'
import { OSError } from '../errors/os-error.ts'
import { cText, integer } from './arguments.ts'
import { AddressFamily } from './families.ts'
import { foreign, type Pointer } from './native/library.ts'
import { formatInet6, parseInet4, parseInet6 } from './sockaddr.ts'
import { typeName } from './type-name.ts'

const c_inet_aton = foreign<(text: string, into: Pointer) => number>('int inet_aton(const char *cp, void *inp)')

/** Linux on x64 and arm64 keeps the lowest byte first. */
const swap16 = (value: number): number => ((value & 0xff) << 8) | (value >>> 8)
const swap32 = (value: number): number =>
  (((value & 0xff) << 24) | ((value & 0xff00) << 8) | ((value >>> 8) & 0xff00) | (value >>> 24)) >>> 0

function unsigned16(value: unknown, call: string): number {
  const number = integer(value)
  if (number < 0) throw new RangeError(`${call}: can't convert negative Python int to C 16-bit unsigned integer`)
  if (number > 0xffff) throw new RangeError(`${call}: Python int too large to convert to C 16-bit unsigned integer`)
  return number
}

function unsigned32(value: unknown): number {
  if (typeof value !== 'boolean' && !Number.isInteger(value)) {
    throw new TypeError(`expected int, ${typeName(value)} found`)
  }
  const number = Number(value)
  if (number < 0) throw new RangeError("can't convert negative value to unsigned int")
  if (number > 0xffffffff) throw new RangeError('int larger than 32 bits')
  return number
}

/** A 16-bit number (a port) from this machine's order of bytes to the network's. @see htons(3) */
export const htons = (x: number): number => swap16(unsigned16(x, 'htons'))
/** A 16-bit number (a port) from the network's order of bytes to this machine's. @see ntohs(3) */
export const ntohs = (x: number): number => swap16(unsigned16(x, 'ntohs'))
/** A 32-bit number (an IPv4 address) from this machine's order of bytes to the network's. @see htonl(3) */
export const htonl = (x: number): number => swap32(unsigned32(x))
/** A 32-bit number (an IPv4 address) from the network's order of bytes to this machine's. @see ntohl(3) */
export const ntohl = (x: number): number => swap32(unsigned32(x))

/**
 * An IPv4 address as its four bytes. Takes old shorthands too (`'127.1'`): `inet_pton` does not.
 *
 * @throws {OSError} not an address
 * @example socket.inet_aton('127.0.0.1') // b'\x7f\x00\x00\x01'
 * @see inet_aton(3)
 */
export function inet_aton(ip_string: string): Buffer {
  const bytes = Buffer.alloc(4)
  if (c_inet_aton(text(ip_string, 'inet_aton', 1), bytes) === 0) {
    throw new OSError('illegal IP address string passed to inet_aton')
  }
  return bytes
}

/**
 * Four bytes as an IPv4 address.
 *
 * @throws {OSError} not four bytes
 * @example socket.inet_ntoa(Buffer.from([127, 0, 0, 1])) // '127.0.0.1'
 * @see inet_ntoa(3)
 */
export function inet_ntoa(packed_ip: Uint8Array): string {
  if (packed(packed_ip).length !== 4) throw new OSError('packed IP wrong length for inet_ntoa')
  return packed_ip.join('.')
}

/**
 * An address of either family as its 4 or 16 bytes.
 *
 * @throws {OSError} not an address of that family
 * @example socket.inet_pton(socket.AF_INET6, '::1')
 * @see inet_pton(3)
 */
export function inet_pton(address_family: number, ip_string: string): Buffer {
  const host = text(ip_string, 'inet_pton', 2)
  if (integer(address_family) === AddressFamily.AF_INET) {
    const value = parseInet4(host)
    if (value < 0) throw new OSError('illegal IP address string passed to inet_pton')
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32BE(value)
    return bytes
  }
  if (address_family !== AddressFamily.AF_INET6) throw unknownFamily('inet_pton')
  const bytes = parseInet6(host)
  if (!bytes) throw new OSError('illegal IP address string passed to inet_pton')
  return bytes
}

/**
 * The 4 or 16 bytes of an address as text.
 *
 * @throws {RangeError} another number of bytes
 * @throws {OSError} EAFNOSUPPORT: neither AF_INET nor AF_INET6
 * @example socket.inet_ntop(socket.AF_INET, Buffer.from([127, 0, 0, 1])) // '127.0.0.1'
 * @see inet_ntop(3)
 */
export function inet_ntop(address_family: number, packed_ip: Uint8Array): string {
  const bytes = packed(packed_ip)
  const inet6 = integer(address_family) === AddressFamily.AF_INET6
  if (!inet6 && address_family !== AddressFamily.AF_INET) {
    throw new RangeError(`unknown address family ${address_family}`)
  }
  if (bytes.length !== (inet6 ? 16 : 4)) {
    throw new RangeError(
      `invalid length of packed IP address string: ${bytes.length} bytes instead of ${inet6 ? 16 : 4}`,
    )
  }
  return inet6 ? formatInet6(bytes) : bytes.join('.')
}

function unknownFamily(syscall: string): OSError {
  return new OSError(EAFNOSUPPORT, undefined, { syscall, hint: 'AF_INET and AF_INET6 have such addresses' })
}

function text(value: unknown, call: string, place: number): string {
  if (typeof value !== 'string') throw new TypeError(`${call}() argument ${place} must be str, not ${typeName(value)}`)
  return cText(value)
}

function packed(value: unknown): Uint8Array {
  if (!(value instanceof Uint8Array)) {
    throw new TypeError(`a bytes-like object is required, not '${typeName(value)}'`)
  }
  return value
}
