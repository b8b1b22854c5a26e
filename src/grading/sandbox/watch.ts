/**
 * Looks at what a sandbox's processes use, and says when it is too much: memory of all together, and how many they are.
 * cgroups would do it, but are rarely ours to write. Knows /proc, nothing of kernels.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Limits } from './limits.ts'

const LOOK_MS = 100

/**
 * Calls `tell` once, with why. Returns a function that stops the watch. Looks at nothing until the sandbox has a process
 * list of its own: while bubblewrap begins, which takes long on a busy machine, all of the machine's processes stand there.
 */
export function watchProcesses(
  /** The sandbox's own process list: /proc as it is seen inside. */
  proc: string,
  { memoryBytes, processes }: Pick<Limits, 'memoryBytes' | 'processes'>,
  tell: (what: 'memory' | 'processes') => void,
): () => void {
  let begun = false
  const timer = setInterval(() => {
    begun ||= isOwnList(proc)
    if (!begun) return
    const seen = processesIn(proc)
    const tooMany = seen.length > processes
    if (!tooMany && residentBytes(proc, seen) <= memoryBytes) return
    clearInterval(timer)
    tell(tooMany ? 'processes' : 'memory')
  }, LOOK_MS)
  return () => clearInterval(timer)
}

/** Each such list is a file system of its own, which has a number. */
function isOwnList(proc: string): boolean {
  try {
    return statSync(proc).dev !== statSync('/proc').dev
  } catch {
    return false
  }
}

let page: number | undefined

/** statm(5) counts pages, which are not of 4 KiB on every arm64. */
function pageBytes(): number {
  page ??= Number(/^KernelPageSize:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/smaps', 'latin1'))?.[1] ?? 4) * 1024
  return page
}

/** Their numbers, as names; none where there is no such folder. */
export function processesIn(proc: string): string[] {
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
      // Its second number; `status` says the same and costs four times as much, ten times a second.
      sum += Number(readFileSync(join(proc, pid, 'statm'), 'latin1').split(' ', 2)[1] ?? 0) * pageBytes()
    } catch {
      // It has ended since the list was read.
    }
  }
  return sum
}
