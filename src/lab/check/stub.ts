/**
 * Is the learner's code still what the exercise came with? Then nothing is wrong yet: there is nothing there.
 *
 * Knows the ways in which a stub says so.
 */

const NOT_DONE = /^\s*(?:not done yet|not implemented(?: yet)?|nothing here yet|your code here|todo)\s*[.!:…]*\s*$/i
const { test } = RegExp.prototype
const { toString: sourceOf } = Function.prototype
const { replace, trim } = String.prototype
const { apply } = Reflect

/** `throw new Error("not done yet")`, or one of its usual spellings. */
export function isStubError(thrown: unknown): boolean {
  try {
    return thrown instanceof Error && typeof thrown.message === 'string' && apply(test, NOT_DONE, [thrown.message])
  } catch {
    // A message, or a prototype, that throws when it is looked at.
    return false
  }
}

/** A function of nothing but comments: `function describe(sock) { // your code here }`. */
export function isEmptyFunction(value: unknown): boolean {
  if (typeof value !== 'function') return false
  const source: string = apply(sourceOf, value, [])
  const bare: string = apply(replace, source, [/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, ''])
  return /\{\s*\}$/.test(apply(trim, bare, []))
}
