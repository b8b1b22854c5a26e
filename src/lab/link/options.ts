/**
 * What `lab.link` was asked for, checked: a mistake is told with what to write instead.
 *
 * Knows nothing of how a link works.
 */
import { inspect } from 'node:util'
import type { Address, InetAddress } from '../../socket/addresses.ts'
import { AddressFamily, SocketKind } from '../../socket/families.ts'
import { socketsAt } from '../../socket/open-sockets.ts'
import { Socket } from '../../socket/socket.ts'

/** What becomes of what is sent. Shares are between 0 and 1, times in seconds. */
export interface LinkOptions {
  /** Where it leads: an address, or the (listening, or bound) socket itself. */
  to: Address | Socket
  /** Datagrams or streams; mostly the socket tells, also by its address. */
  type?: 'udp' | 'tcp' | undefined
  /** The share of datagrams that never arrive: 0.1 loses one in ten. */
  loss?: number | undefined
  /** The share of datagrams that arrive twice. */
  duplicate?: number | undefined
  /** The share of datagrams that the next one overtakes. */
  reorder?: number | undefined
  /** How long everything takes at least. */
  delay?: number | undefined
  /** What is added to the delay at most, by chance: datagrams may overtake each other then. */
  jitter?: number | undefined
  /** Bytes a second; default: no limit. */
  rate?: number | undefined
  /** The longest piece of a stream, in bytes; each is cut by chance from 1 to that. Default 1460. */
  split?: number | undefined
  /** The same seed, the same fate, whatever the timing. Default 1. */
  seed?: number | string | undefined
}

/** Checked, and with nothing left out. */
export interface LinkPlan {
  readonly kind: 'udp' | 'tcp'
  readonly target: InetAddress
  readonly loss: number
  readonly duplicate: number
  readonly reorder: number
  readonly delay: number
  readonly jitter: number
  readonly rate: number
  readonly split: number
  readonly seed: number | string
}

const NAMES = ['to', 'type', 'loss', 'duplicate', 'reorder', 'delay', 'jitter', 'rate', 'split', 'seed']
const FORM = 'lab.link({ to: server, loss: 0.1, seed: 1 })'
/** What one Ethernet frame holds of TCP. */
const USUAL_SPLIT = 1460

export function linkPlan(options: LinkOptions): LinkPlan {
  if (typeof options !== 'object' || options === null)
    throw new TypeError(`lab.link takes one object, not ${inspect(options)}: ${FORM}`)
  const unknown = Object.keys(options).find((name) => !NAMES.includes(name))
  if (unknown !== undefined) throw new TypeError(`lab.link has no option ${unknown}; it takes ${NAMES.join(', ')}`)
  const { to, seed = 1 } = options
  if (typeof seed !== 'number' && typeof seed !== 'string')
    throw new TypeError(`lab.link: seed is a number or text, not ${inspect(seed)}`)
  const target = addressOf(to)
  const plan = {
    kind: kindOf(options, target),
    target,
    loss: share(options, 'loss'),
    duplicate: share(options, 'duplicate'),
    reorder: share(options, 'reorder'),
    delay: seconds(options, 'delay'),
    jitter: seconds(options, 'jitter'),
    rate: rateOf(options.rate),
    split: splitOf(options.split),
    seed,
  }
  const wrong =
    plan.kind === 'tcp' ? (['loss', 'duplicate', 'reorder'] as const).find((name) => plan[name] > 0) : undefined
  if (wrong !== undefined)
    throw new RangeError(
      `lab.link: ${wrong} is for datagrams; TCP mends it before a program sees it. For a stream there are delay, jitter, rate and split`,
    )
  if (plan.kind === 'udp' && options.split !== undefined)
    throw new RangeError('lab.link: split is for streams; a datagram arrives whole or not at all')
  return plan
}

function addressOf(to: unknown): InetAddress {
  const address: unknown = to instanceof Socket ? to.getsockname() : to
  if (Array.isArray(address) && address.length >= 2) {
    const [host, port] = address as unknown[]
    if (typeof host === 'string' && Number.isInteger(port) && (port as number) > 0 && (port as number) < 65536)
      // A server that listens everywhere is reached here.
      return [host === '0.0.0.0' || host === '' ? '127.0.0.1' : host === '::' ? '::1' : host, port as number]
    if (to instanceof Socket && port === 0)
      throw new RangeError('lab.link: the socket has no port yet: bind it before the link is made')
  }
  throw new TypeError(`lab.link: to is a socket or an address ["127.0.0.1", 5000], not ${inspect(to)}`)
}

function kindOf({ to, type }: LinkOptions, [host, port]: InetAddress): 'udp' | 'tcp' {
  const known = to instanceof Socket ? ofSocket(to) : undefined
  if (type !== undefined && type !== 'udp' && type !== 'tcp')
    throw new RangeError(`lab.link: type is "udp" or "tcp", not ${inspect(type)}`)
  if (known !== undefined && type !== undefined && known !== type)
    throw new RangeError(`lab.link: to is a socket of type "${known}", so type: "${type}" does not fit: leave it out`)
  const found = type ?? known ?? ofAddress(host, port)
  if (found === undefined)
    throw new TypeError('lab.link: datagrams or streams? An address does not tell: add type: "udp" or type: "tcp"')
  return found
}

function ofSocket({ family, type }: Socket): 'udp' | 'tcp' | undefined {
  if (family !== AddressFamily.AF_INET && family !== AddressFamily.AF_INET6) return undefined
  return type === SocketKind.SOCK_STREAM ? 'tcp' : type === SocketKind.SOCK_DGRAM ? 'udp' : undefined
}

/** Of our own open sockets that hold the address, if they are all of one kind. */
function ofAddress(host: string, port: number): 'udp' | 'tcp' | undefined {
  const kinds = new Set<'udp' | 'tcp' | undefined>()
  for (const { socket, listening } of socketsAt(host, port)) {
    if (listening || socket.type === SocketKind.SOCK_DGRAM) kinds.add(ofSocket(socket))
  }
  return kinds.size === 1 ? [...kinds][0] : undefined
}

function share(options: LinkOptions, name: 'loss' | 'duplicate' | 'reorder'): number {
  const value: unknown = options[name] ?? 0
  if (typeof value === 'number' && value >= 0 && value <= 1) return value
  const meant = typeof value === 'number' && value > 1 && value <= 100 ? `: ${value} % is ${value / 100}` : ''
  throw new RangeError(`lab.link: ${name} is a share between 0 and 1, not ${inspect(value)}${meant}`)
}

function seconds(options: LinkOptions, name: 'delay' | 'jitter'): number {
  const value: unknown = options[name] ?? 0
  if (typeof value === 'number' && value >= 0 && value < Infinity) return value
  throw new RangeError(`lab.link: ${name} is in seconds, 0 or more, not ${inspect(value)} (50 ms is 0.05)`)
}

function rateOf(value: unknown = Infinity): number {
  if (typeof value === 'number' && value > 0) return value
  throw new RangeError(`lab.link: rate is in bytes a second, above 0, not ${inspect(value)}: leave it out for no limit`)
}

function splitOf(value: unknown = USUAL_SPLIT): number {
  if (Number.isInteger(value) && (value as number) >= 1) return value as number
  throw new RangeError(`lab.link: split is the longest piece in bytes, 1 or more, not ${inspect(value)}`)
}
