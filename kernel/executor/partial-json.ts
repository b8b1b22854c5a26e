/**
 * Text that JSON.parse does not take because it is not one whole value: half a message, or two at once, as a stream brings
 * them. Knows nothing of how it is shown.
 */
import { codeOf, type Place } from './stack.ts'

const ENDS_EARLY = /^Unexpected end of JSON input|^Unterminated string in JSON|^Expected (?:',' or|':' after)/
const GOES_ON = /^Unexpected non-whitespace character after JSON/

/** What to say of it, below the error's first line. */
export function partialJson(error: Error, place: Place | undefined): string | undefined {
  if (!place || !(error instanceof SyntaxError)) return undefined
  const line = codeOf(place).split(/\r?\n/)[place.line - 1] ?? ''
  if (!/\bJSON\s*\.\s*parse\b/.test(line)) return undefined
  if (GOES_ON.test(error.message))
    return `→ There is more behind the first value. If a stream brought it: one \`recv\` may give two messages at once; take one out first, by its length or up to its line break.`
  if (ENDS_EARLY.test(error.message))
    return `→ This is not the whole of it, or no JSON. If a stream brought it: one \`recv\` may give half a message, or nothing at the stream's end; collect until a message is whole, by its length or up to its line break.`
  return undefined
}
