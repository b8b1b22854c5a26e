/**
 * A network of its own that several sandboxes share: a server in one is reached from another, by loopback, and nobody
 * else is there. Held by a process that waits; gone with it. Knows nothing of what runs in the sandboxes.
 */
import { spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { findProgram, tryBubblewrap, type Walls } from './bubblewrap.ts'
import { childPid } from './info.ts'

export interface SharedNetwork {
  /** Starts bubblewrap in there: program and arguments, before those of bubblewrap. */
  readonly command: readonly string[]
  close(): void
}

/** Tried once: whether walls can be put up within such a network here. */
let works: boolean | undefined

/**
 * @param bwrap what starts bubblewrap on this machine
 * @param walls of the sandboxes that will be in it
 * @returns undefined where this machine cannot do it
 */
export async function openNetwork(bwrap: readonly string[], walls: Walls): Promise<SharedNetwork | undefined> {
  if (works === false) return undefined
  const network = await start(bwrap)
  works ??= network !== undefined && tryBubblewrap(network.command, { ...walls, sharesNetwork: true }) === undefined
  if (works) return network
  network?.close()
  return undefined
}

async function start(bwrap: readonly string[]): Promise<SharedNetwork | undefined> {
  const nsenter = findProgram('nsenter')
  if (nsenter === undefined) return undefined
  // Says so once loopback is up, and then waits for the end of its input.
  const wait = ['/bin/sh', '-c', 'echo; exec cat >/dev/null']
  const walls = ['--unshare-user', '--unshare-net', '--die-with-parent', '--dev-bind', '/', '/', '--info-fd', '3']
  const [program, ...args] = [...bwrap, ...walls, ...wait] as [string, ...string[]]
  const holder = spawn(program, args, { env: {}, stdio: ['pipe', 'pipe', 'ignore', 'pipe'], detached: true })
  holder.on('error', () => {})
  const close = () => {
    holder.kill('SIGKILL')
  }
  const [pid] = await Promise.all([childPid(holder.stdio[3] as Readable), firstWord(holder.stdout as Readable)])
  if (pid === undefined) {
    close()
    return undefined
  }
  const into = [nsenter, '--target', String(pid), '--user', '--net', '--preserve-credentials', '--']
  return { command: [...bwrap.slice(0, -1), ...into, ...bwrap.slice(-1)], close }
}

/** Resolves when something has come, or nothing will. */
async function firstWord(stream: Readable): Promise<void> {
  for await (const _ of stream) return
}
