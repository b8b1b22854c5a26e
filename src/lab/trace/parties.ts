/**
 * Who takes part: the lifelines of a trace. A server is one party with all the connections it has accepted; every other
 * socket is a party with its copies; an address outside of this program is one too.
 *
 * Knows addresses and roles, nothing of bytes or drawing.
 */
import { showAddress } from '../../socket/addresses.ts'
import { AddressFamily, SocketKind } from '../../socket/families.ts'
import { host } from '../../wait/index.ts'
import type { Before, LinkEnd, Recorded } from './recorder.ts'

/** Which side of a conversation a party is on. */
export type Role = 'client' | 'server'

/** A lifeline. */
export class Party {
  /** `client`, `client 2`, `server`; set when all are known. */
  name = ''
  role: Role | undefined
  /** `TCP`, `UDP`, `UNIX`, … */
  readonly kind: string
  /** Its address as one writes it; of an outside party the one that was dialled. */
  address = ''
  /** Not in this program: nothing is known of its own calls. */
  readonly outside: boolean
  /** `cell [3]`: who opened it. */
  readonly cell: string
  /** A better word than `client` or `server` for its name. */
  title: string | undefined
  /** What else there is to say of an outside one. */
  note = 'elsewhere'
  /** A link: between the two sides, and both sides of it are this one. */
  between = false

  constructor(kind: string, outside: boolean, cell = '') {
    this.kind = kind
    this.outside = outside
    this.cell = cell
  }
}

/** `TCP`, `UDP`, `UNIX stream`, …: which conversations there can be. */
export function kindOf(family: number, type: number): string {
  const stream = type === SocketKind.SOCK_STREAM
  if (family === AddressFamily.AF_UNIX) return stream ? 'UNIX stream' : 'UNIX datagram'
  if (family !== AddressFamily.AF_INET && family !== AddressFamily.AF_INET6) return AddressFamily[family] ?? 'other'
  return stream ? 'TCP' : type === SocketKind.SOCK_DGRAM ? 'UDP' : (SocketKind[type] ?? 'other').replace('SOCK_', '')
}

/** An address as text, the same for the same address; `''`: none, or not yet one that others could reach. */
export function addressText(address: unknown): string {
  if (address === null || address === undefined || address === '') return ''
  if (Array.isArray(address) && (typeof address[1] !== 'number' || address[1] === 0)) return ''
  // An IPv4 address that an IPv6 socket sees: the same to whoever reads.
  return showAddress(
    Array.isArray(address) ? [String(address[0]).replace(/^::ffff:(?=\d+\.)/, ''), address[1]] : address,
  )
}

const portOf = (address: unknown): unknown => (Array.isArray(address) ? address[1] : address)

/** Finds the party of each socket, in the order of the calls. */
export class Parties {
  readonly all: Party[] = []
  readonly #ofSocket = new Map<object, Party>()
  readonly #before: ReadonlyMap<object, Before>
  readonly #listening = new Map<string, Party>()
  readonly #ofEnds = new Map<string, Party>()
  readonly #outside = new Map<string, Party>()
  readonly #names: ReadonlyMap<string, string>
  /** By kind and address. */
  readonly #links = new Map<string, Party>()

  constructor(before: readonly Before[], names: ReadonlyMap<string, string>, links: readonly LinkEnd[] = []) {
    this.#meetLinks(links)
    this.#names = names
    this.#before = new Map(before.map((socket) => [socket.socket, socket]))
    // Whoever can be dialled is met at once; a party that nobody deals with is not drawn.
    for (const { socket, listening, local, type } of before) {
      if (listening || (type !== SocketKind.SOCK_STREAM && addressText(local) !== '')) this.#fromBefore(socket)
    }
  }

