/**
 * How JupyterLab is started from the checkout: on the lessons, and without asking anything of the internet.
 */
import { accessSync, constants, mkdirSync, mkdtempSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { inRoot } from './root.mjs'
import { pythonEnv, venv } from './venv.mjs'

/** @param {string[]} given the user's own options: they win */
export function labArguments(given) {
  const defaults = [
    [`--ServerApp.root_dir=${inRoot('notebooks')}`, '--notebook-dir', '--ServerApp.root_dir'],
    // A new notebook gets our kernel; the lessons name it themselves.
    ['--MultiKernelManager.default_kernel_name=socketlab', '--MultiKernelManager.default_kernel_name'],
    ['--LabApp.news_url=None', '--LabApp.news_url'],
    ['--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate', '--LabApp.check_for_updates_class'],
    ['--LabApp.extension_manager=readonly', '--LabApp.extension_manager'],
    // Its page of INFO lines hides the one with the address, which is printed at every level.
    ['--Application.log_level=WARN', '--log-level', '--ServerApp.log_level', '--Application.log_level', '--debug'],
  ]
  const isGiven = (name) => given.some((argument) => argument === name || argument.startsWith(`${name}=`))
  const ours = defaults.filter(([, ...names]) => !names.some(isGiven)).map(([argument]) => argument)
  // JupyterLab refuses to run as root unless told: in a container root is all there is.
  if (process.getuid?.() === 0) ours.push('--allow-root')
  return ['-m', 'jupyterlab', ...ours, ...given]
}

/** Where the home folder cannot be written to, Jupyter keeps its files in the environment, or for this run only. */
export function labEnv(env = process.env) {
  const clean = pythonEnv(env)
  if (isWritable(homedir())) return clean
  const home = isWritable(venv) ? join(venv, 'home') : mkdtempSync(join(tmpdir(), 'socketlab-'))
  mkdirSync(home, { recursive: true })
  const own = {
    HOME: home,
    JUPYTER_CONFIG_DIR: join(home, 'config'),
    JUPYTER_DATA_DIR: join(home, 'data'),
    JUPYTER_RUNTIME_DIR: join(home, 'runtime'),
  }
  return { ...own, IPYTHONDIR: join(home, 'ipython'), ...clean, HOME: home }
}

function isWritable(folder) {
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}
