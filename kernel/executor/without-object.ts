/**
 * A method that was called without its object: `setTimeout(sock.close, 100)`, `const { recv } = sock`. V8 names the private
 * field that it looked for in vain, which nobody here has written. Knows nothing of how it is shown.
 */
import { codeOf, type Place } from './stack.ts'

const PRIVATE =
  /^(?:Cannot (?:read|write) private member (#\w+)|Cannot (?:read|set) properties of undefined \((?:reading|setting) '(#\w+)')/

/** What to say of it, below the error's first line. */
export function withoutObject(error: Error, place: Place | undefined): string | undefined {
  if (!(error instanceof TypeError)) return undefined
  const [, of, from] = PRIVATE.exec(error.message) ?? []
  const field = of ?? from
  if (field === undefined) return undefined
  const line = place ? (codeOf(place).split(/\r?\n/)[place.line - 1] ?? '') : ''
  // `other.#rest` of a learner's class: it is `other` that is not there.
  if (line.includes(field) && !line.includes(`this.${field}`)) return undefined
  return '→ A method was called without its object. Handed over as `() => sock.close()` it keeps it; so does a call with both, `sock.recv(1024)`.'
}
