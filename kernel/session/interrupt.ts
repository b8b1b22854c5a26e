/**
 * ■ in steps, from soft to hard: reject what the cells await, so that `finally` and `using` run; then end the
 * JavaScript that runs; then wake it from blocked system calls. Variables survive all of them.
 * Knows nothing of Jupyter's messages.
 */
import type { Compiler } from '../bridge/compiler.ts'
import type { CommTraffic } from './comms.ts'
import type { Running } from './execution.ts'
import { keyboardInterrupt } from './failures.ts'
import type { MainThread } from './main-thread.ts'

/** A main thread that can still run `finally` answers a ping in about 0.1 ms; behind a collection it is given more. */
const GRACE_MS = 3
/** How long a cell may compute in its `catch` and `finally` once its awaits were rejected, before it counts as a loop. */
const CATCH_MS = 250
/** And for each of them, where there are thousands: 10 to 20 µs on a machine that does nothing else. */
const CATCH_EACH_MS = 0.1
/** In all: a loop behind them is to be stopped, too. */
const CATCH_MOST_MS = 1000
/** How long it may take for all of that, waits included. */
const SETTLE_MS = 2000
const TERMINATE_INTERVALS_MS = [3, 20, 20, 20, 20, 50, 50, 50, 100]
const STUCK_MS = 2000
const GIVE_UP_MS = 60_000

export interface InterruptParts {
  main: MainThread
  compiler: Compiler
  running(): Running[]
  /** Publishes everything printed so far. */
  flushOutput(): void
  /** Widgets' messages: a listener may loop or wait, too. */
  comms: Pick<CommTraffic, 'pending' | 'done' | 'stopped'>
  /** Said once when two seconds of trying have not helped. */
  onStuck(running: Running[]): void
}

/** A function that presses ■; pressed again while it works, it changes nothing. */
export function createInterrupt(parts: InterruptParts): () => Promise<void> {
  const { main, compiler } = parts
  let pressed: Promise<void> | undefined

  async function press(): Promise<void> {
    const stopping = parts.running()
    for (const one of stopping) {
      one.stopping = true
      forget(one)
    }
    if (!main.isLoaded()) {
      // Nothing of a cell's runs yet; what main loads would be missing for good.
      if (stopping.length === 0) return
      await main.loaded
    }
    if (stopping.some(({ phase }) => phase === 'compiling')) compiler.restart()
    const onMain = stopping.filter(({ phase }) => phase === 'running')
    if (onMain.length === 0 && stopping.length > 0) return
    // Asked before: with thousands of waits to look through, main is longer about them than a loop is left alone.
    const answers = main.responds(GRACE_MS)
    // Where no cell runs, what keeps the kernel busy is the listener of a widget.
    const heard = stopping.length === 0 ? parts.comms.pending() : []
    for (const cell of [...onMain.map((one) => one.cell), ...heard]) main.post({ type: 'interrupt', cell })
    const left = await stop(onMain, answers)
    for (const one of left) main.post({ type: 'abandon', cell: one.cell })
    // What was printed before ■ stands above it.
    parts.flushOutput()
    // What waits for nothing of ours has not heard of it: the kernel is not busy with it any more.
    heard.forEach(parts.comms.done)
    for (const one of left) one.done.resolve({ failure: keyboardInterrupt() })
  }

  /** Resolves once main is in its loop again, to the cells that have not ended by themselves. */
  async function stop(cells: Running[], answers: Promise<boolean>): Promise<Running[]> {
    const left = new Set(cells)
    for (const one of cells) void one.done.promise.then(() => left.delete(one))
    // Main says that it has rejected something before it runs what catches that.
    const rejects = cells.map((one) => one.told.promise.then((waits) => waits > 0 || never))
    if ((await answers) && (await Promise.race([main.responds(CATCH_MS), ...rejects]))) {
      if (await haveCaught(cells)) return [...left]
    }
    // They have ended by themselves meanwhile: what runs now may be anybody's, and half of it done for good.
    if (cells.length > 0 && left.size === 0) return []
    const before = new Set(cells.filter(({ rejected }) => rejected !== undefined))
    await terminate(cells)
    const still = [...left]
    // What was ended may be the telling, in the middle of thousands of waits.
    tell(still.filter((one) => before.has(one)))
    // Or it was a callback: the cell itself waits for something, and is about to catch.
    const catches = still.some((one) => before.has(one) || hasRejected(one))
    if (catches && !(await haveCaught(still))) await terminate(still)
    return [...left]
  }

  /** Resolves when cells that were told have ended or had their time: to true unless main computes again. */
  async function haveCaught(cells: Running[]): Promise<boolean> {
    // Of several cells the later ones are still to be told of.
    const settled = Promise.all(
      cells.map(({ done, told }) =>
        Promise.race([done.promise, told.promise.then((waits) => (waits > 0 ? done.promise : undefined))]),
      ),
    ).then(() => true)
    const waits = cells.reduce((sum, { rejected = 0 }) => sum + rejected, 0)
    const tooLong = () =>
      main
        .responds(Math.min(CATCH_MS + waits * CATCH_EACH_MS, CATCH_MOST_MS))
        .then((isBack) => isBack && later(SETTLE_MS))
    // A cell that ended by itself may already have made room for the next one, which must not be touched.
    const isSettled = await Promise.race([settled, tooLong()])
    if (isSettled && cells.some(hasRejected)) return true
    // It may be computing again (a loop that caught the KeyboardInterrupt): then the hard way follows.
    return main.responds(GRACE_MS)
  }

  async function terminate(cells: Running[]): Promise<void> {
    const started = performance.now()
    let told = false
    for (let step = 0; performance.now() - started < GIVE_UP_MS; step++) {
      main.terminateExecution()
      if (step >= 1) main.interruptSystemCalls()
      if (await main.responds(TERMINATE_INTERVALS_MS[step] ?? 100, false)) {
        parts.comms.stopped()
        return
      }
      if (told || performance.now() - started < STUCK_MS) continue
      told = true
      parts.onStuck(cells)
    }
  }

  function tell(cells: Running[]): void {
    for (const one of cells) {
      forget(one)
      main.post({ type: 'interrupt', cell: one.cell })
    }
  }

  return () => {
    pressed ??= press().finally(() => {
      pressed = undefined
    })
    return pressed
  }
}

/** What main has said of an earlier telling. */
function forget(one: Running): void {
  one.rejected = undefined
  one.told = Promise.withResolvers()
}

const hasRejected = ({ rejected = 0 }: Running): boolean => rejected > 0

const never = new Promise<never>(() => {})
const later = (ms: number) => new Promise<false>((resolve) => setTimeout(resolve, ms, false))
