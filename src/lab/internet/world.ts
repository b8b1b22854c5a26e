/**
 * Who is who in the simulated internet: names, addresses, and what answers there. Data only.
 *
 * Addresses are of 127.10.0.0/16, which never leaves the machine, and of blocks reserved for documentation
 * (192.0.2.0/24, 2001:db8::/32; RFC 5737, RFC 3849). Names of ours end in `.example` (RFC 2606).
 */
import { hostname } from 'node:os'

/** What answers on a port. `http-or-echo` speaks HTTP when spoken to in HTTP, and repeats anything else. */
export type ServiceKind = 'http' | 'http-or-echo' | 'echo' | 'daytime'

export interface Service {
  readonly kind: ServiceKind
  readonly protocol: 'tcp' | 'udp'
  readonly port: number
}

export interface WorldHost {
  readonly names: readonly string[]
  /** In the order in which a look-up lists them. */
  readonly addresses: readonly string[]
  /** Any other port refuses. `'system'`: this very machine, whose ports are what they are. */
  readonly services: readonly Service[] | 'silent' | 'system'
  /** What the learner's table says about it. */
  readonly note: string
}

const http: Service = { kind: 'http', protocol: 'tcp', port: 80 }
const both = (kind: 'echo' | 'daytime', port: number): Service[] => [
  { kind, protocol: 'tcp', port },
  { kind, protocol: 'udp', port },
]

/** The hosts, this machine's own name included. */
export function world(ownName: string = hostname()): WorldHost[] {
  const hosts: WorldHost[] = [
    {
      names: ['www.google.com'],
      addresses: ['127.10.0.10', '2001:db8:10::10'],
      services: [http],
      note: 'a search page',
    },
    { names: ['google.com'], addresses: ['127.10.0.11'], services: [http], note: 'sends you on to www.google.com' },
    { names: ['www.github.com'], addresses: ['127.10.0.20'], services: [http], note: 'a page of repositories' },
    { names: ['github.com'], addresses: ['127.10.0.21'], services: [http], note: 'the same page' },
    {
      names: ['www.example.com'],
      addresses: ['127.10.0.30', '2001:db8:10::30'],
      services: [http],
      note: 'a page to try things on',
    },
    {
      names: ['example.com'],
      addresses: ['127.10.0.31', '2001:db8:10::31'],
      services: [http],
      note: 'the same page',
    },
    {
      names: ['server.com'],
      addresses: ['127.10.0.40'],
      services: [
        { kind: 'http-or-echo', protocol: 'tcp', port: 80 },
        { kind: 'echo', protocol: 'udp', port: 5000 },
      ],
      note: 'repeats what you say; answers HTTP with a page',
    },
    { names: ['echo.example'], addresses: ['127.10.0.50'], services: both('echo', 7), note: 'repeats (RFC 862)' },
    {
      names: ['daytime.example'],
      addresses: ['127.10.0.51'],
      services: both('daytime', 13),
      note: 'tells the time (RFC 867)',
    },
    { names: ['refuse.example'], addresses: ['127.10.0.60'], services: [], note: 'refuses every call' },
    { names: ['blackhole.example'], addresses: ['192.0.2.1'], services: 'silent', note: 'never answers' },
  ]
  const own = ownName.toLowerCase()
  if (own !== '' && !/^localhost(\.|$)/.test(own)) {
    hosts.push({ names: [own], addresses: ['127.10.0.1'], services: 'system', note: 'this machine: its own ports' })
  }
  return hosts
}

/** Shown in the table as the example of a name that nobody has; like any name not listed it is not found. */
export const NOBODY = 'nosuch.example'
