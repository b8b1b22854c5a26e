/**
 * `socketlab grade`: assignments, from the author's notebook to the points. One file a command, joined here.
 */
import { Command } from 'commander'
import { gradeNbgraderInitCommand } from './grade-nbgrader-init.ts'
import { gradeReleaseCommand } from './grade-release.ts'
import { gradeReportCommand } from './grade-report.ts'
import { gradeRunCommand } from './grade-run.ts'
import { gradeValidateCommand } from './grade-validate.ts'

export function gradeCommand(): Command {
  return new Command('grade')
    .summary('write, hand out and grade assignments')
    .description(
      'Assignments as nbgrader knows them, with checks in TypeScript. nbgrader and Python are not needed; where a course ' +
        'has them, both work on the same notebooks.',
    )
    .helpCommand(false)
    .addCommand(gradeReleaseCommand())
    .addCommand(gradeValidateCommand())
    .addCommand(gradeRunCommand())
    .addCommand(gradeReportCommand())
    .addCommand(gradeNbgraderInitCommand())
}
