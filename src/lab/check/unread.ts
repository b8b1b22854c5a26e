/**
 * How much of what a TCP connection has sent is not read yet at its other end, where that end is another process of
 * this machine, or was not accepted yet. Knows the kernel's table of connections; nothing of who reads.
 */
import { readFileSync } from 'node:fs'
import { endianness } from 'node:os'
import { AddressFamily } from '../../socket/families.ts'
import type { Socket } from '../../socket/socket.ts'

/**
 * Bytes on their way and unread ones; undefined: nobody can tell, since the other end is not on this machine or gone.
 *
 * @see proc_net_tcp(5), Documentation/networking/proc_net_tcp.rst of Linux
 */
export function unreadBytes(conn: Socket): number | undefined {
  if (conn.family !== AddressFamily.AF_INET || endianness() !== 'LE') return undefined
  const [here, there] = [inTable(conn.getsockname()), inTable(conn.getpeername())]
  let table: string
  try {
    table = readFileSync('/proc/net/tcp', 'latin1')
  } catch {
    return undefined // not Linux
  }
  let sent: number | undefined
  let received: number | undefined
  for (const line of table.split('\n')) {
    const [, local, remote, , queues] = line.trim().split(/\s+/)
    const [onTheWay, unread] = (queues ?? '').split(':').map((hex) => Number.parseInt(hex, 16))
    if (local === here && remote === there) sent = onTheWay
    if (local === there && remote === here) received = unread
  }
  return sent === undefined || received === undefined ? undefined : sent + received
}

/** 127.0.0.1 and port 80 are `0100007F:0050`: the address as this machine's number. */
function inTable(address: readonly [host: string, port: number]): string {
  const [host, port] = address
  const bytes = host.split('.').map((one) => Number(one).toString(16).padStart(2, '0'))
  return `${bytes.reverse().join('')}:${port.toString(16).padStart(4, '0')}`.toUpperCase()
}
