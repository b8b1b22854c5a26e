/**
 * The one way anything here waits: a promise ended by its event, a time-out, an AbortSignal, or ■.
 *
 * Whoever has the event (a descriptor, a lock, an Event) holds the Waiter and ends it; it is never told twice. Knows
 * nothing of what is waited for.
 */
import { KeyboardInterrupt } from '../errors/keyboard-interrupt.ts'
import { TimeoutError } from '../errors/os-error.ts'
import { checkedSignal } from './begin.ts'
import { host } from './host.ts'
import { hold, release } from './keep-alive.ts'
import { forget, listen } from './signals.ts'
import { currentTask, type Task } from './task.ts'
import { startTimer, type Timer } from './timer.ts'
import { currentUnit, type Unit, whereInUnit } from './unit.ts'

/** What may end a wait early; the trailing options object of every call that waits. */
export interface WaitOptions {
  /** Aborting it rejects the call with the signal's reason. */
  signal?: AbortSignal | undefined
}

/** How a wait is to behave, as the calls of this library ask for it. */
export interface WaitPlan<T> extends WaitOptions {
  /** Seconds until the wait gives up; null or undefined: never. */
  timeout?: number | null | undefined
  /** The result when the time is up; without it the wait rejects with TimeoutError. */
  onTimeout?: (() => T) | undefined
  /** Called once when anything but resolve() or reject() ends the wait: leave the queue. */
  cancel?: (() => void) | undefined
  /** Keep a plain Node program alive meanwhile (unless a daemon waits): for waits that the outside world ends. */
  keepAlive?: boolean | undefined
}

/** A wait's neighbours. */
interface Link {
  before: Link
  after: Link
}

/**
 * The waits that have not ended: a ring, oldest first, with this one as its seam. A Set makes a new table every few
 * waits, and old tables keep what has ended alive (measured: most of what a round trip's garbage collection did).
 */
const ring = {} as Link
ring.before = ring
ring.after = ring

/** All of them, for those who end some. */
function pending(): Waiter<never>[] {
  const found: Waiter<never>[] = []
  for (let one = ring.after; one !== ring; one = one.after) found.push(one as Waiter<never>)
  return found
}

/** Cells that were given up: what they still wait for never comes. */
const stopped = new WeakSet<object>()

const isObject = (scope: unknown): scope is object => typeof scope === 'object' && scope !== null

/**
 * Rejects with a KeyboardInterrupt that knows the line which waits, where a promise is resolved with it.
 *
 * V8 finds who awaits only from within what is awaited: made anywhere else, the error has no place in the learner's code.
 * The second turn is for the wait's promise, which is joined to this one after the first.
 */
export async function interrupted(): Promise<never> {
  await undefined
  await undefined
  throw new KeyboardInterrupt()
}

/** So many of the waits that one ■ ends know their line: to find it takes 10 µs each, and one of them is shown. */
const PLACED = 500

/** The same without a line, after as many turns: the first of all stays the first. */
async function interruptedSomewhere(): Promise<never> {
  await undefined
  await undefined
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 0
  try {
    throw new KeyboardInterrupt()
  } finally {
    Error.stackTraceLimit = limit
  }
}

/** One wait that has begun. `resolve` and `reject` do nothing once it has ended. */
export class Waiter<T> {
  /** Its neighbours among the waits that have not ended, else itself. */
  before: Link = this
  after: Link = this
  readonly promise: Promise<T>
  /** The cell it belongs to, and the task. */
  readonly scope: unknown = host.scope()
  readonly task: Task | 'main' = currentTask()
  /** The unit it belongs to, and in one of those where the wait began. */
  readonly unit: Unit | undefined = currentUnit()
  readonly began: Error | undefined = whereInUnit(this.unit)
  #settle: ((value: T | PromiseLike<T>) => void) | undefined
  #fail!: (reason: unknown) => void
  #timer: Timer | undefined
  readonly #plan: WaitPlan<T>
  readonly #held: boolean

