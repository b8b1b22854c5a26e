/**
 * What happened, put together: the calls in order, who made each, whom it concerned, and what arrived where.
 *
 * Everything that is drawn or written to a file is made from this. Knows nothing of how.
 */
import { hasDatagrams, linkDatagrams, toMany } from './datagrams.ts'
import { Parties, type Party } from './parties.ts'
import type { Recorded, Recorder } from './recorder.ts'
import { type End, findEnds, type Link, linkEnds } from './streams.ts'
import { failureOf } from './wording.ts'

/** One call. */
export interface Step {
  readonly index: number
  readonly call: Recorded
  readonly party: Party
  /** The party at the other end, if the call concerns one. */
  readonly other: Party | undefined
  /** Its end of a connection. */
  readonly end: End | undefined
  /** What arrived elsewhere from it, and here from elsewhere. */
  readonly to: readonly Link[]
  readonly from: readonly Link[]
  /** Where in the stream of this direction its bytes begin. */
  readonly offset: number | undefined
}

export interface Story {
  readonly steps: readonly Step[]
  readonly links: readonly Link[]
  /** The lifelines: clients first, then links, then servers. */
  readonly parties: readonly Party[]
  readonly ends: readonly End[]
  /** Milliseconds. */
  readonly duration: number
  /** Milliseconds since 1970. */
  readonly epoch: number
  readonly leftOut: ReadonlyMap<string, number>
  readonly bytesLeftOut: number
}

/** When the call began to have its effect: a connection is made before `connect` returns. */
const began = (call: Recorded): number =>
  /^connect/.test(call.call) && call.result === 0 && !call.failure ? call.at - call.waited : call.at

export const isConnect = (call: Recorded): boolean => /^connect/.test(call.call)
export const isSend = (call: Recorded): boolean => call.call.startsWith('send')
export const isReceive = (call: Recorded): boolean => call.call.startsWith('recv')

/** Sent to one of ours, and not received: not yet, or never. */
export const isLost = ({ call, other, to, end }: Step): boolean =>
  isSend(call) &&
  !call.failure &&
  other !== undefined &&
  !other.outside &&
  to.length === 0 &&
  !(end && call.bytes === 0)

/** What an address is called that nobody answers at. */
export const NOBODY = 'nobody'

/** Puts together what was written down. */
export function tell(recorder: Recorder): Story {
  const calls = recorder.calls.map((call) => ({ ...call, at: began(call) })).sort((a, b) => a.at - b.at)
  const parties = new Parties(recorder.before, recorder.names, recorder.links)
  const own = calls.map((call) => parties.of(call))
  const { ends, of } = findEnds(calls, recorder.before)
  const links = [...linkEnds(ends), ...linkDatagrams(calls)]
  const to = group(links, ({ from }) => from)
  const from = group(links, ({ to }) => to)
  giveRoles(calls, own)
  const partyOf = new Map<End, Party>()
  for (const [index, end] of of) if (!partyOf.has(end)) partyOf.set(end, own[index]!)

  const other = (call: Recorded, index: number): Party | undefined => {
    const linked = to.get(index)?.[0]?.to ?? from.get(index)?.[0]?.from
    if (linked !== undefined) return own[linked]
    const peer = of.get(index)?.peer
    if (peer) return partyOf.get(peer)
    const concerns = isConnect(call) || isSend(call) || isReceive(call) || call.call === 'accept'
    if (!concerns) return undefined
    const role = own[index]!.role === 'server' ? 'client' : 'server'
    const party = parties.at(own[index]!.kind, call.remote, role)
    if (party?.outside && toMany(call.remote)) party.title ??= 'group'
    return party === own[index] ? undefined : party
  }
  const offsets = new Map(
    ends.flatMap(({ sent, received }) => [...sent, ...received]).map((one) => [one.index, one.from]),
  )
  const steps = calls.map((call, index): Step => {
    const end = of.get(index)
    return {
      index,
      call,
      party: own[index]!,
      other: other(call, index),
      end,
      to: to.get(index) ?? [],
      from: from.get(index) ?? [],
      offset: offsets.get(index),
    }
  })
  nameNobody(steps)
  const present = new Set(steps.flatMap(({ party, other }) => (other ? [party, other] : [party])))
  const { duration, epoch, leftOut, bytesLeftOut } = recorder
  const named = giveNames(parties.all.filter((party) => present.has(party)))
  return { steps, links, parties: named, ends, duration, epoch, leftOut, bytesLeftOut }
}

function group(links: readonly Link[], key: (link: Link) => number): Map<number, Link[]> {
  const groups = new Map<number, Link[]>()
  for (const link of links) {
    const list = groups.get(key(link))
    if (list) list.push(link)
    else groups.set(key(link), [link])
  }
  return groups
}

/** Who did not dial and does not listen: who waits for the first datagram is a server, who sends it a client. */
function giveRoles(calls: readonly Recorded[], own: readonly Party[]): void {
  calls.forEach((call, index) => {
    const party = own[index]!
    if (call.call === 'socketpair') {
      party.title = 'end'
      party.role ??=
        party === own[0] || index === 0 ? 'client' : own[index - 1]!.role === 'client' ? 'server' : 'client'
    }
    if (hasDatagrams(call) && (isSend(call) || isReceive(call))) party.role ??= isReceive(call) ? 'server' : 'client'
  })
  calls.forEach((call, index) => {
    if (call.call === 'bind' && !call.failure) own[index]!.role ??= 'server'
  })
  for (const party of own) party.role ??= 'client'
}

/** An address that only refused, or never answered. */
function nameNobody(steps: readonly Step[]): void {
  const outside = new Map<Party, Step[]>()
  for (const step of steps)
    if (step.other?.outside && !step.other.between) outside.set(step.other, [...(outside.get(step.other) ?? []), step])
  for (const [party, about] of outside) {
    const refused = about.some(({ call }) => failureOf(call) === 'ECONNREFUSED')
    const heard = about.some(({ call }) => call.bytes !== undefined && isReceive(call))
    const inVain = party.kind === 'TCP' && about.every(({ call }) => isConnect(call) && failureOf(call))
    if (!inVain && (heard || !refused)) continue
    party.note = refused ? 'nobody listens' : 'no answer'
    party.title ??= NOBODY
  }
}

/** `client`, `link`, `server`; `client 1`, `client 2` where there are several. */
function giveNames(parties: readonly Party[]): Party[] {
  const sorted = [
    ...parties.filter(({ role, between }) => role !== 'server' && !between),
    ...parties.filter(({ between }) => between),
    ...parties.filter(({ role, between }) => role === 'server' && !between),
  ]
  const base = (party: Party): string => party.title ?? party.role ?? 'client'
  const counts = new Map<string, number>()
  for (const party of sorted) {
    const name = base(party)
    const several = sorted.filter((other) => base(other) === name).length > 1
    const number = (counts.get(name) ?? 0) + 1
    counts.set(name, number)
    party.name = several ? `${name} ${number}` : name
  }
  return sorted
}
