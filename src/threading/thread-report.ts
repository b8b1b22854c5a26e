/** What is shown when a thread's target throws: Python's first line, then the error with the learner's own frames. */
import { inspect } from 'node:util'

/** What a thread calls, as far as its report looks at it. */
type Target = ((...args: never[]) => unknown) | null

/** `Exception in thread Thread-1 (serve):` and the error's stack, without the frames that only start the thread. */
export function threadReport(name: string, error: unknown, target: Target = null): string {
  const report = `Exception in thread ${name}:\n${stackOf(error)}`
  return lostItsObject(target, error) ? `${report}\n${withObject(target!.name)}` : report
}

/** Python's `Thread(target=poll.poll)` keeps the object; here a method that is named alone has none. */
function lostItsObject(target: Target, error: unknown): boolean {
  if (target === null || !(error instanceof TypeError)) return false
  const method = /^(?:async\s+)?([\w$]+)\s*\(/.exec(String(target))
  return method?.[1] === target.name && /of undefined|private/.test(error.message)
}

const withObject = (method: string): string =>
  `${method} is a method, and was given without its object: write target: () => object.${method}()`

function stackOf(error: unknown): string {
  if (!(error instanceof Error) || typeof error.stack !== 'string') return `thrown: ${inspect(error)}`
  const lines = error.stack.split('\n')
  const ours = lines.findIndex((line) => /^ +at (async )?(Thread\.run|.*#bootstrap)\b/.test(line))
  const own = ours > 0 ? lines.slice(0, ours) : lines
  // Below the last frame of a learner there is only Node's and our own machinery.
  while (own.length > 1 && /^ +at .*(\(node:|at node:)/.test(own.at(-1)!)) own.pop()
  const cause = error.cause === undefined ? [] : [`caused by: ${stackOf(error.cause)}`]
  return [...own, ...cause].join('\n')
}
