/**
 * Running our commands as a person does: a process of its own, an environment chosen by the test, all output kept.
 */
import { type ChildProcess, execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { root } from '../runner/paths.ts'

export interface Outcome {
  code: number
  output: string
  /** Wall-clock seconds. */
  seconds: number
}

export interface RunOptions {
  cwd?: string
  env?: NodeJS.ProcessEnv
  /** As this user: only root may ask for another. */
  uid?: number | undefined
  timeoutMs?: number
  /** Called with all output so far, whenever there is more. */
  onOutput?: (output: string, child: ChildProcess) => void
}

/** Resolves whatever the exit code: a killed program has 128 and more. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  const { cwd, env = process.env, uid, timeoutMs = 120_000, onOutput } = options
  const started = performance.now()
  return new Promise((resolve) => {
    let output = ''
    const child = execFile(command, args, { cwd, env, uid, timeout: timeoutMs, maxBuffer: 2 ** 26 }, (error) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 128
      if (code === 128) output += `\n${error?.message}`
      resolve({ code, output, seconds: (performance.now() - started) / 1000 })
    })
    child.stdin?.end()
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (piece: string) => {
        output += piece
        onOutput?.(output, child)
      })
    }
  })
}

/** An empty folder whose name has a space and letters outside of ASCII, removed when the test file is done. */
export function scratchFolder(): { folder: string } & Disposable {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'söcket läb '))
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }) }
}

/** What an installed package looks like: our commands, where no set-up has been. */
export function copyPackage(folder: string): string {
  const target = join(folder, 'package')
  mkdirSync(target)
  for (const part of ['package.json', 'setup', 'dist', 'kernel/spec']) {
    mkdirSync(dirname(join(target, part)), { recursive: true })
    cpSync(join(root, part), join(target, part), { recursive: true })
  }
  symlinkSync(join(root, 'node_modules'), join(target, 'node_modules'))
  return target
}

/** The environment without what npm and an active virtual environment put in. */
export function plainEnv(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|VIRTUAL_ENV|SOCKETLAB_|VITEST|NODE_ENV$|NODE_OPTIONS$)/.test(name),
  )
  return { ...Object.fromEntries(kept), ...more }
}
