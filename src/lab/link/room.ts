/**
 * Room for a burst: a busy system hands datagrams over late and then many at once, more than a socket's usual buffer
 * holds. Only the seed is to lose datagrams of a link, so a learner's sockets at its ends get larger buffers.
 *
 * Knows nothing of links.
 */
import { SO_RCVBUF, SO_RCVBUFFORCE, SOCK_DGRAM, SOL_SOCKET } from '../../socket/constants/index.ts'
import { socketsAt } from '../../socket/open-sockets.ts'

/** As far as the system allows. */
const WANTED = 4 * 2 ** 20
/** A buffer below this was made small on purpose. */
const USUAL = 150_000

/** The open UDP socket of this program that has the address, if there is one, gets a larger buffer. */
export function makeRoom(host: string, port: number): void {
  for (const { socket } of socketsAt(host, port)) {
    if (socket.type !== SOCK_DGRAM) continue
    const size = socket.getsockopt(SOL_SOCKET, SO_RCVBUF)
    if (size < USUAL || size >= WANTED) continue
    try {
      socket.setsockopt(SOL_SOCKET, SO_RCVBUFFORCE, WANTED)
    } catch {
      socket.setsockopt(SOL_SOCKET, SO_RCVBUF, WANTED) // not beyond what everybody may have
    }
  }
}
