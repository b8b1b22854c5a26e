/** What poll(2) and epoll(7) report and are asked for: Linux's numbers, or-ed together. */

/** There is data to read (or a connection to accept, or the end of the stream). */
export const POLLIN = 0x1
/** There is something exceptional: urgent data. */
export const POLLPRI = 0x2
/** Writing would not have to wait. */
export const POLLOUT = 0x4
/** An error is pending. Reported also when not asked for. */
export const POLLERR = 0x8
/** The connection has ended in both directions. Reported also when not asked for. */
export const POLLHUP = 0x10
/** No such descriptor is open. Reported also when not asked for. */
export const POLLNVAL = 0x20
/** There is something to read, as `POLLIN`. */
export const POLLRDNORM = 0x40
export const POLLRDBAND = 0x80
export const POLLWRNORM = 0x100
export const POLLWRBAND = 0x200
export const POLLMSG = 0x400
/** The other side has ended its sending half. */
export const POLLRDHUP = 0x2000

/** There is something to read, or somebody to accept. */
export const EPOLLIN = 0x1
export const EPOLLPRI = 0x2
export const EPOLLOUT = 0x4
export const EPOLLERR = 0x8
export const EPOLLHUP = 0x10
export const EPOLLRDNORM = 0x40
export const EPOLLRDBAND = 0x80
export const EPOLLWRNORM = 0x100
export const EPOLLWRBAND = 0x200
export const EPOLLMSG = 0x400
/** The other side has shut down its sending. */
export const EPOLLRDHUP = 0x2000
/** Wake only one of several epoll objects that watch one descriptor. */
export const EPOLLEXCLUSIVE = 0x10000000
/** Report once, then not again until `modify`. */
export const EPOLLONESHOT = 0x40000000
/** Report only when something changes: edge-triggered. */
export const EPOLLET = 0x80000000
/** Closed in a program started by exec(3), as always here. */
export const EPOLL_CLOEXEC = 0x80000

/** Bytes that a write to a pipe puts in whole. */
export const PIPE_BUF = 4096
