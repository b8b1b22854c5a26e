/**
 * What TypeScript's libraries and Node's types declare, so that a cell which uses it passes the check, and the Node that
 * runs may not have: it is a ReferenceError, as of a name that nobody has declared. Knows nothing of how it is shown.
 */
import { isBuiltin } from 'node:module'
import { allCode } from './stack.ts'

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
  if (isPromised(name))
    return `→ \`declare\` only says that \`${name}\` is made elsewhere, and nothing has made it: write it out, without \`declare\`.`
  const ofNode = isBuiltin(name) ? ` Node's module: \`const ${name} = require("node:${name}")\`.` : ''
  return `→ No cell that has run declares \`${name}\`: run its cell first, or check the spelling.${ofNode}`
}

const DECLARE =
  /^[ \t]*declare\s+(?:const|let|var|(?:abstract\s+)?class|enum|function|namespace)\s+([\p{ID_Continue}$]+)/gmu

/** `declare const backpack: Backpack<string>`: so TypeScript's handbook writes what an example takes for granted. */
const isPromised = (name: string): boolean => [...allCode().matchAll(DECLARE)].some(([, promised]) => promised === name)
