/**
 * struct sockaddr ⇄ addresses. Writes into the scratch memory's address area; reads from any bytes.
 *
 * Knows numeric hosts only: names are looked up before (target.ts).
 */
import type { AddressFamily as Family } from './families.ts'
import { AddressFamily } from './families.ts'
import { foreign, type Pointer } from './native/library.ts'
import { scratch } from './native/scratch.ts'
import { SOCKADDR_SIZE } from './native/system.ts'

const c_inet_pton = foreign<(family: number, text: string, into: Pointer) => number>(
  'int inet_pton(int af, const char *src, void *dst)',
)
const c_inet_ntop = foreign<(family: number, from: Pointer, into: Pointer, size: number) => Pointer>(
  'void *inet_ntop(int af, const void *src, void *dst, socklen_t size)',
)

/** `'127.0.0.1'` as four bytes in one number (the first highest), or -1: exactly what inet_pton(3) takes. */
export function parseInet4(text: string): number {
  let value = 0
  let part = -1
  let parts = 0
  for (let i = 0; i <= text.length; i++) {
    const code = i < text.length ? text.charCodeAt(i) : 46
    if (code === 46) {
      if (part < 0 || ++parts > 4) return -1
      value = value * 256 + part
      part = -1
    } else {
      // A leading zero would mean octal to some: inet_pton refuses it.
      if (code < 48 || code > 57 || part === 0) return -1
      part = Math.max(part, 0) * 10 + code - 48
      if (part > 255) return -1
    }
  }
  return parts === 4 ? value : -1
}

/** inet_pton(3) for AF_INET6: 16 bytes, or undefined. */
export function parseInet6(text: string): Buffer | undefined {
  if (!text.includes(':') || text.includes('\0')) return undefined
  const bytes = Buffer.alloc(16)
  return c_inet_pton(AddressFamily.AF_INET6, text, bytes) === 1 ? bytes : undefined
}

/** inet_ntop(3) for AF_INET6. */
export function formatInet6(bytes: Uint8Array): string {
  const text = scratch()
  c_inet_ntop(AddressFamily.AF_INET6, bytes, text.data, 64)
  return text.bytes.toString('latin1', 0, text.bytes.indexOf(0))
}

/** Writes an IPv4 address into the scratch memory; returns its length. */
export function writeInet4(host: number, port: number): number {
  const { addressBytes: bytes } = scratch()
  bytes.writeUInt16LE(AddressFamily.AF_INET, 0)
  bytes.writeUInt16BE(port, 2)
  bytes.writeUInt32BE(host, 4)
  bytes.fill(0, 8, 16)
  return 16
}

/** Writes an IPv6 address into the scratch memory; returns its length. */
export function writeInet6(host: Uint8Array, port: number, flowinfo: number, scopeId: number): number {
  const { addressBytes: bytes } = scratch()
  bytes.writeUInt16LE(AddressFamily.AF_INET6, 0)
  bytes.writeUInt16BE(port, 2)
  bytes.writeUInt32BE(flowinfo, 4)
  bytes.set(host, 8)
  bytes.writeUInt32LE(scopeId, 24)
  return 28
}

/** Writes an AF_UNIX path (at most 108 bytes) into the scratch memory; returns its length. */
export function writeUnix(path: Uint8Array): number {
  const { addressBytes: bytes } = scratch()
  bytes.writeUInt16LE(AddressFamily.AF_UNIX, 0)
  bytes.set(path, 2)
  // A path ends with a zero byte, an abstract name with its length, no name at all after the family.
  if (path.length === 0) return 2
  if (path[0] === 0) return 2 + path.length
  bytes[2 + path.length] = 0
  return 3 + path.length
}

/** Writes an AF_NETLINK address into the scratch memory; returns its length. */
export function writeNetlink(pid: number, groups: number): number {
  const { addressBytes: bytes } = scratch()
  bytes.writeUInt32LE(AddressFamily.AF_NETLINK, 0)
  bytes.writeUInt32LE(pid, 4)
  bytes.writeUInt32LE(groups, 8)
  return 12
}

/** Writes any other family's address, given as its raw bytes (family included). */
export function writeRaw(address: Uint8Array): number {
  scratch().addressBytes.set(address)
  return address.length
}

/** Makes room for an address that a system call writes: pass `address` and `length` of the scratch memory to it. */
export function expectAddress(): void {
  scratch().lengthValue[0] = SOCKADDR_SIZE
}

/** The address that a system call has just written; null if it wrote none. */
export function receivedAddress(): unknown {
  const { addressBytes, lengthValue } = scratch()
  return readAddress(addressBytes, lengthValue[0]!)
}

/** An address from its bytes, as a cell sees it. */
export function readAddress(bytes: Buffer, length: number): unknown {
  if (length < 2) return null
  const family = bytes.readUInt16LE(0) as Family
  switch (family) {
    case AddressFamily.AF_INET:
      return [`${bytes[4]}.${bytes[5]}.${bytes[6]}.${bytes[7]}`, bytes.readUInt16BE(2)]
    case AddressFamily.AF_INET6:
      return [
        formatInet6(bytes.subarray(8, 24)),
        bytes.readUInt16BE(2),
        bytes.readUInt32BE(4) & 0xfffff,
        bytes.readUInt32LE(24),
      ]
    case AddressFamily.AF_UNIX:
      return readUnix(bytes, length)
    case AddressFamily.AF_NETLINK:
      return [bytes.readUInt32LE(4), bytes.readUInt32LE(8)]
    default:
      return [family, Buffer.from(bytes.subarray(2, length))]
  }
}

function readUnix(bytes: Buffer, length: number): string {
  const path = bytes.subarray(2, Math.min(length, SOCKADDR_SIZE))
  if (path.length === 0) return ''
  if (path[0] === 0) return path.toString('latin1')
  const end = path.indexOf(0)
  return path.toString('latin1', 0, end < 0 ? path.length : end)
}
