/**
 * Looking up names and addresses, by the names that the manual and Python give the calls. What may ask a name server
 * runs on a worker thread: the main thread goes on, and a signal or ■ ends the wait.
 */
import { hostError } from '../errors/lookup-error.ts'
import { OSError } from '../errors/os-error.ts'
import { throwIfAborted, type WaitOptions } from '../wait/index.ts'
import type { AddrInfo, Inet6Address, InetAddress } from './addresses.ts'
import { byName, cInt, cText, integer } from './arguments.ts'
import { NI_NAMEREQD, NI_NUMERICHOST, NI_NUMERICSERV } from './constants/address-info.ts'
import { descriptorsUsedUp } from './explain.ts'
import { AddressFamily, SocketKind } from './families.ts'
import { hooks } from './hooks.ts'
import { addressRows, asciiHost, cancellable, lookUpHost, lookupFailure, service } from './host-lookup.ts'
import { gethostname } from './host-name.ts'
import {
  getaddrinfoNow,
  gethostbyaddrAway,
  gethostbynameAway,
  getnameinfoAway,
  type HostAnswer,
} from './native/netdb.ts'
import { scratch } from './native/scratch.ts'
import { formatInet6, parseInet4, parseInet6, writeInet4, writeInet6 } from './sockaddr.ts'
import { typeName } from './type-name.ts'

/** Of netdb.h: no such host; no such name. */
const HOST_NOT_FOUND = 1
const EAI_NONAME = -2

/** What getaddrinfo takes by name. */
export interface LookupOptions extends WaitOptions {
  /** Only this family: `AF_INET`, `AF_INET6`; 0: any. */
  family?: number | undefined
  /** Only this type: `SOCK_STREAM`, `SOCK_DGRAM`; 0: any. */
  type?: number | undefined
  /** Only this protocol; 0: any. */
  proto?: number | undefined
  /** `AI_*` or-ed together. */
  flags?: number | undefined
}

/** What is asked for, where it too is given by name. */
export interface LookupQuestion {
  host: string | Uint8Array | null
  port: number | string | null
}

/**
 * Translates a host and a service into everything needed to connect (or, with `AI_PASSIVE` and no host, to bind): one
 * row for each combination of address, type and protocol, best first.
 *
 * @param host a name, an address, or `null` for this machine
 * @param port a number, a service's name such as `'http'`, or `null`
 * @throws {gaierror} EAI_NONAME: no such name; EAI_AGAIN: no name server answered; EAI_SERVICE: no such service
 * @example
 * for (const [family, type, proto, , address] of await socket.getaddrinfo('localhost', 80, { type: socket.SOCK_STREAM }))
 *   console.log(socket.AddressFamily[family], address)
 * @see getaddrinfo(3)
 */
export function getaddrinfo(
  host: string | Uint8Array | null,
  port: number | string | null,
  options?: LookupOptions,
): Promise<AddrInfo[]>
export function getaddrinfo(
  host: string | Uint8Array | null,
  options: LookupOptions & Pick<LookupQuestion, 'port'>,
): Promise<AddrInfo[]>
export function getaddrinfo(options: LookupOptions & LookupQuestion): Promise<AddrInfo[]>
export function getaddrinfo(
  host: string | Uint8Array | null,
  port: number | string | null,
  family?: number,
  type?: number | LookupOptions,
  proto?: number | LookupOptions,
  flags?: number | LookupOptions,
  options?: WaitOptions,
): Promise<AddrInfo[]>
export async function getaddrinfo(...given: unknown[]): Promise<AddrInfo[]> {
  const names = ['host', 'port', 'family', 'type', 'proto', 'flags'] as const
  const options = byName<LookupOptions & LookupQuestion>('getaddrinfo', names, given)
  // An object without them is no host and no port, and is told so.
  const [host, port] = [
    options.host === undefined ? given[0] : options.host,
    options.port === undefined ? given[1] : options.port,
  ]
  requireGiven('getaddrinfo', { host, port })
  throwIfAborted(options)
  const hints = {
    flags: hint(options.flags, 'flags'),
    family: hint(options.family, 'family'),
    type: hint(options.type, 'type'),
    proto: hint(options.proto, 'proto'),
  }
  const rows = await addressRows(hostText(host), service(port), hints, options)
  return rows.map((row): AddrInfo => [row.family, row.type, row.proto, row.canonname, row.address])
}

/** `null` is a host and a port; nothing at all is a mistake. */
function requireGiven(call: string, wanted: Record<string, unknown>): void {
  const missing = Object.keys(wanted).filter((name) => wanted[name] === undefined)
  if (missing.length === 0) return
  const names = missing.map((name) => `'${name}'`).join(' and ')
  const plural = missing.length > 1 ? 's' : ''
  throw new TypeError(`${call}() missing ${missing.length} required positional argument${plural}: ${names}`)
}

