/**
 * A process behind walls, or with as many of them as this machine has: started, watched, ended with all it has started.
 * Knows nothing of notebooks or points.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { release, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Duplex, Readable } from 'node:stream'
import { LIFELINE_AT } from '../../../kernel/bridge/given-socket.ts'
import { bubblewrapCommands, HOME, SOCKETS, tryBubblewrap, wallArguments } from './bubblewrap.ts'
import { makeHome, removeHome } from './home.ts'
import { childPid } from './info.ts'
import type { Limits } from './limits.ts'
import type { SharedNetwork } from './network.ts'
import { watchProcesses } from './watch.ts'

/** What this machine can do. */
export type Means =
  /** What starts bubblewrap: program and arguments. */
  { readonly bwrap: readonly string[] } | { readonly bwrap: undefined; readonly warning: string }

/** Why a sandbox is no more. `exited`: by itself; `forged`: it sent what its kernel has not signed; `killed`: from outside. */
export type EndReason = 'exited' | 'memory' | 'processes' | 'time' | 'output' | 'forged' | 'stopped' | 'killed'

export interface SandboxOptions {
  readonly means: Means
  readonly packageRoot: string
  readonly node: string
  readonly limits: Limits
  readonly env: Readonly<Record<string, string>>
  /** What the program finds in a file that it may remove. */
  readonly secret: string
  /** Files that it may read besides the package. */
  readonly reads?: readonly string[]
  /** The program has a socket to here as its descriptor {@link CHANNEL}. */
  readonly channel?: boolean
  /** One that others are in too. Default: its own, where there are walls. */
  readonly network?: SharedNetwork | undefined
  /** Program and arguments, given the file's path. */
  command(file: string): readonly string[]
}

export interface Sandbox {
  /** The folder of its sockets, as seen from here. */
  readonly sockets: string
  /** The other end of the program's descriptor, where it was to have one. */
  readonly channel: Duplex | undefined
  readonly ended: Promise<EndReason>
  /** Told to end, which takes a moment. */
  isEnding(): boolean
  /** What it wrote to its standard streams, at most a few lines. */
  said(): string
  kill(why: EndReason): void
}

/** The program's descriptor of its channel. */
export const CHANNEL = 6
/** And of the socket that closes with this process: killed while bubblewrap begins, it would leave the sandbox behind. */
const LIFELINE = 7

const PATH = '/usr/local/bin:/usr/bin:/bin'
const SAID_BYTES = 4096

export function findMeans(walls: { packageRoot: string; node: string }): Means {
  const without = (why: string): Means => ({
    bwrap: undefined,
    warning: `graded without a sandbox: ${why}`,
  })
  if (process.platform !== 'linux') return without('there is none for this system')
  let problem = 'bubblewrap is not installed'
  for (const bwrap of bubblewrapCommands()) {
    const said = tryBubblewrap(bwrap, { ...walls, diskBytes: 2 ** 20 })
    if (said === undefined) return { bwrap }
    problem = `bubblewrap does not work here: ${said}`
  }
  return without(problem)
}

/** Where they are counted by user: what the teacher runs besides must not be the student's fault. */
const threadsOfUser = ({ processes }: Limits): number => processes * 64

/** Since Linux 5.14 a user namespace counts its own processes. */
const countsApart = (): boolean => {
  const [major, minor] = release().split('.').map(Number) as [number, number]
  return major > 5 || (major === 5 && minor >= 14)
}

/**
 * Limits that every system has; the shell sets them and becomes the program.
 *
 * @param threads of all its processes: what forks faster than the watch can look stops there
 */
function limited({ cpuSeconds, diskBytes }: Limits, threads: number, command: readonly string[]): string[] {
  const script = [
    `ulimit -t ${cpuSeconds}`,
    `ulimit -f ${Math.ceil(diskBytes / 512)}`,
    'ulimit -c 0',
    // Debian's shell has another letter for it.
    `ulimit -u ${threads} 2>/dev/null || ulimit -p ${threads} 2>/dev/null`,
    'echo 1000 2>/dev/null >/proc/self/oom_score_adj',
    'exec "$@"',
  ].join('\n')
  return ['/bin/sh', '-c', script, 'sh', ...command]
}

export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  return options.means.bwrap ? walled(options.means.bwrap, options) : bare(options)
}

