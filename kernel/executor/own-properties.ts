/**
 * What an error carries besides its message, as Node shows it behind the stack: `{ status: 404, details: … }`.
 * Left out is what the message has told already. Knows nothing of how the rest of the error is shown.
 */
import { inspect } from 'node:util'
import { isOfNode } from './stack.ts'

/** Told in the headline, as frames and as causes. */
const SHOWN_ELSEWHERE = ['name', 'message', 'stack', 'cause', 'errors', 'error', 'suppressed']
/** Of a failed system call, ours or Node's, whose message names the call, the error and what it was about. */
const OF_SYSTEM = 'errno code syscall strerror address port path dest hostname spawnargs'.split(' ')
/** The message says what was compared, and how they differ. */
const OF_ASSERTION = ['generatedMessage', 'code', 'actual', 'expected', 'operator', 'diff']
/** Of Node's own: a command that failed, whose message has the command and what it said; the socket below `fetch`. */
const OF_NODE = ['cmd', 'output', 'pid', 'stderr', 'socket']
/** A package may hang its whole connection on an error. */
const MOST_LINES = 20

function toldAlready(error: Error): Set<string | symbol> {
  const told = new Set<string | symbol>(SHOWN_ELSEWHERE)
  const add = (names: readonly string[]) => names.forEach((name) => void told.add(name))
  if (Object.hasOwn(error, 'errno')) add(OF_SYSTEM)
  if ((error as NodeJS.ErrnoException).code === 'ERR_ASSERTION') add(OF_ASSERTION)
  if (isOfNode(error)) {
    add(OF_NODE)
    // Node gives its messages a name each, which says nothing that they do not; a number is how a command ended.
    if (typeof (error as NodeJS.ErrnoException).code === 'string') add(['code'])
  }
  return told
}

/** Lines, none where there is nothing to tell. Getters are not called, and nothing here throws. */
export function ownProperties(error: Error): string[] {
  try {
    const told = toldAlready(error)
    const shown: Record<string | symbol, unknown> = {}
    for (const name of Reflect.ownKeys(error)) {
      const property = Reflect.getOwnPropertyDescriptor(error, name)
      if (property?.enumerable && !told.has(name)) Object.defineProperty(shown, name, property)
    }
    if (Reflect.ownKeys(shown).length === 0) return []
    const text = inspect(shown, { depth: 2, maxArrayLength: 20, maxStringLength: 1000, colors: false, getters: false })
    const lines = text.split('\n')
    return lines.length > MOST_LINES ? [...lines.slice(0, MOST_LINES), '…'] : lines
  } catch {
    // A Proxy, or an inspection of the learner's own, that throws.
    return []
  }
}
