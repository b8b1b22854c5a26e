/**
 * poll(2) and epoll(7): one line, one call, one manual page. None throws: ≥ 0 is the result, < 0 is -errno.
 */
import { endianness } from 'node:os'
import { type Pointer, syscall } from '../socket/native/library.ts'

type Fd = number

/** poll(2); always called with a time limit of 0 here. */
export const poll = syscall<(fds: Pointer, count: number, timeoutMs: number) => number>(
  'int poll(void *fds, ulong nfds, int timeout)',
)
/** epoll_create1(2). */
export const epoll_create1 = syscall<(flags: number) => number>('int epoll_create1(int flags)')
/** epoll_ctl(2). */
export const epoll_ctl = syscall<(epfd: Fd, operation: number, fd: Fd, event: Pointer) => number>(
  'int epoll_ctl(int epfd, int op, int fd, void *event)',
)
/** epoll_wait(2); always called with a time limit of 0 here. */
export const epoll_wait = syscall<(epfd: Fd, events: Pointer, most: number, timeoutMs: number) => number>(
  'int epoll_wait(int epfd, void *events, int maxevents, int timeout)',
)
export { close } from '../socket/native/syscalls.ts'

export const EPOLL_CTL_ADD = 1
export const EPOLL_CTL_DEL = 2
export const EPOLL_CTL_MOD = 3

/** sizeof(struct pollfd): int fd, short events, short revents. */
const POLLFD = 8
/** struct epoll_event is packed on x64 only. */
const [EVENT, EVENT_FD] = process.arch === 'x64' ? [12, 4] : [16, 8]

/** What is to be watched: descriptor and POLL* bits. */
export type Interests = ReadonlyMap<number, number>
/** A descriptor that has something to report, and what: `POLL*` or `EPOLL*` bits. */
export type Ready = [fd: number, events: number]

/** poll(2) as it is now: the descriptors with something to report, in the order they were given; or -errno. */
export function pollNow(interests: Interests): Ready[] | number {
  const fds = Buffer.alloc(Math.max(1, interests.size) * POLLFD)
  let at = 0
  for (const [fd, events] of interests) {
    fds.writeInt32LE(fd, at)
    fds.writeUInt16LE(events & 0xffff, at + 4)
    at += POLLFD
  }
  const count = poll(fds, interests.size, 0)
  if (count <= 0) return count < 0 ? count : []
  const ready: Ready[] = []
  for (at = 0; at < interests.size * POLLFD; at += POLLFD) {
    const events = fds.readUInt16LE(at + 6)
    if (events) ready.push([fds.readInt32LE(at), events])
  }
  return ready
}

/** epoll_ctl(2) with the event as values. */
export function control(epfd: Fd, operation: number, fd: Fd, events: number): number {
  const event = Buffer.alloc(EVENT)
  event.writeUInt32LE(events >>> 0, 0)
  event.writeInt32LE(fd, EVENT_FD)
  return epoll_ctl(epfd, operation, fd, event)
}

/** epoll_wait(2) as it is now, with at most `most` answers; or -errno. */
export function epollNow(epfd: Fd, most: number): Ready[] | number {
  const events = Buffer.allocUnsafe(EVENT * most)
  const count = epoll_wait(epfd, events, most, 0)
  if (count < 0) return count
  return Array.from({ length: count }, (_, i) => [
    events.readInt32LE(i * EVENT + EVENT_FD),
    events.readUInt32LE(i * EVENT),
  ])
}

// Written and read above as the systems that are promised have it.
if (endianness() !== 'LE') throw new Error('socketlab knows struct pollfd for little-endian machines only')
