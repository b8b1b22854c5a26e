/**
 * JupyterLab as `npm start` starts it, on a folder of the test's own, with settings and workspaces nobody else sees.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { root } from '../runner/paths.ts'

export interface JupyterLab {
  /** Where a file of the folder is opened, token included; without one, JupyterLab with nothing open. */
  url(file?: string): string
  /** The folder that it serves. */
  folder: string
  /** Where the connection files of its kernels are: it stands in the command line of each of them. */
  runtime: string
  stop(): Promise<void>
}

export interface LabOptions {
  /** More of JupyterLab's own options. */
  options?: readonly string[]
  /** Its settings, by plugin: `{ '@jupyterlab/completer-extension:manager': { … } }`. */
  settings?: Record<string, object>
}

/** Serves copies of these files or folders (paths from the checkout's root, laid flat into the served folder). */
export async function startJupyterLab(
  files: readonly string[],
  { options = [], settings = {} }: LabOptions = {},
): Promise<JupyterLab> {
  const home = mkdtempSync(join(tmpdir(), 'socketlab-lab-'))
  const folder = join(home, 'notebooks')
  mkdirSync(folder)
  for (const file of files) cpSync(join(root, file), join(folder, file.split('/').at(-1)!), { recursive: true })
  const runtime = join(home, 'runtime')
  for (const [plugin, content] of Object.entries(settings)) {
    const path = join(home, 'settings', `${plugin.replace(':', '/')}.jupyterlab-settings`)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, JSON.stringify(content))
  }
  const child = spawn(
    process.execPath,
    [
      join(root, 'setup', 'start.mjs'),
      '--no-browser',
      '--ServerApp.ip=127.0.0.1',
      '--ServerApp.port=0',
      `--ServerApp.root_dir=${folder}`,
      ...options,
    ],
    {
      env: {
        ...process.env,
        JUPYTER_CONFIG_DIR: join(home, 'config'),
        JUPYTER_DATA_DIR: join(home, 'data'),
        JUPYTER_RUNTIME_DIR: runtime,
        JUPYTERLAB_WORKSPACES_DIR: join(home, 'workspaces'),
        JUPYTERLAB_SETTINGS_DIR: join(home, 'settings'),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own: stopping it stops the server and its kernels with it.
      detached: true,
    },
  )
  const { address, token } = await firstAddress(child)
  return {
    folder,
    runtime,
    url: (file) => `${address}/lab${file === undefined ? '' : `/tree/${file}`}?token=${token}&reset`,
    async stop() {
      const exited = new Promise((resolve) => child.once('exit', resolve))
      // As Ctrl-C in a terminal: Jupyter shuts its kernels down; the second one skips its question.
      process.kill(-child.pid!, 'SIGTERM')
      await exited
      rmSync(home, { recursive: true, force: true })
    },
  }
}

/** Jupyter prints it with the token that it made up. */
export function firstAddress(child: ChildProcess): Promise<{ address: string; token: string }> {
  return new Promise((resolve, reject) => {
    let said = ''
    const read = (chunk: Buffer) => {
      said += chunk
      const match = /(http:\/\/127\.0\.0\.1:\d+)\/(?:lab|tree)\?token=(\w+)/.exec(said)
      if (match) resolve({ address: match[1]!, token: match[2]! })
    }
    child.stdout!.on('data', read)
    child.stderr!.on('data', read)
    child.once('exit', (code) => reject(new Error(`Jupyter ended with exit code ${code}:\n${said}`)))
  })
}
