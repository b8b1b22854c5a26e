/**
 * The other end of a check that is judged from outside: calls the learner's functions as it is told, in a unit of work
 * that ends with the case. It is in the learner's hands, so nothing that it says is more than the learner's answer.
 *
 * Knows the messages of `elsewhere.ts`; nothing of cases.
 */
import { type Channel, host, outsideUnits, runInUnit } from '../../wait/index.ts'
import { CaseUnit, guard, openUnit } from './case-run.ts'
import type { Question, Reply, Sent } from './elsewhere.ts'
import { foreignIn, packData, packError, unpackData } from './plain-data.ts'
import { type Learners, type Serving, type SocketOption, startServing } from './served.ts'

/** Serves one case over this channel. `named` is what the notebook has under a name. */
export function answerCalls(channel: Channel, named: (name: string) => unknown): void {
  const unit = new CaseUnit()
  const opened = openUnit(unit)
  const servers = new Map<number, Serving>()
  let over = false
  const say = (reply: Reply): void => {
    if (!over) channel.send({ ...reply })
  }
  unit.onUncaught = (error) => say({ error: packError(error) })

  function learners(name: string): Learners {
    const found = named(name)
    if (typeof found === 'function') return found as Learners
    throw new TypeError(
      found === undefined
        ? `there is no function ${name}: the cell that makes it is missing, or has failed`
        : `${name} is no function`,
    )
  }
  const argument = (one: Sent): unknown => ('name' in one ? learners(one.name) : unpackData(one.data))

  async function run({ name, args }: Extract<Question, { op: 'run' }>): Promise<Reply> {
    const value: unknown = await learners(name)(...args.map(argument))
    const foreign = foreignIn(value, 'the result')
    if (foreign) throw new TypeError(notData(name, foreign.path, foreign.what))
    return { data: packData(value) }
  }
  function serve({ call, name, args, plan }: Extract<Question, { op: 'serve' }>): Reply {
    const solution = learners(name)
    const given = args.map(argument)
    const options = plan.options.map(([level, key, value]) => [level, key, unpackData(value)] as SocketOption)
    const one = startServing(solution, { ...plan, options }, given, (error) => unit.uncaught(error))
    servers.set(call, one)
    return { address: one.address }
  }
  async function ended(served: number): Promise<Reply> {
    await servers.get(served)?.ended
    return {}
  }
  function answer(question: Question): Reply | Promise<Reply> {
    switch (question.op) {
      case 'serve':
        return serve(question)
      case 'run':
        return run(question)
      case 'close':
        servers.get(question.served)?.server.close()
        return {}
      case 'ended':
        return ended(question.served)
      case 'opened':
        return {}
      case 'end':
        host.guard(undefined)
        return { waits: opened.end(), blocked: unit.isLate() }
    }
  }
  async function received(question: Question): Promise<void> {
    const { call } = question
    let reply: Reply
    try {
      reply = await answer(question)
    } catch (error) {
      reply = { error: packError(error) }
    }
    say({ ...reply, call, opened: unit.open() })
    if (question.op === 'end') over = true
  }
  channel.onMessage((message) => {
    const question = message as unknown as Question
    if (unit.due === Infinity) {
      unit.begin(question.seconds)
      guard(question.seconds)
    }
    if (question.op === 'end') void received(question)
    else outsideUnits(() => runInUnit(unit, () => void received(question)))
  })
}

/** For a result that another process could not have given. */
export const notData = (name: string, path: string, what: string): string =>
  `${name} gives ${what} (${path}): numbers, texts, bytes, arrays, plain objects, Map, Set and Date can be compared here`
