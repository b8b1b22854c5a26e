/**
 * Functions under test that are in another process: what a case asks of them, and what comes back. The other end is
 * `answering.ts`; whoever carries the messages has looked at their form.
 *
 * What comes back is what that process says, and nothing more: an answer is data, an error is words.
 */
import type { InetAddress } from '../../socket/addresses.ts'
import { type Channel, Waiter } from '../../wait/index.ts'
import type { CaseUnit } from './case-run.ts'
import { type PackedError, packData, unpackData, unpackError } from './plain-data.ts'
import type { ServePlan } from './served.ts'

/** One argument: data, or a function of the notebook by its name. */
export type Sent = { readonly data: string } | { readonly name: string }

/** What is asked; `call` is the number that the answer carries, `seconds` what is left of the case. */
export type Question = { readonly seconds: number } & Asked

type Asked =
  | ({ readonly op: 'serve'; readonly call: number; readonly name: string; readonly args: readonly Sent[] } & {
      readonly plan: Pick<ServePlan, 'type'> & { readonly options: readonly (readonly [number, number, string])[] }
    })
  | { readonly op: 'run'; readonly call: number; readonly name: string; readonly args: readonly Sent[] }
  /** Closes what a call of `serve` has made; waits until its function has returned. */
  | { readonly op: 'close' | 'ended'; readonly call: number; readonly served: number }
  /** What is open there. */
  | { readonly op: 'opened'; readonly call: number }
  /** The case is over. */
  | { readonly op: 'end'; readonly call: number }

export interface Reply {
  /** Undefined: an error that nobody caught. */
  readonly call?: number
  readonly error?: PackedError
  readonly address?: InetAddress
  readonly data?: string
  /** What is open there now, in words. */
  readonly opened?: readonly string[]
  /** Where the code stood when the case was over. */
  readonly waits?: readonly string[]
  /** It made no pause, and had to be stopped. */
  readonly blocked?: boolean
}

/** The functions under test, for one case. */
export class Elsewhere {
  readonly #channel: Channel
  readonly #unit: CaseUnit
  readonly #open = new Map<number, (reply: Reply) => void>()
  #calls = 0
  /** What was open there when it last said something. */
  opened: readonly string[] = []

  constructor(unit: CaseUnit, channel: Channel) {
    this.#unit = unit
    this.#channel = channel
    channel.onMessage((message) => this.#received(message as Reply))
  }

  async serve(name: string, { type, options }: ServePlan, args: readonly Sent[]) {
    const plan = { type, options: options.map(([level, key, value]) => [level, key, packData(value)] as const) }
    const served = ++this.#calls
    const { address } = await this.#ask({ op: 'serve', call: served, name, args, plan })
    const ask = async (op: 'close' | 'ended') => void (await this.#ask({ op, call: ++this.#calls, served }))
    return { address: address as InetAddress, close: () => ask('close'), ended: () => ask('ended') }
  }

  async run(name: string, args: readonly Sent[]): Promise<unknown> {
    const { data } = await this.#ask({ op: 'run', call: ++this.#calls, name, args })
    return data === undefined ? undefined : unpackData(data)
  }

  async look(): Promise<readonly string[]> {
    await this.#ask({ op: 'opened', call: ++this.#calls })
    return this.opened
  }

  /** All that the case has made there is closed. Resolves to where its code stood. */
  async end(): Promise<Pick<Reply, 'waits' | 'blocked'>> {
    const call = ++this.#calls
    const reply = await new Promise<Reply>((resolve) => {
      this.#open.set(call, resolve)
      this.#channel.send({ op: 'end', call, seconds: 0 })
    })
    this.#channel.close()
    return reply
  }

  /** Part of the case: an answer that comes after its end is nobody's. */
  async #ask(question: Asked): Promise<Reply> {
    const waiter = new Waiter<Reply>()
    this.#open.set(question.call, (reply) => waiter.resolve(reply))
    this.#channel.send({ ...question, seconds: (this.#unit.due - performance.now()) / 1000 })
    const reply = await waiter.promise
    if (reply.error) throw unpackError(reply.error)
    return reply
  }

  #received(reply: Reply): void {
    if (reply.opened) this.opened = reply.opened
    if (reply.call === undefined) {
      if (reply.error) this.#unit.uncaught(unpackError(reply.error))
      return
    }
    const settle = this.#open.get(reply.call)
    this.#open.delete(reply.call)
    settle?.(reply)
  }
}
