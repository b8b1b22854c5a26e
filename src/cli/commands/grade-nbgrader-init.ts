/**
 * `socketlab grade nbgrader-init`: writes the nbgrader_config.py that a course in TypeScript needs.
 */
import { writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { Command } from 'commander'
import { makeFolder } from '../../../kernel/bridge/made-files.mjs'
import { nbgraderConfig } from '../../grading/nbgrader/config.ts'
import { CliError } from '../cli-error.ts'
import { seconds } from './run.ts'

interface InitOptions {
  force?: boolean
  timeout: number
  json?: boolean
}

export function gradeNbgraderInitCommand(): Command {
  return new Command('nbgrader-init')
    .summary('make a folder a course of nbgrader')
    .description(
      'Writes nbgrader_config.py into the folder of a course, with what nbgrader must know of TypeScript. The folder is ' +
        'made where it does not exist; a file that is there already is kept.',
    )
    .argument('<course>', 'the folder of the course; its name is the course_id')
    .option('--force', 'write over a file that is there')
    .option('--timeout <seconds>', 'how long one cell may take', seconds, 30)
    .option('--json', 'print where the file is as JSON, for programs')
    .addHelpText(
      'after',
      '\nExit codes: 0 written, 1 the file is there already or cannot be written, 2 asked for wrongly.\n\n' +
        'Example:\n  npx socketlab grade nbgrader-init sockets-2026',
    )
    .action((course: string, options: InitOptions) => init(course, options))
}

function init(course: string, { force = false, timeout, json = false }: InitOptions): void {
  const path = join(course, 'nbgrader_config.py')
  // nbgrader counts whole seconds.
  const text = nbgraderConfig({ id: basename(resolve(course)), timeout: Math.ceil(timeout) })
  try {
    makeFolder(course)
    // One call that fails where the file is there: nothing of others is lost in between.
    writeFileSync(path, text, { flag: force ? 'w' : 'wx' })
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'EEXIST')
      throw new CliError(`${path} is there already: --force writes over it, or compare with one in another folder`)
    throw new CliError(`${path} cannot be written: ${message}`)
  }
  if (json) process.stdout.write(`${JSON.stringify({ version: 1, ok: true, path }, null, 2)}\n`)
  else
    process.stdout.write(
      `${path}: written\n\nPut the source of an assignment into ${join(course, 'source', 'NAME', 'NAME.ipynb')}, and there:\n` +
        '  nbgrader generate_assignment NAME\n  nbgrader autograde NAME\n  nbgrader generate_feedback NAME\n  nbgrader export\n',
    )
}
