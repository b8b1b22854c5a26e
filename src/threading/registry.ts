/**
 * Who is running: the threads that are alive, and which of them the current code belongs to.
 *
 * Knows nothing of how a thread runs; `thread.ts` reports its threads here.
 */
import { currentTask, type Task, type Unit } from '../wait/index.ts'

/** What every thread can tell about itself; the main thread is one of them too. */
export interface ThreadLike extends Task {
  /** A number that no other thread has; `null` before it is started */
  readonly ident: number | null
  /** Has it begun, and not ended yet? */
  isAlive(): boolean
}

/** The cell's own code, and all that runs in no `Thread`. Numbered 1. */
class MainThread implements ThreadLike {
  readonly name = 'MainThread'
  readonly daemon = false
  readonly ident = 1

  isAlive(): boolean {
    return true
  }

  toString(): string {
    return '<_MainThread(MainThread, started 1)>'
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString()
  }
}

const main = new MainThread()
const alive = new Set<ThreadLike>([main])
/** What was started by a unit of work, and how it is taken for ended when that unit is over. */
const inUnits = new Map<ThreadLike, { readonly unit: Unit; readonly end: () => void }>()
let lastIdent = main.ident
let lastNumber = 0

/** @internal Adds a thread that starts, and gives it its number. `end` takes it for ended. */
export function enter(thread: ThreadLike, unit?: Unit, end: () => void = () => leave(thread)): number {
  alive.add(thread)
  if (unit) inUnits.set(thread, { unit, end })
  lastIdent += 1
  return lastIdent
}

/** @internal Takes away a thread that has ended. */
export function leave(thread: ThreadLike): void {
  alive.delete(thread)
  inUnits.delete(thread)
}

/** @internal The threads that a unit of work has started and that are alive. */
export const threadsOf = (unit: Unit): ThreadLike[] => [...alive].filter((thread) => inUnits.get(thread)?.unit === unit)

/** @internal The unit is over: its threads stand still for good, and count as ended. */
export function abandonThreads(unit: Unit): void {
  for (const thread of threadsOf(unit)) inUnits.get(thread)!.end()
}

/** @internal The N of the next `Thread-N`. */
export function nextNumber(): number {
  lastNumber += 1
  return lastNumber
}

/** The thread whose code runs now. */
export function currentThread(): ThreadLike {
  const task = currentTask()
  return task === 'main' || !('isAlive' in task) ? main : (task as ThreadLike)
}

/** The main thread: the cell's own code. */
export function mainThread(): ThreadLike {
  return main
}

/** All threads that are alive, the main thread first. */
export function enumerate(): ThreadLike[] {
  return [...alive]
}

/** How many threads are alive, the main thread included: a chat server's number of clients is one less. */
export function activeCount(): number {
  return alive.size
}

/** The current thread's `ident`. */
export function getIdent(): number {
  return currentThread().ident ?? 0
}
