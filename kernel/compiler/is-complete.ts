/** Does a text form whole statements? By its syntax alone: nothing is checked, no earlier cell is needed. */
import ts from 'typescript'
import { askedName } from '../bridge/asked-name.ts'
import type { IsCompleteAnswer } from '../bridge/compiler-api.ts'
import { nextIndent } from '../bridge/next-indent.ts'
import type { BoundFile } from './internals.ts'
import { language, ofSloppyMode } from './strictness.ts'
import { isStrict } from './undeclared.ts'

/** Errors at the very end that no further line can mend: unterminated string and regular expression. */
const FINAL = new Set([1002, 1161])
/** Errors that a further line may mend wherever they are reported: unterminated template, open comment. */
const OPEN = new Set([1160, 1010])
/** An element or a fragment of JSX that is not closed; said of its first tag. */
const OPEN_TAG = new Set([17008, 17014])
// A module, so that `await` at top level is read as in a cell.
const PREFIX = 'export {};'

export function isComplete(code: string): IsCompleteAnswer {
  try {
    return judge(code)
  } catch (error) {
    // Nested too deeply to be parsed: whoever runs it is told so.
    if (error instanceof RangeError) return { status: 'complete' }
    throw error
  }
}

/** `import` and `export` alone, which the parser takes for a word of no meaning. */
const BEGUN = /(?:^|[;\n])\s*(?:import|export)\s*$/

function judge(text: string): IsCompleteAnswer {
  if (askedName(text)) return { status: 'complete' }
  if (BEGUN.test(text)) return { status: 'incomplete', indent: '' }
  // The first line of a script, as the cell is read when it runs.
  const code = text.startsWith('#!') ? `//${text.slice(2)}` : text
  const status = judgeAs(ts.ScriptKind.TS, code)
  // As it would be read when it runs (cell-modules.ts): an opening tag alone may be a type as well.
  const read = status === 'invalid' && /<\/|\/>/.test(code) ? judgeAs(ts.ScriptKind.TSX, code) : status
  return read === 'incomplete' ? { status: read, indent: nextIndent(code) } : { status: read }
}

function judgeAs(kind: ts.ScriptKind, code: string): IsCompleteAnswer['status'] {
  const file = ts.createSourceFile('cell.ts', PREFIX + code, ts.ScriptTarget.ESNext, true, kind)
  const { parseDiagnostics } = file as unknown as BoundFile
  const errors = language.javascript && !isStrict(code) ? ofSloppyMode(parseDiagnostics) : parseDiagnostics
  const [first] = errors
  if (!first) return 'complete'
  const end = PREFIX.length + code.trimEnd().length
  const open =
    errors.some(({ code: number }) => OPEN.has(number) || OPEN_TAG.has(number)) ||
    (!FINAL.has(first.code) && (first.start ?? 0) >= end)
  return open ? 'incomplete' : 'invalid'
}
