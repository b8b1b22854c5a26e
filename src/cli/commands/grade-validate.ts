/**
 * `socketlab grade validate`: says what an author got wrong, before students do.
 */
import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { Command } from 'commander'
import { readAssignment } from '../../grading/notebook/index.ts'
import { type Finding, modelsIn, readThrough, tryOut, withImports } from '../../grading/validate/index.ts'
import {
  isJavaScript,
  type Notebook,
  NotebookError,
  readNotebook,
  writeNotebook,
} from '../../notebook/notebook-file.ts'
import { CliError } from '../cli-error.ts'
import { kernelNode } from '../kernel-node.ts'
import { kernelSpec } from '../kernelspec/spec.ts'
import { packageRoot } from '../package-root.ts'
import { cellProgress } from '../run/progress.ts'
import { seconds } from './run.ts'

interface ValidateOptions {
  solutions?: string
  timeout: number
  run: boolean
  fix?: boolean
  json?: boolean
}

export function gradeValidateCommand(): Command {
  return new Command('validate')
    .summary('find what is wrong in an assignment')
    .description(
      'Reads a source notebook and runs it twice in fresh kernels: your solutions must earn all points, and the stubs that ' +
        'students get must earn none. Each finding names the cell, and what to do.',
    )
    .argument('<source>', 'the notebook with solutions and hidden tests (.ipynb)')
    .option('--solutions <file>', 'where the solutions of cells that are stubs stand, each under // %% GRADE_ID')
    .option('--timeout <seconds>', 'stop a cell that takes longer', seconds, 30)
    .option('--no-run', 'read only, and run nothing')
    .option('--fix', 'write into each check cell the import that keeps students from replacing what it uses')
    .option('--json', 'print the findings as JSON, for programs')
    .addHelpText(
      'after',
      '\n✗ must be mended   ! is worth a look\nExit codes: 0 without ✗, 1 otherwise, 2 asked for wrongly, 130 interrupted.\n\n' +
        'Examples:\n  npx socketlab grade validate source/echo.ipynb\n' +
        '  npx socketlab grade validate lessons/03-servers.ipynb --solutions solutions/03-servers.ts',
    )
    .action((source: string, options: ValidateOptions) => validate(source, options))
}

async function validate(source: string, { solutions, timeout, run, fix = false, json = false }: ValidateOptions) {
  const stop = new AbortController()
  const onSignal = () => stop.abort()
  process.once('SIGINT', onSignal)
  try {
    const notebook = read(source)
    if (fix && addImports(notebook)) writeNotebook(source, notebook)
    const findings = readThrough(notebook, readAssignment(notebook))
    // A notebook whose cells cannot be told apart, or that holds no solutions, has nothing to run.
    if (run && !findings.some(({ severity, rule }) => severity === 'error' && STOPPERS.has(rule)))
      findings.push(...(await runBoth(notebook, source, solutions, timeout, stop.signal)))
    if (stop.signal.aborted) throw new CliError('interrupted', 130)
    tell(source, findings, json)
  } finally {
    process.off('SIGINT', onSignal)
  }
}

const STOPPERS: ReadonlySet<Finding['rule']> = new Set(['language', 'released', 'metadata', 'duplicate-id', 'markers'])

function read(source: string): Notebook {
  try {
    return readNotebook(source)
  } catch (error) {
    if (error instanceof NotebookError) throw new CliError(error.message)
    throw error
  }
}

/** Says whether there was anything to add. */
function addImports(notebook: Notebook): boolean {
  let changed = false
  for (const { role, cell, source } of readAssignment(notebook).cells) {
    if (role !== 'check' || cell.cell_type !== 'code') continue
    const text = withImports(source)
    if (text === source) continue
    cell.source = text
    changed = true
  }
  return changed
}

async function runBoth(
  notebook: Notebook,
  source: string,
  solutions: string | undefined,
  timeout: number,
  signal: AbortSignal,
): Promise<Finding[]> {
  const { argv, env } = kernelSpec({ packageRoot, node: kernelNode(), javascript: isJavaScript(notebook) })
  const progress = cellProgress(source)
  return await tryOut(notebook, {
    models: models(source, solutions),
    argv,
    cwd: dirname(resolve(source)),
    env: { ...process.env, ...env, SOCKETLAB_PRACTICE: 'off', SOCKETLAB_HISTORY: 'off', SOCKETLAB_GRADING: 'on' },
    timeout,
    signal,
    onCell: progress.update,
  }).finally(progress.stop)
}

/** Named, or where those of our lessons are: ../solutions/NAME.ts. */
function models(source: string, named: string | undefined): Map<string, string> {
  const usual = join(dirname(source), '..', 'solutions', `${basename(source, '.ipynb')}.ts`)
  const path = named ?? (existsSync(usual) ? usual : undefined)
  if (path === undefined) return new Map()
  try {
    return modelsIn(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new CliError(`${path}: cannot be read: ${(error as Error).message}`, 2)
  }
}

function tell(source: string, findings: readonly Finding[], json: boolean): void {
  const errors = findings.filter(({ severity }) => severity === 'error').length
  const ordered = findings.toSorted((one, other) => (one.index ?? -1) - (other.index ?? -1))
  if (json)
    process.stdout.write(`${JSON.stringify({ version: 1, ok: errors === 0, source, findings: ordered }, null, 2)}\n`)
  else for (const one of ordered) process.stdout.write(`${linesOf(source, one)}\n`)
  if (errors > 0) throw new CliError(`${source}: ${errors} must be mended`)
  if (json) return
  const warnings = findings.length === 0 ? '' : `, ${findings.length} worth a look`
  process.stdout.write(`${source}: ready to be released${warnings}\n`)
}

function linesOf(source: string, { severity, index, id, message, advice }: Finding): string {
  const where = index === undefined ? source : `${source}: cell ${index + 1}${id === undefined ? '' : ` (${id})`}`
  return `${severity === 'error' ? '✗' : '!'} ${where}: ${message}\n    ${advice}`
}
