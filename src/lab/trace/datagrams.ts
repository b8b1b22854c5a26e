/**
 * Which datagram arrived where: a `sendto` and the `recvfrom` that got it, found by addresses and bytes.
 *
 * A datagram that nobody received may be lost, or still wait in a queue: from the calls alone both look the same.
 */
import { MSG_PEEK } from '../../socket/constants/message-flags.ts'
import { addressText, kindOf } from './parties.ts'
import type { Recorded } from './recorder.ts'
import type { Link } from './streams.ts'

/** Sent, and perhaps received. */
interface Sent {
  readonly index: number
  readonly call: Recorded
  readonly toMany: boolean
  readonly receivers: Set<object>
}

/** So far back a datagram that overtook others is looked for. */
const MOST_UNDERWAY = 1000

/** Is it about messages that keep their boundaries? */
export const hasDatagrams = (call: Recorded): boolean => /UDP|datagram/.test(kindOf(call.family, call.type))

/** Does it go to a group, or to everybody? */
export const toMany = (address: unknown): boolean =>
  Array.isArray(address) && /^(?:22[4-9]|23\d|255)\.|^ff|\.255$/i.test(String(address[0]))

/** Pairs what was sent with what was received. */
export function linkDatagrams(calls: readonly Recorded[]): Link[] {
  const links: Link[] = []
  const pairs = pairedSockets(calls)
  // What was told a moment too late counts as well: all that was sent is looked at, in the order of sending.
  const flows = new Map<string, Sent[]>()
  calls.forEach((call, index) => {
    if (!hasDatagrams(call) || !call.call.startsWith('send') || call.bytes === undefined) return
    const flow = flowKey(call, pairs, 'sent')
    const sent = flows.get(flow) ?? []
    flows.set(flow, sent)
    sent.push({ index, call, toMany: toMany(call.remote), receivers: new Set() })
  })
  calls.forEach((call, index) => {
    if (!hasDatagrams(call) || !call.call.startsWith('recv') || call.bytes === undefined) return
    if ((call.flags ?? 0) & MSG_PEEK) return
    const underway = flows.get(flowKey(call, pairs, 'received')) ?? []
    const at = underway.findIndex((sent, place) => place < MOST_UNDERWAY && fits(sent, call))
    if (at < 0) return
    const sent = underway[at]!
    sent.receivers.add(call.socket)
    if (!sent.toMany) underway.splice(at, 1)
    links.push({ from: sent.index, to: index, what: 'bytes', first: 0, last: sent.call.bytes! })
  })
  return links
}

function fits({ call: sent, toMany: many, receivers }: Sent, got: Recorded): boolean {
  if (many && receivers.has(got.socket)) return false
  if (!sent.data || !got.data) return sent.bytes === got.bytes
  // A receiver with little room gets the beginning only.
  return sent.data.subarray(0, got.data.length).equals(got.data) && got.data.length <= sent.data.length
}

/** The two ports (or paths) of a datagram: hosts may be 'every address' at one end and one of them at the other. */
function flowKey(call: Recorded, pairs: ReadonlyMap<object, number>, side: 'sent' | 'received'): string {
  const pair = pairs.get(call.socket)
  if (pair !== undefined) return `pair ${side === 'sent' ? pair : pair ^ 1}`
  const end = (address: unknown): string => {
    if (Array.isArray(address)) return String(address[1])
    return addressText(address) || '-'
  }
  const [own, other] = [end(call.local), end(call.remote)]
  return side === 'sent' ? `${own} ${other}` : `${other} ${own}`
}

/** The two ends of each socketpair as numbers 2n and 2n + 1. */
function pairedSockets(calls: readonly Recorded[]): Map<object, number> {
  const pairs = new Map<object, number>()
  for (const { call, socket, other } of calls) {
    if (call !== 'socketpair' || !other) continue
    const known = pairs.get(other)
    pairs.set(socket, known === undefined ? pairs.size : known ^ 1)
  }
  return pairs
}
