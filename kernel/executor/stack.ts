/**
 * Stack traces in the learner's own lines: compiled positions are mapped back, frames of ours and of Node are left out.
 * Knows which text and map belong to which file name; nothing of cells' execution.
 */
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping'

interface Source {
  text: string
  map: string
  parsed?: TraceMap
}

const sources = new Map<string, Source>()

/** From now on positions in `file` (a cell's name or a path) are shown in `text`. */
export const registerSource = (file: string, text: string, map: string): void => void sources.set(file, { text, map })

export interface Place {
  file: string
  line: number
  column: number
}

function toLearnersPlace(file: string, line: number, column: number): Place | undefined {
  const source = sources.get(file)
  if (!source) return undefined
  source.parsed ??= new TraceMap(source.map)
  // Source maps count columns from 0.
  const found = originalPositionFor(source.parsed, { line, column: Math.max(0, column - 1) })
  return found.line === null ? undefined : { file, line: found.line, column: found.column + 1 }
}

const OURS = __dirname.replace(/[\\/]kernel$/, '')
const isInternal = (file: string) => file.startsWith('node:') || file.startsWith(OURS)

/** One line of a stack trace, or nothing where the learner need not see it. */
function describe(frame: NodeJS.CallSite): string | undefined {
  const file = frame.getFileName()
  if (!file || isInternal(file)) return undefined
  const line = frame.getLineNumber() ?? 0
  const column = frame.getColumnNumber() ?? 0
  const shown = frame.toString()
  if (!sources.has(file)) return shown
  const place = toLearnersPlace(file, line, column)
  // Code that the compiler added has no place in the learner's text.
  if (!place) return undefined
  // The function that a cell is wrapped in is ours and has no name for the learner.
  const named = shown.replace(/^(?:async )?Object\.<anonymous> \((.*)\)$/, '$1')
  return named.replace(`${file}:${line}:${column}`, `${file}:${place.line}:${place.column}`)
}

/** A package may be deep: the line of the cell that called it is looked for as far down as this. */
const FRAMES_LOOKED_AT = 100
/** What V8 takes by itself, and shows. */
const FRAMES_SHOWN = 10
/** Of the learner's, where none is among those. */
const CALLERS_SHOWN = 3

/** The topmost ones that the learner need see, and callers in the learner's code where there would be none. */
function shown(frames: readonly NodeJS.CallSite[]): string[] {
  const lines: string[] = []
  // Who has set another limit wants to see that many.
  let room = Error.stackTraceLimit === FRAMES_LOOKED_AT ? FRAMES_SHOWN : Number.POSITIVE_INFINITY
  let isPlaced = false
  for (const frame of frames) {
    const isLearners = sources.has(frame.getFileName() ?? '')
    if (room === 0 && isPlaced) break
    if (room === 0 && !isLearners) continue
    const line = describe(frame)
    if (line === undefined) continue
    lines.push(line)
    if (room > 0) isPlaced ||= isLearners
    else if (lines.length === FRAMES_SHOWN + CALLERS_SHOWN) break
    room = Math.max(0, room - 1)
  }
  return lines
}

/** Errors that Node made, not the learner or a package. Known once their stack has been read. */
const ofNode = new WeakSet<object>()
export const isOfNode = (error: object): boolean => ofNode.has(error)

/** Node calls this when `error.stack` is first read. */
export function installStackTraces(): void {
  Error.stackTraceLimit = FRAMES_LOOKED_AT
  Error.prepareStackTrace = (error, frames) => {
    if (frames[0]?.getFileName()?.startsWith('node:')) ofNode.add(error)
    return [headline(error), ...shown(frames).map((line) => `    at ${line}`)].join('\n')
  }
}

function headline(error: unknown): string {
  try {
    if (error instanceof Error) return String(error)
    // What `Error.captureStackTrace(object)` asks for, as `console.trace` does.
    const { name, message } = error as { name?: unknown; message?: unknown }
    return typeof name !== 'string' ? String(error) : message ? `${name}: ${message}` : name
  } catch {
    // A learner's toString may throw; the error itself still has to be shown.
    return 'Error'
  }
}

/** The place of the topmost frame in the learner's text, read back from a stack that we wrote. */
export function topPlace(stack: string): Place | undefined {
  for (const line of stack.split('\n')) {
    const match = /^ {4}at (?:async (?!.* \()|.* \()?(.+):(\d+):(\d+)\)?$/.exec(line)
    if (match && sources.has(match[1]!)) return { file: match[1]!, line: Number(match[2]), column: Number(match[3]) }
  }
  return undefined
}

/** Which of a cell's own lines, not those of its functions, was running when this was thrown; not every error knows. */
export function lineReached(thrown: unknown, cell: string): number | undefined {
  try {
    const { stack } = thrown as Error
    const lines = stack!.split('\n').flatMap((line) => {
      const [, file, number] = /^ {4}at (?:async )?(.+):(\d+):\d+$/.exec(line) ?? []
      return file === cell ? [Number(number)] : []
    })
    return lines.at(-1)
  } catch {
    // `throw null`, or a learner's getter.
    return undefined
  }
}

/** What the learner wrote in the file of a place. */
export const codeOf = ({ file }: Place): string => sources.get(file)?.text ?? ''

/** What the learner wrote in any cell or file that has run. */
export const allCode = (): string => [...sources.values()].map(({ text }) => text).join('\n')

const CONTEXT_LINES = 2

/** The lines around a place, a caret under it. */
export function codeFrame({ file, line, column }: Place): string[] {
  const lines = sources.get(file)?.text.split(/\r?\n/) ?? []
  const first = Math.max(1, line - CONTEXT_LINES)
  const last = Math.min(lines.length, line + 1)
  const width = String(last).length
  const shown: string[] = []
  for (let number = first; number <= last; number++) {
    const mark = number === line ? '>' : ' '
    shown.push(`${mark} ${String(number).padStart(width)} | ${lines[number - 1]}`)
    if (number === line) {
      // Tabs stay tabs, so that the caret stands under its character whatever their width.
      const indent = (lines[number - 1] ?? '').slice(0, column - 1).replace(/[^\t]/g, ' ')
      shown.push(`  ${' '.repeat(width)} | ${indent}^`)
    }
  }
  return shown
}
