/**
 * `lab.sockets` and `lab.closeAll`: which sockets are open, what state they are in, and which cell opened them.
 *
 * Reads the register that `socket` keeps; the servers of `lab.internet` are not in it.
 */
import { showAddress } from '../socket/addresses.ts'
import { AddressFamily, SocketKind } from '../socket/families.ts'
import { type OpenSocket, openSockets, closeAll as shutAll } from '../socket/open-sockets.ts'
import { host } from '../wait/index.ts'
import { closeLinks } from './link/link.ts'
import { ShownTable } from './shown-table.ts'

/** One open socket. */
export interface SocketRow {
  readonly [field: string]: unknown
  readonly fd: number
  /** `TCP`, `UDP over IPv6`, `UNIX stream`, … */
  readonly kind: string
  readonly local: string
  /** The other end, as it was dialled. */
  readonly remote: string
  /** Where that really leads, when the simulated internet translated it. */
  readonly leadsTo: string
  /** As TCP calls it: `LISTEN`, `ESTABLISHED`, `CLOSE_WAIT`, …; and whether only a file of `makefile()` keeps it open. */
  readonly state: string
  /** Who opened it: `cell [3]`; empty outside of a notebook. */
  readonly openedBy: string
}

/** tcp(7): level and option whose first byte is the state, and the states' names (net/tcp_states.h). */
const IPPROTO_TCP = 6
const TCP_INFO = 11
const STATES = [
  '',
  'ESTABLISHED',
  'SYN_SENT',
  'SYN_RECV',
  'FIN_WAIT1',
  'FIN_WAIT2',
  'TIME_WAIT',
  'CLOSE',
  'CLOSE_WAIT',
  'LAST_ACK',
  'LISTEN',
  'CLOSING',
]

const COLUMNS = ['fd', 'kind', 'local', 'remote', 'state', 'openedBy'] as const

/**
 * The sockets that are open now, oldest first; shows itself as a table.
 *
 * @example lab.sockets()
 */
export function sockets(): ShownTable<SocketRow> {
  const rows = openSockets().map(rowOf)
  if (rows.length === 0) return new ShownTable<SocketRow>('No socket is open.', COLUMNS, rows)
  const translated = rows.some((row) => row.leadsTo !== '')
  const columns = translated ? COLUMNS.toSpliced(4, 0, 'leadsTo' as 'state') : COLUMNS
  return new ShownTable<SocketRow>(`${rows.length} open socket${rows.length === 1 ? '' : 's'}:`, columns, rows)
}

/**
 * Closes every open socket, whoever opened it; what waits on one of them ends with EBADF. Links (`lab.link`) end too, and
 * before all that whatever the notebook's `using` declarations hold is disposed, last made first.
 *
 * @returns how many sockets were closed
 */
export function closeAll(): number {
  const count = openSockets().length
  host.disposeKept()
  closeLinks()
  shutAll()
  return count
}

function rowOf({ socket, scope, listening, closing, realPeer }: OpenSocket): SocketRow {
  const remote = attempt(() => showAddress(socket.getpeername()))
  const real = realPeer === undefined || realPeer === null ? remote : showAddress(realPeer)
  return {
    fd: socket.fileno(),
    kind: kindOf(socket.family, socket.type),
    local: attempt(() => showAddress(socket.getsockname())),
    remote,
    leadsTo: real === remote ? '' : real,
    state: `${stateOf(socket, listening, remote)}${closing ? ', closed but for a file' : ''}`,
    openedBy: host.describe(scope) ?? '',
  }
}

function kindOf(family: AddressFamily, type: SocketKind): string {
  const stream = type === SocketKind.SOCK_STREAM
  if (family === AddressFamily.AF_UNIX) return `UNIX ${SocketKind[type]?.replace('SOCK_', '').toLowerCase() ?? type}`
  const known = stream ? 'TCP' : type === SocketKind.SOCK_DGRAM ? 'UDP' : (SocketKind[type] ?? `type ${type}`)
  if (family === AddressFamily.AF_INET) return known
  return family === AddressFamily.AF_INET6 ? `${known} over IPv6` : `${AddressFamily[family] ?? family} ${known}`
}

function stateOf(socket: OpenSocket['socket'], listening: boolean, remote: string): string {
  const isTcp = socket.type === SocketKind.SOCK_STREAM && socket.family !== AddressFamily.AF_UNIX
  if (isTcp) return attempt(() => STATES[socket.getsockopt(IPPROTO_TCP, TCP_INFO, 1)[0]!] ?? '')
  return listening ? 'LISTEN' : remote === '' ? 'unconnected' : 'connected'
}

/** What the system does not tell (a socket that is not connected has no other end) stays empty. */
function attempt(tell: () => string): string {
  try {
    return tell()
  } catch {
    return ''
  }
}
