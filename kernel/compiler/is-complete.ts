/** Does a text form whole statements? By its syntax alone: nothing is checked, no earlier cell is needed. */
import ts from 'typescript'
import { askedName } from '../bridge/asked-name.ts'
import type { IsCompleteAnswer } from '../bridge/compiler-api.ts'
import type { BoundFile } from './internals.ts'

/** Errors at the very end that no further line can mend: unterminated string and regular expression. */
const FINAL = new Set([1002, 1161])
/** Errors that a further line may mend wherever they are reported: unterminated template, open comment. */
const OPEN = new Set([1160, 1010])
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

function judge(code: string): IsCompleteAnswer {
  if (askedName(code)) return { status: 'complete' }
  if (BEGUN.test(code)) return { status: 'incomplete', indent: '' }
  const file = ts.createSourceFile('cell.ts', PREFIX + code, ts.ScriptTarget.ESNext, false, ts.ScriptKind.TS)
  const errors = (file as unknown as BoundFile).parseDiagnostics
  if (errors.length === 0) return { status: 'complete' }
  const end = PREFIX.length + code.trimEnd().length
  const first = errors[0] as ts.Diagnostic
  const open =
    errors.some(({ code: number }) => OPEN.has(number)) || (!FINAL.has(first.code) && (first.start ?? 0) >= end)
  return open ? { status: 'incomplete', indent: nextIndent(code) } : { status: 'invalid' }
}

/** As deep as the last line, and two deeper after an opening bracket or an arrow. */
function nextIndent(code: string): string {
  const line = code.trimEnd().split('\n').at(-1) ?? ''
  const current = /^[ \t]*/.exec(line)?.[0] ?? ''
  return /(?:[{([]|=>|[=:?,&|+]|\belse|\bdo)\s*(?:\/\/.*)?$/.test(line) ? `${current}  ` : current
}
