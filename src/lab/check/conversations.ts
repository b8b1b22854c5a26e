/**
 * Conversations whose timing is certain: a connected pair, and pieces that arrive one by one.
 *
 * Knows sockets, nothing of cases.
 */
import { BlockingIOError } from '../../errors/index.ts'
import { MsgFlag } from '../../socket/constants/message-flags.ts'
import { createConnection, createServer, fromfd } from '../../socket/create.ts'
import { AddressFamily } from '../../socket/families.ts'
import { openSockets } from '../../socket/open-sockets.ts'
import type { Socket } from '../../socket/socket.ts'
import { sleep } from '../../wait/index.ts'
import { unreadBytes } from './unread.ts'

/** Two ends of one TCP connection. */
export async function connectedPair(): Promise<[Socket, Socket]> {
  using server = createServer(['127.0.0.1', 0])
  const near = await createConnection(server.getsockname(), { timeout: 2 })
  const [far] = await server.accept()
  near.settimeout(null)
  far.settimeout(2)
  return [near, far]
}

/** Each piece is sent when the one before has been read. */
export async function sendPieces(conn: Socket, pieces: readonly (Uint8Array | string)[]): Promise<void> {
  for (let at = 0; at < pieces.length; at++) {
    if (at > 0) await allRead(conn)
    const piece = pieces[at]!
    await conn.sendall(typeof piece === 'string' ? Buffer.from(piece) : piece)
  }
}

/** The reader may be in this program, or has not accepted yet, or is another process. */
async function allRead(conn: Socket): Promise<void> {
  // A long table takes its time to read: who waits long looks less often.
  for (let seconds = 0.001; ; seconds = Math.min(2 * seconds, 0.05)) {
    if (isGone(conn)) return
    const reader = otherEnd(conn)
    if (reader) return await isRead(reader)
    const left = unreadBytes(conn)
    if (left === 0) return
    if (left === undefined) return await sleep(0.05)
    await sleep(seconds)
  }
}

/** Whoever sends will be told. */
function isGone(conn: Socket): boolean {
  try {
    conn.getpeername()
    return false
  } catch {
    return true
  }
}

/** The socket at the other end, where that is one of this program. */
function otherEnd(conn: Socket): Socket | undefined {
  const [here, there] = [String(conn.getsockname()), String(conn.getpeername())]
  for (const { socket } of openSockets()) {
    if (socket.family === AddressFamily.AF_UNIX || socket === conn) continue
    try {
      if (String(socket.getsockname()) === there && String(socket.getpeername()) === here) return socket
    } catch {
      // Not connected.
    }
  }
  return undefined
}

/** Resolves once nothing that has arrived is unread. Looks through a descriptor of its own, beside who reads. */
async function isRead(reader: Socket): Promise<void> {
  if (reader.fileno() < 0) return
  using look = fromfd(reader.fileno(), reader.family, reader.type)
  look.settimeout(0)
  for (;;) {
    try {
      const [left] = await look.recv(1, MsgFlag.MSG_PEEK)
      if (left === undefined) return
    } catch (error) {
      if (error instanceof BlockingIOError) return
      throw error
    }
    await sleep(0.001)
  }
}
