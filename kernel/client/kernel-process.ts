/**
 * A kernel as a process of its own: connection file, free ports, start, end.
 * Knows nothing of messages; the client on top speaks them.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Connection } from '../protocol/connection-file.ts'

export interface KernelProcess {
  connection: Connection
  child: ChildProcess
  /** What the process itself wrote to stderr: nothing, unless something is wrong. */
  stderr(): string
  exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>
  /** Ends it the hard way where it has not ended, and removes its files. */
  kill(): Promise<void>
}

export interface KernelProcessOptions {
  /** Program and arguments; `{connection_file}` is replaced, as in a kernelspec's argv. */
  argv: readonly string[]
  cwd?: string
  /** Default: this process's own. What is run so leaves no history, unless SOCKETLAB_HISTORY says where. */
  env?: NodeJS.ProcessEnv
}

/** Unix sockets in a folder of our own: no port can be taken by somebody else, and nothing but this user reaches them. */
export function startKernelProcess({ argv, cwd, env }: KernelProcessOptions): KernelProcess {
  const folder = mkdtempSync(join(tmpdir(), 'socketlab-'))
  const file = join(folder, 'connection.json')
  const connection: Connection = {
    transport: 'ipc',
    ip: join(folder, 'k'),
    shell_port: 1,
    iopub_port: 2,
    stdin_port: 3,
    control_port: 4,
    hb_port: 5,
    key: randomUUID(),
    signature_scheme: 'hmac-sha256',
  }
  writeFileSync(file, JSON.stringify(connection), { mode: 0o600 })
  const [program, ...args] = argv.map((word) => word.replace('{connection_file}', file)) as [string, ...string[]]
  const child = spawn(program, args, {
    cwd,
    // Nobody types into it: the compiler need not practise for that.
    env: { SOCKETLAB_HISTORY: 'off', SOCKETLAB_PRACTICE: 'off', ...(env ?? process.env) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stderr = ''
  const collect = (chunk: Buffer) => {
    stderr += chunk.toString()
  }
  child.stdout.on('data', collect)
  child.stderr.on('data', collect)
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.on('error', (error) => {
      stderr += error.message
      resolve({ code: null, signal: null })
    })
    child.on('exit', (code, signal) => resolve({ code, signal }))
  })
  return {
    connection,
    child,
    stderr: () => stderr,
    exited,
    async kill() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
      await exited
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
