/**
 * How much of what a TCP connection has sent is not read yet at its other end, where that end is another process of
 * this machine, or was not accepted yet. Asks the system about the two sockets; knows nothing of who reads.
 */
import { endianness } from 'node:os'
import { AddressFamily } from '../../socket/families.ts'
import { scratch } from '../../socket/native/scratch.ts'
import * as sys from '../../socket/native/syscalls.ts'
import { SOCK_CLOEXEC } from '../../socket/native/system.ts'
import type { Socket } from '../../socket/socket.ts'

// Linux's linux/netlink.h, linux/sock_diag.h, linux/inet_diag.h: a question about one socket by its two addresses.
const AF_NETLINK = 16
const SOCK_RAW = 3
const NETLINK_SOCK_DIAG = 4
const SOCK_DIAG_BY_FAMILY = 20
const NLM_F_REQUEST = 1
const MSG_DONTWAIT = 0x40
const TCP = 6
const HEADER = 16
const REQUEST = HEADER + 56
/** Of `idiag_rqueue` in an answer, header included; `idiag_wqueue` stands behind it. */
const QUEUES = HEADER + 56
const ANSWER = HEADER + 72

type End = readonly [host: string, port: number]

/**
 * Bytes on their way and unread ones; undefined: nobody can tell, since the other end is not on this machine or gone.
 *
 * @see sock_diag(7)
 */
export function unreadBytes(conn: Socket): number | undefined {
  if (process.platform !== 'linux' || endianness() !== 'LE' || conn.family !== AddressFamily.AF_INET) return undefined
  const fd = sys.socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG)
  if (fd < 0) return undefined
  try {
    const [here, there] = [conn.getsockname() as End, conn.getpeername() as End]
    const [sent, received] = [queuesOf(fd, here, there), queuesOf(fd, there, here)]
    return sent && received && sent.toSend + received.toRead
  } finally {
    sys.close(fd)
  }
}

function queuesOf(fd: number, local: End, remote: End): { toRead: number; toSend: number } | undefined {
  const { data, bytes } = scratch()
  bytes.fill(0, 0, REQUEST)
  bytes.writeUInt32LE(REQUEST, 0)
  bytes.writeUInt16LE(SOCK_DIAG_BY_FAMILY, 4)
  bytes.writeUInt16LE(NLM_F_REQUEST, 6)
  bytes.writeUInt8(AddressFamily.AF_INET, HEADER)
  bytes.writeUInt8(TCP, HEADER + 1)
  bytes.writeUInt32LE(0xffffffff, HEADER + 4) // in any state
  bytes.writeUInt16BE(local[1], HEADER + 8)
  bytes.writeUInt16BE(remote[1], HEADER + 10)
  bytes.set(fourBytes(local[0]), HEADER + 12)
  bytes.set(fourBytes(remote[0]), HEADER + 28)
  bytes.fill(0xff, HEADER + 48, REQUEST) // whichever socket it is
  if (sys.send(fd, data, REQUEST, 0) !== REQUEST) return undefined
  const length = sys.recv(fd, data, bytes.length, MSG_DONTWAIT)
  // Anything else says that there is none.
  if (length < ANSWER || bytes.readUInt16LE(4) !== SOCK_DIAG_BY_FAMILY) return undefined
  return { toRead: bytes.readUInt32LE(QUEUES), toSend: bytes.readUInt32LE(QUEUES + 4) }
}

const fourBytes = (host: string): number[] => host.split('.').map(Number)
