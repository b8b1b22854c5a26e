/**
 * Names in an options object: one that a call does not know would be left aside without a word, where no types are
 * checked. Knows no call.
 */

/** What is told of a call besides its names. */
export interface About {
  /** Does a signal end it? */
  signal: boolean
  /** What sets a time limit, if the call takes none. */
  limit?: string
}

const OF_SOCKETS: About = { signal: true, limit: 'settimeout(5) sets a time limit' }
/** Told of a call that does not wait. */
export const NO_WAIT: About = { signal: false }

/**
 * Refuses names that the call does not know, as Python does for keywords.
 *
 * What is made of a class is not the caller's to spell, and an object with a signal may be one for several calls, which
 * types allow too: of those only what is nearly one of the names.
 *
 * @throws {TypeError} there is another one
 */
export function checkNames(options: object, known: readonly string[], call: string, about: About = OF_SOCKETS): void {
  for (const name of Object.keys(options)) {
    if (name !== 'signal' && !known.includes(name)) unknown(options, name, known, call, about)
  }
}

function unknown(options: object, name: string, known: readonly string[], call: string, about: About): void {
  if ((options as Record<string, unknown>)[name] === undefined) return
  const unexpected = `${call}() got an unexpected keyword argument '${name}': `
  const ours = name.replace(/(?<=[^_])_+(.)/g, (_, letter: string) => letter.toUpperCase())
  if (ours !== name && known.includes(ours)) throw new TypeError(`${unexpected}write ${ours}`)
  if (!isPlain(options)) return
  const all = about.signal ? [...known, 'signal'] : known
  const near = all.find((one) => isNear(one, name))
  if (near === undefined && 'signal' in options) return
  const advice = near === undefined ? '' : `did you mean ${near}? `
  const limit = name === 'timeout' && about.limit ? `; ${about.limit}` : ''
  throw new TypeError(`${unexpected}${advice}It takes ${all.join(', ')}${limit}`)
}

/** Written as `{ … }`, in whichever context. */
function isPlain(options: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(options)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

/** One letter too many, too few, another one or two of them swapped; the beginning of the name or more than it. */
function isNear(one: string, other: string): boolean {
  const [a, b] = [one.toLowerCase(), other.toLowerCase().replaceAll('_', '')]
  if (Math.min(a.length, b.length) >= 3 && (a.startsWith(b) || b.startsWith(a))) return true
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  let end = 0
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)]
  if (left.length === 2 && right.length === 2) return left === `${right[1]}${right[0]}`
  return Math.max(left.length, right.length) <= 1
}
