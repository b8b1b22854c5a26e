/**
 * A story as packets: what TCP and UDP would most simply have put on a wire for these calls.
 *
 * Sequence numbers count the bytes, a `recv` acknowledges, a reset is written where the other end met one. There are no
 * retransmissions and no windows, for nothing was captured.
 */
import { SHUT_RD } from '../../socket/constants/socket-options.ts'
import { hasDatagrams } from './datagrams.ts'
import { ACK, type Address, FIN, PSH, RST, SYN, tcpPacket, udpPacket } from './packets.ts'
import { isConnect, isReceive, isSend, type Step, type Story } from './story.ts'
import type { End } from './streams.ts'
import { failureOf } from './wording.ts'

export interface Packet {
  /** Milliseconds since the trace began. */
  readonly at: number
  readonly data: Buffer
  readonly comment: string
}

/** On loopback a segment may be as large as this. */
const LARGEST = 65_000

/** One side of a connection: what it has sent, and what of the other's it has acknowledged. */
interface Side {
  readonly address: Address
  next: number
  acked: number
  closed: boolean
}

/** The packets in order, and how many calls had none because their sockets are UNIX sockets. */
export function packetsOf(story: Story): { packets: Packet[]; left: number } {
  const packets: Packet[] = []
  const connections = new Map<End, Connection>()
  let left = 0
  for (const step of story.steps) {
    const { party, call } = step
    if (hasDatagrams(call) && party.kind === 'UDP') datagram(step, story, packets)
    else if (party.kind !== 'TCP') left++
    else if (isConnect(call) && (call.failure !== undefined || call.result !== 0)) failedConnect(step, packets)
    else if (step.end) {
      let connection = connections.get(step.end)
      if (!connection) {
        connection = Connection.of(step, packets)
        if (!connection) continue
        connections.set(step.end, connection)
        if (step.end.peer) connections.set(step.end.peer, connection)
      }
      connection.step(step, story)
    }
  }
  return { packets, left }
}

const endpoint = (address: unknown): Address | undefined =>
  Array.isArray(address) && typeof address[1] === 'number' ? { host: String(address[0]), port: address[1] } : undefined

const isAny = (host: string): boolean => host === '0.0.0.0' || host === '::'

/** A socket that is bound to every address speaks from the one that fits its peer. */
const near = (own: Address, other: Address): Address => {
  if (!isAny(own.host)) return own
  const loopback = other.host === '::1' ? '::1' : other.host.includes(':') ? other.host : '127.0.0.1'
  return { host: loopback, port: own.port }
}

function datagram({ call, from, other }: Step, _story: Story, packets: Packet[]): void {
  const [local, remote] = [endpoint(call.local), endpoint(call.remote)]
  if (call.bytes === undefined || !local || !remote) return
  const out = isSend(call)
  // What one of ours sent is written when it was sent.
  if (!out && (from.length > 0 || !other?.outside)) return
  const [source, target] = out ? [near(local, remote), near(remote, local)] : [remote, near(local, remote)]
  const data = call.data ?? Buffer.alloc(call.bytes)
  const packet = udpPacket(source, target, data)
  if (packet) packets.push({ at: call.at, data: packet, comment: call.data ? '' : 'its bytes were not kept: zeros' })
}

/** Refused: a SYN and a RST. No answer: a SYN alone. */
function failedConnect({ call }: Step, packets: Packet[]): void {
  const [local, remote] = [endpoint(call.local), endpoint(call.remote)]
  const failure = failureOf(call)
  if (!local || !remote || !/^(?:ECONNREFUSED|timed out|ETIMEDOUT|EINPROGRESS|KeyboardInterrupt)$/.test(failure ?? ''))
    return
  const own = near(local.port === 0 ? { ...local, port: 65_535 } : local, remote)
  const push = (at: number, data: Buffer | undefined): void => {
    if (data) packets.push({ at, data, comment: local.port === 0 ? 'its own port is not known any more' : '' })
  }
  const none = Buffer.alloc(0)
  push(call.at - call.waited, tcpPacket(own, remote, { seq: 0, ack: 0, flags: SYN }, none))
  if (failure === 'ECONNREFUSED') push(call.at, tcpPacket(remote, own, { seq: 0, ack: 1, flags: RST | ACK }, none))
}

