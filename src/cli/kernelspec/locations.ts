/**
 * Where Jupyter looks for kernels: the user's data folder, and `share/jupyter` below a prefix. The rules are those of
 * Jupyter's own `jupyter --paths`.
 */
import { spawnSync } from 'node:child_process'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { CliError } from '../cli-error.ts'

/** For this user alone, whichever Jupyter they start. */
export function userDataFolder(env: NodeJS.ProcessEnv = process.env, platform: string = process.platform): string {
  if (env.JUPYTER_DATA_DIR) return resolve(env.JUPYTER_DATA_DIR)
  const home = env.HOME || homedir()
  if (platform === 'darwin') {
    const platformDirs = ['1', 'true', 'yes', 'on'].includes((env.JUPYTER_PLATFORM_DIRS ?? '').toLowerCase())
    return platformDirs ? join(home, 'Library', 'Application Support', 'Jupyter') : join(home, 'Library', 'Jupyter')
  }
  if (platform === 'win32' && env.APPDATA) return join(env.APPDATA, 'jupyter')
  return join(env.XDG_DATA_HOME || join(home, '.local', 'share'), 'jupyter')
}

/** For every Jupyter that was installed under this prefix (`/usr/local`, a virtual environment). */
export const prefixDataFolder = (prefix: string): string => join(resolve(prefix), 'share', 'jupyter')

/** The prefix of the Python environment that is active here. */
export function activePrefix(env: NodeJS.ProcessEnv = process.env): string {
  const active = env.VIRTUAL_ENV || env.CONDA_PREFIX
  if (active) return active
  for (const python of ['python3', 'python']) {
    const { status, stdout } = spawnSync(python, ['-c', 'import sys; print(sys.prefix)'], { encoding: 'utf8', env })
    if (status === 0 && stdout.trim()) return stdout.trim()
  }
  throw new CliError(
    '--sys-prefix is for the active Python environment, and there is no Python on the PATH: use --user or --prefix DIR',
  )
}