const hint = (value: unknown, name: string): number => (value === undefined ? 0 : cInt(value, name))

function hostText(host: unknown): string | null {
  if (host === null) return null
  if (typeof host === 'string') return host
  if (host instanceof Uint8Array) return Buffer.from(host).toString('latin1')
  throw new TypeError(`getaddrinfo() argument 1 must be string or None, not ${typeName(host)}`)
}

/**
 * A host's IPv4 address. `getaddrinfo` knows IPv6 too.
 *
 * @throws {gaierror} no such name
 * @example await socket.gethostbyname('localhost') // '127.0.0.1'
 * @see gethostbyname(3)
 */
export async function gethostbyname(host: string | Uint8Array, options?: WaitOptions): Promise<string> {
  return (await oneAddress(hostName(host, 'gethostbyname'), AddressFamily.AF_INET, options))[0]
}

/** A host as gethostbyname and its kin take it. */
function hostName(host: unknown, call: string): string {
  const name = host instanceof Uint8Array ? Buffer.from(host).toString('latin1') : host
  if (typeof name !== 'string') {
    const found = host === null ? 'None' : typeName(host)
    throw new TypeError(`${call}() argument 1 must be str, bytes or bytearray, not ${found}: write the host's name`)
  }
  if (name.includes('\0')) {
    throw new TypeError(`${call}() argument 1 must be encoded string without null bytes, not ${typeName(host)}`)
  }
  return name
}

async function oneAddress(host: string, family: AddressFamily, options?: WaitOptions): Promise<[string, number]> {
  if (host === '') return [family === AddressFamily.AF_INET6 ? '::' : '0.0.0.0', 0]
  if (host === '<broadcast>') return ['255.255.255.255', 0]
  if (parseInet4(host) >= 0 && family !== AddressFamily.AF_INET6) return [host, 0]
  return await lookUpHost(host, family, options)
}

/** A host's names and addresses, as gethostbynameEx and gethostbyaddr give them. */
export type HostEntry = [hostname: string, aliaslist: string[], ipaddrlist: string[]]

/**
 * A host's official name, its other names, and all its IPv4 addresses.
 *
 * @throws {gaierror} no such name
 * @example const [name, aliases, addresses] = await socket.gethostbynameEx('localhost')
 * @see gethostbyname(3)
 */
export async function gethostbynameEx(asked: string | Uint8Array, options?: WaitOptions): Promise<HostEntry> {
  const host = hostName(asked, 'gethostbyname_ex')
  const [address] = await oneAddress(host, AddressFamily.AF_INET, options)
  const name = asciiHost(host)
  const resolved = hooks.resolve?.({ host: name, family: AddressFamily.AF_INET, flags: 0 })
  if (resolved && 'addresses' in resolved) {
    const official = resolved.canonicalName ?? host
    const aliases = official === host ? [] : [host]
    return [official, aliases, resolved.addresses.filter((one) => parseInet4(one) >= 0)]
  }
  if (parseInet4(name) >= 0) return [name, [], [address]]
  return hostEntry(await cancellable(() => gethostbynameAway(name), options), host)
}

/**
 * The names of an address: the official one, others, and its addresses.
 *
 * @param address an IPv4 or IPv6 address (or a name, which is looked up first)
 * @throws {herror} the address has no name
 * @example const [name] = await socket.gethostbyaddr('127.0.0.1')
 * @see gethostbyaddr(3)
 */
export async function gethostbyaddr(address: string | Uint8Array, options?: WaitOptions): Promise<HostEntry> {
  const [numeric] = await oneAddress(hostName(address, 'gethostbyaddr'), AddressFamily.AF_UNSPEC, options)
  const named = hooks.reverse?.(numeric)
  if (named === null) return hostEntry({ error: HOST_NOT_FOUND }, numeric)
  if (named !== undefined) return [named, [], [numeric]]
  const four = parseInet4(numeric)
  const bytes = four >= 0 ? inet4Bytes(four) : parseInet6(numeric)!
  const family = four >= 0 ? AddressFamily.AF_INET : AddressFamily.AF_INET6
  return hostEntry(await cancellable(() => gethostbyaddrAway(bytes, family), options), numeric)
}

function hostEntry(answer: HostAnswer, asked: string): HostEntry {
  if ('error' in answer) {
    throw hostError(answer.error, {
      syscall: 'gethostbyaddr',
      hint: descriptorsUsedUp() ?? `'${asked}' has no name that this machine can find`,
    })
  }
  const show = (bytes: Buffer): string => (bytes.length === 4 ? bytes.join('.') : formatInet6(bytes))
  return [answer.name, answer.aliases, answer.addresses.map(show)]
}

