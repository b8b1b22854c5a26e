/**
 * From TypeScript's diagnostics to ours: in the learner's own lines, with a frame, in words for a beginner.
 * Knows nothing of how they were found.
 */
import { isAbsolute, relative } from 'node:path'
import ts from 'typescript'
import type { Diagnostic, Position } from '../bridge/compiler-api.ts'
import { isCellFile } from './cell-file.ts'
import { withoutConsequences } from './consequences.ts'
import { frame } from './frame.ts'
import { inPlainWords, placeOf } from './wording.ts'

const MOST = 20
/** "The containing function or module body is too large": of a cell it is told before its first line. */
const TOO_LARGE = 2563
/** TypeScript's numbers of what cannot be parsed lie below, but for its own 1308 and the like. */
const SYNTAX_CODES = 2000
/** lints.ts numbers its own from here. */
const LINT_CODES = 90_000

/** The cell as its author knows it. */
export interface Cell {
  name: string
  code: string
}

function place(file: ts.SourceFile, offset: number, cell: Cell | undefined): Position {
  // tslab appends a list of exports to the cell: what is wrong there is wrong at the cell's end.
  const limit = cell ? file.text.indexOf('\n') + 1 + cell.code.length : file.text.length
  const at = file.getLineAndCharacterOfPosition(Math.max(0, Math.min(offset, limit)))
  return { line: at.line + (cell ? 0 : 1), column: at.character + 1 }
}

const BEGINNING: Position = { line: 1, column: 1 }

/** One diagnostic; undefined where it has no place of the learner's. */
function describe(found: ts.Diagnostic, cell: Cell, folder: string): Diagnostic | undefined {
  const { file } = found
  if (!file) return undefined
  const { start, length } = placeOf(found)
  const own = isCellFile(file.fileName) ? cell : undefined
  if (!own) {
    const path = relative(folder, file.fileName)
    if (path.startsWith('..') || isAbsolute(path)) return undefined
  }
  const isWhole = own !== undefined && found.code === TOO_LARGE
  const from = isWhole ? BEGINNING : place(file, start, own)
  const to = isWhole ? BEGINNING : place(file, start + length, own)
  if (from.line < 1) return undefined
  return {
    code: found.code > LINT_CODES ? 0 : found.code,
    category: found.category === ts.DiagnosticCategory.Error ? 'error' : 'warning',
    message: inPlainWords(found),
    file: own ? cell.name : relative(folder, file.fileName),
    start: from,
    end: to,
    frame: frame(own ? cell.code : file.text, from, to),
  }
}

/** Where TypeScript found it, whatever line is shown. */
function parserLine({ file, start = 0 }: ts.Diagnostic, cell: Cell): number | undefined {
  return file && place(file, start, isCellFile(file.fileName) ? cell : undefined).line
}

/** All that is wrong with a cell, in the order of its lines. */
export function describeAll(found: readonly ts.Diagnostic[], cell: Cell, folder: string): Diagnostic[] {
  const lines = new Set<string>()
  const told: Diagnostic[] = []
  let others = 0
  for (const each of withoutConsequences(found)) {
    if (told.length === MOST) others++
    const diagnostic = told.length < MOST ? describe(each, cell, folder) : undefined
    if (!diagnostic) continue
    // After its first mistake in a line the parser guesses: what else it says of that line only confuses.
    // The line is the parser's own: where a message is shown further up, this is what it came of.
    const line = `${diagnostic.file}:${parserLine(each, cell)}`
    if (diagnostic.code > 0 && diagnostic.code < SYNTAX_CODES && lines.has(line)) continue
    lines.add(line)
    told.push(diagnostic)
  }
  // One line gives its hint once, however many things TypeScript finds wrong with it; so does a name that is unknown in
  // ten lines, and whatever else is the same mistake again.
  const given = new Set<string>()
  for (const each of told) {
    const [message, hint] = each.message.split('\n→ ')
    if (hint === undefined) continue
    const keys = [`${each.file}:${each.start.line}:${hint}`, `${each.file}:${each.message}`]
    if (keys.some((key) => given.has(key))) each.message = message as string
    for (const key of keys) given.add(key)
  }
  const last = told.at(-1)
  if (last && others > 0) last.frame += `\n\nAnd ${others} more: mend these first.`
  return told
}

/** Something of ours failed: still an answer, never silence. */
export function failure(error: unknown, cell: Cell): Diagnostic {
  const reason =
    error instanceof RangeError
      ? 'it is nested too deeply or is too large'
      : error instanceof Error
        ? error.message
        : String(error)
  return {
    code: 0,
    category: 'error',
    message: `The compiler could not read this cell: ${reason}`,
    file: cell.name,
    start: BEGINNING,
    end: BEGINNING,
    frame: frame(cell.code.slice(0, 10_000), BEGINNING, BEGINNING),
  }
}
