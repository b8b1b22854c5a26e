/**
 * `t.serve` and `t.run`: the learner's function as a server or a client under test, in this process or, where work is
 * judged from outside, in the learner's own. A check reads the same for both, and values are copied in both.
 */
import { inspect } from 'node:util'
import { SocketKind } from '../../socket/families.ts'
import { host } from '../../wait/index.ts'
import { notData } from './answering.ts'
import type { CaseUnit } from './case-run.ts'
import type { ServeOptions, ServerUnderTest } from './checking.ts'
import { Elsewhere, type Sent } from './elsewhere.ts'
import { CheckFailure } from './failure.ts'
import { copyOf, foreignIn, packData } from './plain-data.ts'
import { type Learners, type ServePlan, type SocketOption, startServing } from './served.ts'

/** The tools; `unit` is the case that runs, and throws where none does. */
export function underTestTools(unit: () => CaseUnit) {
  return {
    async serve(fn: unknown, options: ServeOptions = {}): Promise<ServerUnderTest> {
      const owner = unit()
      const solution = learners('t.serve', fn)
      const plan = planOf(options)
      const args = (options.args ?? []) as readonly unknown[]
      const elsewhere = elsewhereOf(owner)
      if (elsewhere) return await elsewhere.serve(nameOf(solution), plan, args.map(sent))
      const one = startServing(solution, plan, args.map(argument), (error) => owner.uncaught(error))
      return { address: one.address, close: async () => one.server.close(), ended: () => one.ended }
    },
    async run(fn: unknown, ...args: readonly unknown[]): Promise<never> {
      const owner = unit()
      const solution = learners('t.run', fn)
      const elsewhere = elsewhereOf(owner)
      // What it gives is what the learner's types say, or the check notices.
      if (elsewhere) return (await elsewhere.run(nameOf(solution), args.map(sent))) as never
      const value: unknown = await solution(...args.map(argument))
      const foreign = foreignIn(value, 'the result')
      if (foreign) throw new CheckFailure(notData(solution.name, foreign.path, foreign.what))
      return copyOf(value) as never
    },
  }
}

/** Opened with the first call of a case; ended with it. */
function elsewhereOf(unit: CaseUnit): Elsewhere | undefined {
  if (host.elsewhere && !unit.elsewhere) unit.elsewhere = new Elsewhere(unit, host.elsewhere())
  return unit.elsewhere
}

/** For whoever writes the check: what is written in the check itself cannot be called in another process. */
function learners(tool: string, fn: unknown): Learners {
  if (typeof fn !== 'function')
    throw new TypeError(`${tool} takes a function of a cell above, by its name: ${tool}(echo), not ${inspect(fn)}`)
  if (host.nameOf && host.nameOf(fn) === undefined)
    throw new TypeError(
      `${tool} takes a function of a cell above, by its name: ${tool}(echo). One that is written in the check cannot be called where the student’s code runs`,
    )
  return fn as Learners
}

const nameOf = (fn: unknown): string => host.nameOf?.(fn) ?? ''

/** As it arrives: a copy of data, or the function of that name. */
function argument(value: unknown, at: number): unknown {
  if (typeof value === 'function') {
    named(value, at)
    return value
  }
  checkData(value, at)
  return copyOf(value)
}

function sent(value: unknown, at: number): Sent {
  if (typeof value === 'function') return { name: named(value, at) }
  checkData(value, at)
  return { data: packData(value) }
}

function named(value: unknown, at: number): string {
  const name = host.nameOf ? host.nameOf(value) : (value as { name: string }).name
  if (name !== undefined) return name
  throw new TypeError(
    `argument ${at + 1} is a function that is written in the check: it cannot be called where the student’s code runs. Give it a name in a cell above that students have too`,
  )
}

function checkData(value: unknown, at: number): void {
  const foreign = foreignIn(value, `argument ${at + 1}`)
  if (foreign)
    throw new TypeError(
      `${foreign.path} is ${foreign.what}: only numbers, texts, bytes, arrays, plain objects, Map, Set and Date can be handed over`,
    )
}

function planOf({ type = SocketKind.SOCK_STREAM, options = [] }: ServeOptions): ServePlan {
  if (type !== SocketKind.SOCK_STREAM && type !== SocketKind.SOCK_DGRAM)
    throw new RangeError(`t.serve: type is socket.SOCK_STREAM or socket.SOCK_DGRAM, not ${inspect(type)}`)
  return { type, options: options as readonly SocketOption[] }
}
