/**
 * A Python environment with nbgrader, made at the first use and kept in the checkout: apart from .venv, because nbgrader
 * puts its menus into every JupyterLab beside it.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withLock } from '../../setup/parts/lock.mjs'
import { root, venvPython } from '../runner/paths.ts'
import { plainEnv, run } from '../setup/run.ts'

const requirements = join(import.meta.dirname, 'nbgrader-requirements.txt')
const folder = join(root, '.venv-nbgrader')
const stamp = join(folder, 'requirements.txt')
const minutes = 60_000

/** Resolves with its Python. Several test files may ask for it at a time. */
export function nbgraderPython(): Promise<string> {
  return withLock(`${folder}.lock`, make)
}

async function make(): Promise<string> {
  const python = process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python')
  const wanted = readFileSync(requirements, 'utf8')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return python
  rmSync(folder, { recursive: true, force: true })
  await must(venvPython, ['-m', 'venv', folder])
  await must(python, ['-m', 'pip', 'install', '--quiet', '--no-input', '--no-compile', '-r', requirements])
  // Written last: an environment that was broken off is made anew.
  writeFileSync(stamp, wanted)
  return python
}

async function must(command: string, args: readonly string[]): Promise<void> {
  const { code, output } = await run(command, args, { env: plainEnv(), timeoutMs: 5 * minutes })
  if (code !== 0) throw new Error(`${command} ${args.join(' ')}:\n${output}`)
}
