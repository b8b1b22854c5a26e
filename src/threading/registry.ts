/**
 * Who is running: the threads that are alive, and which of them the current code belongs to.
 *
 * Knows nothing of how a thread runs; `thread.ts` reports its threads here.
 */
import { currentTask, type Unit } from '../wait/index.ts'
import type { Thread } from './thread.ts'

/** The ident of the main thread. */
const FIRST = 1

/** The cell's own code, and all that runs in no other thread. */
let main: Thread
const alive = new Set<Thread>()
/** What was started by a unit of work, and how it is taken for ended when that unit is over. */
const inUnits = new Map<Thread, { readonly unit: Unit; readonly end: () => void }>()
let lastIdent = FIRST
let lastNumber = 0

/** @internal Names the main thread, and gives it its number: `thread.ts` makes it, since it is a Thread too. */
export function enterMain(thread: Thread): number {
  main = thread
  alive.add(main)
  return FIRST
}

/** @internal Adds a thread that starts, and gives it its number. `end` takes it for ended. */
export function enter(thread: Thread, unit?: Unit, end: () => void = () => leave(thread)): number {
  alive.add(thread)
  if (unit) inUnits.set(thread, { unit, end })
  lastIdent += 1
  return lastIdent
}

/** @internal Takes away a thread that has ended. */
export function leave(thread: Thread): void {
  alive.delete(thread)
  inUnits.delete(thread)
}

/** @internal The threads that a unit of work has started and that are alive. */
export const threadsOf = (unit: Unit): Thread[] => [...alive].filter((thread) => inUnits.get(thread)?.unit === unit)

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
export function currentThread(): Thread {
  const task = currentTask()
  return task === 'main' || !('isAlive' in task) ? main : (task as Thread)
}

/** The main thread: the cell's own code. */
export function mainThread(): Thread {
  return main
}

/** All threads that are alive, the main thread first. */
export function enumerate(): Thread[] {
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
