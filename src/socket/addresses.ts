/**
 * Socket addresses as a cell writes and sees them, by family, and how they are printed. sockaddr.ts turns them into
 * bytes.
 */
import { repr } from '../bytes/index.ts'
import type { AddressFamily, SocketKind } from './families.ts'

/** An IPv4 address: a host (a name or `'127.0.0.1'`; `''` is every address of this machine) and a port. */
export type InetAddress = readonly [host: string, port: number]

/** An IPv6 address; flowinfo and scopeId (the interface of a link-local address) may be left out. */
export type Inet6Address = readonly [host: string, port: number, flowinfo?: number, scopeId?: number]

/** An AF_UNIX address: a path; a leading `\0` is the abstract namespace. Characters are bytes (latin1). */
export type UnixAddress = string

/** What is taken for one: its bytes, too, as in Python. With a name of its own, for the messages of the compiler. */
type UnixAddressOrBytes = UnixAddress | Uint8Array

/** An address of any family. */
export type Address = InetAddress | Inet6Address | UnixAddress

/** What a socket of family F takes for an address. */
// biome-ignore lint/suspicious/noExplicitAny: a socket of unknown family takes any address
export type In<F> = 0 extends 1 & F ? any : F extends keyof Taken ? Taken[F] : any

/** What a socket of family F gives for an address. */
// biome-ignore lint/suspicious/noExplicitAny: a socket of unknown family gives any address
export type Out<F> = 0 extends 1 & F ? any : F extends keyof Given ? Given[F] : any

interface Taken {
  [AddressFamily.AF_INET]: InetAddress
  [AddressFamily.AF_INET6]: Inet6Address
  [AddressFamily.AF_UNIX]: UnixAddressOrBytes
}

interface Given {
  [AddressFamily.AF_INET]: [host: string, port: number]
  [AddressFamily.AF_INET6]: [host: string, port: number, flowinfo: number, scopeId: number]
  [AddressFamily.AF_UNIX]: string
}

/** One row of getaddrinfo: what to give to `socket()`, and then to `connect()` or `bind()`. */
export type AddrInfo = [
  family: AddressFamily,
  type: SocketKind,
  proto: number,
  canonname: string,
  // biome-ignore lint/suspicious/noExplicitAny: a pair or four values, by the row's family
  address: any,
]

/** An address as one writes it in a sentence: `127.0.0.1:5000`, `[::1]:5000`, `'chat.sock'`. */
export function showAddress(address: unknown): string {
  if (Array.isArray(address)) {
    const [host, port] = address as [unknown, unknown]
    // Netlink's pair of numbers, and families whose addresses are bytes.
    if (typeof host !== 'string') return reprAddress(address)
    return String(host).includes(':') ? `[${host}]:${port}` : `${host === '' ? '0.0.0.0' : host}:${port}`
  }
  return `'${String(address).replaceAll('\0', '\\0')}'`
}

/** An address as Python's line about a socket has it: a path stands there without quotes, an abstract name as bytes. */
export function strAddress(address: unknown): string {
  if (typeof address !== 'string') return reprAddress(address)
  const bytes = Buffer.from(address, 'latin1')
  return bytes[0] === 0 ? repr(bytes) : bytes.toString()
}

/** An address as Python's repr writes it. */
export function reprAddress(address: unknown): string {
  if (Array.isArray(address)) return `(${address.map(reprAddress).join(', ')})`
  if (address instanceof Uint8Array) return repr(address)
  if (typeof address !== 'string') return String(address)
  return `'${[...address].map(escaped).join('')}'`
}

function escaped(character: string): string {
  const code = character.charCodeAt(0)
  if (character === '\\' || character === "'") return `\\${character}`
  return code >= 0x20 && code < 0x7f ? character : `\\x${code.toString(16).padStart(2, '0')}`
}
