/**
 * `socketlab grade release`: writes the students' version of a source notebook.
 */
import { realpathSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { Command } from 'commander'
import { makeFolder } from '../../../kernel/bridge/made-files.mjs'
import { ReleaseError, releaseNotebook } from '../../grading/release/index.ts'
import { NotebookError, readNotebook, writeNotebook } from '../../notebook/notebook-file.ts'
import { CliError } from '../cli-error.ts'

interface ReleaseOptions {
  output: string
  json?: boolean
}

export function gradeReleaseCommand(): Command {
  return new Command('release')
    .summary("write the students' version of an assignment")
    .description(
      'Writes what students get: a stub in the place of each solution, no hidden tests, no outputs, and locked cells ' +
        'locked. The source stays as it is.',
    )
    .argument('<source>', 'the notebook with solutions and hidden tests (.ipynb)')
    .requiredOption('-o, --output <file>', 'where the students’ version goes')
    .option('--json', 'print what was done as JSON, for programs')
    .addHelpText(
      'after',
      '\nSolutions stand between // BEGIN SOLUTION and // END SOLUTION; words behind BEGIN SOLUTION become a hint in the stub.\n' +
        'Hidden tests stand between // BEGIN HIDDEN TESTS and // END HIDDEN TESTS in a check cell.\n' +
        'Exit codes: 0 written, 1 the source must be mended first, 2 asked for wrongly.\n\n' +
        'Example:\n  npx socketlab grade release source/echo.ipynb -o release/echo.ipynb',
    )
    .action((source: string, options: ReleaseOptions) => release(source, options))
}

function release(source: string, { output, json = false }: ReleaseOptions): void {
  if (isSame(source, output)) throw new CliError('--output is the source itself: the solutions would be lost', 2)
  try {
    const { notebook, ...done } = releaseNotebook(readNotebook(source))
    makeOutputFolder(dirname(output))
    writeNotebook(output, notebook)
    if (json) process.stdout.write(`${JSON.stringify({ version: 1, ok: true, source, output, ...done }, null, 2)}\n`)
    else
      process.stdout.write(
        `${output}: ${count(done.solutions.length, 'solution')} and ${count(done.hiddenTests.length, 'hidden test')} taken out, ` +
          `${count(done.locked.length, 'cell')} locked, ${done.points} points\n`,
      )
  } catch (error) {
    if (error instanceof NotebookError) throw new CliError(error.message)
    if (!(error instanceof ReleaseError)) throw error
    const { problems } = error
    if (json) process.stdout.write(`${JSON.stringify({ version: 1, ok: false, source, problems }, null, 2)}\n`)
    else
      for (const { index, id, message } of problems)
        process.stderr.write(`${source}: cell ${index + 1}${id === undefined ? '' : ` (${id})`}: ${message}\n`)
    throw new CliError(`${source} was not released: ${count(problems.length, 'problem')}`)
  }
}

function makeOutputFolder(folder: string): void {
  try {
    makeFolder(folder)
  } catch (error) {
    throw new CliError(`${folder} cannot be made: ${(error as Error).message}`)
  }
}

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`

function isSame(one: string, other: string): boolean {
  try {
    return realpathSync(one) === realpathSync(other)
  } catch {
    return resolve(one) === resolve(other)
  }
}
