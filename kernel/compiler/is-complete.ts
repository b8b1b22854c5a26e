/** Does a text form whole statements? By its syntax alone: nothing is checked, no earlier cell is needed. */
import ts from 'typescript'
import { askedName } from '../bridge/asked-name.ts'
import type { IsCompleteAnswer } from '../bridge/compiler-api.ts'
import { nextIndent, sameIndent } from '../bridge/next-indent.ts'
import type { BoundFile } from './internals.ts'
import { language, ofSloppyMode } from './strictness.ts'
import { isStrict } from './undeclared.ts'

/** Errors at the very end that no further line can mend: unterminated string and regular expression. */
const FINAL = new Set([1002, 1161])
/** Errors that a further line may mend wherever they are reported: unterminated template, open comment. */
const OPEN_TEMPLATE = 1160
const OPEN_COMMENT = 1010
const OPEN = new Set([OPEN_TEMPLATE, OPEN_COMMENT])
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

/** Declarations that are begun only, which the parser takes for words of no meaning. */
const BEGUN = /(?:^|[;\n])[^\S\n]*(?:import|export|(?:export\s+)?(?:let|const|var)|await\s+using)\s*$/

function judge(text: string): IsCompleteAnswer {
  if (askedName(text)) return { status: 'complete' }
  if (BEGUN.test(text)) return { status: 'incomplete', indent: '' }
  // The first line of a script, as the cell is read when it runs.
  const code = text.startsWith('#!') ? `//${text.slice(2)}` : text
  const answer = judgeAs(ts.ScriptKind.TS, code)
  // As it would be read when it runs (cell-modules.ts): an opening tag alone may be a type as well.
  return answer.status === 'invalid' && /<\/|\/>/.test(code) ? judgeAs(ts.ScriptKind.TSX, code) : answer
}

function judgeAs(kind: ts.ScriptKind, code: string): IsCompleteAnswer {
  const file = ts.createSourceFile('cell.ts', PREFIX + code, ts.ScriptTarget.ESNext, true, kind)
  const { parseDiagnostics } = file as unknown as BoundFile
  const errors = language.javascript && !isStrict(code) ? ofSloppyMode(parseDiagnostics) : parseDiagnostics
  const [first] = errors
  // What is said of the end may be said of where the last word ends: a comment may follow.
  const end = Math.min(PREFIX.length + code.trimEnd().length, file.endOfFileToken.pos)
  const open = first
    ? errors.some(({ code: number }) => OPEN.has(number) || OPEN_TAG.has(number)) ||
      (!FINAL.has(first.code) && (first.start ?? 0) >= end)
    : isBegun(file.statements.at(-1))
  if (!open) return { status: first ? 'invalid' : 'complete' }
  const isInside = (one: number) => errors.some(({ code: number }) => number === one)
  // Below an open template an indent would be its text, and what is in a comment is no code.
  const indent = isInside(OPEN_TEMPLATE) ? '' : isInside(OPEN_COMMENT) ? sameIndent(code) : nextIndent(code)
  return { status: 'incomplete', indent }
}

/** Read without an error, yet nothing that can run: what is missing may come on the next line. */
function isBegun(last: ts.Statement | undefined): boolean {
  if (!last || ts.getModifiers(last as ts.FunctionDeclaration)?.some(isDeclare)) return false
  // `function f()` above its brace, and an overload above its implementation.
  if (ts.isFunctionDeclaration(last)) return !last.body
  if (!ts.isVariableStatement(last) || last.getText().endsWith(';')) return false
  const { declarations, flags } = last.declarationList
  const { name, initializer } = declarations.at(-1) ?? {}
  const needsValue = (flags & ts.NodeFlags.Constant) !== 0 || (name && !ts.isIdentifier(name))
  return !name || declarations.hasTrailingComma === true || (!initializer && needsValue === true)
}

const isDeclare = ({ kind }: ts.Modifier) => kind === ts.SyntaxKind.DeclareKeyword
