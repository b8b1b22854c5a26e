/**
 * Which cells a compiler elsewhere can compile as the kernel's own would: those that need no files, and say nothing that
 * is true for every notebook after. Errs on the safe side, in time that grows with the text only: it is a student's.
 * Knows text; parses nothing.
 */
import { isBuiltin } from 'node:module'

/** What a module's name in quotes may follow. */
const KEYWORD = /\b(?:from|import|require)\b/g
/** What may stand in between: white space, a bracket, comments (each in one way only, so that nothing is tried twice). */
const BETWEEN = /(?:\s|\(|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\/)*/y
/** Declarations for all, compiler directives with a file or a library. */
const FOR_ALL = /\bdeclare\s+(?:global|module)\b|\/\/\/\s*<|@jsx/
/** Comments that hold keywords are passed more than once. */
const PASSES = 4

export function standsAlone(code: string): boolean {
  if (FOR_ALL.test(code)) return false
  let left = code.length * PASSES
  for (const { index, 0: keyword } of code.matchAll(KEYWORD)) {
    BETWEEN.lastIndex = index + keyword.length
    const between = BETWEEN.exec(code)?.[0].length ?? 0
    const at = index + keyword.length + between
    left -= between
    if (left < 0 || code.startsWith('/*', at)) return false
    const quote = code[at]
    if (quote !== '"' && quote !== "'" && quote !== '`') continue
    const end = code.indexOf(quote, at + 1)
    left -= end - at
    if (end < 0 || !isBuiltin(code.slice(at + 1, end))) return false
  }
  return true
}
