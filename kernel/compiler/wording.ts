/**
 * TypeScript's messages in words for a beginner: names without the folders and parameters that only the compiler cares
 * about, and below it what to write instead, for the mistakes that hints.ts knows.
 */
import { relative } from 'node:path'
import ts from 'typescript'
import { hintFor } from './hints.ts'
import { BY_NAME, withoutNamedForm } from './named-forms.ts'
import { socketlabTypes } from './places.ts'
import { pythonImport } from './python-words.ts'

/** How a cell is called in messages, by the number in TypeScript's name of its file. */
const cellNames = new Map<number, string>()

export function nameCell(serial: number, name: string): void {
  cellNames.set(serial, name)
}

export const forgetCells = (): void => cellNames.clear()

export const cellName = (serial: number, unknown = 'an earlier cell') => cellNames.get(serial) ?? unknown

/** Advice that only who knows the earlier cells could give. */
export const outdated = new WeakMap<ts.Diagnostic, string>()

/** The message of one diagnostic. */
export function inPlainWords(diagnostic: ts.Diagnostic): string {
  const imported = ofPythonImport(diagnostic)
  if (imported !== undefined) return imported.message
  const whole = withoutFolders(ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n')).replace(OTHER_LIBRARY, '')
  const flat = withoutNamedForm(whole)
  const message = diagnostic.code === NO_OVERLOAD ? withoutOverloads(flat) : flat
  const hint = outdated.get(diagnostic) ?? hintFor(diagnostic, message)
  return hint === undefined ? message : `${message}\n→ ${hint}`
}

const NO_OVERLOAD = 2769
/** A cell has no options that could be changed. */
const OTHER_LIBRARY = / Do you need to change your target library\? Try changing the 'lib' .*$/
/** A call of ours has at most three forms. */
const MOST_REASONS = 3

/** Each reason once, without the forms of the call that it was found in: they are longer than what is wrong. */
function withoutOverloads(message: string): string {
  const [first, ...lines] = message.split('\n')
  const reasons: string[] = []
  for (const line of lines) {
    if (/^ {2}\S/.test(line)) reasons.push('')
    else reasons.push(`${reasons.pop() ?? ''}\n${line.slice(2)}`)
  }
  const all = [...new Set(reasons)]
  const byPosition = all.filter((reason) => !BY_NAME.test(reason))
  // Who gave the arguments by position does not ask for the form that takes them in one object.
  if (byPosition.length === 1 && all.length > 1) return byPosition[0]!.trimStart()
  return first + (byPosition.length > 0 ? byPosition : all).slice(0, MOST_REASONS).join('')
}

/** Where the learner is to look: TypeScript finds only behind a line of Python's what is wrong with it. */
export const placeOf = (diagnostic: ts.Diagnostic): { start: number; length: number } =>
  ofPythonImport(diagnostic) ?? { start: diagnostic.start ?? 0, length: diagnostic.length ?? 0 }

/** What is said, and of which piece of the cell. */
interface Told {
  message: string
  start: number
  length: number
}

/** Python's imports are read as halves of TypeScript's: what is wrong is found only where the next line begins. */
function ofPythonImport({ code, file, start, length = 0 }: ts.Diagnostic): Told | undefined {
  if (!file || start === undefined || code < 1000 || code >= 2000) return undefined
  const { line } = file.getLineAndCharacterOfPosition(start)
  const lines = file.text.split(/\r?\n/, line + 1)
  const told = (message: string | undefined, at: number): Told | undefined => {
    const text = lines[at] ?? ''
    const indent = text.length - text.trimStart().length
    return message === undefined
      ? undefined
      : { message, start: file.getPositionOfLineAndCharacter(at, indent), length: text.trim().length }
  }
  const here = told(pythonImport(lines[line] ?? ''), line)
  const isFirst = file.text.slice(file.getPositionOfLineAndCharacter(line, 0), start).trim() === ''
  if (!isFirst || code === 1434) return here
  const at = lines.slice(0, line).findLastIndex((text) => !/^\s*(?:\/\/|$)/.test(text))
  const before = lines[at] ?? ''
  const above = told(pythonImport(before), at)
  // `from` is an error in its own line already.
  return above !== undefined && /^\s*from\b/.test(before)
    ? { message: `That comes of \`${before.trim()}\`, above.`, start, length }
    : (above ?? here)
}

/** Where it is the parameter that is wrong, it must be told: `let data = Buffer.alloc(0)` takes no other Buffer. */
const NARROWER_BYTES =
  /^([^\n]* is not assignable to (?:parameter of )?type ')(Buffer|Uint8Array)'\.\n.*'ArrayBufferLike' is not assignable to type 'ArrayBuffer'.*$/s

/** Why memory of another kind is no Uint8Array takes TypeScript a screen of types, and tells nobody more. */
const OTHER_MEMORY =
  /^(Argument of type '(?:Buffer|DataView|\w*Array|\w*ArrayBuffer)(?:<[^\n']*>)?' is not assignable to parameter of type '(?:Iterable<)?Uint8Array[^\n']*'\.)\n.*$/s

const IMPORTED = /(typeof )?import\("([^"]*)"\)\.([\w$.]+)/g

