/**
 * The telephone exchange: from a dialled address and port to where a server of ours really is, and back.
 *
 * Decides before any system call, so that nothing is ever sent beyond this machine.
 */
import { BlockList, isIPv6 } from 'node:net'
import { ECONNREFUSED, ENETUNREACH } from '../../errors/errno.ts'
import { SocketKind } from '../../socket/families.ts'
import type { DialContext, Dialled, Endpoint } from '../../socket/hooks.ts'
import type { BlackHole } from './black-hole.ts'
import type { WorldHost } from './world.ts'

/** Made when it is first asked: it takes 3 ms of a program's start. */
let thisMachine: BlockList | undefined

function addressesHere(): BlockList {
  const list = new BlockList()
  list.addSubnet('127.0.0.0', 8)
  list.addAddress('::1', 'ipv6')
  // "Any address of this machine": as a destination it is the machine itself.
  list.addAddress('0.0.0.0')
  list.addAddress('::', 'ipv6')
  return list
}

type Protocol = 'tcp' | 'udp'

export class Exchange {
  readonly #hosts: ReadonlyMap<string, WorldHost>
  readonly #blackHole: BlackHole
  readonly #real = new Map<string, Endpoint>()
  readonly #dialled = new Map<string, Endpoint>()

  constructor(hosts: readonly WorldHost[], blackHole: BlackHole) {
    this.#hosts = new Map(hosts.flatMap((host) => host.addresses.map((address) => [address, host] as const)))
    this.#blackHole = blackHole
  }

  /** From now on a service listens: `dialled` is what the world knows, `real` where it is. */
  connect(protocol: Protocol, dialled: Endpoint, real: Endpoint): void {
    this.#real.set(key(protocol, dialled), real)
    this.#dialled.set(key(protocol, real), dialled)
  }

  /** As the hook `dial`: undefined leaves the address as it is. */
  dial(dialled: Endpoint, context: DialContext): Dialled | undefined {
    const host = this.#hosts.get(dialled.host)
    if (!host) return isThisMachine(dialled.host) ? undefined : unreachable(dialled)
    if (host.services === 'system') return undefined
    const protocol = protocolOf(context)
    if (host.services === 'silent') return { to: this.#blackHole[protocol] }
    const to = this.#real.get(key(protocol, dialled))
    if (to) return { to }
    const name = host.names[0]!
    if (isIPv6(dialled.host)) {
      const other = this.#real.get(key(protocol, { ...dialled, host: host.addresses[0]! }))
      if (other) return { errno: ENETUNREACH, hint: `IPv6 is off on this machine; ${name} has an IPv4 address too` }
    }
    if (protocol === 'udp') return { to: this.#lost(dialled) }
    const open = [...new Set(host.services.map((service) => service.port))].join(', ')
    const hint = open
      ? `${name} does not listen on port ${dialled.port}, only on ${open}`
      : `${name} listens on no port`
    return { errno: ECONNREFUSED, hint }
  }

  /** A datagram to a port where nobody listens is lost; an IPv6 socket takes an IPv4 address in IPv6 clothes. */
  #lost(dialled: Endpoint): Endpoint {
    const { host, port } = this.#blackHole.udp
    return isIPv6(dialled.host) ? { host: `::ffff:${host}`, port } : { host, port }
  }

  /** As the hook `undial`. */
  undial(real: Endpoint, context: DialContext): Endpoint | undefined {
    return this.#dialled.get(key(protocolOf(context), real))
  }
}

const key = (protocol: Protocol, { host, port }: Endpoint): string => `${protocol} ${host} ${port}`

const protocolOf = ({ type }: DialContext): Protocol => ((type & 0xf) === SocketKind.SOCK_DGRAM ? 'udp' : 'tcp')

/** BlockList knows an IPv4 address also in its IPv6 clothes (::ffff:127.0.0.1). */
function isThisMachine(host: string): boolean {
  thisMachine ??= addressesHere()
  return thisMachine.check(host, isIPv6(host) ? 'ipv6' : 'ipv4')
}

const unreachable = ({ host }: Endpoint): Dialled => ({
  errno: ENETUNREACH,
  hint: `${host} is not part of the simulated internet; lab.internet.table() lists who is, lab.internet.stop() leaves it`,
})
