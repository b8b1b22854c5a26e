/**
 * The errors that the io thread itself reports for a cell: words for a reader, never a stack trace of ours.
 * Knows nothing of the wire.
 */
import type { Diagnostic } from '../bridge/compiler-api.ts'
import type { Failure } from '../bridge/threads.ts'

/** Bold in JupyterLab, VS Code, nbconvert and terminals. No colour: red on JupyterLab's red ground is hard to read. */
const strong = (text: string) => `\u001b[1m${text}\u001b[22m`

const failure = (ename: string, evalue: string, details: string[] = []): Failure => ({
  ename,
  evalue,
  traceback: [evalue === '' ? strong(ename) : `${strong(ename)}: ${evalue}`, ...details],
})

export const keyboardInterrupt = (): Failure =>
  failure('KeyboardInterrupt', '', ['The cell was stopped. What it had defined is kept.'])

/** The cell did not run: what TypeScript found, each with its place. */
export function compileFailure(diagnostics: Diagnostic[]): Failure {
  const [first] = diagnostics
  const headline = (one: Diagnostic) =>
    `${one.file}:${one.start.line}:${one.start.column} - ${strong('error')}${one.code ? ` TS${one.code}` : ''}: ${one.message}`
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

/** In ipykernel's words, which its clients know. */
export const unknownSubshell = (id: string): Failure => failure('UnknownSubshellError', `Unknown subshell_id '${id}'`)

export const outOfMemory = (mebibytes: number): Failure =>
  failure('MemoryError', `the cell used ${mebibytes} MiB of memory and was stopped`, [
    'Your variables are kept; one of them may hold all that memory.',
  ])
