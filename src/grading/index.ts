/**
 * Grading from end to end: finds the submissions, grades them with the processes of this machine, writes the reports.
 * The one place that joins the rooms of src/grading; knows nothing of the command line.
 */
import { resolve, sep } from 'node:path'
import { isJavaScript, type Notebook } from '../notebook/notebook-file.ts'
import { clearPartial } from './results/files.ts'
import { readable } from './results/readable.ts'
import { type Reports, writeReports } from './results/reports.ts'
import type { Result } from './results/schema.ts'
import { readResults, setAside } from './results/store.ts'
import { together } from './results/together.ts'
import { grade } from './run/grade.ts'
import { createPool } from './run/pool.ts'
import { SourceError } from './run/reference.ts'
import { findSubmissions, leftOver } from './run/submissions.ts'
import { limitsOf } from './sandbox/limits.ts'
import { findMeans } from './sandbox/sandbox.ts'

export { BY_HAND, type Reports } from './results/reports.ts'
export { isOpen, type Result } from './results/schema.ts'
export { StoreError } from './run/grade.ts'
export { SourceError } from './run/reference.ts'
export { runJupyterKernel, SandboxError } from './sandbox/jupyter-kernel.ts'
export { SandboxEnded } from './sandbox/kernel.ts'
export { limitsOf } from './sandbox/limits.ts'

export interface GradingOptions {
  /** Files and folders. */
  readonly paths: readonly string[]
  readonly source: Notebook
  /** Of the assignment. */
  readonly name: string
  readonly seed: string | undefined
  /** Seconds that one cell may take. */
  readonly timeout: number
  /** Of one submission, in MiB. */
  readonly memory: number
  /** At a time. */
  readonly jobs: number
  readonly gradescope: boolean
  /** The kernel's program and arguments, with `{connection_file}`. */
  readonly argv: readonly string[]
  readonly node: string
  readonly packageRoot: string
  /** Where results go, as an absolute path. */
  readonly folder: string
  readonly progress: { begin(total: number): void; result(name: string, words: string): void }
  readonly signal: AbortSignal
}

export interface Grading {
  /** Of this command, in its order. */
  readonly results: readonly Result[]
  /** All that the table holds, and what a person should look at. */
  readonly reports: Reports
  /** What the grader itself could not do; the next run tries again. */
  readonly failures: readonly { readonly submission: string; readonly message: string }[]
  /** Why there is no sandbox; what is odd about the source. */
  readonly warnings: readonly string[]
}

/** @throws {SourceError} the source cannot be graded with, or there is nothing to grade */
export async function runGrading(options: GradingOptions): Promise<Grading> {
  const { source, name, seed, timeout, memory, jobs, argv, node, packageRoot, folder, progress, signal } = options
  const isOurs = (path: string) => path === folder || path.startsWith(`${folder}${sep}`)
  const submissions = findSubmissions(options.paths, name).filter(({ path }) => !isOurs(path))
  const others = leftOver(options.paths).filter((path) => !isOurs(resolve(path)))
  if (submissions.length === 0 && options.paths.some((path) => isOurs(resolve(path))))
    throw new SourceError(`${options.paths.join(', ')}: -o names the same folder: results need one of their own`)
  if (submissions.length === 0) throw new SourceError(`${options.paths.join(', ')}: there is no notebook in there`)
  const means = findMeans({ packageRoot, node })
  const executor = createPool({ means, packageRoot, node, argv, width: jobs, sharesCompilers: canShare(options) })
  const failures: Grading['failures'][number][] = []
  progress.begin(submissions.length)
  clearPartial(folder)
  try {
    const warnings = means.bwrap === undefined ? [means.warning] : []
    if (others.length > 0) warnings.push(`left out, since they are no notebooks: ${readable(others.join(', '))}`)
    const results = await grade(submissions, {
      ...{ source, name, seed, executor, folder, signal, limits: limitsOf({ timeout, memory }) },
      onWarning: (text) => warnings.push(readable(text)),
      onResult: ({ submission, earned, points, status }, kept) => {
        const words = `${earned} of ${points}${status === 'graded' ? '' : ` (${status})`}${kept ? ', from before' : ''}`
        progress.result(submission.name, words)
      },
      onFailure: (submission, { message }) => {
        failures.push({ submission: submission.name, message })
        progress.result(submission.name, 'not graded')
      },
    })
    const all = together(results, readResults(folder), { paths: options.paths, submissions })
    for (const gone of all.gone) setAside(folder, gone)
    const reports = writeReports(folder, all.results, options.gradescope)
    const byName = new Map(reports.results.map((one) => [one.submission.name, one]))
    return {
      results: results.map((one) => byName.get(one.submission.name) ?? one),
      reports: { ...reports, notes: [...all.notes, ...reports.notes] },
      failures,
      warnings,
    }
  } finally {
    await executor.close()
  }
}

/** Makes the table, the pages and all else anew, from the results that there are and the points that a person gave. */
export function report(folder: string, gradescope: boolean): Reports {
  return writeReports(folder, together([], readResults(folder), { paths: [], submissions: [] }).results, gradescope)
}

/** A compiler elsewhere is this Node's, and reads TypeScript. */
const canShare = ({ node, source }: GradingOptions): boolean => node === process.execPath && !isJavaScript(source)
