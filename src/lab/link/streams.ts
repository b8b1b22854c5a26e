/**
 * A relay for streams: cuts each at places that the seed decides, and delivers piece by piece. Nothing is lost and
 * nothing overtakes: a stream is what TCP makes of a network that does both.
 *
 * Node's own sockets: they are not among the learner's, and are not traced.
 */
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import type { Endpoint } from '../../socket/hooks.ts'
import { type Random, seeded } from '../random.ts'
import { addEnd } from './ends.ts'
import { type Fate, FateLog } from './fates.ts'
import type { LinkPlan } from './options.ts'
import type { Relay } from './relay.ts'
import { Schedule } from './schedule.ts'

/** No more is read while so much is on its way. */
const MOST_ON_THE_WAY = 256 * 1024

export async function relayStreams(plan: LinkPlan, target: Endpoint): Promise<Relay> {
  const log = new FateLog()
  const ends = new Set<Socket>()
  const schedules = new Set<Schedule>()
  const identity = {}
  let clients = 0
  const local = target.host.includes(':') ? '::1' : '127.0.0.1'
  const keep = (end: Socket) => {
    end.unref()
    end.setNoDelay(true)
    ends.add(end)
    end.once('close', () => ends.delete(end))
  }

  const server = createServer({ allowHalfOpen: true }, (near) => {
    const number = ++clients
    const far = connect({ host: target.host, port: target.port, allowHalfOpen: true })
    keep(near)
    keep(far)
    far.once('connect', () => {
      const { localAddress, localPort } = far
      if (localAddress && localPort) far.once('close', addEnd(identity, 'TCP', [localAddress, localPort]))
    })
    const pump = (way: Fate['way'], from: Socket, to: Socket) => {
      const schedule = new Schedule(true)
      schedules.add(schedule)
      from.once('close', () => schedules.delete(schedule))
      new Pump(plan, way, number, log, schedule).run(from, to)
    }
    pump('there', near, far)
    pump('back', far, near)
    // A reset on one side is a reset on the other; nobody there is one too.
    near.on('error', () => far.resetAndDestroy())
    far.on('error', () => near.resetAndDestroy())
  })
  server.listen({ host: local, port: 0 })
  await once(server, 'listening')
  server.unref()
  const bound = server.address()
  if (bound === null || typeof bound === 'string') throw new Error('a TCP server has an address and a port')
  const removeEnd = addEnd(identity, 'TCP', [local, bound.port])
  return {
    address: [local, bound.port],
    fates: () => log.fates('tcp'),
    close() {
      removeEnd()
      server.close()
      for (const schedule of schedules) schedule.close()
      for (const end of ends) end.destroy()
    },
  }
}

/** One direction of one connection. */
class Pump {
  readonly #plan: LinkPlan
  readonly #random: Random
  readonly #delivered: (number: number, data: Buffer) => void
  readonly #schedule: Schedule
  /** Bytes until the next cut. */
  #left = 0
  #pieces = 0
  #free = 0
  #due = 0
  #onTheWay = 0

  constructor(plan: LinkPlan, way: Fate['way'], client: number, log: FateLog, schedule: Schedule) {
    this.#plan = plan
    this.#random = seeded(plan.seed, `tcp/${way}/${client}`)
    this.#delivered = (number, data) => log.add({ number, way, client, fate: 'delivered' }, data)
    this.#schedule = schedule
  }

  run(from: Socket, to: Socket): void {
    from.on('data', (data: Buffer) => {
      for (let at = 0; at < data.length; ) {
        if (this.#left === 0) this.#left = this.#pieceLength()
        const piece = data.subarray(at, at + this.#left)
        at += piece.length
        this.#left -= piece.length
        this.#send(piece, from, to)
      }
    })
    from.on('end', () => this.#schedule.at(Math.max(this.#due, performance.now()), () => to.end()))
  }

  /** Short ones and long ones alike: as often below 10 bytes as between 10 and 100. */
  #pieceLength(): number {
    return Math.max(1, Math.round(this.#plan.split ** this.#random()))
  }

  #send(piece: Buffer, from: Socket, to: Socket): void {
    const { delay, jitter, rate } = this.#plan
    this.#onTheWay += piece.length
    if (this.#onTheWay > MOST_ON_THE_WAY) from.pause()
    this.#free = Math.max(performance.now(), this.#free) + (piece.length / rate) * 1000
    this.#due = Math.max(this.#due, this.#free + (delay + jitter * this.#random()) * 1000)
    const number = ++this.#pieces
    this.#schedule.at(this.#due, () => {
      this.#delivered(number, piece)
      to.write(piece, () => {
        this.#onTheWay -= piece.length
        if (this.#onTheWay <= MOST_ON_THE_WAY / 2) from.resume()
      })
    })
  }
}
