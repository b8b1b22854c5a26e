/**
 * What a lesson may ask of the io thread: press ■ for the learner in a while, and end code that makes no pause.
 * Knows nothing of why.
 */
import type { CellId, Unordered } from '../bridge/threads.ts'
import type { Running } from './execution.ts'
import type { MainThread } from './main-thread.ts'

/** A main thread that can still go on answers a ping in about 0.1 ms; a loaded machine may take longer. */
const GRACE_MS = 50
/** V8 ends what runs at the next check for interrupts. */
const TRIES = 40

interface Parts {
  main: MainThread
  running(): Running[]
  pressStop(): void
}

/** Answers the messages `guard` and `press`. */
export function createLessonHelps({ main, running, pressStop }: Parts) {
  const presses = new Map<number, NodeJS.Timeout>()
  let guard: NodeJS.Timeout | undefined

  async function endLoop(): Promise<void> {
    for (let at = 0; at < TRIES; at++) {
      if (await main.responds(GRACE_MS)) return
      main.terminateExecution()
    }
  }
  function press(cell: CellId, serial: number, seconds: number | undefined): void {
    clearTimeout(presses.get(serial))
    presses.delete(serial)
    if (seconds === undefined) return
    const timer = setTimeout(() => {
      presses.delete(serial)
      if (running().some((one) => one.cell === cell)) pressStop()
    }, seconds * 1000)
    presses.set(serial, timer)
  }
  return (message: Extract<Unordered, { type: 'guard' | 'press' }>): void => {
    if (message.type === 'press') {
      press(message.cell, message.serial, message.seconds)
      return
    }
    clearTimeout(guard)
    guard = message.seconds === undefined ? undefined : setTimeout(() => void endLoop(), message.seconds * 1000)
  }
}
