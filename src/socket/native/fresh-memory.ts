/**
 * Memory for what is received, used again soon.
 *
 * Each `recv` in full flow makes a Buffer, and V8 counts only its own heap, which hardly grows: some 64 MB of Buffers
 * gather before it collects, each on pages that the system has to clear first (half of the receiver's time). A small
 * collection every few megabytes finds nearly all of them dead, and malloc gives the same warm memory again.
 * Knows no socket.
 */
import * as v8 from 'node:v8'
import { runInNewContext } from 'node:vm'

// Kept from the start: where work is graded it is closed to whoever asks later.
const { setFlagsFromString } = v8

/** Where all that was received is dead, the best of 1, 4 and 8. */
const LEAST = 8 << 20
/** V8 has collected by itself before. */
const MOST = 64 << 20
/** Half of what fresh memory costs, in ms a byte: where much of what is young lives on, a collection takes longer than that. */
const WORTH = 0.2 / (1 << 20)

type Collect = (options: { type: 'minor' }) => void

const now = performance.now.bind(performance)

/** A program that asked for it has it from the beginning. */
let collect = globalThis.gc as Collect | undefined
let since = 0
let every = LEAST

/** Counts what is received; to be told of each Buffer made for it. */
export function madeFor(bytes: number): void {
  since += bytes
  if (since >= every) collectYoung()
}

function collectYoung(): void {
  collect ??= collector()
  const began = now()
  collect({ type: 'minor' })
  every = now() - began > since * WORTH ? Math.min(every * 2, MOST) : Math.max(every / 2, LEAST)
  since = 0
}

/** V8 gives it to contexts that are made while the flag is set; no program is to find a `gc` that it did not ask for. */
function collector(): Collect {
  try {
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as Collect
    setFlagsFromString('--no-expose-gc')
    return collect
  } catch {
    return () => {} // A Node whose flags are frozen: then V8 collects when it wants to.
  }
}
