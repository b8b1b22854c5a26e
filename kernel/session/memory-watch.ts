/**
 * Watches the memory of a cell that runs, and stops the cell before V8 gives up: an aborted process can tell nobody why.
 * Knows the inspector's answers, nothing of messages.
 */
import { readFileSync } from 'node:fs'
import { totalmem } from 'node:os'
import type { Running } from './execution.ts'
import { outOfMemory } from './failures.ts'
import type { MainThread } from './main-thread.ts'

const LOOK_MS = 50
/** V8 needs the rest for the collection that a full heap brings. */
const HEAP_SHARE = 0.5
/** A cell that finds the heap this full already may use a little more of it. */
const GROWTH_SHARE = 0.15
/** Of the machine's, or of what the container may use: Buffers lie outside the heap. */
const PROCESS_SHARE = 0.8
const MIB = 2 ** 20

export interface MemoryWatchParts {
  main: MainThread
  running(): Running[]
  log(text: string): void
}

/** What `--max-old-space-size` says, in MiB, or V8's own default for this machine. */
function heapLimit(args: readonly string[]): number {
  // V8 takes the last word.
  const given = args.map((one) => /^--max[-_]old[-_]space[-_]size=(\d+)$/.exec(one)?.[1]).findLast(Boolean)
  return given ? Number(given) * MIB : Math.min(4096 * MIB, totalmem() / 4)
}

/** The resident size of the process, from /proc: `process.memoryUsage` would ask this thread's heap as well. */
function residentBytes(): number {
  try {
    return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) * 1024
  } catch {
    return 0
  }
}

export function watchMemory({ main, running, log }: MemoryWatchParts): void {
  const limit = heapLimit(process.execArgv)
  const heap = limit * HEAP_SHARE
  const constrained = process.constrainedMemory()
  const resident = (constrained > 0 ? Math.min(constrained, totalmem()) : totalmem()) * PROCESS_SHARE
  let asking = false
  /** What the heap held when the newest of the running cells was first seen. */
  let began = { cell: -1, bytes: 0 }

  async function look(): Promise<void> {
    const cells = running().filter(({ phase }) => phase === 'running')
    const newest = cells.at(-1)?.cell
    if (newest === undefined || asking) return
    asking = true
    try {
      const used = await main.heapBytes(false)
      if (began.cell !== newest) began = { cell: newest, bytes: used }
      const rss = residentBytes()
      const room = Math.max(heap, began.bytes + limit * GROWTH_SHARE)
      if (used >= room || rss >= resident) stop(cells, used, rss)
    } finally {
      asking = false
    }
  }

  function stop(cells: Running[], used: number, rss: number): void {
    log(`memory: heap ${Math.round(used / MIB)} MiB, resident ${Math.round(rss / MIB)} MiB: stopping the cell`)
    main.terminateExecution()
    const failure = outOfMemory(Math.round((rss >= resident ? rss : used) / MIB))
    for (const one of cells) {
      main.post({ type: 'abandon', cell: one.cell })
      one.done.resolve({ failure })
    }
    // Now, while nothing grows: the next cell should not find what this one has left as garbage.
    void main.heapBytes(true)
  }
  setInterval(() => void look().catch((error: Error) => log(`memory: ${error.message}`)), LOOK_MS).unref()
}
