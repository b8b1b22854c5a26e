/**
 * Writes down what sockets do while a trace runs: every call that `socket` tells its observer, with its time and bytes.
 *
 * Knows nothing of who is who or of drawing. What it keeps is bounded; what it does not keep is counted.
 */
import { hooks, type Observation } from '../../socket/hooks.ts'
import { type OpenSocket, openSockets } from '../../socket/open-sockets.ts'
import { watchEnds } from '../link/ends.ts'

/** A call as it was told, with its time, and its bytes copied. */
export interface Recorded extends Omit<Observation, 'data' | 'local' | 'remote'> {
  /** Milliseconds since the trace began: when the call had done its work. */
  readonly at: number
  readonly local: unknown
  readonly remote: unknown
  /** The bytes that were carried; undefined: none, or not kept. */
  readonly data: Buffer | undefined
  /** How many bytes it carried; undefined: it is no call that carries any. */
  readonly bytes: number | undefined
}

/** A socket that was open when the trace began. */
export interface Before {
  readonly socket: object
  readonly scope: unknown
  readonly listening: boolean
  readonly family: number
  readonly type: number
  readonly local: unknown
  readonly remote: unknown
}

/** An address at which a link speaks, while the trace ran. */
export interface LinkEnd {
  readonly link: object
  readonly kind: string
  readonly address: unknown
}

/** So many calls are kept, and so many bytes of what they carried. */
export const MOST_CALLS = 10_000
export const MOST_BYTES = 16 * 1024 * 1024

const CARRIES = /^(?:send|recv)/

/** What is told of calls that only ask, such as a failed getpeername, is no part of a conversation. */
const KEPT = /^(?:socket|socketpair|bind|listen|accept|connect(?:Ex)?|send|recv|shutdown|close|setsockopt|dup|detach)/

/** Keeps the calls from when it is made until it is stopped. */
export class Recorder {
  /** When it began: milliseconds since 1970, with fractions. */
  readonly epoch = performance.timeOrigin + performance.now()
  readonly calls: Recorded[] = []
  /** The sockets that were open at the beginning. */
  readonly before: readonly Before[]
  /** Calls beyond the bound, by name. */
  readonly leftOut = new Map<string, number>()
  /** Bytes that were carried and not kept. */
  bytesLeftOut = 0
  /** What the simulated internet, which may end before the trace, calls the addresses. */
  readonly names = new Map<string, string>()
  /** The addresses of links: `TCP`, the address, and what it is an end of. */
  readonly links: LinkEnd[] = []
  /** How long it ran, in milliseconds. */
  duration = 0
  readonly #began = performance.now()
  #bytes = 0
  readonly #unwatch: () => void

  constructor() {
    this.before = openSockets().map(seen)
    this.#unwatch = watchEnds((link, kind, address) => this.links.push({ link, kind, address }))
    active.add(this)
    if (active.size === 1) {
      previous = hooks.observe
      hooks.observe = tellAll
    }
  }

  /** Ends it; further calls are not written down. */
  stop(): void {
    if (!active.delete(this)) return
    this.#unwatch()
    this.duration = performance.now() - this.#began
    if (active.size === 0) {
      hooks.observe = previous
      previous = undefined
    }
  }

  /** A call was made. */
  note(told: Observation): void {
    if (!KEPT.test(told.call)) return
    const bytes = CARRIES.test(told.call) && told.result >= 0 && !told.failure ? told.result : undefined
    if (this.calls.length >= MOST_CALLS) {
      this.leftOut.set(told.call, (this.leftOut.get(told.call) ?? 0) + 1)
      this.bytesLeftOut += bytes ?? 0
      return
    }
    const { data: view, local, remote, ...rest } = told
    if (hooks.reverse && Array.isArray(remote)) this.#learnName(String(remote[0]))
    const fits = view !== undefined && bytes !== undefined && this.#bytes + view.length <= MOST_BYTES
    if (fits) this.#bytes += view.length
    else if (view) this.bytesLeftOut += bytes ?? 0
    const data = fits ? Buffer.from(view) : undefined
    this.calls.push({ ...rest, local, remote, bytes, data, at: performance.now() - this.#began })
  }

  #learnName(address: string): void {
    const name = this.names.has(address) ? undefined : hooks.reverse?.(address)
    if (typeof name === 'string') this.names.set(address, name)
  }
}

/** Those that run now: traces may be nested, or run in several cells; each is told everything. */
const active = new Set<Recorder>()

/** Whoever observed before: told too. */
let previous: typeof hooks.observe

function tellAll(told: Observation): void {
  previous?.(told)
  for (const recorder of active) recorder.note(told)
}

function seen({ socket, identity, scope, listening }: OpenSocket): Before {
  const ask = (address: () => unknown): unknown => {
    try {
      return address()
    } catch {
      return null // no other end
    }
  }
  const { family, type } = socket
  const [local, remote] = [ask(() => socket.getsockname()), ask(() => socket.getpeername())]
  return { socket: identity, scope, listening, family, type, local, remote }
}