  constructor(plan: WaitPlan<T> = {}) {
    const signal = checkedSignal(plan.signal)
    this.#plan = plan
    this.promise = new Promise<T>((resolve, reject) => {
      this.#settle = resolve
      this.#fail = reject
    })
    // Its cell was stopped and goes on all the same, in a loop that catches everything: here it ends.
    const given = this.task === 'main' && isObject(this.scope) && stopped.has(this.scope)
    if (given || this.unit?.ended) {
      this.#held = false
      return
    }
    this.#held = (plan.keepAlive ?? false) && !this.daemon
    if (this.#held) hold()
    this.before = ring.before
    this.after = ring
    ring.before.after = this
    ring.before = this
    const { timeout } = plan
    if (timeout !== null && timeout !== undefined) {
      this.#timer = startTimer(timeout, () => this.#timeUp(), !this.daemon)
    }
    if (signal?.aborted) this.cancel(signal.reason)
    else if (signal) listen(signal, this)
  }

  get daemon(): boolean {
    return this.task !== 'main' && this.task.daemon
  }

  get ended(): boolean {
    return this.#settle === undefined
  }

  resolve(value: T): void {
    const settle = this.#end()
    settle?.(value)
  }

  reject(reason: unknown): void {
    if (this.#end()) this.#fail(reason)
  }

  /** Ends the wait from outside: it leaves its queue, then rejects. */
  cancel(reason: unknown): void {
    if (this.ended) return
    this.#plan.cancel?.()
    this.reject(reason)
  }

  /** ■: rejects with a KeyboardInterrupt that knows the line which waited. */
  interrupt(isPlaced = true): void {
    if (this.ended) return
    this.#plan.cancel?.()
    this.#end()?.(isPlaced ? interrupted() : interruptedSomewhere())
  }

  /** Nobody is told how it ended: whoever waited stands still for good. */
  drop(): void {
    if (this.ended) return
    this.#plan.cancel?.()
    this.#end()
  }

  #timeUp(): void {
    if (this.ended) return
    this.#plan.cancel?.()
    if (this.#plan.onTimeout) this.resolve(this.#plan.onTimeout())
    else this.reject(new TimeoutError('timed out'))
  }

  #end(): ((value: T | PromiseLike<T>) => void) | undefined {
    const settle = this.#settle
    if (!settle) return undefined
    this.#settle = undefined
    this.before.after = this.after
    this.after.before = this.before
    // One that has ended must not keep those that came after it from being collected.
    this.before = this
    this.after = this
    this.#timer?.stop()
    if (this.#plan.signal) forget(this.#plan.signal, this)
    if (this.#held) release()
    return settle
  }
}

/**
 * Rejects with KeyboardInterrupt what `scope`'s own code (not its threads) waits for; returns how many waits ended. `tell`
 * hears of the number before the first of them.
 */
export function interrupt(scope: unknown, tell?: (waits: number) => void): number {
  const found = pending().filter((waiter) => waiter.scope === scope && waiter.task === 'main')
  tell?.(found.length)
  for (let index = 0; index < found.length; index++) found[index]?.interrupt(index < PLACED)
  return found.length
}

/** The same for the waits of one unit. */
export function interruptUnit(unit: Unit): void {
  for (const waiter of pending()) if (waiter.unit === unit && waiter.task === 'main') waiter.interrupt()
}

/** Where a unit's code waits now, oldest first. */
export const waitsOf = (unit: Unit): Error[] =>
  pending()
    .filter((waiter) => waiter.unit === unit)
    .map((waiter) => waiter.began as Error)

/** Drops the waits of a unit that has ended. */
export function dropWaits(unit: Unit): void {
  for (const waiter of pending()) if (waiter.unit === unit) waiter.drop()
}

/**
 * The surrounding program gives `scope` up: no wait of its own code (not of its threads) ever ends. Those that have begun
 * leave their queues: a loop that catches everything would take the connection that the next cell waits for.
 */
export function giveUp(scope: object): void {
  stopped.add(scope)
  for (const waiter of pending()) if (waiter.scope === scope && waiter.task === 'main') waiter.drop()
}
