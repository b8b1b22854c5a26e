/**
 * Looking up a host name: the hook first, then the system; numeric hosts and names of /etc/hosts without a thread. What a
 * failure is called.
 *
 * The calls with names in the manual are in dns.ts; connect, sendto and bind look names up through this file.
 */
import { domainToASCII } from 'node:url'
import { strerror } from '../errors/errno.ts'
import { gaierror, gaiStrerror } from '../errors/lookup-error.ts'
import { OSError } from '../errors/os-error.ts'
import { throwIfAborted, turn, turnDue, Waiter, type WaitOptions } from '../wait/index.ts'
import { encodable, loneSurrogate } from './arguments.ts'
import { descriptorsUsedUp } from './explain.ts'
import { AddressFamily, SocketKind } from './families.ts'
import { hooks, type Resolution } from './hooks.ts'
import { isInHostsFile } from './native/hosts-file.ts'
import { type AddressAnswer, type AddressRow, getaddrinfoAway, getaddrinfoNow, type Hints } from './native/netdb.ts'
import { typeName } from './type-name.ts'

const AI_CANONNAME = 2
const AI_NUMERICHOST = 4
const EAI_NONAME = -2
const EAI_AGAIN = -3
const EAI_NODATA = -5
const EAI_SYSTEM = -11

/** Waits for work on another thread; a signal or ■ ends the wait (the work's result is then dropped). */
export function cancellable<T>(work: () => Promise<T>, options?: WaitOptions): Promise<T> {
  throwIfAborted(options)
  const waiter = new Waiter<T>({ signal: options?.signal })
  work().then(
    (value) => waiter.resolve(value),
    (error) => waiter.reject(error),
  )
  return waiter.promise
}

/** getaddrinfo(3) with the hook before it. Throws gaierror. */
export async function addressRows(
  host: string | null,
  service: string | null,
  hints: Hints,
  options?: WaitOptions,
): Promise<AddressRow[]> {
  throwIfAborted(options)
  // What follows may be over at once.
  if (turnDue()) await turn(options)
  const name = host === null ? null : asciiHost(host)
  if (name === null || mayBeNumeric(name) || hints.flags & AI_NUMERICHOST) {
    const numeric = getaddrinfoNow(name, service, { ...hints, flags: hints.flags | AI_NUMERICHOST })
    if (Array.isArray(numeric)) return numeric
    // Anything but "this is no number" will not get better by asking a name server.
    const mayBeName = name !== null && numeric.error === EAI_NONAME && !(hints.flags & AI_NUMERICHOST)
    if (!mayBeName) throw lookupFailure(host, service, numeric, hints)
  }
  const resolved = hooks.resolve?.({ host: name!, family: hints.family, flags: hints.flags })
  if (resolved) return fromHook(host!, service, hints, resolved)
  if (isInHostsFile(name!, hints.family)) return rowsOrThrow(host, service, hints, getaddrinfoNow(name, service, hints))
  return rowsOrThrow(host, service, hints, await cancellable(() => getaddrinfoAway(name, service, hints), options))
}

/** Letters that no address has (0x7f.1 and fe80::1%eth0 are some) spare the attempt. */
const mayBeNumeric = (host: string): boolean => host.includes(':') || !/[g-wyz]/i.test(host)

/** The same at once, blocking: for bind. */
export function addressRowsNow(host: string | null, service: string | null, hints: Hints): AddressRow[] {
  const name = host === null ? null : asciiHost(host)
  const resolved = name === null ? undefined : hooks.resolve?.({ host: name, family: hints.family, flags: hints.flags })
  if (resolved) return fromHook(host!, service, hints, resolved)
  return rowsOrThrow(host, service, hints, getaddrinfoNow(name, service, hints))
}

const oneOf = (family: AddressFamily): Hints => ({ flags: 0, family, type: SocketKind.SOCK_DGRAM, proto: 0 })

/** A host's first address in a family, as connect and sendto want it. */
export async function lookUpHost(
  host: string,
  family: AddressFamily,
  options?: WaitOptions,
): Promise<[host: string, scopeId: number]> {
  return hostOf(await addressRows(host, null, oneOf(family), options))
}

/** The same at once, blocking. */
export function lookUpHostNow(host: string, family: AddressFamily): [host: string, scopeId: number] {
  return hostOf(addressRowsNow(host, null, oneOf(family)))
}

function hostOf(rows: AddressRow[]): [host: string, scopeId: number] {
  const [host, , , scopeId = 0] = rows[0]!.address as [string, number, number?, number?]
  return [host, scopeId]
}

