/**
 * Which bytes went where: each end of a connection with what it sent and received, and which of its `send`s a `recv`
 * at the other end took its bytes from. One send is not one recv.
 *
 * Knows nothing of names or drawing. Ends are found by their addresses, so that copies of a socket count as one end.
 */
import { ConnectionResetError } from '../../errors/os-error.ts'
import { MSG_PEEK } from '../../socket/constants/message-flags.ts'
import { SHUT_RD } from '../../socket/constants/socket-options.ts'
import { endsOf, kindOf } from './parties.ts'
import type { Before, Recorded } from './recorder.ts'

/** Bytes that one call carried, and where in the stream of its direction they begin. */
export interface Piece {
  readonly index: number
  readonly from: number
  readonly to: number
  readonly data: Buffer | undefined
}

/** One end of a connection. */
export interface End {
  /** `127.0.0.1:40000 127.0.0.1:5000`, or made up for UNIX sockets. */
  key: string
  peer: End | undefined
  readonly sockets: Set<object>
  readonly sent: Piece[]
  readonly received: Piece[]
  /** The call that made it; undefined: before the trace. */
  opened: number | undefined
  /** The call that ended its sending side. */
  ended: number | undefined
  /** The calls that met the end of the other's stream. */
  readonly met: number[]
  /** The call that met a reset. */
  reset: number | undefined
  /** Bytes that it received of what was sent before the trace began. */
  early: number
}

/** What arrived: from one call to another, and which bytes of the stream. */
export interface Link {
  readonly from: number
  readonly to: number
  readonly what: 'bytes' | 'connection' | 'end' | 'reset'
  readonly first: number
  /** The byte after the last. */
  readonly last: number
}

const peeks = (call: Recorded): boolean => ((call.flags ?? 0) & MSG_PEEK) !== 0

/** Finds the ends of all connections. */
export function findEnds(
  calls: readonly Recorded[],
  before: readonly Before[],
): { ends: End[]; of: ReadonlyMap<number, End> } {
  const ends: End[] = []
  const bySocket = new Map<object, End>()
  const byKey = new Map<string, End>()
  const of = new Map<number, End>()
  const waiting = new Map<string, { connects: End[]; accepts: End[] }>()

  const make = (key: string, socket: object): End => {
    const end: End = {
      key,
      peer: undefined,
      sockets: new Set([socket]),
      sent: [],
      received: [],
      opened: undefined,
      ended: undefined,
      met: [],
      reset: undefined,
      early: 0,
    }
    ends.push(end)
    bySocket.set(socket, end)
    if (key !== '') {
      byKey.set(key, end)
      const [near, far] = key.split(' ')
      join(end, byKey.get(`${far} ${near}`))
    }
    return end
  }

  /** UNIX connections have no addresses of their own: the first to connect is the first to be accepted. */
  const pairUp = (path: string, side: 'connects' | 'accepts', end: End): void => {
    const queue = waiting.get(path) ?? { connects: [], accepts: [] }
    waiting.set(path, queue)
    queue[side].push(end)
    if (queue.connects.length > 0 && queue.accepts.length > 0) join(queue.connects.shift()!, queue.accepts.shift())
  }

  const find = (call: Recorded, index: number): End | undefined => {
    const kind = kindOf(call.family, call.type)
    const known = bySocket.get(call.socket)
    if (call.call === 'socketpair' && call.other) {
      const end = known ?? make('', call.socket)
      join(end, bySocket.get(call.other))
      return end
    }
    if (call.call === 'dup' && call.other) {
      const original = bySocket.get(call.other)
      if (original) bySocket.set(call.socket, original)
      original?.sockets.add(call.socket)
      return original
    }
    const connected = /^connect/.test(call.call) && !call.failure && call.result === 0
    if (kind === 'UNIX stream' && (connected || call.call === 'accept') && !call.failure) {
      const end = make('', call.socket)
      pairUp(String(connected ? call.remote : call.local), connected ? 'connects' : 'accepts', end)
      end.opened = index
      return end
    }
    const key = call.failure && /^connect/.test(call.call) ? undefined : endsOf(kind, call.local, call.remote)
    const opens = connected || call.call === 'accept'
    if (key === undefined || call.result < 0) return known
    let end = byKey.get(key)
    // The same two addresses once more: a new connection.
    if (!end || (opens && end.opened !== undefined)) end = make(key, call.socket)
    bySocket.set(call.socket, end)
    end.sockets.add(call.socket)
    if (opens) end.opened ??= index
    return end
  }

  for (const { socket, family, type, local, remote } of before) {
    const key = endsOf(kindOf(family, type), local, remote)
    if (key === undefined) continue
    const copied = byKey.get(key)
    if (copied) bySocket.set(socket, copied)
    ;(copied ?? make(key, socket)).sockets.add(socket)
  }
  calls.forEach((call, index) => {
    const end = find(call, index)
    if (!end) return
    of.set(index, end)
    const { bytes } = call
    if (bytes !== undefined && call.call.startsWith('send')) append(end.sent, index, bytes, call.data)
    else if (bytes !== undefined && !peeks(call)) {
      if (bytes > 0) append(end.received, index, bytes, call.data)
      else end.met.push(index)
    }
    if (call.failure instanceof ConnectionResetError) end.reset ??= index
    if (call.failure) return
    if (call.call === 'close' || call.call === 'detach') end.sockets.delete(call.socket)
    const shut = call.call === 'shutdown' && call.result !== SHUT_RD
    if (shut || (call.call === 'close' && end.sockets.size === 0)) end.ended ??= index
  })
  joinTranslated(ends)
  return { ends, of }
}