  /** Both sides of a link are one party, with the address that its clients are given. */
  #meetLinks(links: readonly LinkEnd[]): void {
    const parties = new Map<object, Party>()
    for (const { link, kind, address } of links) {
      let party = parties.get(link)
      if (!party) {
        party = this.#add(new Party(kind, true))
        party.address = addressText(address)
        party.title = 'link'
        party.note = 'a bad network'
        party.between = true
        parties.set(link, party)
      }
      this.#links.set(`${kind} ${addressText(address)}`, party)
    }
  }

  /** The party that made a call. */
  of(call: Recorded): Party {
    const party = this.#ofSocket.get(call.socket) ?? this.#find(call)
    this.#ofSocket.set(call.socket, party)
    const kind = party.kind
    const local = addressText(call.local)
    if (local !== '' && !call.failure && call.call !== 'accept') party.address ||= local
    if (call.call === 'bind' && !call.failure && local !== '') party.address = local
    if (call.call === 'listen' && !call.failure) this.#listens(party, kind, call.local)
    if (/^connect/.test(call.call)) party.role ??= 'client'
    const ends = endsOf(kind, call.local, call.remote)
    if (ends) this.#ofEnds.set(ends, party)
    return party
  }

  #find(call: Recorded): Party {
    const kind = kindOf(call.family, call.type)
    if (call.other && (call.call === 'accept' || call.call === 'dup')) {
      const known = this.#ofSocket.get(call.other) ?? this.#fromBefore(call.other)
      if (known) {
        this.#ofSocket.set(call.other, known)
        if (call.call === 'accept') this.#listens(known, kind, call.local)
        return known
      }
    }
    const ends = endsOf(kind, call.local, call.remote)
    return (
      this.#fromBefore(call.socket) ??
      (ends ? this.#ofEnds.get(ends) : undefined) ??
      (ends && kind !== 'UDP' ? this.#listening.get(`${kind} ${portOf(call.local)}`) : undefined) ??
      this.#add(new Party(kind, false, host.describe(call.scope) ?? ''))
    )
  }

  /** A socket that was there before: a listener, one that a listener accepted, or any other. */
  #fromBefore(socket: object): Party | undefined {
    const before = this.#before.get(socket)
    if (!before) return undefined
    const known = this.#ofSocket.get(socket)
    if (known) return known
    const kind = kindOf(before.family, before.type)
    const port = portOf(before.local)
    if (!before.listening && addressText(before.remote) !== '' && kind !== 'UDP') {
      for (const other of this.#before.values()) {
        if (!other.listening || kindOf(other.family, other.type) !== kind || portOf(other.local) !== port) continue
        const listener = this.#fromBefore(other.socket)
        if (listener) return this.#keep(socket, listener)
      }
    }
    const ends = endsOf(kind, before.local, before.remote)
    const copied = ends === undefined ? undefined : this.#ofEnds.get(ends)
    if (copied) return this.#keep(socket, copied)
    const party = this.#keep(socket, this.#add(new Party(kind, false, host.describe(before.scope) ?? '')))
    if (ends !== undefined) this.#ofEnds.set(ends, party)
    party.address = addressText(before.local)
    if (before.listening) this.#listens(party, kind, before.local)
    return party
  }

  #keep(socket: object, party: Party): Party {
    this.#ofSocket.set(socket, party)
    return party
  }

  #listens(party: Party, kind: string, local: unknown): void {
    party.role = 'server'
    party.address ||= addressText(local)
    this.#listening.set(`${kind} ${portOf(local)}`, party)
  }

  #add(party: Party): Party {
    this.all.push(party)
    return party
  }

  /** The party at an address: one of ours, or one outside. */
  at(kind: string, address: unknown, role: Role): Party | undefined {
    const text = addressText(address)
    if (text === '') return undefined
    const port = portOf(address)
    const here = this.all.find(
      (party) =>
        !party.outside && party.kind === kind && (party.address === text || isAnywhere(party.address, text, port)),
    )
    if (here) return here
    const key = `${kind} ${text}`
    let party = this.#links.get(key) ?? this.#outside.get(key)
    if (!party) {
      party = this.#add(new Party(kind, true))
      party.address = text
      party.role = role
      party.title = Array.isArray(address) ? this.#names.get(String(address[0])) : undefined
      this.#outside.set(key, party)
    }
    return party
  }
}

/** Is a party that is bound to every address of the machine meant? */
function isAnywhere(own: string, dialled: string, port: unknown): boolean {
  if (own !== `0.0.0.0:${port}` && own !== `[::]:${port}`) return false
  return /^(?:127\.|0\.0\.0\.0|\[::|2(?:2[4-9]|3\d)\.|255\.|\[ff)/.test(dialled)
}

/** Both ends of a connection as text; undefined if there are not two. */
export function endsOf(kind: string, local: unknown, remote: unknown): string | undefined {
  if (kind !== 'TCP') return undefined
  const [near, far] = [addressText(local), addressText(remote)]
  return near && far ? `${near} ${far}` : undefined
}
