/**
 * One notebook file: read, run, written, and what to tell about it.
 */
import { dirname, resolve } from 'node:path'
import {
  isJavaScript,
  NotebookError,
  otherLanguage,
  readNotebook,
  writeNotebook,
} from '../../notebook/notebook-file.ts'
import { type CellFailure, runNotebook } from '../../notebook/run-notebook.ts'
import { kernelNode } from '../kernel-node.ts'
import { kernelSpec } from '../kernelspec/spec.ts'
import { packageRoot } from '../package-root.ts'
import { injectParameters, type Parameters } from './parameters.ts'
import { inColours, printOutput } from './print-outputs.ts'
import { cellProgress, noProgress } from './progress.ts'

export interface RunFileOptions {
  /** Where the notebook with its outputs goes; undefined: nowhere. */
  target: string | undefined
  timeout: number | null
  allowErrors: boolean
  /** False: types are not checked. */
  check: boolean
  parameters: Parameters
  /** The outputs go to stdout and stderr as they come, and nothing else goes to stdout. */
  print: boolean
  signal: AbortSignal
}

/** Resolves to false where the file could not be run or a cell failed; says why on stderr. */
export async function runFile(
  path: string,
  { target, timeout, allowErrors, check, parameters, print, signal }: RunFileOptions,
): Promise<boolean> {
  try {
    const notebook = readNotebook(path)
    const language = otherLanguage(notebook)
    if (language !== undefined)
      throw new NotebookError(`${path}: is written in ${language}; this kernel runs TypeScript and JavaScript`)
    for (const name of injectParameters(notebook, parameters))
      process.stderr.write(`socketlab: --param ${name}: the cell 'parameters' of ${path} declares no ${name}\n`)
    const started = performance.now()
    const progress = print ? noProgress : cellProgress(path)
    const { argv, env } = kernelSpec({ packageRoot, node: kernelNode(), javascript: isJavaScript(notebook) })
    const report = await runNotebook(notebook, {
      argv,
      cwd: dirname(resolve(path)),
      env: { ...process.env, ...env, ...(check ? {} : { SOCKETLAB_CHECK: 'off' }) },
      timeout,
      allowErrors,
      signal,
      onCell: progress.update,
      ...(print ? { onOutput: printOutput } : {}),
    }).finally(progress.stop)
    if (target !== undefined) writeNotebook(target, notebook)
    for (const failure of report.failures) tell(path, failure, print)
    const good = !signal.aborted && (allowErrors || report.failures.length === 0)
    if (print) return good
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    const what = `${report.ran} ${report.ran === 1 ? 'cell' : 'cells'} in ${seconds} s`
    const verdict =
      report.failures.length === 0 ? (signal.aborted ? 'interrupted' : 'ok') : `${report.failures.length} failed`
    process.stdout.write(`${path}: ${what}, ${verdict}${target === undefined ? '' : `; written to ${target}`}\n`)
    return good
  } catch (error) {
    if (!(error instanceof NotebookError)) throw error
    process.stderr.write(`socketlab: ${error.message}\n`)
    return false
  }
}

/** What was printed as it came is not said twice: then one line is enough. */
function tell(path: string, { index, firstLine, ename, evalue, traceback }: CellFailure, printed: boolean): void {
  const why = printed ? `${ename}: ${evalue}` : inColours(traceback)
  process.stderr.write(`${path}: cell ${index + 1} failed: ${firstLine.trim()}\n${why.replace(/^/gm, '    ')}\n`)
}
