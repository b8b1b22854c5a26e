/**
 * netdb.h: names, services and protocols, as C sees them, turned into plain values. Each look-up that may ask a name
 * server exists on a worker thread; nothing here decides when to use it, or what a failure means.
 */
import { readAddress } from '../sockaddr.ts'
import { foreign, foreignAsync, koffi } from './library.ts'
import { SOCKADDR_SIZE } from './system.ts'

/** What getaddrinfo(3) is asked. */
export interface Hints {
  readonly flags: number
  readonly family: number
  readonly type: number
  readonly proto: number
}

/** One struct addrinfo. */
export interface AddressRow {
  readonly family: number
  readonly type: number
  readonly proto: number
  readonly canonname: string
  readonly address: unknown
}

/** The rows, or the EAI_* number (< 0); errno says more for EAI_SYSTEM. */
export type AddressAnswer = AddressRow[] | { readonly error: number; readonly errno: number }

type Text = string | null
const GETADDRINFO = 'int getaddrinfo(const char *node, const char *service, void *hints, void *res)'
const c_getaddrinfo = foreign<(node: Text, service: Text, hints: bigint, res: bigint) => number>(GETADDRINFO)
const c_getaddrinfo_async = foreignAsync<[node: Text, service: Text, hints: bigint, res: bigint]>(GETADDRINFO)
const c_freeaddrinfo = foreign<(res: bigint) => void>('void freeaddrinfo(void *res)')

const ADDRINFO_SIZE = 48

/** getaddrinfo(3), at once: for numeric hosts, and where waiting is not possible. */
export function getaddrinfoNow(host: Text, service: Text, hints: Hints): AddressAnswer {
  const memory = question(hints)
  const result = c_getaddrinfo(host, service, memory.address, memory.address + BigInt(ADDRINFO_SIZE))
  return answer(memory, result, 0)
}

/** getaddrinfo(3) on a worker thread. */
export async function getaddrinfoAway(host: Text, service: Text, hints: Hints): Promise<AddressAnswer> {
  const memory = question(hints)
  const { address } = memory
  const { result, errno } = await c_getaddrinfo_async(host, service, address, address + BigInt(ADDRINFO_SIZE))
  return answer(memory, result, errno)
}

interface Memory {
  readonly address: bigint
  readonly view: DataView
}

/** Memory of questions that have been answered, for the next ones: making it costs more than the rest of a look-up. */
const spare: Memory[] = []

function question({ flags, family, type, proto }: Hints): Memory {
  const memory = spare.pop() ?? allocate(ADDRINFO_SIZE + 8)
  const { view } = memory
  view.setInt32(0, flags, true)
  view.setInt32(4, family, true)
  view.setInt32(8, type, true)
  view.setInt32(12, proto, true)
  return memory
}

const c_memcpy = foreign<(to: bigint, from: bigint, size: number) => void>(
  'void memcpy(void *dest, const void *src, size_t n)',
)

/** Where a struct addrinfo and its address are copied to: a view of each in place would be a buffer to collect. */
let copies: { readonly info: Memory; readonly address: Memory; readonly bytes: Buffer } | undefined

function prepareCopies() {
  const address = allocate(SOCKADDR_SIZE)
  return { info: allocate(ADDRINFO_SIZE), address, bytes: Buffer.from(address.view.buffer as ArrayBuffer) }
}

function answer(memory: Memory, result: number, errno: number): AddressAnswer {
  const first = memory.view.getBigUint64(ADDRINFO_SIZE, true)
  memory.view.setBigUint64(ADDRINFO_SIZE, 0n)
  spare.push(memory)
  if (result !== 0) return { error: result, errno }
  copies ??= prepareCopies()
  const { info, address, bytes } = copies
  const rows: AddressRow[] = []
  for (let at = first; at !== 0n; at = info.view.getBigUint64(40, true)) {
    c_memcpy(info.address, at, ADDRINFO_SIZE)
    const length = info.view.getUint32(16, true)
    c_memcpy(address.address, info.view.getBigUint64(24, true), Math.min(length, SOCKADDR_SIZE))
    rows.push({
      family: info.view.getInt32(4, true),
      type: info.view.getInt32(8, true),
      proto: info.view.getInt32(12, true),
      canonname: text(info.view.getBigUint64(32, true)),
      address: readAddress(bytes, length),
    })
  }
  if (first !== 0n) c_freeaddrinfo(first)
  return rows
}

/** Host and service of an address, or the EAI_* number. */
export type NameAnswer = readonly [host: string, service: string] | { readonly error: number; readonly errno: number }

const NI_MAXHOST = 1025
const NI_MAXSERV = 32
const c_getnameinfo_async = foreignAsync<
  [address: bigint, length: number, host: bigint, size: number, service: bigint, size: number, flags: number]
>(
  'int getnameinfo(void *addr, socklen_t addrlen, void *host, socklen_t hostlen, void *serv, socklen_t servlen, int flags)',
)

