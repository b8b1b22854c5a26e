/**
 * What differs from one operating system to the next, in one place: this file is Linux (x64 and arm64, glibc or musl).
 *
 * To bring another system: its own numbers here, in constants/, families.ts and errors/errno.ts. Knows no calls.
 */

/** sizeof(struct sockaddr_storage). */
export const SOCKADDR_SIZE = 128
/** sizeof(sun_path): the longest AF_UNIX address. */
export const UNIX_PATH_SIZE = 108
/** Flags or-ed to a socket's type, and accept4's: descriptors are born non-blocking and closed on exec. */
export const SOCK_NONBLOCK = 0o4000
export const SOCK_CLOEXEC = 0o2000000
/** fcntl(2) and ioctl(2). */
export const F_GETFD = 1
export const F_SETFD = 2
export const F_GETFL = 3
export const F_SETFL = 4
export const F_DUPFD_CLOEXEC = 1030
export const FD_CLOEXEC = 1
export const O_NONBLOCK = 0o4000

/** Throws where this library cannot work, saying what is missing. */
export function assertSupported(platform: string = process.platform, arch: string = process.arch): void {
  if (platform === 'linux' && (arch === 'x64' || arch === 'arm64')) return
  const advice =
    platform === 'win32'
      ? 'on Windows, run it inside WSL (https://learn.microsoft.com/windows/wsl)'
      : 'run it in a Linux container or virtual machine, or add the numbers of this system to src/socket/native/system.ts'
  throw new Error(
    `socketlab calls the system's own socket functions and knows their numbers for Linux on x64 and arm64 only, ` +
      `not for ${platform} on ${arch}: ${advice}`,
  )
}
