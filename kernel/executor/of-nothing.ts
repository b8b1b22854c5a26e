/**
 * Something asked of undefined or null: V8 tells what was asked, the line tells of what. `this` is undefined in a method
 * that was called without its object: as a thread's target, a listener, under a name of its own. Knows nothing of how it is shown.
 */
import { codeOf, type Place } from './stack.ts'

const OF_NOTHING = /^Cannot (?:read|set) properties of (undefined|null) \((?:reading|setting) '([\w$]+)'\)/
/** Longer ones say less than the line itself. */
const LONGEST = 50
/** What people type is shorter; brackets are looked for up to its beginning. */
const LONGEST_LINE = 500

/** What to say of it, below the error's first line. */
export function ofNothing(error: Error, place: Place | undefined): string | undefined {
  const [, nothing, name] = error instanceof TypeError ? (OF_NOTHING.exec(error.message) ?? []) : []
  if (!place || nothing === undefined || name === undefined) return undefined
  const line = codeOf(place).split(/\r?\n/)[place.line - 1] ?? ''
  if (line.length > LONGEST_LINE) return undefined
  // V8's column is now that of the object, now before the dot, now behind the name.
  const escaped = name.replaceAll('$', '\\$')
  const asked = new RegExp(`[?!]?\\.${escaped}(?![\\w$])|!?\\[["'\`]?${escaped}["'\`]?\\]`, 'g')
  const dots = [...line.matchAll(asked)].filter(({ index }) => index > 0)
  const objects = new Set(dots.map(({ index }) => objectBefore(line, index)))
  const [object] = objects
  if (objects.size !== 1 || !object || object.length > LONGEST) return undefined
  if (object === 'this')
    return nothing === 'undefined'
      ? '→ `this` is undefined: the function was called without its object, as happens to `obj.method` that is handed over. Hand over `() => obj.method()`.'
      : undefined
  if (object.endsWith(']')) return `→ \`${object}\` is ${nothing}: there is nothing in that place, or under that name.`
  return object.endsWith(')') ? `→ \`${object}\` gave ${nothing}.` : `→ \`${object}\` is ${nothing}.`
}

const QUOTES = new Set(['"', "'", '`'])
const CLOSES: Record<string, string> = { ')': '(', ']': '[' }

/** `rooms["a"]` of `rooms["a"].push(…)`, read from its end; undefined where it begins in an earlier line. */
function objectBefore(line: string, end: number): string | undefined {
  let at = end
  while (at > 0) {
    const last = line[at - 1] as string
    if (/[\w$]/.test(last)) while (at > 0 && /[\w$]/.test(line[at - 1] as string)) at--
    else if (last in CLOSES) {
      at = opening(line, at - 1)
      if (at < 0) return undefined
      // `f(…)`, `list[…]`, `(await f())`: what stands before the bracket belongs to it.
      if (at > 0 && /[\w$)\]!]/.test(line[at - 1] as string)) continue
    } else if (last === '!') {
      at--
      continue
    } else if (QUOTES.has(last)) {
      at = line.lastIndexOf(last, at - 2)
      if (at < 0) return undefined
    } else break
    if (at > 1 && line[at - 1] === '.' && /[\w$)\]!?"'`]/.test(line[at - 2] as string))
      at -= line[at - 2] === '?' ? 2 : 1
    else break
  }
  const object = line.slice(at, end)
  // Where the line before goes on here: no guess.
  return /^[\w$(["'`]/.test(object) && line[at - 1] !== '.' ? object : undefined
}

/** Where the bracket that ends at `at` begins; -1 where that is not in this line. */
function opening(line: string, at: number): number {
  const open: string[] = []
  for (let index = at; index >= 0; index--) {
    const sign = line[index] as string
    if (sign in CLOSES) open.push(CLOSES[sign] as string)
    else if (sign === open.at(-1)) {
      open.pop()
      if (open.length === 0) return index
    }
  }
  return -1
}