function join(one: End, other: End | undefined): void {
  if (!other || one === other || one.peer || other.peer) return
  one.peer = other
  other.peer = one
}

/** Where a dialled address was translated only the accepting end names both ends truly. */
function joinTranslated(ends: readonly End[]): void {
  const lonely = ends.filter(({ peer, key }) => !peer && key !== '')
  for (const end of lonely) {
    const [near] = end.key.split(' ')
    join(
      end,
      lonely.find((other) => other !== end && !other.peer && other.key.split(' ')[1] === near),
    )
  }
}

function append(pieces: Piece[], index: number, bytes: number, data: Buffer | undefined): void {
  const from = pieces.at(-1)?.to ?? 0
  pieces.push({ index, from, to: from + bytes, data })
}

/** What arrived of each stream, and which call met its beginning and its end. */
export function linkEnds(ends: readonly End[]): Link[] {
  const links: Link[] = []
  for (const end of ends) {
    const { peer } = end
    if (!peer) continue
    // Each pair once: from the one that dialled.
    if (end.opened !== undefined && peer.opened !== undefined && ends.indexOf(end) < ends.indexOf(peer)) {
      links.push({ from: end.opened, to: peer.opened, what: 'connection', first: 0, last: 0 })
    }
    peer.early = bytesBefore(end.sent, peer.received)
    links.push(...overlaps(end.sent, peer.received, peer.early))
    const met = peer.met[0]
    if (end.ended === undefined) continue
    if (met !== undefined) links.push({ from: end.ended, to: met, what: 'end', first: 0, last: 0 })
    else if (peer.reset !== undefined) {
      links.push({ from: end.ended, to: peer.reset, what: 'reset', first: 0, last: 0 })
    }
  }
  return links
}

/** Every piece that a `recv` got of a `send`. */
function overlaps(sent: readonly Piece[], received: readonly Piece[], early: number): Link[] {
  const links: Link[] = []
  let at = 0
  for (const got of received) {
    const [from, to] = [got.from - early, got.to - early]
    while (at < sent.length && sent[at]!.to <= from) at++
    for (let i = at; i < sent.length && sent[i]!.from < to; i++) {
      const piece = sent[i]!
      const [first, last] = [Math.max(from, piece.from), Math.min(to, piece.to)]
      if (first < last) links.push({ from: piece.index, to: got.index, what: 'bytes', first, last })
    }
  }
  return links
}

/** So many candidates are tried before the beginning counts as the beginning. */
const MOST_TRIES = 1000

/**
 * How many of the received bytes were sent before the trace began: the first place where the received bytes go on as
 * the sent ones begin.
 */
function bytesBefore(sent: readonly Piece[], received: readonly Piece[]): number {
  const total = received.at(-1)?.to ?? 0
  const [source, target] = [joined(sent, total), joined(received, total)]
  if (source.length === 0 || target.length === 0) return 0
  for (let shift = 0, tries = 0; shift < target.length && tries < MOST_TRIES; tries++) {
    shift = target.indexOf(source[0]!, shift)
    if (shift < 0) break
    const length = Math.min(source.length, target.length - shift)
    if (target.subarray(shift, shift + length).equals(source.subarray(0, length))) return shift
    shift++
  }
  // Nothing agrees. All that came was sent before, as far as anybody can tell.
  return total
}

/** The first bytes of a stream, as far as they were kept without a gap. */
function joined(pieces: readonly Piece[], most: number): Buffer {
  const kept: Buffer[] = []
  let length = 0
  for (const { data, from, to } of pieces) {
    if (!data || data.length < to - from || length >= Math.min(most, 65536)) break
    kept.push(data)
    length += data.length
  }
  return Buffer.concat(kept)
}
