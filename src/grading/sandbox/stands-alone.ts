/**
 * Which cells a compiler elsewhere can compile as the kernel's own would: those that need no files, and say nothing that
 * is true for every notebook after. Errs on the safe side. Knows text; parses nothing.
 */
import { isBuiltin } from 'node:module'

/** What follows `from`, `import` or `require` in quotes. */
const MODULE = /\b(?:from|import|require)\b\s*\(?\s*(?:\/\*.*?\*\/\s*)*(['"`])(.*?)\1/gs
/** Declarations for all, compiler directives with a file or a library. */
const FOR_ALL = /\bdeclare\s+(?:global|module)\b|\/\/\/\s*<|@jsx/

export function standsAlone(code: string): boolean {
  if (FOR_ALL.test(code)) return false
  return [...code.matchAll(MODULE)].every(([, , name]) => isBuiltin(name as string))
}
