/**
 * `socketlab grade report`: the table and the pages anew, with the points that a person gave.
 */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Command } from 'commander'
import { BY_HAND, type Reports, report } from '../../grading/index.ts'
import { CliError } from '../cli-error.ts'
import { demandCounted, tellResults } from '../grade/summary.ts'

interface ReportOptions {
  gradescope?: boolean
  json?: boolean
}

export function gradeReportCommand(): Command {
  return new Command('report')
    .summary('put points given by hand into the table and the pages')
    .description(
      `Makes grades.csv, the pages and all else in a folder of results anew, with the points and comments that you wrote ` +
        `into its ${BY_HAND}. Runs nothing.`,
    )
    .argument('<results>', 'the folder that "grade run" wrote (-o)')
    .option('--gradescope', 'write results.json for Gradescope too')
    .option('--json', 'print all results as JSON, for programs')
    .addHelpText(
      'after',
      `\nIn ${BY_HAND} each answer has a line: write "points" and, if you like, "comment"; they go to the student.\n` +
        'Exit codes: 0 written, 1 a line could not be counted, or there are no results, 2 asked for wrongly.\n\n' +
        'Example:\n  npx socketlab grade report graded/echo',
    )
    .action((folder: string, options: ReportOptions) => run(folder, options))
}

function run(folder: string, { gradescope = false, json = false }: ReportOptions): void {
  if (!existsSync(join(folder, 'results')))
    throw new CliError(`${folder}: there are no results of "socketlab grade run" in it`, 1)
  const reports = made(folder, gradescope)
  tellResults(reports.results, reports, folder, json)
  demandCounted(reports)
}

function made(folder: string, gradescope: boolean): Reports {
  try {
    return report(resolve(folder), gradescope)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error
    throw new CliError(`${folder} cannot be written: ${(error as Error).message}`)
  }
}
