/**
 * Where a call is to go: an address as the caller wrote it, checked, its host name looked up, and perhaps translated
 * by the dial hook. Writes it into the scratch memory when the system call is made.
 *
 * Follows CPython's getsockaddrarg and setipaddr: which hosts are taken, and the words of its errors.
 */
import { EAFNOSUPPORT } from '../errors/errno.ts'
import { OSError } from '../errors/os-error.ts'
import type { WaitOptions } from '../wait/index.ts'
import { showAddress } from './addresses.ts'
import { AddressFamily, type SocketKind } from './families.ts'
import { hooks } from './hooks.ts'
import { lookUpHost, lookUpHostNow } from './host-lookup.ts'
import { UNIX_PATH_SIZE } from './native/system.ts'
import { parseInet4, parseInet6, writeInet4, writeInet6, writeNetlink, writeRaw, writeUnix } from './sockaddr.ts'
import { typeName } from './type-name.ts'

/** A checked address whose host is numeric (or no host at all). */
export interface Target {
  /** As the caller wrote it, host looked up: what errors and getpeername show. */
  readonly shown: unknown
  /** The dial hook sends it somewhere else. */
  readonly translated?: boolean
  /** Writes the real address into the scratch memory; returns its length. */
  write(): number
}

/** The socket that asks. */
export interface Asker {
  readonly family: AddressFamily
  readonly type: SocketKind
  /** Tells an observer of a call that fails before the system is asked. */
  observeFailure?(call: string, result: number, failure: unknown, address: unknown): void
}

interface Parts {
  readonly host: string
  readonly port: number
  readonly flowinfo: number
  readonly scopeId: number
}

/**
 * Checks and prepares an address; the host's name, if it is one, is looked up off the main thread.
 *
 * @param spoken what the call is named where the address is wrong, if not as the system call
 */
export function target(
  asker: Asker,
  address: unknown,
  call: string,
  options?: WaitOptions,
  spoken = call,
): Target | Promise<Target> {
  const parts = check(asker, address, spoken)
  if (!('host' in parts)) return parts
  const numeric = numericHost(parts.host, asker.family)
  if (numeric !== undefined) return dial(asker, { ...parts, host: numeric }, call)
  return lookUpHost(parts.host, asker.family, options).then(
    ([host, scopeId]) => dial(asker, { ...parts, host, scopeId: parts.scopeId || scopeId }, call),
    (failure: unknown) => {
      asker.observeFailure?.(call, -1, failure, [parts.host, parts.port])
      throw failure
    },
  )
}

/** The same at once, for calls that do not wait: bind. Meant for local names. */
export function targetNow(asker: Asker, address: unknown, call: string): Target {
  const parts = check(asker, address, call)
  if (!('host' in parts)) return parts
  const numeric = numericHost(parts.host, asker.family)
  if (numeric !== undefined) return located(asker.family, { ...parts, host: numeric })
  const [host, scopeId] = lookUpHostNow(parts.host, asker.family)
  return located(asker.family, { ...parts, host, scopeId: parts.scopeId || scopeId })
}

/** A numeric host in its own family needs no look-up; anything else does. */
function numericHost(host: string, family: AddressFamily): string | undefined {
  if (family === AddressFamily.AF_INET) {
    if (host === '') return '0.0.0.0'
    if (host === '<broadcast>') return '255.255.255.255'
    return parseInet4(host) >= 0 ? host : undefined
  }
  if (host === '') return '::'
  if (host === '<broadcast>') throw new OSError('address family mismatched')
  return parseInet6(host) ? host : undefined
}

function dial(asker: Asker, parts: Parts, call: string): Target {
  const plain = located(asker.family, parts)
  const context = { family: asker.family, type: asker.type, syscall: call }
  const dialled = hooks.dial?.({ host: parts.host, port: parts.port }, context)
  if (!dialled) return plain
  if ('errno' in dialled) {
    const { errno, hint } = dialled
    const text = hint ?? `no route to ${showAddress(plain.shown)}`
    const failure = new OSError(errno, undefined, { syscall: call, address: plain.shown, hint: text })
    asker.observeFailure?.(call, -errno, failure, plain.shown)
    throw failure
  }
  return { shown: plain.shown, translated: true, write: located(asker.family, { ...parts, ...dialled.to }).write }
}

function located(family: AddressFamily, { host, port, flowinfo, scopeId }: Parts): Target {
  if (family === AddressFamily.AF_INET) {
    const number = parseInet4(host)
    return { shown: [host, port], write: () => writeInet4(number, port) }
  }
  const bytes = parseInet6(host)
  if (!bytes) throw new OSError(EAFNOSUPPORT, undefined, { hint: `${host} is no IPv6 address` })
  return { shown: [host, port, flowinfo, scopeId], write: () => writeInet6(bytes, port, flowinfo, scopeId) }
}

function check(asker: Asker, address: unknown, call: string): Parts | Target {
  switch (asker.family) {
    case AddressFamily.AF_INET:
      return checkInet(address, call)
    case AddressFamily.AF_INET6:
      return checkInet6(address, call)
    case AddressFamily.AF_UNIX:
      return checkUnix(address)
    case AddressFamily.AF_NETLINK:
      if (address instanceof Uint8Array) return checkRaw(asker, address, call)
      return checkNetlink(address, call)
    default:
      return checkRaw(asker, address, call)
  }
}

