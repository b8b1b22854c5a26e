/**
 * Who in this system holds a port that cannot be bound: another program that listens, or conversations that are over
 * and remembered. Linux tells it in /proc/net, and whose socket it is in /proc/<process>/fd.
 *
 * Knows nothing of the sockets of this program's own table; asked only after bind or listen has failed.
 */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { basename } from 'node:path'

/** What is known of the holder. */
export interface PortHolder {
  /** `listening`, or `remembered`: only in TIME_WAIT and the like. */
  readonly how: 'listening' | 'remembered'
  /** Whose it is, where the system lets us see. */
  readonly program?: Program
}

interface Program {
  readonly pid: number
  readonly name: string
  /** Whether it is another run of the script that runs here. */
  readonly twin: boolean
}

/** The tables' states, as in Linux's include/net/tcp_states.h. */
const LISTEN = '0A'

/**
 * @param port the port that is in use
 * @param datagrams whether it is UDP's
 * @returns undefined where nothing is to be seen: a socket that is bound and does not listen, or no /proc
 * @see proc_net(5)
 */
export function portHolder(port: number, datagrams: boolean): PortHolder | undefined {
  const tables = datagrams ? ['udp', 'udp6'] : ['tcp', 'tcp6']
  const rows = tables.flatMap(rowsOf).filter((row) => row.port === port)
  const listener = rows.find(({ state }) => datagrams || state === LISTEN)
  if (listener) {
    const program = programOf(listener.inode)
    return program ? { how: 'listening', program } : { how: 'listening' }
  }
  return rows.length > 0 ? { how: 'remembered' } : undefined
}

function rowsOf(table: string): { port: number; state: string; inode: string }[] {
  return lines(`/proc/net/${table}`).map((line) => {
    const [, local = '', , state = '', , , , , , inode = ''] = line.trim().split(/\s+/)
    return { port: Number.parseInt(local.split(':')[1] ?? '', 16), state, inode }
  })
}

/** The process that has this socket open. Those of other users do not show theirs. */
function programOf(inode: string): Program | undefined {
  const wanted = `socket:[${inode}]`
  const pids = attempt(() => readdirSync('/proc'), []).filter((name) => /^\d+$/.test(name))
  for (const pid of pids) {
    const folder = `/proc/${pid}/fd`
    const open = attempt(() => readdirSync(folder), [])
    if (!open.some((fd) => attempt(() => readlinkSync(`${folder}/${fd}`), '') === wanted)) continue
    const script = scriptOf(commandOf(pid))
    return { pid: Number(pid), name: nameOf(pid), twin: script !== undefined && script === scriptOf(commandOf('self')) }
  }
  return undefined
}

/** Node's processes bear the name of their first thread, which tells nobody anything: MainThread in 24, node-MainThread in 26. */
function nameOf(pid: string): string {
  const name = attempt(() => readFileSync(`/proc/${pid}/comm`, 'utf8').trim(), 'a program')
  return name.endsWith('MainThread') ? basename(commandOf(pid)[0] || 'node') : name
}

const commandOf = (pid: string): string[] => attempt(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8'), '').split('\0')

const scriptOf = ([, ...args]: string[]): string | undefined => args.find((arg) => arg !== '' && !arg.startsWith('-'))

const lines = (path: string): string[] =>
  attempt(() => readFileSync(path, 'utf8'), '')
    .trim()
    .split('\n')
    .slice(1)

/** Processes come and go while we look. */
function attempt<T>(look: () => T, otherwise: T): T {
  try {
    return look()
  } catch {
    return otherwise
  }
}
