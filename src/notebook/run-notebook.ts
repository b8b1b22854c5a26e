/**
 * Runs a notebook's cells through a kernel process, without Jupyter: outputs and counts are put into the notebook.
 * Knows the kernel's client; nothing of files, terminals or exit codes.
 */
import type { IOutput } from '@jupyterlab/nbformat'
import { KernelDied, startKernel } from '../../kernel/client/kernel.ts'
import type { ClientMessage } from '../../kernel/client/kernel-client.ts'
import { type CodeCell, isCode, type Notebook, sourceOf, tagsOf } from './notebook-file.ts'
import { collectOutputs, type OutputCollector } from './outputs.ts'

export { KernelDied }

export interface RunOptions {
  /** The kernel's program and arguments, with `{connection_file}`. */
  argv: readonly string[]
  /** The notebook's folder: what its cells' relative paths start from. */
  cwd: string
  /** The kernel's environment; this process's where absent. */
  env?: NodeJS.ProcessEnv
  /** Seconds that one cell may take; null is no limit. */
  timeout: number | null
  /** True goes on after a cell that failed. */
  allowErrors: boolean
  /** Aborting it stops the running cell and the run. */
  signal?: AbortSignal
  onCell?: (progress: { index: number; done: number; total: number }) => void
  /** Each message that brings output of a cell, as it comes. */
  onOutput?: (message: ClientMessage) => void
}

export interface CellFailure {
  /** Position among all cells of the notebook, from 0. */
  index: number
  /** The cell's first line that is not empty. */
  firstLine: string
  ename: string
  evalue: string
  traceback: string[]
}

export interface RunReport {
  /** Cells that were run. */
  ran: number
  /** Cells that failed and are not tagged `raises-exception`. */
  failures: CellFailure[]
}

/** How long a cell may take to stop after ■ before its kernel is ended. */
const STOP_GRACE_MS = 10_000

/** Puts new outputs into `notebook`; those of cells that were not reached are emptied. */
export async function runNotebook(notebook: Notebook, options: RunOptions): Promise<RunReport> {
  const cells = notebook.cells
    .map((cell, index) => ({ cell, index }))
    .filter((one): one is { cell: CodeCell; index: number } => isCode(one.cell))
  for (const { cell } of cells) Object.assign(cell, { outputs: [], execution_count: null })

  const kernel = await startKernel({
    argv: options.argv,
    cwd: options.cwd,
    ...(options.env ? { env: options.env } : {}),
  })
  // As every Jupyter client does: what opens the file later knows its language without the kernel.
  if (kernel.info.language_info) notebook.metadata.language_info = kernel.info.language_info as { name?: string }
  const collectors = new Map<string, OutputCollector>()
  const displays = new Map<string, IOutput[]>()
  // By parent, also after a cell's end: what a background task prints belongs to the cell that started it.
  kernel.onIopub((message) => {
    const parent = (message.parentHeader as { msg_id?: string }).msg_id
    const collector = parent === undefined ? undefined : collectors.get(parent)
    if (!collector) return
    collector.receive(message)
    options.onOutput?.(message)
  })
  const stop = () => void kernel.interrupt().catch(ignoreDeath)
  options.signal?.addEventListener('abort', stop)
  const report: RunReport = { ran: 0, failures: [] }
  try {
    let done = 0
    for (const { cell, index } of cells) {
      if (options.signal?.aborted) break
      options.onCell?.({ index, done: done++, total: cells.length })
      if (sourceOf(cell).trim() === '') continue
      const failure = await runCell(cell)
      report.ran++
      if (!failure) continue
      if (!tagsOf(cell).includes('raises-exception'))
        report.failures.push({ ...failure, index, firstLine: firstLine(cell) })
      const fatal = failure.fatal || (!options.allowErrors && report.failures.length > 0)
      if (fatal) break
    }
    options.onCell?.({ index: notebook.cells.length, done: cells.length, total: cells.length })
  } finally {
    options.signal?.removeEventListener('abort', stop)
    await kernel.stop()
  }
  return report

  interface Failed extends Pick<CellFailure, 'ename' | 'evalue' | 'traceback'> {
    fatal: boolean
  }

  async function runCell(cell: CodeCell): Promise<Failed | undefined> {
    const collector = collectOutputs(displays)
    cell.outputs = collector.outputs
    let timedOut = false
    let hardStop: NodeJS.Timeout | undefined
    const timer =
      options.timeout === null
        ? undefined
        : setTimeout(() => {
            timedOut = true
            void kernel.interrupt().catch(ignoreDeath)
            hardStop = setTimeout(() => kernel.process.child.kill('SIGKILL'), STOP_GRACE_MS)
          }, options.timeout * 1000)
    try {
      const { reply } = await kernel.execute(sourceOf(cell), {
        onMessage(message) {
          const id = (message.parentHeader as { msg_id: string }).msg_id
          // The first is `busy`, which is no output: nothing comes before the collector stands.
          if (!collectors.has(id)) collectors.set(id, collector)
        },
      })
      if ('execution_count' in reply.content) cell.execution_count = reply.content.execution_count
      if (reply.content.status === 'ok') return undefined
      if (reply.content.status === 'aborted')
        return { ename: 'Aborted', evalue: 'the cell was not run', traceback: [], fatal: false }
      if (timedOut) return tooLong(collector, false)
      return { ...reply.content, fatal: false }
    } catch (error) {
      if (!(error instanceof KernelDied)) throw error
      if (timedOut) return tooLong(collector, true)
      const failed = { ename: 'KernelDied', evalue: error.message, traceback: [`KernelDied: ${error.message}`] }
      collector.outputs.push({ output_type: 'error', ...failed })
      return { ...failed, fatal: true }
    } finally {
      clearTimeout(timer)
      clearTimeout(hardStop)
    }
  }

  function tooLong({ outputs }: OutputCollector, fatal: boolean): Failed {
    const evalue = `the cell took longer than ${options.timeout} s and was stopped`
    const failed = { ename: 'TimeoutError', evalue, traceback: [`TimeoutError: ${evalue}`] }
    // In the place of the KeyboardInterrupt that we caused.
    if (outputs.at(-1)?.output_type === 'error') outputs.pop()
    outputs.push({ output_type: 'error', ...failed })
    return { ...failed, fatal }
  }
}

const firstLine = (cell: CodeCell): string =>
  sourceOf(cell)
    .split('\n')
    .find((line) => line.trim() !== '') ?? ''

function ignoreDeath(error: unknown): void {
  if (!(error instanceof KernelDied)) throw error
}
