/**
 * `socketlab grade run`: submissions become points, a table and feedback.
 */
import { existsSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { basename, resolve } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { Command, InvalidArgumentError } from 'commander'
import { runGrading, SandboxEnded, SourceError, StoreError } from '../../grading/index.ts'
import { isJavaScript, NotebookError, readNotebook } from '../../notebook/notebook-file.ts'
import { CliError, noTemporaryFolder } from '../cli-error.ts'
import { gradeProgress } from '../grade/progress.ts'
import { demandCounted, tellResults } from '../grade/summary.ts'
import { kernelNode } from '../kernel-node.ts'
import { kernelSpec } from '../kernelspec/spec.ts'
import { packageRoot } from '../package-root.ts'

interface RunOptions {
  source: string
  output: string
  jobs: number
  timeout: number
  memory: number
  gradescope?: true
  json?: true
  seed?: string
}

export function gradeRunCommand(): Command {
  return new Command('run')
    .summary('grade submissions: points, a table, feedback')
    .description(
      'Grades submissions, each in a fresh kernel in a sandbox, several at a time. What students may not change is put ' +
        'back from the source, hidden tests too. Run again after an interruption it goes on where it was.',
    )
    .argument('<submissions...>', 'notebooks (.ipynb), and folders with them')
    .requiredOption('--source <notebook>', 'the author’s notebook, with solutions and hidden tests')
    .requiredOption('-o, --output <folder>', 'where the results go; the same folder again goes on')
    .option('--jobs <number>', 'submissions at a time', atLeastOne, availableParallelism())
    .option(
      '--timeout <seconds>',
      'stop a cell that takes longer; a submission may take ten times as long',
      positive,
      30,
    )
    .option('--memory <MiB>', 'memory of one submission with all it starts', enoughMemory, 1024)
    .option('--seed <text>', 'what random cases are made from (default: from the source)')
    .option('--gradescope', 'write results.json for Gradescope too')
    .option('--json', 'print all results as JSON, for programs')
    .addHelpText(
      'after',
      '\nIn the folder: grades.csv, feedback/NAME.html for each student, results/NAME.json with all that was found, and\n' +
        'by-hand.csv, where there are answers that you grade yourself. Earlier results stay in the table.\n' +
        'Exit codes: 0 all graded, 1 some could not be graded or not whole, 2 asked for wrongly, 130 interrupted.\n\n' +
        'Example:\n  npx socketlab grade run submitted/ --source source/echo.ipynb -o graded/ --jobs 4',
    )
    .action((submissions: string[], options: RunOptions) => run(submissions, options))
}

function positive(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value) || value <= 0)
    throw new InvalidArgumentError('It is a number above 0.')
  return value
}

function atLeastOne(text: string): number {
  const value = positive(text)
  if (!Number.isInteger(value)) throw new InvalidArgumentError('It is a whole number above 0.')
  return value
}

/** Of which the kernel and TypeScript themselves need 200. */
const LEAST_MEMORY = 300

function enoughMemory(text: string): number {
  const value = positive(text)
  if (value < LEAST_MEMORY) throw new InvalidArgumentError(`A kernel needs ${LEAST_MEMORY} or more.`)
  return value
}

/** Files and sockets that one submission may need at a time: a kernel has 62 of them open by itself, some hundred clients the rest. */
const LEAST_DESCRIPTORS = 256

/** With fewer, exercises fail that are right, and nobody would know why. Node has raised the soft limit already. */
function demandDescriptors(): void {
  let limits = ''
  try {
    limits = readFileSync('/proc/self/limits', 'utf8')
  } catch {
    // Another system.
  }
  const soft = Number(/^Max open files +(\d+)/m.exec(limits)?.[1] ?? LEAST_DESCRIPTORS)
  if (soft < LEAST_DESCRIPTORS)
    throw new CliError(
      `a process may open ${soft} files and sockets here, and submissions need up to ${LEAST_DESCRIPTORS}: raise the limit (ulimit -n ${LEAST_DESCRIPTORS})`,
    )
}

async function run(paths: string[], options: RunOptions): Promise<void> {
  demandDescriptors()
  const { source: file, output, jobs, timeout, memory, gradescope = false, json = false, seed } = options
  // Two hundred submissions take no more memory than ten: else V8's room for young objects doubles now and then for good.
  setFlagsFromString('--semi-space-growth-factor=1')
  const stop = new AbortController()
  const onSignal = () => stop.abort()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, onSignal)
  const progress = gradeProgress()
  try {
    const source = readNotebook(file)
    const { argv } = kernelSpec({ packageRoot, node: kernelNode(), javascript: isJavaScript(source) })
    const missing = paths.find((path) => !existsSync(path))
    if (missing !== undefined) throw new CliError(`${missing}: there is no such file or folder`, 2)
    const { results, reports, failures, warnings } = await runGrading({
      ...{ paths, source, seed, timeout, memory, jobs, gradescope, argv, packageRoot, progress },
      name: basename(file).replace(/\.ipynb$/, ''),
      node: kernelNode(),
      folder: resolve(output),
      signal: stop.signal,
    }).finally(progress.stop)
    for (const warning of warnings) process.stderr.write(`socketlab: ${warning}\n`)
    for (const { submission, message } of failures)
      process.stderr.write(`socketlab: ${submission} was not graded: ${message}\n`)
    tellResults(results, reports, output, json)
    stop.signal.throwIfAborted()
    const not = results.filter(({ status }) => status !== 'graded').length + failures.length
    if (not > 0) throw new CliError(`${not} of ${results.length + failures.length} could not be graded, or not whole`)
    demandCounted(reports)
  } catch (error) {
    if (stop.signal.aborted) throw new CliError('interrupted; run it again to go on', 130)
    throw kindly(error as NodeJS.ErrnoException, output)
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, onSignal)
  }
}

/** What the person at the command line can do something about, in words. */
function kindly(error: NodeJS.ErrnoException, output: string): Error {
  if (error instanceof NotebookError || error instanceof SourceError) return new CliError(error.message)
  const temporary = noTemporaryFolder(error)
  if (temporary) return temporary
  if (error instanceof SandboxEnded && error.reason === 'killed') return new CliError(`the source: ${error.message}`)
  if (error instanceof SandboxEnded)
    return new CliError(`no kernel could be started: ${error.message}; see socketlab doctor`)
  if (error instanceof StoreError || error.syscall !== undefined)
    return new CliError(
      `the results cannot be written into ${output}: ${error.message}; those that are there are whole`,
    )
  return error
}