/** An address of another family: the bytes of its struct, or what `getsockname` gives for it. */
function checkRaw(asker: Asker, address: unknown, call: string): Target {
  const bytes = isPair(address) ? Buffer.concat([familyBytes(address[0]), address[1]]) : address
  if (bytes instanceof Uint8Array && bytes.length >= 2 && bytes.length <= 128) {
    return { shown: address, write: () => writeRaw(bytes) }
  }
  const name = AddressFamily[asker.family] ?? `family ${asker.family}`
  throw new OSError(`${call}(): bad family: an ${name} address is given as the bytes of its struct sockaddr`)
}

const isPair = (address: unknown): address is [number, Uint8Array] =>
  Array.isArray(address) && address.length === 2 && address[1] instanceof Uint8Array

function familyBytes(family: unknown): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(checkInteger(family) & 0xffff)
  return bytes
}

function checkNetlink(address: unknown, call: string): Target {
  if (!Array.isArray(address)) {
    throw new TypeError(
      `${call}(): AF_NETLINK address must be tuple, not ${typeName(address)}: write [0, 0], port id and groups`,
    )
  }
  if (address.length !== 2) {
    throw new TypeError('AF_NETLINK address must be a pair (pid, groups): write [pid, groups]')
  }
  // Without sign, and cut to 32 bits, as C's unsigned int.
  const [pid, groups] = address.map((one) => checkInteger(one) >>> 0) as [number, number]
  return { shown: [pid, groups], write: () => writeNetlink(pid, groups) }
}

function checkInet(address: unknown, call: string): Parts {
  if (!Array.isArray(address)) {
    throw new TypeError(
      `${call}(): AF_INET address must be tuple, not ${typeName(address)}: write ["127.0.0.1", 5000], host and port`,
    )
  }
  if (address.length !== 2) throw new TypeError('AF_INET address must be a pair (host, port): write [host, port]')
  return { host: checkHost(address[0]), port: checkPort(address[1], call), flowinfo: 0, scopeId: 0 }
}

function checkInet6(address: unknown, call: string): Parts {
  if (!Array.isArray(address)) {
    throw new TypeError(
      `${call}(): AF_INET6 address must be tuple, not ${typeName(address)}: write ["::1", 5000], host and port`,
    )
  }
  if (address.length < 2 || address.length > 4) {
    throw new TypeError(
      'AF_INET6 address must be a tuple (host, port[, flowinfo[, scopeid]]): write [host, port] or all four',
    )
  }
  const [host, port, flowinfo = 0, scopeId = 0] = address as unknown[]
  const [label, scope] = [checkInteger(flowinfo), checkInteger(scopeId)]
  if (label < 0 || label > 0xfffff) throw new RangeError(`${call}(): flowinfo must be 0-1048575.`)
  if (scope < 0 || scope > 0xffffffff) {
    throw new RangeError(`${call}(): scopeId must be 0-4294967295; socket.if_nametoindex(name) gives it`)
  }
  return { host: checkHost(host), port: checkPort(port, call), flowinfo: label, scopeId: scope }
}

function checkUnix(address: unknown): Target {
  if (typeof address !== 'string' && !(address instanceof Uint8Array)) {
    throw new TypeError(
      `a bytes-like object is required, not '${typeName(address)}': an AF_UNIX address is a path, such as "chat.sock"`,
    )
  }
  if (typeof address === 'string' && /[^\0-\xff]/.test(address)) {
    throw new RangeError(
      'AF_UNIX path: each character is one byte (latin1), and this path has one above 0xFF: ' +
        'write Buffer.from(path).toString("latin1") for its UTF-8 bytes',
    )
  }
  const path = Buffer.from(address as string, 'latin1')
  // An abstract name may use all bytes; a path needs one for the zero at its end.
  const [fit, advice] =
    path[0] === 0 ? [UNIX_PATH_SIZE, 'name'] : [UNIX_PATH_SIZE - 1, 'path, for instance a relative one']
  if (path.length > fit) {
    throw new OSError('AF_UNIX path too long', { hint: `${path.length} bytes; ${fit} fit: bind a shorter ${advice}` })
  }
  return { shown: address, write: () => writeUnix(path) }
}

/** A host as connect, bind, sendto take it. */
export function checkHost(host: unknown): string {
  if (host instanceof Uint8Array) return Buffer.from(host).toString('latin1')
  if (typeof host !== 'string') {
    throw new TypeError(
      `str, bytes or bytearray expected, not ${typeName(host)}: the host comes first, then the port: ["127.0.0.1", 5000]`,
    )
  }
  if (host.includes('\0')) throw new TypeError('host name must not contain null character')
  if (!host.isWellFormed()) throw new TypeError('encoding of hostname failed: half of a surrogate pair is no character')
  return host
}

function checkInteger(value: unknown): number {
  if (typeof value === 'boolean') return Number(value)
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    throw new TypeError(
      `'${typeName(value)}' object cannot be interpreted as an integer: write a ${typeof value === 'number' ? 'whole number' : 'number without quotes'}`,
    )
  }
  return value
}

/** A port as a number from 0 to 65535. */
export function checkPort(port: unknown, call: string): number {
  const number = checkInteger(port)
  if (number < 0 || number > 65535) throw new RangeError(`${call}(): port must be 0-65535.`)
  return number
}
