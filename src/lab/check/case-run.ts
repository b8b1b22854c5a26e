/**
 * Runs one case: alone, with a time limit, and ends all that it has opened or started.
 *
 * Knows nothing of points or tables. What it uses of the language was taken before any cell ran.
 */
import { openSockets } from '../../socket/open-sockets.ts'
import { abandonThreads, threadsOf } from '../../threading/registry.ts'
import {
  currentUnit,
  dropWaits,
  host,
  onInterrupt,
  outsideUnits,
  runInUnit,
  type Unit,
  waitsOf,
} from '../../wait/index.ts'
import { append } from './append.ts'
import type { Elsewhere } from './elsewhere.ts'
import { trackHandles } from './node-handles.ts'
import { trackTimers } from './timers.ts'

const { setTimeout, clearTimeout, setImmediate, Promise: NativePromise } = globalThis
const now = performance.now.bind(performance)
const utilization = performance.eventLoopUtilization.bind(performance)

/** How late the time limit may come before the reason must be code that made no pause. */
const LATE_MS = 200
/** The kernel ends such code a little after the limit, so that code that pauses in time is left alone. */
const GUARD_SECONDS = 0.25

/** How a case ended. */
export type CaseEnd =
  | { readonly how: 'returned' }
  | { readonly how: 'threw'; readonly thrown: unknown }
  | { readonly how: 'too long'; readonly blocked: boolean; readonly waits: readonly string[] }
  | { readonly how: 'interrupted' }

/** A case that runs: what it leaves open is found by it. */
export class CaseUnit implements Unit {
  ended = false
  /** Failures that must count even where a learner's `catch` has swallowed them. */
  readonly failures: unknown[] = []
  /** Called when it ends, whatever happens. */
  readonly atEnd: (() => void)[] = []
  /** Sockets of the check's own, which nobody but the end of the case closes. */
  readonly own: unknown[] = []
  /** What it has in another process. */
  elsewhere: Elsewhere | undefined
  /** When its time is up, in milliseconds of `performance.now()`. */
  due = Infinity
  #milliseconds = 0
  /** For how long the loop had nothing to do before the case, in milliseconds. */
  #idleBefore = 0
  /** Told of an error that nobody caught: what is left of the case need not be waited for. */
  onUncaught: ((error: unknown) => void) | undefined

  /** Its time begins. */
  begin(seconds: number): void {
    this.#milliseconds = seconds * 1000
    this.due = now() + this.#milliseconds
    this.#idleBefore = utilization().idle
  }

  /**
   * Its end was long due, and the loop was not idle for as long as the case may take: the code made no pause. On a machine
   * with much else to do the end comes late too, but after a loop that had nothing to do.
   */
  isLate(): boolean {
    return now() - this.due > LATE_MS && utilization().idle - this.#idleBefore <= this.#milliseconds
  }

  uncaught(error: unknown): void {
    if (this.ended) return
    append(this.failures, error)
    this.onUncaught?.(error)
  }

  /** What it has opened or started and is not over, in words. */
  open(): string[] {
    const sockets = openSockets().filter(({ unit, socket }) => unit === this && !this.own.includes(socket))
    const threads = threadsOf(this)
    return [...sockets.map(({ socket }) => String(socket)), ...threads.map((thread) => `the thread ${thread.name}`)]
  }
}

/** Runs it and resolves to how it ended, never rejects. Everything of the case is closed by then. */
export async function runCase(unit: CaseUnit, run: () => unknown, seconds: number): Promise<CaseEnd> {
  const scope = host.scope()
  const opened = openUnit(unit)
  const end = await outsideUnits(
    () =>
      new NativePromise<CaseEnd>((resolve) => {
        unit.begin(seconds)
        const limit = setTimeout(() => {
          const blocked = unit.isLate()
          finish({ how: 'too long', blocked, waits: blocked ? [] : placesOf(waitsOf(unit)) })
        }, seconds * 1000)
        const stopListening = onInterrupt((interrupted) => {
          if (interrupted === scope) finish({ how: 'interrupted' })
        })
        unit.onUncaught = (thrown) => finish({ how: 'threw', thrown })
        function finish(how: CaseEnd): void {
          clearTimeout(limit)
          stopListening()
          resolve(how)
        }
        guard(seconds)
        // A turn of its own: code that has to be ended takes nothing of ours with it.
        setImmediate(() => runInUnit(unit, () => void attempt(unit, run, finish)))
      }),
  )
  host.guard(undefined)
  opened.end()
  const ending = outsideUnits(() => unit.elsewhere?.end())
  // A loop over there may be in no hurry, and whoever stops a check is.
  if (end.how === 'interrupted') return end
  const there = await ending
  if (end.how !== 'too long' || !there) return end
  // Where the learner's code stood says more than where the check's did.
  return { ...end, blocked: there.blocked ?? end.blocked, waits: there.waits?.length ? there.waits : end.waits }
}

/** Ends code of a case that makes no pause; the case itself has so many seconds. */
export const guard = (seconds: number): void => host.guard(seconds + GUARD_SECONDS)

/** From now until `end`, which ends all that code of the unit has made, and says where it still waited. */
export function openUnit(unit: CaseUnit): { end(): readonly string[] } {
  const timers = trackTimers()
  const handles = trackHandles()
  return {
    end() {
      const waits = placesOf(waitsOf(unit))
      timers.stop()
      handles.stop()
      close(unit)
      return waits
    },
  }
}

async function attempt(unit: CaseUnit, run: () => unknown, finish: (how: CaseEnd) => void): Promise<void> {
  try {
    await run()
    // What nobody caught in another process is told before it answers this.
    await unit.elsewhere?.look()
    // One turn of the loop: the rejection of a promise that nobody awaited still counts.
    setImmediate(() => finish({ how: 'returned' }))
  } catch (thrown) {
    // Also a KeyboardInterrupt: when somebody pressed ■, the case has been told and is over by now.
    finish({ how: 'threw', thrown })
  }
}

/** The case is over: what it still waits for never comes, and what it opened is closed. */
function close(unit: CaseUnit): void {
  unit.ended = true
  dropWaits(unit)
  for (let at = 0; at < unit.atEnd.length; at++) {
    try {
      unit.atEnd[at]!()
    } catch {
      // The next one is to be closed all the same.
    }
  }
  for (const open of openSockets()) if (open.unit === unit) open.shut()
  abandonThreads(unit)
}

/** Each of the learner's lines once. */
function placesOf(waits: readonly Error[]): string[] {
  const places: string[] = []
  for (let at = 0; at < waits.length; at++) {
    const place = host.place(waits[at]!)
    if (place !== undefined && !places.includes(place)) places[places.length] = place
  }
  return places
}

/** An error that nobody caught: a case's own affair where it comes from one. Says whether it was. */
export function takeUncaught(error: unknown): boolean {
  const unit = currentUnit()
  if (!unit) return false
  unit.uncaught(error)
  return true
}
