/**
 * Names that a cell declares and has not given a value, because it failed or was stopped before that line: as properties
 * of `exports` they read undefined, and the next cell's error would not say why. Knows nothing of how it is shown.
 */
import { codeOf, type Place } from './stack.ts'

// Taken before any cell runs.
const { getOwnPropertyDescriptor } = Reflect

/** By name the cell that is to give it its value. */
const awaited = new Map<string, string>()
let bindings: object = {}

/** The cell begins. The function that comes back is called when it has come to its end. */
export function expectValues(shared: object, cell: string, names: readonly string[]): () => void {
  bindings = shared
  for (const name of names) awaited.set(name, cell)
  return () => {
    for (const name of names) if (awaited.get(name) === cell) awaited.delete(name)
  }
}

const PROPERTY_OF_UNDEFINED = /^Cannot (?:read|set) properties of undefined \((?:reading|setting) '/
/** What is asked for a property, if that is a name by itself. */
const ASKED = /(?<![\w$.])([A-Za-z_$][\w$]*)\s*\.\s*$/

/** Has this code a name of its own that is the same, as a function's parameter or in a block? Rather too often than not. */
function isOwn(code: string, name: string): boolean {
  const word = `(?<![\\w$.])${name.replaceAll('$', '\\$')}(?![\\w$])`
  const declared = String.raw`\b(?:const|let|var|using|catch)\b[^=;\n]*${word}`
  const parameter = String.raw`${word}\s*=>|${word}[^()]*\)\s*(?::[^={};()\n]*)?(?:=>|\{)`
  return new RegExp(`${declared}|${parameter}`).test(code)
}

/** What to say of it, below the error's first line. */
export function notReached(error: Error, place: Place | undefined): string | undefined {
  if (!place || !(error instanceof TypeError) || !PROPERTY_OF_UNDEFINED.test(error.message)) return undefined
  const code = codeOf(place)
  const line = code.split(/\r?\n/)[place.line - 1] ?? ''
  const name = ASKED.exec(line.slice(0, place.column - 1))?.[1] ?? ''
  const cell = awaited.get(name)
  // In the cell itself it may be meant: `let found` and a loop that finds nothing.
  if (
    cell === undefined ||
    cell === place.file ||
    isOwn(code, name) ||
    getOwnPropertyDescriptor(bindings, name)?.value !== undefined
  )
    return undefined
  return `→ \`${name}\` has no value: ${cell} has not come to the end of the line that gives it one. Run that cell again.`
}
