/**
 * `jupyter`: a folder in which Jupyter finds our kernel, as `socketlab install` enters it, and nothing of this machine's
 * own Jupyter. Real clients run in there, in the Python that set-up made. Knows nothing of what they do.
 */
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { test as base } from 'vitest'
import { root, venvPython } from '../runner/paths.ts'
import { type Outcome, plainEnv, run, scratchFolder } from '../setup/run.ts'

export interface Jupyter {
  /** Empty, and the working directory of the clients. */
  readonly folder: string
  readonly env: NodeJS.ProcessEnv
  /** Runs Python until it ends; a program that takes longer than this is killed, and its exit code is 128. */
  python(args: readonly string[], timeoutMs?: number): Promise<Outcome>
  /** Calls a function of a script in clients/, and returns what it returns (by JSON). Its failure is an exception. */
  call<Result>(script: string, name: string, ...args: readonly string[]): Promise<Result>
  /** Writes a notebook of TypeScript cells into the folder. */
  notebook(name: string, cells: readonly Cell[], language?: string): string
}

/** A cell's code, with its tags and other metadata where it has any. */
export type Cell = string | { source: string; metadata?: object; cell_type?: 'code' | 'markdown' }

/** For a script that grades a whole course on a busy machine; each has shorter limits of its own. */
const limit = 600_000

// biome-ignore-start lint/correctness/noEmptyPattern: vitest reads from the pattern which other fixtures are needed
export const test = base.extend('jupyter', { scope: 'file' }, async ({}, { onCleanup }): Promise<Jupyter> => {
  const scratch = scratchFolder()
  onCleanup(() => scratch[Symbol.dispose]())
  return await enterKernel(scratch.folder, venvPython)
})
// biome-ignore-end lint/correctness/noEmptyPattern: see above

/** @param python the Python that has the clients */
export async function enterKernel(parent: string, python: string): Promise<Jupyter> {
  const folder = join(parent, 'work')
  mkdirSync(folder)
  const prefix = join(parent, 'prefix')
  const installed = await run(process.execPath, [join(root, 'setup', 'socketlab.mjs'), 'install', '--prefix', prefix])
  if (installed.code !== 0) throw new Error(`the kernel could not be installed:\n${installed.output}`)
  const env = plainEnv({
    HOME: parent,
    JUPYTER_PATH: join(prefix, 'share', 'jupyter'),
    JUPYTER_CONFIG_DIR: join(parent, 'config'),
    JUPYTER_DATA_DIR: join(parent, 'data'),
    JUPYTER_RUNTIME_DIR: join(parent, 'runtime'),
    IPYTHONDIR: join(parent, 'ipython'),
    PATH: [dirname(python), process.env.PATH].join(delimiter),
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONNOUSERSITE: '1',
    PYTHONWARNINGS: 'ignore',
  })
  const runPython: Jupyter['python'] = (args, timeoutMs = 120_000) => run(python, args, { cwd: folder, env, timeoutMs })
  return {
    folder,
    env,
    python: runPython,
    async call<Result>(script: string, name: string, ...args: readonly string[]) {
      const file = join(mkdtempSync(join(parent, 'result-')), 'result.json')
      const command = [join(import.meta.dirname, 'clients', script), name, ...args]
      const options = { cwd: folder, env: { ...env, RESULT_FILE: file }, timeoutMs: limit }
      const { code, output } = await run(python, command, options)
      if (code !== 0) throw new Error(`${script} ${name} ended with ${code}:\n${output}`)
      return JSON.parse(readFileSync(file, 'utf8')) as Result
    },
    notebook(name, cells, language = 'typescript') {
      const path = join(folder, name)
      writeFileSync(path, JSON.stringify(notebookOf(cells, language)))
      return path
    },
  }
}

export const notebookOf = (cells: readonly Cell[], language = 'typescript') => ({
  nbformat: 4,
  nbformat_minor: 5,
  metadata: {
    kernelspec: { name: 'socketlab', language, display_name: 'TypeScript (socketlab)' },
    language_info: { name: language, file_extension: '.ts' },
  },
  cells: cells.map((cell, index) => {
    const { source, metadata = {}, cell_type = 'code' } = typeof cell === 'string' ? { source: cell } : cell
    const outputs = cell_type === 'code' ? { outputs: [], execution_count: null } : {}
    return { cell_type, id: `cell-${index}`, metadata, source, ...outputs }
  }),
})

/** Text as a reader sees it, without colours. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the colours begin with ESC
export const plain = (text: string | undefined): string => (text ?? '').replace(/\u001b\[\d*m/g, '')
