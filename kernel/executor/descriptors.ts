/**
 * Everything that reaches the descriptors 1 and 2 past JavaScript: children with inherited stdio, native code. Both are
 * replaced by pipes, whose other ends the io thread reads. Linux and macOS, through libc by koffi.
 */
import { closeSync, constants, openSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { CapturedDescriptors } from '../bridge/threads.ts'

const F_GETFD = 1
const F_SETFD = 2
const F_SETFL = 4
const FD_CLOEXEC = 1
const F_SETPIPE_SZ = 1031
/** As much as Linux gives to anybody: a child that prints a lot waits less often. */
const PIPE_BYTES = 1 << 20
const O_CLOEXEC = 0o2000000
/** A descriptor that can be neither read nor written: both fail with EBADF, as where it was closed. */
const O_PATH = 0o10000000
/** Nobody has that many open. */
const NEVER_OPEN = 2 ** 31 - 1
const F_DUPFD_CLOEXEC = 1030
const POLLIN = 1

type Library = ReturnType<typeof import('koffi').load>

/**
 * Node has opened both by now, and made them non-blocking, for whoever has started this kernel and shares them, too:
 * nbconvert's last words were cut where its reader was slow. So they get back the flags that they had.
 *
 * @param flags of 1 and 2 at the start
 * @returns the pipes, whether something lies in them that was not read, and what opens 0 to 2 again where a cell has closed one: Node ends itself when a child is to inherit it; undefined where it cannot be done (another system, no descriptors left): then such output is lost, and nothing else
 */
export function captureDescriptors(
  flags: readonly (number | undefined)[],
): { pipes: CapturedDescriptors; unread: () => boolean; reopen: () => void } | undefined {
  if (process.platform !== 'linux') return undefined
  try {
    const koffi = createRequire(__filename)('koffi') as typeof import('koffi')
    const libc = koffi.load(null)
    const pipe2 = libc.func('int pipe2(_Out_ int *ends, int flags)')
    const dup2 = libc.func('int dup2(int from, int to)')
    const dup = libc.func('int dup(int fd)')
    const close = libc.func('int close(int fd)')
    const fcntl = libc.func('int fcntl(int fd, int command, int argument)')

    for (const [index, had] of flags.entries()) if (had !== undefined) fcntl(index + 1, F_SETFL, had)
    const log = Number(dup(2))
    if (log < 0) return undefined
    fcntl(log, F_SETFD, FD_CLOEXEC)
    const spare: number[] = []
    const nothing = openSync('/', constants.O_RDONLY | O_PATH | O_CLOEXEC)
    const capture = (fd: number): number => {
      const ends = [0, 0]
      if (Number(pipe2(ends, O_CLOEXEC)) < 0) throw new Error('no pipe')
      const [read, write] = ends as [number, number]
      fcntl(read, F_SETPIPE_SZ, PIPE_BYTES)
      dup2(write, fd)
      spare[fd] = Number(fcntl(write, F_DUPFD_CLOEXEC, 3))
      close(write)
      return read
    }
    const closed = closeInPlace((fd) => {
      const other = Number(fcntl(fd, F_DUPFD_CLOEXEC, 3))
      if (other >= 0) dup2(nothing, fd)
      return other
    })
    const reopen = (): void => {
      for (let fd = 0; fd <= 2; fd++) {
        if (!closed.delete(fd) && Number(fcntl(fd, F_GETFD, 0)) >= 0) continue
        const from = fd === 0 ? openSync('/dev/null', 'r') : (spare[fd] ?? -1)
        // The lowest number that is free is taken: that may be 0 itself.
        if (from !== fd) dup2(from, fd)
        else fcntl(fd, F_SETFD, 0)
        if (fd === 0 && from !== fd) closeSync(from)
      }
    }
    const pipes = { stdout: capture(1), stderr: capture(2), log }
    return { pipes, unread: unreadIn(libc, [pipes.stdout, pipes.stderr]), reopen }
  } catch {
    return undefined
  }
}

/**
 * From now on a cell that closes 0, 1 or 2 by `node:fs` leaves a descriptor there that is as good as closed: the number is
 * never free. Whatever opens a file next, in any thread, would have it, and Node ends itself when it closes one of its own
 * that has such a number, or lets a child inherit what is not open.
 *
 * @param replace puts it there, and returns the number that what was there has now; below 0 where that cannot be done
 * @returns which of the three are closed; whoever opens one again takes it out
 */
function closeInPlace(replace: (fd: number) => number): Set<number> {
  const closed = new Set<number>()
  const instead = (fd: unknown): number => {
    if (fd !== 0 && fd !== 1 && fd !== 2) return fd as number
    if (closed.has(fd)) return NEVER_OPEN
    const other = replace(fd)
    if (other < 0) return fd
    closed.add(fd)
    return other
  }
  const fs = createRequire(__filename)('node:fs') as typeof import('node:fs')
  const { close, closeSync } = fs
  // Node's own do the rest: what they check, throw and hand over stays theirs.
  Object.assign(fs, {
    closeSync: (fd: number) => closeSync(instead(fd)),
    close: (fd: number, callback?: Parameters<typeof close>[1]) => close(instead(fd), callback),
  })
  return closed
}

/** Asked before each text that is printed: one system call, a quarter of a microsecond. */
function unreadIn(libc: Library, fds: readonly number[]): () => boolean {
  const poll = libc.func('int poll(void *fds, unsigned long count, int timeout)')
  // struct pollfd: int fd; short events, revents
  const asked = new Int16Array(4 * fds.length)
  for (const [index, fd] of fds.entries()) {
    new Int32Array(asked.buffer)[2 * index] = fd
    asked[4 * index + 2] = POLLIN
  }
  return () => Number(poll(asked, fds.length, 0)) > 0 && fds.some((_, index) => (asked[4 * index + 3] ?? 0) & POLLIN)
}