async function walled(bwrap: readonly string[], options: SandboxOptions): Promise<Sandbox> {
  const { packageRoot, node, limits, env } = options
  const file = `${SOCKETS}/connection.json`
  const secret = namelessFile(options.secret)
  // Native libraries ask who they run as: without an answer koffi does not load.
  const users = namelessFile(`student:x:1000:1000::${HOME}:/bin/sh\n`)
  const sharesNetwork = options.network !== undefined
  const walls = wallArguments({ packageRoot, node, diskBytes: limits.diskBytes, sharesNetwork })
  const reads = (options.reads ?? []).flatMap((path) => ['--ro-bind', path, path])
  const given = ['--perms', '0600', '--file', '3', file, '--perms', '0444', '--ro-bind-data', '5', '/etc/passwd']
  const into = ['--dir', SOCKETS, ...given, '--info-fd', '4']
  const start = options.network?.command ?? bwrap
  const threads = countsApart() ? limits.processes * 8 : threadsOfUser(limits)
  const [program, ...args] = [
    ...start,
    ...walls,
    ...reads,
    ...into,
    ...limited(limits, threads, options.command(file)),
  ] as [string, ...string[]]
  const child = spawn(program, args, {
    env: { PATH, LANG: 'C.UTF-8', HOME, TMPDIR: '/tmp', [LIFELINE_AT]: String(LIFELINE), ...env },
    stdio: ['ignore', 'pipe', 'pipe', secret, 'pipe', users, options.channel ? 'pipe' : 'ignore', 'pipe'],
    // A Ctrl-C goes to all of a terminal's processes: it is for this one, and its sandboxes would look as if they had failed.
    detached: true,
  })
  closeSync(secret)
  closeSync(users)
  // Where no process can be started now, this submission is not graded; an error that nobody hears would end all.
  await once(child, 'spawn')
  const pid = await childPid(child.stdio[4] as Readable)
  if (pid === undefined) return supervise(child, '', limits, () => {})
  return supervise(child, `/proc/${pid}/root`, limits, () => {
    end(pid)
    child.kill('SIGKILL')
  })
}

function bare(options: SandboxOptions): Sandbox {
  const { limits, env } = options
  const folder = makeHome()
  const file = join(folder, 'connection.json')
  writeFileSync(file, options.secret.replaceAll(SOCKETS, folder), { mode: 0o600 })
  const [program, ...args] = limited(limits, threadsOfUser(limits), options.command(file)) as [string, ...string[]]
  const child = spawn(program, args, {
    cwd: folder,
    env: { PATH: process.env.PATH ?? PATH, LANG: 'C.UTF-8', HOME: folder, TMPDIR: folder, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ignore', 'ignore', 'ignore', options.channel ? 'pipe' : 'ignore'],
    // A process group of its own: ended as a whole.
    detached: true,
  })
  const one = supervise(child, '', limits, () => end(-(child.pid as number)))
  const sockets = folder
  return {
    ...one,
    sockets,
    ended: one.ended.finally(() => {
      end(-(child.pid as number))
      removeHome(folder)
    }),
  }
}

function supervise(child: ChildProcess, rootFolder: string, limits: Limits, stop: () => void): Sandbox {
  let said = ''
  const collect = (chunk: Buffer) => {
    if (said.length < SAID_BYTES) said += chunk.toString().slice(0, SAID_BYTES - said.length)
  }
  child.stdout?.on('data', collect)
  child.stderr?.on('data', collect)
  let reason: EndReason | undefined
  let over = false
  const kill = (why: EndReason) => {
    reason ??= why
    // Its numbers may be somebody else's by now.
    if (!over) stop()
  }
  const unwatch = rootFolder === '' ? () => {} : watchProcesses(`${rootFolder}/proc`, limits, kill)
  const ended = new Promise<EndReason>((resolve) => {
    const finish = (_code?: number | null, signal?: NodeJS.Signals | null) => {
      unwatch()
      over = true
      // Nothing within the walls can send it one: what ends there, ends bubblewrap with an exit code.
      resolve(reason ?? (signal && rootFolder !== '' ? 'killed' : 'exited'))
    }
    child.on('error', (error) => {
      collect(Buffer.from(error.message))
      finish()
    })
    child.on('exit', finish)
    if (child.exitCode !== null || child.signalCode !== null) finish(child.exitCode, child.signalCode)
  })
  const [channel, lifeline] = (child.stdio as readonly unknown[]).slice(CHANNEL) as (Duplex | null | undefined)[]
  for (const one of [channel, lifeline]) one?.on('error', () => {})
  const isEnding = () => reason !== undefined
  return { sockets: `${rootFolder}${SOCKETS}`, channel: channel ?? undefined, ended, isEnding, said: () => said, kill }
}

/** A file that has no name any more: only who gets the descriptor can read it. */
function namelessFile(text: string): number {
  const folder = mkdtempSync(join(tmpdir(), 'sl-'))
  const path = join(folder, 's')
  writeFileSync(path, text, { mode: 0o600 })
  const descriptor = openSync(path, 'r')
  rmSync(folder, { recursive: true })
  return descriptor
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended before.
  }
}