function inet4Bytes(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

/**
 * Translates an address and a port back into a host's and a service's name: the opposite of getaddrinfo.
 *
 * @param sockaddr a numeric address: `[host, port]`, or four elements for IPv6
 * @param flags `NI_NUMERICHOST`, `NI_NUMERICSERV`, `NI_NAMEREQD`, `NI_DGRAM`, or-ed together
 * @throws {gaierror} the host is no address, or (with `NI_NAMEREQD`) has no name
 * @example const [host, service] = await socket.getnameinfo(['127.0.0.1', 80], 0)
 * @see getnameinfo(3)
 */
export async function getnameinfo(
  sockaddr: InetAddress | Inet6Address,
  flags: number,
  options?: WaitOptions,
): Promise<[host: string, service: string]> {
  if (!Array.isArray(sockaddr)) {
    throw new TypeError(`getnameinfo() argument 1 must be a tuple, not ${typeName(sockaddr)}: write [host, port]`)
  }
  const [host, port, flowinfo, scopeId] = nameInfoArguments(sockaddr)
  const bits = cInt(flags, 'flags')
  const AI_NUMERICHOST = 4
  const hints = { flags: AI_NUMERICHOST, family: 0, type: SocketKind.SOCK_DGRAM, proto: 0 }
  const rows = getaddrinfoNow(host, service(port, 'getnameinfo'), hints)
  if (!Array.isArray(rows)) throw lookupFailure(host, String(port), rows, hints)
  const row = rows[0]!
  if (row.family === AddressFamily.AF_INET && sockaddr.length !== 2) {
    throw new OSError('IPv4 sockaddr must be 2 tuple: [host, port]')
  }
  const [numeric] = row.address as [string]
  const named = bits & NI_NUMERICHOST ? undefined : hooks.reverse?.(numeric)
  const length =
    row.family === AddressFamily.AF_INET
      ? writeInet4(parseInet4(numeric), port)
      : writeInet6(parseInet6(numeric)!, port, flowinfo ?? 0, scopeId || (row.address as number[])[3]!)
  const bytes = Uint8Array.prototype.slice.call(scratch().addressBytes, 0, length)
  if (named === null && bits & NI_NAMEREQD) throw lookupFailure(numeric, null, { error: EAI_NONAME, errno: 0 })
  const asked = named === undefined ? bits : (bits | NI_NUMERICHOST) & ~NI_NAMEREQD
  const answer = await cancellable(() => getnameinfoAway(bytes, asked), options)
  if ('error' in answer) throw lookupFailure(host, bits & NI_NUMERICSERV ? null : String(port), answer)
  return [named ?? answer[0], answer[1]]
}

/** What getnameinfo may be given: the C library would read a number as the address of a text. */
function nameInfoArguments([host, port, flowinfo = 0, scopeId = 0, ...more]: readonly unknown[]): Inet6Address {
  if (typeof host !== 'string' || port === undefined || more.length > 0) {
    throw new TypeError('getnameinfo(): illegal sockaddr argument: write [host, port], the host a numeric address')
  }
  cText(host)
  const label = integer(flowinfo, 'flowinfo')
  if (label < 0 || label > 0xfffff) throw new RangeError('getnameinfo(): flowinfo must be 0-1048575.')
  return [host, integer(port, 'port'), label, integer(scopeId, 'scopeId')]
}

/** What getfqdn takes by name. */
export interface NameArguments extends WaitOptions {
  /** A name or an address; none: this machine. */
  name?: string | undefined
}

/**
 * A host's full name (with its domain), as far as this machine knows it; the name itself if not.
 *
 * @param name a name or an address; none: this machine
 * @example await socket.getfqdn()
 * @see gethostbyaddr(3)
 */
export function getfqdn(name?: string | NameArguments, options?: WaitOptions): Promise<string>
export async function getfqdn(...given: unknown[]): Promise<string> {
  const { name, ...options } = byName<NameArguments>('getfqdn', ['name'], given)
  // An object without a name or a signal is no name, and is told so.
  const unnamed = given[0] === undefined || options.signal ? '' : given[0]
  const asked = hostName(name === undefined ? unnamed : name, 'getfqdn').trim()
  const wanted = ['', '0.0.0.0', '::'].includes(asked) ? gethostname() : asked
  try {
    const [official, aliases] = await gethostbyaddr(wanted, options)
    return [official, ...aliases].find((one) => one.includes('.')) ?? official
  } catch (error) {
    // Not to be found is an answer here: the name stays as it was given.
    if (error instanceof OSError) return wanted
    throw error
  }
}
