/**
 * Fairness: calls that never have to wait must still let timers, other tasks and ■ have their turn.
 *
 * A loop of promises that are already resolved never leaves the microtask queue. Whoever is about to hand out such a
 * promise asks `turnDue()`, and if so awaits `turn()` first.
 */
import { tellNews } from './news.ts'
import { Waiter, type WaitOptions } from './wait.ts'

/** Of our own: an immediate that a case of a check has started ends with it, and this one all tasks wait for. */
const { setImmediate, performance } = globalThis

/** Less than half of the 10 ms that are promised: what runs between two calls counts too. */
const TURN_MS = 4

/** Calls between two turns while somebody in this program must keep up with the others. */
const CALLS = 16

let lastTurn = 0
let calls = 0
let keepingUp = 0
/** Somebody was told that a turn is due, and it has not come yet. */
let owed = false

/** The event loop has just come round (told by whoever is called by it). */
export function turned(): void {
  lastTurn = performance.now()
  tellNews()
}

/**
 * Has the event loop been kept from turning for too long? Who is told so has to await `turn()`.
 *
 * It stays due until that turn has come, whatever else happens before it: who asks later must not overtake who waits
 * for the turn already, or the tasks of a lock and the items of a queue would change places.
 */
export function turnDue(): boolean {
  owed ||= turnOverdue()
  return owed
}

/**
 * The same for who has done already what it was called for, and overtakes nobody: it need not wait for a turn that is owed
 * to others. (A server's thousand conversations, each called by the loop, would all wait because one of them was slow, go
 * on together, which is slow, and never get out of it.)
 */
export function turnOverdue(): boolean {
  return (keepingUp > 0 && ++calls % CALLS === 0) || performance.now() - lastTurn > TURN_MS
}

/** Turns come more often until the function that this gives is called: a burst must not overflow who reads in between. */
export function turnOften(): () => void {
  keepingUp++
  let asked = true
  return () => {
    if (asked) keepingUp--
    asked = false
  }
}

let waiting: Waiter<void>[] = []
/** When the turn was asked for that they wait for. */
let asked = 0

/** A turn that has not come after so long never will: V8 drops what runs when ■ terminates a cell, this too. */
const LOST_MS = 1000

/** Lets the event loop come round once. All who wait for it go on in the order they came. */
export function turn(options?: WaitOptions): Promise<void> {
  const waiter = new Waiter<void>({ signal: options?.signal })
  const now = performance.now()
  if (waiting.push(waiter) === 1 || now - asked > LOST_MS) {
    asked = now
    setImmediate(() => {
      turned()
      owed = false
      const all = waiting
      waiting = []
      for (const one of all) one.resolve()
    })
  }
  return waiter.promise
}
