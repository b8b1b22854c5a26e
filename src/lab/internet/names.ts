/** Names of the simulated internet: what a look-up finds, both ways. Knows nothing of ports and servers. */
import { isIP, isIPv6 } from 'node:net'
import { AddressFamily } from '../../socket/families.ts'
import type { Query, Resolution } from '../../socket/hooks.ts'
import type { WorldHost } from './world.ts'

/** Numbers of netdb.h. */
const EAI_NONAME = -2
const EAI_ADDRFAMILY = -9

/** Names that mean this machine on every system: the system answers for them. */
const LOCAL = /^(localhost(\..*)?|.*\.localhost|ip6-localhost|ip6-loopback)$/

/** Addresses whose names stand in /etc/hosts. */
const OWN: ReadonlySet<string> = new Set(['127.0.0.1', '::1'])

export interface Names {
  /** As the hook `resolve`: undefined leaves it to the system. */
  resolve(query: Query): Resolution | undefined
  /** As the hook `reverse`: null for whoever is not part of it. */
  reverse(address: string): string | null | undefined
}

/** The names of these hosts. Every other name does not exist, so that nothing is asked of a real network. */
export function namesOf(hosts: readonly WorldHost[]): Names {
  const byName = new Map(hosts.flatMap((host) => host.names.map((name) => [name, host] as const)))
  const byAddress = new Map(hosts.flatMap((host) => host.addresses.map((address) => [address, host] as const)))
  return {
    resolve({ host: asked, family }) {
      const name = asked.toLowerCase().replace(/\.$/, '')
      if (name === '' || isIP(name.replace(/%.*$/, '')) !== 0 || looksNumeric(name) || LOCAL.test(name))
        return undefined
      const host = byName.get(name)
      if (!host) return { error: EAI_NONAME, hint: `nobody has the name ${asked} in the simulated internet` }
      const addresses = host.addresses.filter((address) => isOf(family, address))
      if (addresses.length === 0) {
        return { error: EAI_ADDRFAMILY, hint: `${asked} has no address of this family in the simulated internet` }
      }
      return { addresses, canonicalName: host.names[0]! }
    },
    // Of any other address the system would ask a name server.
    reverse: (address) => byAddress.get(address)?.names[0] ?? (OWN.has(address) ? undefined : null),
  }
}

/** `127.1` and `0x7f000001` are addresses to inet_aton(3), though not to `isIP`. */
const looksNumeric = (name: string): boolean => /^(0x[0-9a-f]*|\d+)(\.(0x[0-9a-f]*|\d+)){0,3}$/.test(name)

function isOf(family: number, address: string): boolean {
  if (family === AddressFamily.AF_INET) return !isIPv6(address)
  return family !== AddressFamily.AF_INET6 || isIPv6(address)
}
