/**
 * `check`: judges what a learner has written, case by case, shows a table at once, and resolves to the points.
 *
 * The counting here uses only what was taken from the language before any cell ran.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { KeyboardInterrupt } from '../../errors/index.ts'
import { currentUnit, host } from '../../wait/index.ts'
import { type Random, seeded } from '../random.ts'
import { append } from './append.ts'
import { type CaseEnd, CaseUnit, runCase } from './case-run.ts'
import { caseTools, shown } from './case-tools.ts'
import type { CaseOptions, Checking } from './checking.ts'
import { toldHints } from './hints.ts'
import { messageOf } from './message.ts'
import { type CaseResult, type CheckResult, checking, tellResult, tellStopped } from './result.ts'
import { isEmptyFunction, isStubError } from './stub.ts'
import { bundleOf } from './table.ts'

const { isFinite: isFiniteNumber } = Number
const { round, min, max, abs } = Math
const { freeze, hasOwn } = Object
const { apply } = Reflect
const { run: runWith, getStore } = AsyncLocalStorage.prototype

const TIMEOUT_SECONDS = 5

interface Case {
  readonly name: string
  readonly points: number | undefined
  readonly hints: readonly string[]
  readonly timeout: number
  readonly run: () => unknown
}

/** A check's own code and its cases: no other check may be called in there. */
const inside = new AsyncLocalStorage<string>()
/** Checks that one cell starts together run one after another. (A cell before it may have been stopped in its check.) */
let last: { readonly scope: unknown; readonly over: Promise<void> } | undefined
/** How many checks each cell has called. */
const calls = new WeakMap<WeakKey, number>()
const { get, set } = WeakMap.prototype

/**
 * Runs the cases of an exercise, shows which passed and how the others failed, and resolves to the points.
 *
 * Where the cases are worth less than that, the table says that the rest is for cases that run when work is graded: a
 * released notebook has no hidden ones.
 *
 * The points are a plain number between 0 and `points`: as the last value of a cell, partial credit for nbgrader. While
 * the code is the untouched stub the table says so, and there are none.
 *
 * @param name what is checked; the table's heading
 * @param points what all cases together are worth
 * @param body adds the cases: `t.case("…", { points, hint }, async () => { … })`
 * @throws {TypeError} an argument is missing or of the wrong type
 * @throws {RangeError} the cases' points are more than `points`
 * @throws {Error} no cases, two of one name, a check within a check
 * @example
 * await check("Echo", 2, async (t) => {
 *   t.case("sends back what it gets", { hint: "recv, then sendall" }, async () => {
 *     const conn = await t.connect(server.getsockname())
 *     await conn.sendall(bytes`hello`)
 *     t.equal(await t.receive(conn, 5), bytes`hello`)
 *   })
 * })
 */
export function check(name: string, points: number, body: (t: Checking) => void | Promise<void>): Promise<number> {
  const outer = apply(getStore, inside, []) as string | undefined
  // The queue of checks must not be one that waits for itself.
  if (outer !== undefined)
    return rejected(new Error(`check("${name}") is called within check("${outer}"): write it beside it, not in it`))
  const mistake = argumentMistake(name, points, body)
  if (mistake) return rejected(mistake)
  return apply(runWith, inside, [name, () => inTurn(() => judge(name, points, body))]) as Promise<number>
}

const rejected = (error: Error): Promise<never> => Promise.reject(error)

let running = 0
const isObject = (scope: unknown): scope is object => typeof scope === 'object' && scope !== null
const callsOf = (scope: unknown): number => (isObject(scope) && (apply(get, calls, [scope]) as number | undefined)) || 0

/** Does a check run now? Meanwhile nobody changes what its cases call. */
export const isChecking = (): boolean => running > 0

async function inTurn(work: () => Promise<number>): Promise<number> {
  const scope = host.scope()
  const before = last?.scope === scope ? last?.over : undefined
  let done!: () => void
  const over = new Promise<void>((resolve) => {
    done = resolve
  })
  last = { scope, over }
  if (isObject(scope)) apply(set, calls, [scope, callsOf(scope) + 1])
  running++
  try {
    await before
    return await work()
  } finally {
    running--
    done()
  }
}

function argumentMistake(name: unknown, points: unknown, body: unknown): Error | undefined {
  const form = 'check("name", points, async (t) => { t.case("…", async () => { … }) })'
  if (typeof name !== 'string' || name === '')
    return new TypeError(`check needs a name first, not ${shown(name)}: ${form}`)
  if (typeof points !== 'number') return new TypeError(`check needs its points second, not ${shown(points)}: ${form}`)
  if (!isFiniteNumber(points) || points < 0)
    return new RangeError(`check("${name}"): points are 0 or more, not ${points}`)
  if (typeof body !== 'function') return new TypeError(`check("${name}") needs a function third: ${form}`)
  return undefined
}

async function judge(name: string, points: number, body: (t: Checking) => void | Promise<void>): Promise<number> {
  const scope = host.scope()
  const seed = checking.seed ?? name
  const register = new Register(name, seed)
  await body(register.tools)
  const { cases, empty } = register.close()
  const worth = shares(name, points, cases)
  const results: CaseResult[] = []
  const resultOf = (counted: readonly CaseResult[]): CheckResult =>
    freeze({ version: 1, name, points, earned: sum(points, counted), seed, cases: counted })
  for (let at = 0; at < cases.length; at++) {
    append(results, await judgeCase(register, cases[at]!, worth[at]!, empty))
    if (results[at]!.state !== 'unfinished') continue
    tellStopped(resultOf(results), callsOf(scope))
    throw new KeyboardInterrupt()
  }
  const result = resultOf(toldHints(name, results))
  tellResult(result, callsOf(scope))
  host.show(scope, bundleOf(result))
  return result.earned
}