function fromHook(host: string, service: string | null, hints: Hints, resolved: Resolution): AddressRow[] {
  if ('error' in resolved) throw lookupFailure(host, service, { error: resolved.error, errno: 0 }, hints, resolved.hint)
  const flags = (hints.flags | AI_NUMERICHOST) & ~AI_CANONNAME
  const rows: AddressRow[] = []
  for (const address of resolved.addresses) {
    const found = getaddrinfoNow(address, service, { ...hints, flags })
    if (Array.isArray(found)) rows.push(...found)
    // Its other addresses may be of the family that is wanted.
    else if (found.error !== -9) throw lookupFailure(host, service, found, hints)
  }
  if (rows.length === 0) throw lookupFailure(host, service, { error: EAI_NODATA, errno: 0 }, hints)
  if (hints.flags & AI_CANONNAME) rows[0] = { ...rows[0]!, canonname: resolved.canonicalName ?? host }
  return rows
}

function rowsOrThrow(host: string | null, service: string | null, hints: Hints, found: AddressAnswer): AddressRow[] {
  if (Array.isArray(found)) return found
  throw lookupFailure(host, service, found, hints)
}

/** The gaierror of a failed look-up, with what to look at. */
export function lookupFailure(
  host: string | null,
  service: string | null,
  { error, errno }: { error: number; errno: number },
  asked?: Hints,
  hint = (askedSystem(error) ? descriptorsUsedUp() : undefined) ?? hintFor(host, service, error, asked),
): gaierror {
  const text = error === EAI_SYSTEM && errno ? `${gaiStrerror(error)} (${strerror(errno)})` : gaiStrerror(error)
  const told = (error === EAI_NONAME || error === EAI_AGAIN ? noHost(host) : undefined) ?? hint
  return new gaierror(error, text, { syscall: 'getaddrinfo', ...(told ? { hint: told } : {}) })
}

/** Failures that the C library gives where it could not ask, too. */
const askedSystem = (error: number): boolean => error === EAI_NONAME || error === EAI_AGAIN || error === EAI_SYSTEM

/** What was written where a host belongs, if it is more than one, or cannot be one. */
function noHost(host: string | null): string | undefined {
  if (host === null) return undefined
  const [, url] = /^[a-z]+:\/\/([^/?#:]+)/i.exec(host) ?? []
  if (url) return `'${host}' is a URL: the host alone is '${url}'; what follows goes into the request`
  const [, name, port] = /^([\w.-]+):(\d+)$/.exec(host) ?? []
  if (name) return `the port is no part of the host: ['${name}', ${port}]`
  if (/^[^/]+\/./.test(host)) return `'${host}' has a path in it: the host alone is '${host.split('/', 1)[0]}'`
  if (/^\d+(?:\.\d+){3}$/.test(host)) return `'${host}' is no IPv4 address: each of its four numbers is 0 to 255`
  if (/^\s|\s$/.test(host)) return `'${host}' has white space around it`
  return undefined
}

function hintFor(host: string | null, service: string | null, error: number, asked?: Hints): string | undefined {
  switch (error) {
    case -2:
      if (host === null) return undefined
      if (asked && asked.flags & AI_NUMERICHOST) return `'${host}' is no numeric address, and no name is looked up here`
      // It may well be known, as localhost often is: with an IPv4 address alone.
      return asked?.family === AddressFamily.AF_INET6
        ? `'${host}' has no IPv6 address, neither in /etc/hosts nor by a name server: is it spelled right?`
        : `'${host}' is neither in /etc/hosts nor known to a name server: is it spelled right?`
    case -3:
      return `no name server answered the question for '${host}': is this machine online?`
    case -5:
      return `'${host}' exists, but has no address of the family asked for`
    case -8:
      if (/^\d+$/.test(service ?? '')) return 'that protocol (proto) does not go with that type of socket'
      return `no service '${service}' for that type of socket (in /etc/services): give the port's number`
    case -9:
      return `'${host}' is an address of another family`
    default:
      return undefined
  }
}

/** A host as the C library takes it: letters beyond ASCII become their xn-- form. */
export function asciiHost(host: string): string {
  if (host.includes('\0')) throw new RangeError('embedded null character in the host')
  if (/^[\0-\x7f]*$/.test(host)) return host
  const lone = loneSurrogate(host)
  if (lone) throw new RangeError(`encoding with 'idna' codec failed (UnicodeError: Invalid character '${lone.shown}')`)
  return domainToASCII(host) || host
}

/** The family that an address row speaks of, where only IP is meant. */
export const isInet = (family: number): boolean => family === AddressFamily.AF_INET || family === AddressFamily.AF_INET6

/** A port or service name, as getaddrinfo(3) takes it. `call`: whose argument it is. */
export function service(port: unknown, call = 'getaddrinfo'): string | null {
  if (port === null || port === undefined) return null
  if (typeof port === 'string') return encodable(port)
  if (typeof port === 'number' && Number.isInteger(port)) {
    if (port < 0 || port > 65535) throw new RangeError(`${call}(): port must be 0-65535.`)
    return String(port)
  }
  if (port instanceof Uint8Array) return Buffer.from(port).toString('latin1')
  throw new OSError('Int or String expected', { hint: `a port is a number or a service's name, not ${typeName(port)}` })
}
