/**
 * `lab.link`: a bad network between two programs of this machine, and always the same one for the same seed.
 *
 * Knows where it leads and when it ends; datagrams and streams have a relay each.
 */
import { inspect } from 'node:util'
import type { InetAddress } from '../../socket/addresses.ts'
import { getaddrinfo } from '../../socket/dns.ts'
import { AddressFamily, SocketKind } from '../../socket/families.ts'
import { type Endpoint, hooks } from '../../socket/hooks.ts'
import { currentUnit } from '../../wait/index.ts'
import { CaseUnit } from '../check/case-run.ts'
import { relayDatagrams } from './datagrams.ts'
import type { Fates } from './fates.ts'
import { type LinkOptions, type LinkPlan, linkPlan } from './options.ts'
import type { Relay } from './relay.ts'
import { relayStreams } from './streams.ts'

const open = new Set<Link>()

/** A relay that is open. Closed by `close()`, at the end of a `using`, or by `lab.closeAll()`. */
export class Link implements Disposable {
  readonly #relay: Relay
  readonly #plan: LinkPlan

  /** @internal */
  constructor(relay: Relay, plan: LinkPlan) {
    this.#relay = relay
    this.#plan = plan
    open.add(this)
  }

  /** Where to connect, or to send, instead of to the server itself. */
  get address(): InetAddress {
    return this.#relay.address
  }

  /** What became of each datagram, or piece of a stream, so far; shows itself as a table. */
  get fates(): Fates {
    return this.#relay.fates()
  }

  /** Ends it; what is still on its way is lost. */
  close(): void {
    if (open.delete(this)) this.#relay.close()
  }

  [Symbol.dispose](): void {
    this.close()
  }

  toString(): string {
    const { kind, target } = this.#plan
    const state = open.has(this) ? '' : ' (closed)'
    return `<lab.link ${kind} ${this.address.join(':')} → ${target.join(':')}${state}>`
  }

  [inspect.custom](): string {
    return this.toString()
  }
}

/**
 * A relay in front of a server that loses, doubles, delays and reorders datagrams, or cuts a stream into pieces.
 *
 * Chance decides, and a seed decides chance: the nth datagram (in one direction, of one client) has the same fate at
 * every run, whatever the timing. Answers come back through the link too, with fates of their own. Times are never
 * shorter than given.
 *
 * @param options where it leads (`to`), and how bad it is; all shares are 0 and all times too unless given
 * @throws {RangeError} a share beyond 0 to 1, a time below 0, loss on a stream
 * @throws {TypeError} `to` is no socket or address; an address that does not tell whether it is UDP or TCP
 * @example
 * using link = await lab.link({ to: server, loss: 0.2, duplicate: 0.1, seed: 7 })
 * await client.sendto(bytes`ping`, link.address)
 * link.fates
 */
export async function link(options: LinkOptions): Promise<Link> {
  const plan = linkPlan(options)
  const unit = currentUnit()
  const target = await endpointOf(plan)
  const relay = await (plan.kind === 'udp' ? relayDatagrams(plan, target) : relayStreams(plan, target))
  const made = new Link(relay, plan)
  if (unit instanceof CaseUnit) unit.atEnd.push(() => made.close())
  return made
}

/** Names are looked up once; the simulated internet is asked too. */
async function endpointOf({ kind, target: [host, port] }: LinkPlan): Promise<Endpoint> {
  const type = kind === 'udp' ? SocketKind.SOCK_DGRAM : SocketKind.SOCK_STREAM
  const [row] = await getaddrinfo(host, port, { type })
  const family = row![0]
  const dialled = { host: String(row![4][0]), port }
  const context = { family: family ?? AddressFamily.AF_INET, type, syscall: kind === 'udp' ? 'sendto' : 'connect' }
  const led = hooks.dial?.(dialled, context)
  return led && 'to' in led ? led.to : dialled
}

/** Closes every link; for `lab.closeAll()`. */
export function closeLinks(): void {
  for (const one of [...open]) one.close()
}
