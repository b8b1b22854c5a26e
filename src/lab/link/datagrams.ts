/**
 * A relay for datagrams: each client's go on from a socket of its own, answers come back the same way, and chance
 * decides over each. The nth datagram of a client in one direction has the same fate at every run.
 *
 * Node's own sockets: they are not among the learner's, and are not traced.
 */
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import type { Endpoint } from '../../socket/hooks.ts'
import { turnOften } from '../../wait/index.ts'
import { type Random, seeded } from '../random.ts'
import { addEnd } from './ends.ts'
import { type Fate, FateLog } from './fates.ts'
import type { LinkPlan } from './options.ts'
import type { Relay } from './relay.ts'
import { makeRoom } from './room.ts'
import { Schedule } from './schedule.ts'

/** How long a datagram that the next one is to overtake waits for that one. */
const OVERTAKE_MS = 50
/** The system gives less where it must. */
const BUFFER = 4 * 2 ** 20

export async function relayDatagrams(plan: LinkPlan, target: Endpoint): Promise<Relay> {
  const log = new FateLog()
  const schedule = new Schedule(false)
  const clients = new Map<string, { way: Way; upstream: Socket }>()
  const sockets = new Set<Socket>()
  const identity = {}
  const family = target.host.includes(':') ? 'udp6' : 'udp4'
  const local = family === 'udp6' ? '::1' : '127.0.0.1'

  const open = (onDatagram: (data: Buffer, from: { address: string; port: number }) => void): Socket => {
    const sock = createSocket({ type: family, recvBufferSize: BUFFER, sendBufferSize: BUFFER }, onDatagram)
    // What cannot be sent on is lost, as on a real network.
    sock.on('error', () => {})
    sock.unref()
    sockets.add(sock)
    sock.once('listening', () => {
      // Who is bound to every address speaks from this one: there is no other way out of it.
      sock.once('close', addEnd(identity, 'UDP', [local, sock.address().port]))
    })
    return sock
  }
  const front = open((data, from) => {
    const key = `${from.address} ${from.port}`
    let client = clients.get(key)
    if (!client) {
      const number = clients.size + 1
      makeRoom(from.address, from.port)
      const back = new Way(plan, 'back', number, log, schedule, (answer) => front.send(answer, from.port, from.address))
      const upstream = open((answer) => back.take(answer))
      const way = new Way(plan, 'there', number, log, schedule, (question) =>
        upstream.send(question, target.port, target.host),
      )
      client = { way, upstream }
      clients.set(key, client)
    }
    client.way.take(data)
  })
  makeRoom(target.host, target.port)
  front.bind(0, local)
  await once(front, 'listening')
  // Only the seed loses datagrams here, not a buffer that a burst of this program has filled.
  const stopTurning = turnOften()
  return {
    address: [local, front.address().port],
    fates: () => log.fates('udp'),
    close() {
      stopTurning()
      schedule.close()
      for (const sock of sockets) sock.close()
      sockets.clear()
    },
  }
}

/** One direction of one client. */
class Way {
  readonly #plan: LinkPlan
  readonly #random: Random
  readonly #decided: (number: number, fate: Fate['fate'], data: Buffer) => void
  readonly #schedule: Schedule
  readonly #send: (data: Buffer) => void
  #count = 0
  /** When the line is free again, at a limited rate. */
  #free = 0
  /** What the next datagram overtakes, unless it has gone because nothing came. */
  #held: { pass(): void } | undefined
  /** Is one held back, or would be if time stood still? Fates are decided by this. */
  #holding = false

  constructor(
    plan: LinkPlan,
    way: Fate['way'],
    client: number,
    log: FateLog,
    schedule: Schedule,
    send: (data: Buffer) => void,
  ) {
    this.#plan = plan
    this.#random = seeded(plan.seed, `udp/${way}/${client}`)
    this.#decided = (number, fate, data) => log.add({ number, way, client, fate }, data)
    this.#schedule = schedule
    this.#send = (data) => {
      try {
        send(data)
      } catch {
        // Closed meanwhile.
      }
    }
  }

  take(data: Buffer): void {
    const { loss, duplicate, reorder, delay, jitter, rate } = this.#plan
    const number = ++this.#count
    // Always as many numbers, so that one option does not change what the others do.
    const [lost, twice, late, first, second] = [0, 0, 0, 0, 0].map(() => this.#random()) as [
      number,
      number,
      number,
      number,
      number,
    ]
    const now = performance.now()
    this.#free = Math.max(now, this.#free) + (data.length / rate) * 1000
    const due = (chance: number) => this.#free + (delay + jitter * chance) * 1000
    if (lost < loss) {
      this.#decided(number, 'lost', data)
      return
    }
    const before = this.#held
    this.#held = undefined
    if (twice < duplicate) {
      this.#decided(number, 'delivered twice', data)
      this.#deliver(due(first), data)
      this.#deliver(due(second), data)
    } else if (late < reorder && !this.#holding) {
      this.#decided(number, 'held back', data)
      this.#hold(due(first), data)
      this.#holding = true
      return
    } else {
      this.#decided(number, 'delivered', data)
      this.#deliver(due(first), data)
    }
    this.#holding = false
    before?.pass()
  }

  #deliver(due: number, data: Buffer): void {
    this.#schedule.at(due, () => this.#send(data))
  }

  /** Until the next one has passed, or nothing has come for a while. */
  #hold(due: number, data: Buffer): void {
    let gone = false
    const go = (at: number) => {
      if (gone) return
      gone = true
      this.#deliver(Math.max(at, due), data)
    }
    const held = { pass: () => go(this.#free + (this.#plan.delay + this.#plan.jitter) * 1000) }
    this.#held = held
    this.#schedule.at(performance.now() + OVERTAKE_MS, () => {
      if (this.#held === held) this.#held = undefined
      go(due)
    })
  }
}
