/** What is shown when a thread's target throws: Python's first line, then the error with the learner's own frames. */
import { inspect } from 'node:util'

/** `Exception in thread Thread-1 (serve):` and the error's stack, without the frames that only start the thread. */
export function threadReport(name: string, error: unknown): string {
  return `Exception in thread ${name}:\n${stackOf(error)}`
}

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
