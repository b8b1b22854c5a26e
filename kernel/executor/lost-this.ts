/**
 * `this.count` in a method that was called without its object: as a thread's target, a listener, under a name of its own.
 * Knows nothing of how it is shown.
 */
import { codeOf, type Place } from './stack.ts'

const OF_NOTHING = /^Cannot (?:read|set) properties of undefined \((?:reading|setting) '([\w$]+)'\)/

/** What to say of it, below the error's first line. */
export function lostThis(error: Error, place: Place | undefined): string | undefined {
  const name = error instanceof TypeError ? OF_NOTHING.exec(error.message)?.[1] : undefined
  if (!place || name === undefined) return undefined
  const line = codeOf(place).split(/\r?\n/)[place.line - 1] ?? ''
  // V8's column is now before the dot, now behind the name: whose it is stands in the line.
  const asked = line.matchAll(new RegExp(`([\\w$\\])]+)[?!]?\\.${name.replaceAll('$', '\\$')}(?![\\w$])`, 'g'))
  const objects = new Set([...asked].map(([, object]) => object))
  return objects.size === 1 && objects.has('this')
    ? '→ `this` is undefined: the function was called without its object, as happens to `obj.method` that is handed over. Hand over `() => obj.method()`.'
    : undefined
}
