/**
 * Notebook 7, on a folder of the test's own. Its package lies in a folder beside .venv, made at the first use: inside, it
 * would put its buttons into the learner's JupyterLab.
 */
import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { root, venvPython } from '../runner/paths.ts'
import { plainEnv, run } from '../setup/run.ts'
import { firstAddress } from './jupyterlab.ts'

/** All that it needs is in .venv, with the JupyterLab of the same age. */
const PACKAGE = 'notebook==7.6.5'
const folder = join(root, '.venv-notebook')
const stamp = join(folder, PACKAGE)

async function installed(): Promise<string> {
  if (existsSync(stamp)) return folder
  rmSync(folder, { recursive: true, force: true })
  const pip = [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--no-input',
    '--no-compile',
    '--no-deps',
    '--target',
    folder,
    PACKAGE,
  ]
  const { code, output } = await run(venvPython, pip, { env: plainEnv(), timeoutMs: 120_000 })
  if (code !== 0) throw new Error(`${PACKAGE} could not be installed:\n${output}`)
  // Written last: a folder that was broken off is made anew.
  writeFileSync(stamp, '')
  return folder
}

export interface Notebook7 {
  url(file: string): string
  stop(): Promise<void>
}

/** Serves copies of these files (paths from the checkout's root). */
export async function startNotebook7(files: readonly string[]): Promise<Notebook7> {
  const packages = await installed()
  const home = mkdtempSync(join(tmpdir(), 'socketlab-notebook-'))
  const served = join(home, 'notebooks')
  mkdirSync(served)
  for (const file of files) cpSync(join(root, file), join(served, basename(file)))
  const options = ['--no-browser', '--ServerApp.ip=127.0.0.1', '--ServerApp.port=0', `--ServerApp.root_dir=${served}`]
  const child = spawn(venvPython, ['-m', 'notebook', '--allow-root', ...options], {
    cwd: served,
    env: plainEnv({
      PYTHONPATH: packages,
      JUPYTER_PATH: join(packages, 'share', 'jupyter'),
      JUPYTER_CONFIG_PATH: join(packages, 'etc', 'jupyter'),
      JUPYTER_CONFIG_DIR: join(home, 'config'),
      JUPYTER_DATA_DIR: join(home, 'data'),
      JUPYTER_RUNTIME_DIR: join(home, 'runtime'),
      JUPYTERLAB_WORKSPACES_DIR: join(home, 'workspaces'),
      JUPYTERLAB_SETTINGS_DIR: join(home, 'settings'),
    }),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const { address, token } = await firstAddress(child)
  return {
    url: (file) => `${address}/notebooks/${file}?token=${token}`,
    async stop() {
      const exited = new Promise((resolve) => child.once('exit', resolve))
      process.kill(-child.pid!, 'SIGTERM')
      await exited
      rmSync(home, { recursive: true, force: true })
    },
  }
}
