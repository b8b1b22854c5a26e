/**
 * Names that a cell declares and has not given a value, because it failed or was stopped before that line: as properties
 * of `exports` they read undefined, and a later cell that asks for one could not say why. Knows nothing of how it is shown.
 */
import { codeOf, type Place } from './stack.ts'

// Taken before any cell runs.
const { defineProperty, getOwnPropertyDescriptor } = Reflect

/** By name the cell that is to give it its value. */
const awaited = new Map<string, string>()
/** Those that tell when they are read. */
const watched = new Set<string>()
/** Those that were read while they had none. */
const asked = new Set<string>()
let bindings: object = {}

const noValue = (name: string, cell: string): string =>
  `\`${name}\` has no value: ${cell} has not come to the end of the line that gives it one. Run that cell again.`

/** Does not come to its end: the line where it stopped is known, or is not. */
type Ended = 'whole' | { readonly line: number | undefined }

/** The cell begins. The function that comes back is called when it is over. */
export function expectValues(
  shared: object,
  cell: string,
  code: string,
  names: readonly string[],
): (ended: Ended) => void {
  bindings = shared
  for (const name of names) {
    awaited.set(name, cell)
    // The cell that gives it its value now may ask for it before, on purpose.
    if (watched.has(name)) become(shared, name, undefined)
  }
  return (ended) => {
    const reached = ended === 'whole' ? Number.POSITIVE_INFINITY : (ended.line ?? lastGiven(shared, code, names))
    for (const name of names) {
      if (awaited.get(name) !== cell) continue
      const given = lineOf(code, name)
      // What stands above has its value, though it be undefined: `const user = users.find(…)`.
      const isReached = ended === 'whole' || (given !== undefined && given < reached)
      if (isReached) awaited.delete(name)
      else if (given !== undefined) watchReading(name)
    }
  }
}

/** The cell has come at least so far: a cell that was stopped in a loop does not say where. */
const lastGiven = (shared: object, code: string, names: readonly string[]): number =>
  Math.max(
    0,
    ...names.map((name) =>
      getOwnPropertyDescriptor(shared, name)?.value === undefined ? 0 : (lineOf(code, name) ?? 0),
    ),
  )

/** Where the cell says `const name = …`, or takes it out of something. `let found` may stay without on purpose. */
function lineOf(code: string, name: string): number | undefined {
  const declaration = new RegExp(
    String.raw`\b(?:const|let|var|using)\s+(?:[[{][^=]*(?<![\w$])|)${name.replaceAll('$', '\\$')}(?![\w$])[^=;\n]*=`,
  ).exec(code)
  return declaration ? code.slice(0, declaration.index).split('\n').length : undefined
}

function watchReading(name: string): void {
  const held = getOwnPropertyDescriptor(bindings, name)
  if (!held?.configurable || held.get || held.value !== undefined) return
  const shared = bindings
  watched.add(name)
  defineProperty(shared, name, {
    get: () => void asked.add(name),
    set: (value: unknown) => {
      become(shared, name, value)
      // `if (!nick) nick = "Ann"`: whoever asked knew what to do.
      asked.delete(name)
    },
    // Whoever lists the names of the notebook asks for none of them.
    enumerable: false,
    configurable: true,
  })
}

function become(shared: object, name: string, value: unknown): void {
  watched.delete(name)
  defineProperty(shared, name, { value, writable: true, enumerable: true, configurable: true })
}

/** What to say below a cell of the names that it has asked for; an error that has told of one need not be told twice. */
export function askedInVain(told: readonly string[]): string[] {
  const names = [...asked]
  asked.clear()
  return names.flatMap((name) => {
    const cell = awaited.get(name)
    const line = cell === undefined ? undefined : noValue(name, cell)
    return line === undefined || told.some((text) => text.includes(line)) ? [] : [line]
  })
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
  return `→ ${noValue(name, cell)}`
}
