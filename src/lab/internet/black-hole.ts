/**
 * The address that never answers: a listener whose queue is full.
 *
 * `listen(0)` leaves room for one connection that nobody accepts, and one is held there: Linux drops the first packet
 * of every further one, so that a connect waits as it would for a dead host. No packet leaves the machine.
 * Plain descriptors, not Sockets: they are nobody's, poll nothing and keep nothing alive.
 */
import { OSError } from '../../errors/index.ts'
import { AddressFamily, SocketKind } from '../../socket/families.ts'
import type { Endpoint } from '../../socket/hooks.ts'
import { scratch } from '../../socket/native/scratch.ts'
import * as sys from '../../socket/native/syscalls.ts'
import { SOCK_CLOEXEC, SOCK_NONBLOCK } from '../../socket/native/system.ts'
import { expectAddress, parseInet4, receivedAddress, writeInet4 } from '../../socket/sockaddr.ts'

const LOOPBACK = '127.0.0.1'

/** Where calls for the silent host go. */
export interface BlackHole {
  readonly tcp: Endpoint
  readonly udp: Endpoint
  close(): void
}

/** Opens it. */
export function openBlackHole(): BlackHole {
  const fds: number[] = []
  const open = (type: SocketKind): number => {
    const fd = must(sys.socket(AddressFamily.AF_INET, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), 'socket')
    fds.push(fd)
    return fd
  }
  const close = () => {
    for (const fd of fds.splice(0)) sys.close(fd)
  }
  try {
    const listener = open(SocketKind.SOCK_STREAM)
    const tcp = bindAnywhere(listener)
    must(sys.listen(listener, 0), 'listen')
    const held = open(SocketKind.SOCK_STREAM)
    sys.connect(held, scratch().address, writeInet4(parseInet4(tcp.host), tcp.port)) // EINPROGRESS, or done at once
    // A datagram socket that is never read: its buffer fills, and the rest is lost, as on a network.
    const udp = bindAnywhere(open(SocketKind.SOCK_DGRAM))
    return { tcp, udp, close }
  } catch (error) {
    close()
    throw error
  }
}

function bindAnywhere(fd: number): Endpoint {
  must(sys.bind(fd, scratch().address, writeInet4(parseInet4(LOOPBACK), 0)), 'bind')
  expectAddress()
  must(sys.getsockname(fd, scratch().address, scratch().length), 'getsockname')
  const [host, port] = receivedAddress() as [string, number]
  return { host, port }
}

function must(result: number, syscall: string): number {
  if (result < 0) throw new OSError(-result, undefined, { syscall })
  return result
}
