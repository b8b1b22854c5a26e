/**
 * Gives memory back when nobody has asked for a while: after 300 cells a third of the process is garbage, which V8
 * keeps as long as nothing presses. Knows nothing of compiling.
 */
import { setFlagsFromString } from 'node:v8'

const IDLE_MS = 4000
/** Below this much growth a collection (some 100 ms) is not worth its time. */
const GROWN_BYTES = 24 * 1024 * 1024

type Collect = (options: { type: 'major'; execution: 'sync'; flavor: 'last-resort' }) => void

/** Call the result after each request. */
export function collectWhenIdle(): () => void {
  let collect: Collect | undefined
  let afterLast = process.memoryUsage().rss
  const timer = setTimeout(() => {
    if (process.memoryUsage().rss - afterLast < GROWN_BYTES) return
    if (!collect) {
      setFlagsFromString('--expose-gc')
      // Not an import: a start-up snapshot cannot hold the module's contexts.
      collect = process.getBuiltinModule('node:vm').runInNewContext('gc') as Collect
    }
    collect({ type: 'major', execution: 'sync', flavor: 'last-resort' })
    afterLast = process.memoryUsage().rss
  }, IDLE_MS)
  timer.unref()
  return () => void timer.refresh()
}
