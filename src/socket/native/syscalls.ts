/**
 * System calls on descriptors: one line, one call, one manual page (section 2).
 *
 * None throws: ≥ 0 is the result, < 0 is -errno. Nothing here waits: descriptors are non-blocking.
 */
import { type Pointer, syscall } from './library.ts'

type Fd = number

/** socket(2): a new descriptor, or -errno. */
export const socket = syscall<(family: number, type: number, protocol: number) => number>(
  'int socket(int domain, int type, int protocol)',
)
/** socketpair(2): fills two ints. */
export const socketpair = syscall<(family: number, type: number, protocol: number, pair: Pointer) => number>(
  'int socketpair(int domain, int type, int protocol, void *sv)',
)
/** bind(2). */
export const bind = syscall<(fd: Fd, address: Pointer, length: number) => number>(
  'int bind(int fd, const void *addr, socklen_t addrlen)',
)
/** listen(2). */
export const listen = syscall<(fd: Fd, backlog: number) => number>('int listen(int fd, int backlog)')
/** accept4(2): the new connection's descriptor, or -errno. */
export const accept4 = syscall<(fd: Fd, address: Pointer, length: Pointer, flags: number) => number>(
  'int accept4(int fd, void *addr, void *addrlen, int flags)',
)
/** connect(2): 0, or -EINPROGRESS while it goes on. */
export const connect = syscall<(fd: Fd, address: Pointer, length: number) => number>(
  'int connect(int fd, const void *addr, socklen_t addrlen)',
)
/** recv(2). Bytes received, 0 once the peer has shut down its side, or -errno. */
export const recv = syscall<(fd: Fd, buffer: Pointer, size: number, flags: number) => number>(
  'ssize_t recv(int fd, void *buf, size_t len, int flags)',
)
/** recvfrom(2). */
export const recvfrom = syscall<
  (fd: Fd, buffer: Pointer, size: number, flags: number, address: Pointer, length: Pointer) => number
>('ssize_t recvfrom(int fd, void *buf, size_t len, int flags, void *src_addr, void *addrlen)')
/** send(2). Bytes the kernel took, perhaps fewer than given, or -errno. */
export const send = syscall<(fd: Fd, buffer: Pointer, size: number, flags: number) => number>(
  'ssize_t send(int fd, const void *buf, size_t len, int flags)',
)
/** sendto(2). */
export const sendto = syscall<
  (fd: Fd, buffer: Pointer, size: number, flags: number, address: Pointer, length: number) => number
>('ssize_t sendto(int fd, const void *buf, size_t len, int flags, const void *dest_addr, socklen_t addrlen)')
/** sendmsg(2): the struct msghdr is given by its bytes. */
export const sendmsg = syscall<(fd: Fd, message: Pointer, flags: number) => number>(
  'ssize_t sendmsg(int fd, const void *msg, int flags)',
)
/** recvmsg(2). */
export const recvmsg = syscall<(fd: Fd, message: Pointer, flags: number) => number>(
  'ssize_t recvmsg(int fd, void *msg, int flags)',
)
/** sendfile(2): the offset is given by its eight bytes, and moved on. */
export const sendfile = syscall<(out: Fd, file: Fd, offset: Pointer, count: number) => number>(
  'ssize_t sendfile(int out_fd, int in_fd, void *offset, size_t count)',
)
/** lseek(2), from the file's beginning. */
export const lseek = syscall<(file: Fd, offset: number, whence: number) => number>(
  'int64 lseek(int fd, int64 offset, int whence)',
)
/** getsockname(2): this end's address. */
export const getsockname = syscall<(fd: Fd, address: Pointer, length: Pointer) => number>(
  'int getsockname(int fd, void *addr, void *addrlen)',
)
/** getpeername(2): the other end's address. */
export const getpeername = syscall<(fd: Fd, address: Pointer, length: Pointer) => number>(
  'int getpeername(int fd, void *addr, void *addrlen)',
)
/** getsockopt(2). */
export const getsockopt = syscall<(fd: Fd, level: number, option: number, value: Pointer, length: Pointer) => number>(
  'int getsockopt(int fd, int level, int optname, void *optval, void *optlen)',
)
/** setsockopt(2). */
export const setsockopt = syscall<(fd: Fd, level: number, option: number, value: Pointer, length: number) => number>(
  'int setsockopt(int fd, int level, int optname, const void *optval, socklen_t optlen)',
)
/** shutdown(2). */
export const shutdown = syscall<(fd: Fd, how: number) => number>('int shutdown(int fd, int how)')
/** close(2). Not to be repeated after EINTR: Linux has freed the descriptor. */
export const close = syscall<(fd: Fd) => number>('int close(int fd)')
/** poll(2): the struct pollfd are given by their bytes. Blocks the thread: for worker threads only. */
export const poll = syscall<(descriptors: Pointer, count: number, milliseconds: number) => number>(
  'int poll(void *fds, unsigned long nfds, int timeout)',
)
/** eventfd(2). */
export const eventfd = syscall<(value: number, flags: number) => number>('int eventfd(unsigned int initval, int flags)')
/** write(2). */
export const write = syscall<(fd: Fd, bytes: Pointer, size: number) => number>(
  'ssize_t write(int fd, const void *buf, size_t count)',
)
/** fcntl(2) with a number as its argument. */
export const fcntl = syscall<(fd: Fd, command: number, argument: number) => number>(
  'int fcntl(int fd, int cmd, long arg)',
)
