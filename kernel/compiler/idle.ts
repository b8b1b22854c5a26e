/**
 * Gives memory back when nobody has asked for a while: after 300 cells a third of the process is garbage, which V8
 * keeps as long as nothing presses, and so does glibc with what optimising has freed. Knows nothing of compiling.
 */
import { setFlagsFromString } from 'node:v8'

const IDLE_MS = 1000
/** Below this much growth a collection (some 70 ms) is not worth its time. */
const GROWN_BYTES = 24 * 1024 * 1024

type Collect = (options: { type: 'major'; execution: 'sync'; flavor: 'last-resort' }) => void

let collect: Collect | undefined
let trim: (() => void) | undefined
let afterLast = 0
let isPostponed = false

const inUse = (): number => process.memoryUsage.rss()

/** No collection until {@link giveMemoryBack} is called: it would be for nothing, just before. */
export function postponeCollection(): void {
  isPostponed = true
}

/** Gives back what is garbage now. */
export function giveMemoryBack(): void {
  isPostponed = false
  if (!collect) {
    setFlagsFromString('--expose-gc')
    // Not an import: a start-up snapshot cannot hold the module's contexts.
    collect = process.getBuiltinModule('node:vm').runInNewContext('gc') as Collect
  }
  collect({ type: 'major', execution: 'sync', flavor: 'last-resort' })
  trim ??= trimmer()
  trim()
  afterLast = inUse()
}

/** glibc's malloc_trim: each of V8's threads has an arena, which keeps what it has used. Another libc has none. */
function trimmer(): () => void {
  try {
    const { createRequire } = process.getBuiltinModule('node:module')
    const koffi = createRequire(__filename)('koffi') as typeof import('koffi')
    const mallocTrim = koffi.load(null).func('int malloc_trim(size_t pad)')
    return () => void mallocTrim(0)
  } catch {
    return () => {}
  }
}

/** Call the result after each request. */
export function collectWhenIdle(): () => void {
  afterLast = inUse()
  const timer = setTimeout(() => {
    if (!isPostponed && inUse() - afterLast >= GROWN_BYTES) giveMemoryBack()
  }, IDLE_MS)
  timer.unref()
  return () => void timer.refresh()
}