/** getnameinfo(3) on a worker thread; the address is given by its bytes. */
export async function getnameinfoAway(address: Uint8Array, flags: number): Promise<NameAnswer> {
  const memory = allocate(SOCKADDR_SIZE + NI_MAXHOST + NI_MAXSERV)
  new Uint8Array(memory.view.buffer).set(address)
  const host = memory.address + BigInt(SOCKADDR_SIZE)
  const service = host + BigInt(NI_MAXHOST)
  const { result, errno } = await c_getnameinfo_async(
    memory.address,
    address.length,
    host,
    NI_MAXHOST,
    service,
    NI_MAXSERV,
    flags,
  )
  const found = result === 0 ? ([text(host), text(service)] as const) : { error: result, errno }
  koffi().free(memory.address)
  return found
}

/** struct hostent. */
export interface HostRow {
  readonly name: string
  readonly aliases: string[]
  readonly family: number
  readonly addresses: Buffer[]
}

/** A host, or h_errno. */
export type HostAnswer = HostRow | { readonly error: number }

const BUFFER_SIZE = 16384
const c_gethostbyname_r = foreignAsync<
  [name: string, entry: bigint, buffer: bigint, size: number, result: bigint, error: bigint]
>('int gethostbyname_r(const char *name, void *ret, void *buf, size_t buflen, void *result, void *h_errnop)')
const c_gethostbyaddr_r = foreignAsync<
  [
    addr: bigint,
    length: number,
    family: number,
    entry: bigint,
    buffer: bigint,
    size: number,
    result: bigint,
    err: bigint,
  ]
>(
  'int gethostbyaddr_r(void *addr, socklen_t len, int type, void *ret, void *buf, size_t buflen, void *result, void *h_errnop)',
)

/** gethostbyname_r(3) on a worker thread. */
export function gethostbynameAway(name: string): Promise<HostAnswer> {
  return hostEntry((entry, buffer, result, error) => c_gethostbyname_r(name, entry, buffer, BUFFER_SIZE, result, error))
}

/** gethostbyaddr_r(3) on a worker thread; the address is its 4 or 16 bytes. */
export function gethostbyaddrAway(address: Uint8Array, family: number): Promise<HostAnswer> {
  const wanted = allocate(16)
  new Uint8Array(wanted.view.buffer).set(address)
  return hostEntry((entry, buffer, result, error) =>
    c_gethostbyaddr_r(wanted.address, address.length, family, entry, buffer, BUFFER_SIZE, result, error),
  ).finally(() => koffi().free(wanted.address))
}

async function hostEntry(
  ask: (entry: bigint, buffer: bigint, result: bigint, error: bigint) => Promise<unknown>,
): Promise<HostAnswer> {
  // struct hostent, a pointer to it, h_errno, then the room for its strings.
  const memory = allocate(48 + BUFFER_SIZE)
  const { address, view } = memory
  await ask(address, address + 48n, address + 32n, address + 40n)
  const found: HostAnswer = view.getBigUint64(32, true) === 0n ? { error: view.getInt32(40, true) } : readHost(view)
  koffi().free(address)
  return found
}

function readHost(entry: DataView): HostRow {
  const length = entry.getInt32(20, true)
  return {
    name: text(entry.getBigUint64(0, true)),
    aliases: pointers(entry.getBigUint64(8, true)).map(text),
    family: entry.getInt32(16, true),
    addresses: pointers(entry.getBigUint64(24, true)).map((at) => Buffer.from(copyOf(at, length))),
  }
}

const c_getservbyname = foreign<(name: string, proto: Text) => bigint | null>(
  'void *getservbyname(const char *name, const char *proto)',
)
const c_getservbyport = foreign<(port: number, proto: Text) => bigint | null>(
  'void *getservbyport(int port, const char *proto)',
)
const c_getprotobyname = foreign<(name: string) => bigint | null>('void *getprotobyname(const char *name)')

const swap16 = (port: number): number => ((port & 0xff) << 8) | (port >> 8)

/** getservbyname(3): the port, or undefined. */
export function getservbyname(name: string, proto: Text): number | undefined {
  const at = c_getservbyname(name, proto)
  return at ? swap16(look(at, 20).getUint32(16, true) & 0xffff) : undefined
}

/** getservbyport(3): the service's name, or undefined. */
export function getservbyport(port: number, proto: Text): string | undefined {
  const at = c_getservbyport(swap16(port), proto)
  return at ? text(look(at, 8).getBigUint64(0, true)) : undefined
}

/** getprotobyname(3): the protocol's number, or undefined. */
export function getprotobyname(name: string): number | undefined {
  const at = c_getprotobyname(name)
  return at ? look(at, 20).getInt32(16, true) : undefined
}

function allocate(size: number): Memory {
  const address = koffi().alloc('char', size) as bigint
  const memory = koffi().view(address, size)
  new Uint8Array(memory).fill(0)
  return { address, view: new DataView(memory) }
}

const look = (at: bigint, size: number): DataView => new DataView(koffi().view(at, size))
const copyOf = (at: bigint, size: number): Uint8Array => new Uint8Array(koffi().view(at, size)).slice()
const text = (at: bigint): string => (at === 0n ? '' : koffi().decode.string(at))

/** A list of pointers that ends with null. */
function pointers(list: bigint): bigint[] {
  const found: bigint[] = []
  for (let at = list; at !== 0n; at += 8n) {
    const pointer = look(at, 8).getBigUint64(0, true)
    if (pointer === 0n) break
    found.push(pointer)
  }
  return found
}
