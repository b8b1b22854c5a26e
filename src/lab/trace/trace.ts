/**
 * `lab.trace`: runs a function and draws what sockets did meanwhile.
 *
 * Joins the rest of this room: writes down, puts together, draws. The packets of its file are written from the calls.
 */
import { inspect } from 'node:util'
import type { Address } from '../../socket/addresses.ts'
import { host } from '../../wait/index.ts'
import { type Hexdump, hexdump } from '../hexdump.ts'
import { frame } from './frame.ts'
import { html, nameOf } from './html.ts'
import { drawMermaid } from './mermaid.ts'
import { writePcapng } from './pcapng.ts'
import { Recorder } from './recorder.ts'
import { type Story, tell } from './story.ts'
import { svgDocument } from './svg.ts'
import { drawText } from './text.ts'
import { failureOf, label } from './wording.ts'

const DISPLAY = Symbol.for('Jupyter.display')

/** One call on a socket, as a trace saw it. */
export interface TraceEvent {
  /** Its number, from 1: for `payload`, and in `from` and `to` of others. */
  readonly n: number
  /** Seconds since the trace began. */
  readonly time: number
  /** Seconds that it waited; 0 if it was done at once. */
  readonly waited: number
  /** The call: `connect`, `sendall`, `recvfrom`, … */
  readonly call: string
  /** The lifeline: `client`, `client 2`, `server`. */
  readonly who: string
  /** The lifeline at the other end, where there is one. */
  readonly other: string | null
  /** `TCP`, `UDP`, `UNIX stream`, `UNIX datagram`. */
  readonly kind: string
  readonly fd: number
  readonly local: Address | null
  /** The other end, as it was dialled. */
  readonly remote: Address | null
  /** How many bytes were sent or received; `null` for other calls. */
  readonly bytes: number | null
  /** Where in the stream of its direction they begin; `null` for datagrams. */
  readonly offset: number | null
  /** The bytes; `null` if there were none, or they were not kept. */
  readonly data: Buffer | null
  /** `null`, or why it failed: `ECONNREFUSED`, `timed out`. */
  readonly error: string | null
  /** Of a send: the events that received its bytes. */
  readonly to: readonly number[]
  /** Of a receive: the events that sent its bytes. */
  readonly from: readonly number[]
  /** The call in words, as it is drawn. */
  readonly text: string
}

/**
 * What sockets did while a function ran: shows itself as a sequence diagram.
 *
 * Its picture and its packets are made from the calls, not captured from a wire: no retransmission, no checksum error
 * and no other program's traffic is in it.
 */
export class Trace<T = unknown> {
  readonly #story: Story
  /** Every call, in order; at most 10,000. */
  readonly events: readonly TraceEvent[]
  /** What the function returned. */
  readonly value: T

  /** Not to be called: `lab.trace` makes traces. */
  constructor(story: Story, value: T) {
    this.#story = story
    this.value = value
    this.events = story.steps.map((step): TraceEvent => {
      const { call, party } = step
      return {
        n: step.index + 1,
        time: call.at / 1000,
        waited: call.waited / 1000,
        call: call.call,
        who: party.name,
        other: step.other?.name ?? null,
        kind: party.kind,
        fd: call.fd,
        local: (call.local as Address | undefined) ?? null,
        remote: (call.remote as Address | undefined) ?? null,
        bytes: call.bytes ?? null,
        offset: step.offset ?? null,
        data: call.data ?? null,
        error: failureOf(call) ?? null,
        to: step.to.map(({ to }) => to + 1),
        from: step.from.map(({ from }) => from + 1),
        text: label(step).text,
      }
    })
  }

  /**
   * The bytes that one call carried, as `lab.hexdump` shows them.
   *
   * @param n the event's number, as in `.events` and in the terminal's drawing
   * @throws {RangeError} there is no such event, or it carried no bytes
   * @example trace.payload(7)
   */
  payload(n: number): Hexdump {
    const event = this.events[n - 1]
    if (!event) throw new RangeError(`there is no event ${n}: this trace has 1 to ${this.events.length}`)
    if (event.bytes === null)
      throw new RangeError(`event ${n} is ${event.text}, which carries no bytes: try a send or a recv`)
    if (event.bytes > 0 && event.data === null) {
      throw new RangeError(
        `the ${event.bytes} bytes of event ${n} were not kept: a trace keeps 16 MiB, and none of sendfile`,
      )
    }
    return hexdump(event.data ?? Buffer.alloc(0))
  }

  /** The sequence diagram as an SVG document, for a file. */
  svg(): string {
    return svgDocument(this.#story, frame(this.#story))
  }

  /** The sequence diagram in Mermaid's language. */
  mermaid(): string {
    return drawMermaid(frame(this.#story))
  }

  /**
   * Writes the conversation as packets, for Wireshark or tshark. They are written from the calls, not captured: the
   * file's comment says so. UNIX sockets have no packets and are left out.
   *
   * @param path the file, `.pcapng`
   * @returns how many packets were written
   * @throws {Error} the file cannot be written
   * @example trace.pcapng('echo.pcapng')
   * @see pcapng(5), https://www.ietf.org/archive/id/draft-ietf-opsawg-pcapng-02.html
   */
  pcapng(path: string): number {
    return writePcapng(path, this.#story)
  }

  /** The sequence diagram in characters. */
  toString(): string {
    return drawText(this.#story, frame(this.#story))
  }

  /** The same, for console.log. */
  [inspect.custom](): string {
    return this.toString()
  }

  [DISPLAY](): Record<string, string> {
    const story = this.#story
    const chosen = frame(story)
    return {
      'text/plain': drawText(story, chosen),
      'text/html': html(story, chosen, nameOf(story)),
      'image/svg+xml': svgDocument(story, chosen),
      'text/vnd.mermaid': drawMermaid(chosen),
    }
  }
}

/**
 * Runs `body` and draws what sockets did meanwhile: all sockets of this program, whoever uses them.
 *
 * Where `body` throws, what had happened is shown and the error goes on its way, with the trace as its `trace`.
 * Sockets of a `threading.WorkerThread` and of other programs are not seen; the latter's addresses are.
 *
 * @param body what to watch; it is awaited
 * @returns the trace, with what `body` returned as `.value`
 * @throws whatever `body` throws
 * @throws {TypeError} not a function
 * @example
 * await lab.trace(async () => {
 *   using client = await socket.createConnection(server.getsockname())
 *   await client.sendall(bytes`hello`)
 *   console.log(repr(await client.recv(1024)))
 * })
 */
export async function trace<T>(body: () => T | PromiseLike<T>): Promise<Trace<T>> {
  if (typeof body !== 'function') throw new TypeError(notAFunction(body))
  const recorder = new Recorder()
  try {
    const value = await body()
    recorder.stop()
    return new Trace(tell(recorder), value)
  } catch (error) {
    recorder.stop()
    const seen = new Trace(tell(recorder), undefined)
    if (error instanceof Error && Object.isExtensible(error)) {
      Object.defineProperty(error, 'trace', { value: seen, configurable: true, writable: true })
    }
    if (seen.events.length > 0) host.show(host.scope(), seen[DISPLAY]())
    throw error
  } finally {
    recorder.stop()
  }
}

function notAFunction(body: unknown): string {
  const right = 'write await lab.trace(async () => { … })'
  if (body instanceof Promise) return `lab.trace() was given a Promise, so the calls have begun already: ${right}`
  return `lab.trace() takes the function whose calls it is to watch: ${right}`
}
