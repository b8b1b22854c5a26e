/**
 * Looks at what a sandbox's processes use, and says when it is too much: memory of all together, and how many they are.
 * cgroups would do it, but are rarely ours to write. Knows /proc, nothing of kernels.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Limits } from './limits.ts'

const LOOK_MS = 100

/** Calls `tell` once, with why. Returns a function that stops the watch. */
export function watchProcesses(
  /** The sandbox's own process list: /proc as it is seen inside. */
  proc: string,
  { memoryBytes, processes }: Pick<Limits, 'memoryBytes' | 'processes'>,
  tell: (what: 'memory' | 'processes') => void,
): () => void {
  const timer = setInterval(() => {
    const seen = processesIn(proc)
    const tooMany = seen.length > processes
    if (!tooMany && residentBytes(proc, seen) <= memoryBytes) return
    clearInterval(timer)
    tell(tooMany ? 'processes' : 'memory')
  }, LOOK_MS)
  return () => clearInterval(timer)
}

function processesIn(proc: string): string[] {
  try {
    return readdirSync(proc).filter((name) => /^\d+$/.test(name))
  } catch {
    return []
  }
}

function residentBytes(proc: string, pids: readonly string[]): number {
  let sum = 0
  for (const pid of pids) {
    try {
      sum += Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(join(proc, pid, 'status'), 'utf8'))?.[1] ?? 0) * 1024
    } catch {
      // It has ended since the list was read.
    }
  }
  return sum
}
