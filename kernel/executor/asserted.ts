/**
 * `assert(x > 3)` fails with its own text, which Node reads from the compiled code, from the call's bracket on: `(x > 3)`.
 * The name before the bracket stands in the learner's line. Knows nothing of how it is shown.
 */
import { codeOf, type Place } from './stack.ts'

const BEFORE = /^The expression evaluated to a falsy value:\n\n {2}(?=\()/

/** The error's message, with what was called. */
export function withAsserted(message: string, place: Place | undefined): string {
  const before = BEFORE.exec(message)?.[0]
  if (before === undefined || !place) return message
  const line = codeOf(place).split(/\r?\n/)[place.line - 1] ?? ''
  const name = /^[\w$]+/.exec(line.slice(place.column - 1))?.[0] ?? ''
  return before + name + message.slice(before.length)
}