async function judgeCase(register: Register, one: Case, points: number, empty: boolean): Promise<CaseResult> {
  const unit = new CaseUnit()
  const result = (state: CaseResult['state'], message = ''): CaseResult =>
    freeze({
      name: one.name,
      points,
      earned: state === 'passed' ? points : 0,
      state,
      message,
      hints: one.hints,
      told: 0,
    })
  if (empty) return result('empty')
  const end: CaseEnd = await register.within(unit, one.name, () => runCase(unit, one.run, one.timeout))
  if (end.how === 'interrupted') return result('unfinished', 'It was not over when the check was stopped.')
  if (isStubError(end.how === 'threw' ? end.thrown : undefined) || isStubError(unit.failures[0])) return result('empty')
  if (end.how === 'returned' && unit.failures.length === 0) return result('passed')
  return result('failed', messageOf(end, unit.failures, one.timeout))
}

/** Everything that passed, of all there is, is exactly everything; parts are rounded, so that 0.1 + 0.2 is 0.3. */
function sum(points: number, results: readonly CaseResult[]): number {
  let earned = 0
  let worth = 0
  let all = true
  for (let at = 0; at < results.length; at++) {
    earned += results[at]!.earned
    worth += results[at]!.points
    if (results[at]!.state !== 'passed') all = false
  }
  return all && abs(points - worth) < 1e-9 ? points : max(0, min(points, round(earned * 1e6) / 1e6))
}

/** What each case is worth. */
function shares(name: string, points: number, cases: readonly Case[]): number[] {
  let given = 0
  let without = 0
  for (let at = 0; at < cases.length; at++) {
    const own = cases[at]!.points
    if (own === undefined) without++
    else given += own
  }
  const left = points - given
  if (left < -1e-9)
    throw new RangeError(
      `check("${name}", ${points}): its cases are worth ${given} together; give them ${points}, or leave points out`,
    )
  const worth: number[] = []
  for (let at = 0; at < cases.length; at++) append(worth, cases[at]!.points ?? max(0, left) / without)
  return worth
}

/** What the author wrote, not what a cell has given to every object. */
const own = <K extends keyof CaseOptions>(options: CaseOptions, name: K): CaseOptions[K] | undefined =>
  hasOwn(options, name) ? options[name] : undefined

/** What `t` does: takes cases while the check's own function runs, and lends its tools to the case that runs. */
class Register {
  readonly tools: Checking
  readonly #name: string
  readonly #cases: Case[] = []
  readonly #names = new Set<string>()
  #open = true
  #empty = false
  #running: { unit: CaseUnit; random: Random } | undefined

  constructor(name: string, seed: string) {
    this.#name = name
    const own = seeded(seed, name)
    const unit = (): CaseUnit => {
      const current = currentUnit()
      if (current instanceof CaseUnit) return current
      throw new Error(`check("${name}"): this belongs into a case: t.case("…", async () => { … })`)
    }
    const add = (title: string, second: unknown, third?: unknown) => this.#add(title, second, third)
    const written = (solution: unknown) => {
      if (isEmptyFunction(solution)) this.#empty = true
    }
    this.tools = freeze({ ...caseTools(unit, () => this.#running?.random ?? own), case: add, written, seed })
    this.#seed = seed
  }
  readonly #seed: string

  #add(name: unknown, second: unknown, third: unknown): void {
    const where = `check("${this.#name}")`
    if (!this.#open)
      throw new Error(
        this.#running
          ? `${where}: t.case(${shown(name)}) is called within a case; cases stand beside each other`
          : `${where}: t.case(${shown(name)}) comes after the check's own function has ended: await what it waits for`,
      )
    const form = 't.case("name", { points, hint }, async () => { … })'
    if (typeof name !== 'string' || name === '')
      throw new TypeError(`${where}: a case needs a name, not ${shown(name)}: ${form}`)
    if (this.#names.has(name))
      throw new Error(`${where}: there are two cases called "${name}"; each needs a name of its own`)
    const [options, run] = typeof second === 'function' ? [{}, second] : [(second ?? {}) as CaseOptions, third]
    if (typeof run !== 'function') throw new TypeError(`${where}: the case "${name}" has nothing to run: ${form}`)
    const points = own(options, 'points')
    const hint = own(options, 'hint') ?? []
    const timeout = own(options, 'timeout') ?? TIMEOUT_SECONDS
    if (points !== undefined && !(isFiniteNumber(points) && points >= 0))
      throw new RangeError(`${where}: the points of "${name}" are 0 or more, not ${shown(points)}`)
    if (!(timeout > 0 && isFiniteNumber(timeout)))
      throw new RangeError(`${where}: the timeout of "${name}" is in seconds, above 0, not ${shown(timeout)}`)
    const hints = typeof hint === 'string' ? [hint] : [...hint]
    this.#names.add(name)
    append(this.#cases, { name, points, hints, timeout, run: run as () => unknown })
  }

  close(): { cases: readonly Case[]; empty: boolean } {
    this.#open = false
    if (this.#cases.length === 0)
      throw new Error(`check("${this.#name}") has no cases: add some with t.case("…", async () => { … })`)
    return { cases: this.#cases, empty: this.#empty }
  }

  async within<T>(unit: CaseUnit, name: string, run: () => Promise<T>): Promise<T> {
    this.#running = { unit, random: seeded(this.#seed, `${this.#name}/${name}`) }
    try {
      return await run()
    } finally {
      this.#running = undefined
    }
  }
}