/** A TCP connection that is told call by call. */
class Connection {
  readonly #own: Side
  readonly #other: Side
  /** The end that `#own` is. */
  readonly #end: End
  readonly #packets: Packet[]

  private constructor(end: End, own: Address, other: Address, begun: boolean, packets: Packet[]) {
    const side = (address: Address): Side => ({ address, next: begun ? 0 : 1, acked: begun ? 0 : 1, closed: false })
    this.#end = end
    this.#own = side(own)
    this.#other = side(other)
    this.#packets = packets
  }

  static of({ call, end, index }: Step, packets: Packet[]): Connection | undefined {
    const [local, remote] = [endpoint(call.local), endpoint(call.remote)]
    if (!local || !remote || !end) return undefined
    const connection = new Connection(end, local, remote, end.opened === index, packets)
    if (end.opened === index) connection.#handshake(call.at, isConnect(call))
    return connection
  }

  #handshake(at: number, dialled: boolean): void {
    const [client, server] = dialled ? [this.#own, this.#other] : [this.#other, this.#own]
    this.#write(at, client, server, SYN)
    this.#write(at, server, client, SYN | ACK)
    this.#write(at, client, server, ACK)
  }

  step(step: Step, story: Story): void {
    const { call, end } = step
    const [here, there] = end === this.#end ? [this.#own, this.#other] : [this.#other, this.#own]
    const failure = failureOf(call)
    if (isSend(call) && call.bytes) this.#data(step, here, there, call.data ?? this.#dataOf(step, story))
    else if (isReceive(call) && call.bytes !== undefined) {
      if (call.bytes > 0) {
        if (!end!.peer) this.#data(step, there, here, call.data)
        this.#acknowledge(call.at, here, there)
      } else {
        if (!end!.peer && !there.closed) this.#finish(call.at, there, here)
        this.#acknowledge(call.at, here, there)
      }
    } else if (failure === 'ECONNRESET' && !there.closed) this.#reset(call.at, there, here)
    else if (end!.ended === step.index && !here.closed) {
      const abrupt = call.call === 'close' && end!.peer?.reset !== undefined
      if (abrupt) this.#reset(call.at, here, there)
      else this.#finish(call.at, here, there)
    } else if (call.call === 'shutdown' && call.result === SHUT_RD) return
  }

  /** What sendfile sent is not seen on its way; whoever received it has it. */
  #dataOf(step: Step, story: Story): Buffer | undefined {
    const got: Buffer[] = []
    let at = step.offset ?? 0
    const end = at + step.call.bytes!
    for (const { to, first, last } of step.to) {
      const target = story.steps[to]!
      if (first !== at || !target.call.data) return undefined
      const begin = first - (target.offset! - target.end!.early)
      got.push(target.call.data.subarray(begin, begin + last - first))
      at = last
    }
    return at === end ? Buffer.concat(got) : undefined
  }

  #data({ call }: Step, from: Side, to: Side, kept: Buffer | undefined): void {
    const data = kept ?? Buffer.alloc(call.bytes!)
    const comment = kept ? '' : 'its bytes were not kept: zeros'
    for (let at = 0; at < data.length; at += LARGEST) {
      const part = data.subarray(at, at + LARGEST)
      this.#write(call.at, from, to, at + LARGEST >= data.length ? PSH | ACK : ACK, part, comment)
    }
  }

  #acknowledge(at: number, from: Side, to: Side): void {
    if (from.acked !== to.next && !from.closed) this.#write(at, from, to, ACK)
    else if (from.acked !== to.next) this.#write(at, from, to, ACK)
  }

  #finish(at: number, from: Side, to: Side): void {
    this.#write(at, from, to, FIN | ACK)
    from.closed = true
    // Both have ended: the last acknowledgement is the kernel's own.
    if (to.closed) this.#acknowledge(at, to, from)
  }

  #reset(at: number, from: Side, to: Side): void {
    this.#write(at, from, to, RST | ACK)
    from.closed = true
    to.closed = true
  }

  #write(at: number, from: Side, to: Side, flags: number, data: Uint8Array = Buffer.alloc(0), comment = ''): void {
    const packet = tcpPacket(from.address, to.address, { seq: from.next, ack: to.next, flags }, data)
    from.next += data.length + (flags & (SYN | FIN) ? 1 : 0)
    if (flags & ACK) from.acked = to.next
    if (packet) this.#packets.push({ at, data: packet, comment })
  }
}