/** What a type takes, four deep: `<string, Map<number, () => void>>`. */
const ARGUMENTS = new RegExp(`^${[1, 2, 3].reduce((inner) => `<(?:=>|[^<>]|${inner})*>`, '<(?:=>|[^<>])*>')}`)

/** Where one of two types with the same name is from, as one would import it. */
function moduleOf(path: string): string {
  const [, inPackage] = /^.*[\\/]node_modules[\\/](?:@types[\\/])?(.*?)(?:[\\/]index)?$/.exec(path) ?? []
  return inPackage ?? `./${relative(process.cwd(), path)}`
}

/** `import("/home/…/__tslab__3").P` is `P of cell [2]`; a Buffer's parameter says nothing to anybody here. */
function withoutFolders(message: string): string {
  const named = message.replace(IMPORTED, (_, asked = '', path: string, name: string) => {
    const [, serial] = /__tslab__(\d+)$/.exec(path) ?? []
    const cell = serial && cellNames.get(Number(serial))
    if (cell) return `${asked}${name}\0${cell}\0`
    const isNamesake = ([, , other, same]: RegExpExecArray) => same === name && other !== path
    return [...message.matchAll(IMPORTED)].some(isNamesake) ? `${name}\0${moduleOf(path)}\0` : name
  })
  return (
    behindArguments(named)
      .replaceAll(`"${socketlabTypes}/index"`, '"/socketlab/index"')
      .replace(/import\("[^"]*[\\/](\w+)[\\/]index"\)/g, '$1')
      .replace(/'"[^"]*[\\/](\w+)[\\/]index"'/g, "'$1'")
      .replace(/import\("[^"]*[\\/]([^"\\/]+)"\)/g, '$1')
      .replace(/'"(?:\/|[A-Za-z]:)[^"]*[\\/]([^"\\/]+)"'/g, "'$1'")
      .replace(/'(?:\/|[A-Za-z]:)[^']*[\\/]node_modules[\\/]([^']+)'/g, "'$1'")
      // What Node's types call the bytes of a file or of a command.
      .replace(/\bNonSharedBuffer\b/g, 'Buffer')
      .replace(/\b(Uint8Array|Buffer)<(?:ArrayBufferLike|ArrayBuffer)>/g, '$1')
      .replace(NARROWER_BYTES, "$1$2<ArrayBuffer>'.")
      .replace(OTHER_MEMORY, '$1')
      .replace(/'"[^"]*[\\/][^"]*"\.([\w$.]+)'/g, "'$1'")
      .replace(/Socket<any>/g, 'Socket')
  )
}

/** `P\0cell [2]\0<string>` to `P<string> of cell [2]`. */
function behindArguments(message: string): string {
  let text = message
  for (let at = text.indexOf('\0'); at !== -1; at = text.indexOf('\0')) {
    const end = text.indexOf('\0', at + 1) + 1
    const [taken = ''] = ARGUMENTS.exec(text.slice(end)) ?? []
    text = `${text.slice(0, at)}${taken} of ${text.slice(at + 1, end - 1)}${text.slice(end + taken.length)}`
  }
  return text
}
