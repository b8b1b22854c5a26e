/**
 * What TypeScript's libraries and Node's types declare, so that a cell which uses it passes the check, and the Node that
 * runs may not have: it is a ReferenceError, as of a name that nobody has declared. Knows nothing of how it is shown.
 */
import { isBuiltin } from 'node:module'

/** Compared with `lib.esnext` and @types/node by a test. A Node that has them throws no such error. */
export const MAY_BE_MISSING = ['Temporal', 'EventSource', 'Storage', 'localStorage', 'sessionStorage', 'gc']

/** What to say of it, below the error's first line; `cell` where a cell's own code has asked for the name. */
export function missingGlobal(error: Error, cell: boolean): string | undefined {
  if (!(error instanceof ReferenceError)) return undefined
  const name = /^([\p{ID_Continue}$]+) is not defined$/u.exec(error.message)?.[1]
  if (name === undefined) return undefined
  if (MAY_BE_MISSING.includes(name))
    return `→ TypeScript knows \`${name}\`, but the Node that runs here (${process.version}) does not have it.`
  // The checker's words: of a cell whose types are not checked, or of a function in JavaScript, it has said nothing.
  if (!cell) return undefined
  const ofNode = isBuiltin(name) ? ` Node's module: \`const ${name} = require("node:${name}")\`.` : ''
  return `→ No cell that has run declares \`${name}\`: run its cell first, or check the spelling.${ofNode}`
}
