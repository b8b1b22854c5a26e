/**
 * What TypeScript's libraries and Node's types declare, so that a cell which uses it passes the check, and the Node that
 * runs may not have: it is a ReferenceError, as of a name that nobody has declared. Knows nothing of how it is shown.
 */

/** Compared with `lib.esnext` and @types/node by a test. A Node that has them throws no such error. */
export const MAY_BE_MISSING = ['Temporal', 'EventSource', 'Storage', 'localStorage', 'sessionStorage', 'gc']

/** What to say of it, below the error's first line. */
export function missingGlobal(error: Error): string | undefined {
  if (!(error instanceof ReferenceError)) return undefined
  const name = /^([\w$]+) is not defined$/.exec(error.message)?.[1]
  return name !== undefined && MAY_BE_MISSING.includes(name)
    ? `→ TypeScript knows \`${name}\`, but the Node that runs here (${process.version}) does not have it.`
    : undefined
}
