/**
 * The Pythons that a person here would start Jupyter with, in that order: the active environment's, the checkout's
 * own (npm start), those on the PATH, and the one that `jupyter-lab` on the PATH belongs to.
 */
import { accessSync, closeSync, constants, openSync, readSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { askProgram } from './ask-program.ts'
import type { Context } from './check.ts'

export interface Python {
  /** The program, as it calls itself. */
  path: string
  version: string
  prefix: string
  jupyterlab: string | null
}

// Versions from the packages' own records: importing JupyterLab would take seconds.
const probe = `
import json, sys
from importlib.metadata import version, PackageNotFoundError
try: lab = version("jupyterlab")
except PackageNotFoundError: lab = None
print(json.dumps({"path": sys.executable, "version": "%d.%d.%d" % sys.version_info[:3], "prefix": sys.prefix, "jupyterlab": lab}))`

const asked = new WeakMap<Context, Promise<Python[]>>()

/** Each prefix once, in the order in which they would be found. Several checks ask, the machine is asked once. */
export function findPythons(context: Context): Promise<Python[]> {
  const found = asked.get(context) ?? askAll(context)
  asked.set(context, found)
  return found
}

async function askAll(context: Context): Promise<Python[]> {
  const answers = await Promise.all([...new Set(candidates(context))].map((path) => ask(path, context)))
  const found = answers.filter((one) => one !== undefined)
  return found.filter((one, at) => found.findIndex(({ prefix }) => prefix === one.prefix) === at)
}

function candidates({ env, packageRoot }: Context): string[] {
  const environments = [env.VIRTUAL_ENV, env.CONDA_PREFIX, join(packageRoot, '.venv')].filter((one) => one)
  const inside = environments.map((folder) => join(folder as string, 'bin', 'python')).filter(isProgram)
  const lab = onPath('jupyter-lab', env)
  const labPython = lab === undefined ? undefined : interpreterOf(lab)
  return [...inside, ...['python3', 'python'].map((name) => onPath(name, env)), labPython].filter(
    (path) => path !== undefined,
  )
}

async function ask(path: string, context: Context): Promise<Python | undefined> {
  const { ok, stdout } = await askProgram(path, ['-c', probe], context)
  try {
    return ok ? (JSON.parse(stdout) as Python) : undefined
  } catch {
    return undefined
  }
}

/** The first program of this name on the PATH. */
export function onPath(name: string, env: NodeJS.ProcessEnv): string | undefined {
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  return folders.map((folder) => join(folder, name)).find(isProgram)
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** The Python in a script's first line; undefined for `/bin/sh` and the like. */
function interpreterOf(script: string): string | undefined {
  const start = Buffer.alloc(256)
  let file: number
  try {
    file = openSync(script, 'r')
  } catch {
    return undefined
  }
  try {
    const text = start.toString('utf8', 0, readSync(file, start, 0, start.length, 0))
    return /^#!\s*(\/\S*python[\d.]*)\s*$/m.exec(text.split('\n')[0] ?? '')?.[1]
  } finally {
    closeSync(file)
  }
}
