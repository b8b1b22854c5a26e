/** What is shown when a handler throws: Python's first line, then the error with the learner's own frames. */
import { inspect } from 'node:util'
import { repr } from '../bytes/index.ts'

/** `Exception occurred during processing of request from ('127.0.0.1', 35167)` and the error's stack. */
export function requestReport(clientAddress: unknown, error: unknown): string {
  return `Exception occurred during processing of request from ${shown(clientAddress)}\n${stackOf(error)}`
}

function shown(address: unknown): string {
  if (!Array.isArray(address)) return repr(address)
  return `(${address.map((part) => (typeof part === 'string' ? `'${part}'` : String(part))).join(', ')})`
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error) || typeof error.stack !== 'string') return `thrown: ${inspect(error)}`
  const lines = error.stack.split('\n')
  // From here on it is this room's and Node's own machinery.
  const ours = lines.findIndex((line) => /^ +at .*\bfinishRequest\b/.test(line))
  return (ours > 0 ? lines.slice(0, ours) : lines).join('\n')
}
