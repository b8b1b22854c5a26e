/**
 * One notebook file: read, run, written, and what to tell about it.
 */
import { dirname, resolve } from 'node:path'
import { NotebookError, otherLanguage, readNotebook, writeNotebook } from '../../notebook/notebook-file.ts'
import { type CellFailure, runNotebook } from '../../notebook/run-notebook.ts'
import { kernelNode } from '../kernel-node.ts'
import { kernelSpec } from '../kernelspec/spec.ts'
import { packageRoot } from '../package-root.ts'
import { cellProgress } from './progress.ts'

export interface RunFileOptions {
  /** Where the notebook with its outputs goes; undefined: nowhere. */
  target: string | undefined
  timeout: number | null
  allowErrors: boolean
  signal: AbortSignal
}

/** Resolves to false where the file could not be run or a cell failed; says why on stderr. */
export async function runFile(
  path: string,
  { target, timeout, allowErrors, signal }: RunFileOptions,
): Promise<boolean> {
  try {
    const notebook = readNotebook(path)
    const language = otherLanguage(notebook)
    if (language !== undefined)
      throw new NotebookError(`${path}: is written in ${language}; this kernel runs TypeScript and JavaScript`)
    const started = performance.now()
    const progress = cellProgress(path)
    const { argv } = kernelSpec({ packageRoot, node: kernelNode() })
    const report = await runNotebook(notebook, {
      argv,
      cwd: dirname(resolve(path)),
      timeout,
      allowErrors,
      signal,
      onCell: progress.update,
    }).finally(progress.stop)
    if (target !== undefined) writeNotebook(target, notebook)
    for (const failure of report.failures) tell(path, failure)
    const good = !signal.aborted && (allowErrors || report.failures.length === 0)
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

function tell(path: string, { index, firstLine, traceback }: CellFailure): void {
  const colours = process.stderr.isTTY === true && !process.env.NO_COLOR
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with ESC
  const text = colours ? traceback : traceback.map((line) => line.replace(/\u001b\[\d+m/g, ''))
  const indented = text.join('\n').replace(/^/gm, '    ')
  process.stderr.write(`${path}: cell ${index + 1} failed: ${firstLine.trim()}\n${indented}\n`)
}
