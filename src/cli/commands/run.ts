/**
 * `socketlab run`: runs notebooks without Jupyter, through the same kernel process.
 */
import { Command, InvalidArgumentError, Option } from 'commander'
import { CliError } from '../cli-error.ts'
import { addParameter, type Parameters } from '../run/parameters.ts'
import { runFile } from '../run/run-file.ts'

interface RunCommandOptions {
  output?: string
  inplace?: boolean
  timeout?: number | null
  allowErrors?: boolean
  check: boolean
  param?: Parameters
  stdout?: boolean
}

export function runCommand(): Command {
  return new Command('run')
    .summary('run notebooks without Jupyter')
    .description(
      'Runs the cells of notebooks in order, each notebook in a fresh kernel and in its own folder. Says which cell failed and why. ' +
        'Without --output or --inplace the files stay as they are.',
    )
    .argument('<notebooks...>', 'notebook files (.ipynb)')
    .addOption(new Option('--output <file>', 'write the notebook with its outputs to this file').conflicts('inplace'))
    .option('--inplace', 'write the outputs into the notebooks themselves')
    .option('--timeout <seconds>', 'stop a cell that takes longer (default: no limit)', seconds)
    .option('--no-check', 'run the cells without checking their types')
    .option('--allow-errors', 'go on after a cell that fails, and call the run a success')
    .option(
      '--param <name=json>',
      "give a variable a value, in a cell after the one tagged 'parameters'; may be repeated",
      addParameter,
    )
    .option('--stdout', "print the cells' text outputs as they come, errors on stderr, and nothing else on stdout")
    .addHelpText(
      'after',
      '\nA cell with the tag raises-exception may fail. Exit codes: 0 all cells ran, 1 a cell failed or a file could not be run, ' +
        '2 asked for wrongly, 130 interrupted.\n\nExamples:\n  npx socketlab run lesson.ipynb\n  npx socketlab run --inplace --timeout 60 notebooks/lessons/*.ipynb\n' +
        `  npx socketlab run --stdout --param port=8080 --param 'host="localhost"' report.ipynb`,
    )
    .action((notebooks: string[], options: RunCommandOptions) => run(notebooks, options))
}

export function seconds(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value) || value <= 0)
    throw new InvalidArgumentError('It is a number of seconds above 0.')
  return value
}

async function run(notebooks: string[], options: RunCommandOptions) {
  const {
    output,
    inplace,
    timeout = null,
    allowErrors = false,
    check,
    param = new Map(),
    stdout: print = false,
  } = options
  if (output !== undefined && notebooks.length > 1)
    throw new CliError('--output takes one notebook; with several use --inplace', 2)
  const stop = new AbortController()
  const onSignal = () => stop.abort()
  process.on('SIGINT', onSignal)
  // `socketlab run --stdout … | head`: who reads has had enough.
  let unread = false
  const onUnread = (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    unread = true
    stop.abort()
  }
  process.stdout.on('error', onUnread)
  let failed = 0
  try {
    for (const path of notebooks) {
      const target = output ?? (inplace ? path : undefined)
      const good = await runFile(path, {
        target,
        timeout,
        allowErrors,
        check,
        parameters: param,
        print,
        signal: stop.signal,
      })
      if (!good) failed++
      if (unread) throw new CliError('nobody reads the output any more', 1)
      if (stop.signal.aborted) throw new CliError('interrupted', 130)
    }
  } finally {
    process.off('SIGINT', onSignal)
  }
  if (failed === 0) return
  throw new CliError(
    notebooks.length === 1
      ? 'the notebook did not run through'
      : `${failed} of ${notebooks.length} notebooks did not run through`,
  )
}
