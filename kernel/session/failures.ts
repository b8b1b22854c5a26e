/**
 * The errors that the io thread itself reports for a cell: words for a reader, never a stack trace of ours.
 * Knows nothing of the wire.
 */
import type { Diagnostic } from '../bridge/compiler-api.ts'
import type { Failure } from '../bridge/threads.ts'

/** Terminal colours that JupyterLab, VS Code and nbconvert show; text/plain never has any. */
const red = (text: string) => `\u001b[31m${text}\u001b[39m`

const failure = (ename: string, evalue: string, details: string[] = []): Failure => ({
  ename,
  evalue,
  traceback: [evalue === '' ? red(ename) : `${red(ename)}: ${evalue}`, ...details],
})

export const keyboardInterrupt = (): Failure =>
  failure('KeyboardInterrupt', '', ['The cell was stopped. What it had defined is kept.'])

/** The cell did not run: what TypeScript found, each with its place. */
export function compileFailure(diagnostics: Diagnostic[]): Failure {
  const [first] = diagnostics
  const headline = (one: Diagnostic) =>
    `${one.file}:${one.start.line}:${one.start.column} - ${red('error')}${one.code ? ` TS${one.code}` : ''}: ${one.message}`
  return {
    ename: 'TypeScriptError',
    evalue: first?.message ?? 'the cell could not be compiled',
    traceback: diagnostics.flatMap((one) => [headline(one), '', one.frame, '']).slice(0, -1),
  }
}

export const compilerGone = (why: string): Failure =>
  failure('CompilerError', `${why}; run the cell again`, [
    'It is started anew with the next cell. Your variables are kept.',
  ])

export const unknownSubshell = (id: string): Failure =>
  failure('SubshellError', `there is no subshell ${id}; it may have been deleted`)

export const outOfMemory = (mebibytes: number): Failure =>
  failure('MemoryError', `the cell used ${mebibytes} MiB of memory and was stopped`, [
    'Your variables are kept; one of them may hold all that memory.',
  ])
