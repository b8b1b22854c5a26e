/**
 * `socketlab doctor`: asks this machine for all that the kernel, Jupyter and the lessons need, and says what to do.
 */
import { Command } from 'commander'
import { CliError } from '../cli-error.ts'
import { allChecks } from '../doctor/all-checks.ts'
import { examine } from '../doctor/examine.ts'
import { isHealthy, progressLine, resultLines, summary } from '../doctor/report.ts'
import { kernelNode } from '../kernel-node.ts'
import { packageRoot, packageVersion } from '../package-root.ts'

/** Below the ten seconds that people wait, with time to end what a check has started. */
const SECONDS = 8

export function doctorCommand(): Command {
  return new Command('doctor')
    .summary('check that everything needed works here')
    .description(
      'Checks Node, ZeroMQ, koffi, a kernel, Python, JupyterLab, kernelspecs, loopback, look-ups, services, the sandbox for ' +
        'grading and folders, and says how to mend what is wrong. Takes less than 10 seconds; no packet leaves this machine.',
    )
    .option('--json', 'print the findings as JSON, for programs')
    .addHelpText(
      'after',
      '\n✓ works   ! a part is missing that not everybody needs   ✗ the kernel cannot work\n' +
        'Exit codes: 0 without ✗, 1 otherwise, 130 interrupted.',
    )
    .action((options: { json?: true }) => doctor(options))
}

async function doctor({ json = false }: { json?: boolean }): Promise<void> {
  const stop = new AbortController()
  const onSignal = () => stop.abort(new CliError('interrupted', 130))
  process.once('SIGINT', onSignal)
  const progress = progressLine(process.stderr)
  const colours = process.stdout.isTTY === true && !process.env.NO_COLOR
  if (!json)
    process.stdout.write(`socketlab ${packageVersion}, ${process.platform} ${process.arch}, in ${packageRoot}\n\n`)
  try {
    const results = await examine(
      allChecks,
      { packageRoot, node: newEnough(), env: process.env },
      {
        seconds: SECONDS,
        signal: stop.signal,
        onCheck: progress.show,
        onResult(result) {
          progress.clear()
          if (!json) process.stdout.write(`${resultLines(result, colours)}\n`)
        },
      },
    )
    const ok = isHealthy(results)
    if (json) process.stdout.write(`${JSON.stringify({ version: packageVersion, ok, checks: results }, null, 2)}\n`)
    if (!ok) throw new CliError(summary(results))
    if (!json) process.stdout.write(`\n${summary(results)}\n`)
  } finally {
    progress.clear()
    process.off('SIGINT', onSignal)
  }
}

function newEnough(): string | undefined {
  try {
    return kernelNode()
  } catch {
    return undefined
  }
}
