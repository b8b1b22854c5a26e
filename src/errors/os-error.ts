/**
 * OSError and the classes below it, as Python names and nests them (PEP 3151).
 *
 * Knows error numbers and their texts, nothing of sockets: who makes an error says which call failed and on what.
 */
import {
  EACCES,
  EAGAIN,
  EALREADY,
  ECHILD,
  ECONNABORTED,
  ECONNREFUSED,
  ECONNRESET,
  EEXIST,
  EINPROGRESS,
  EINTR,
  EISDIR,
  ENOENT,
  ENOTDIR,
  EPERM,
  EPIPE,
  ESRCH,
  ETIMEDOUT,
  errorCode,
  strerror as textOf,
} from './errno.ts'

/** What else is known about a failed call. */
export interface ErrorDetails {
  /** The call that failed, by its manual page's name: `connect`. */
  syscall?: string
  /** The address it was about, as the caller wrote it. */
  address?: unknown
  /** What helps: goes behind Python's text, after a colon. */
  hint?: string
  /** What was thrown below it. */
  cause?: unknown
}

type Constructor = new (errno: number, strerror?: string, details?: ErrorDetails | string) => OSError
const classByErrno = new Map<number, Constructor>()

/**
 * A system call failed. The number of the error is in `errno`, its name in `code`.
 *
 * Takes a message, or as Python's an error number, its text and perhaps a file's name; a number that has a class of its
 * own gives that class: `new OSError(111, 'Connection refused')` is a `ConnectionRefusedError`.
 *
 * @example
 * try { await sock.connect(['127.0.0.1', 9]) } catch (error) {
 *   if (error instanceof OSError && error.code === 'ECONNREFUSED') console.log('nobody there')
 * }
 * @see errno(3)
 */
export class OSError extends Error {
  /** The system's error number, or `null` when no system call failed (a time-out of ours, for one). */
  readonly errno: number | null
  /** The error's name, `ECONNREFUSED`; empty when there is no number. */
  readonly code: string
  /** The system's text for the number, `Connection refused`, or `null`. */
  readonly strerror: string | null
  /** The call that failed: `connect`. */
  declare readonly syscall?: string
  /** The address the call was about, as the caller wrote it. */
  // biome-ignore lint/suspicious/noExplicitAny: an address is a pair, four values or a string, by family
  declare readonly address?: any

  /** The file that the call was about, where the error was made with one. */
  declare readonly filename?: string

  constructor(message?: string, details?: ErrorDetails)
  constructor(errno: number, strerror?: string, details?: ErrorDetails | string)
  constructor(first?: string | number, second?: string | ErrorDetails, third?: ErrorDetails | string) {
    const filename = typeof first === 'number' && typeof third === 'string' ? third : undefined
    const strerror = typeof second === 'string' ? second : undefined
    const details = typeof second === 'object' ? second : typeof third === 'object' ? third : undefined
    const text = typeof first === 'number' ? (strerror ?? textOf(first)) : null
    const message = text === null ? ((first as string | undefined) ?? '') : `[Errno ${first}] ${text}`
    const named = filename === undefined ? undefined : `'${filename}'`
    super(
      [message, named, details?.hint].filter(Boolean).join(': '),
      details?.cause ? { cause: details.cause } : undefined,
    )
    this.errno = typeof first === 'number' ? first : null
    this.code = typeof first === 'number' ? codeOf(new.target, first) : codeWithoutNumber(new.target)
    this.strerror = text
    if (filename !== undefined) this.filename = filename
    if (details?.syscall !== undefined) this.syscall = details.syscall
    if (details?.address !== undefined) this.address = details.address
    if (typeof first === 'number' && new.target === OSError) {
      const Class = classByErrno.get(first)
      // biome-ignore lint/correctness/noConstructorReturn: Python's OSError(111, …) is a ConnectionRefusedError too
      if (Class) return new Class(first, strerror, third)
    }
  }

  static {
    // On the prototype, so that it does not print as a field of every error.
    Object.defineProperty(OSError.prototype, 'name', { value: 'OSError', configurable: true, writable: true })
  }
}

/** Classes whose numbers are not the system's name them themselves (gaierror). */
export const codeNames = new WeakMap<object, (errno: number) => string>()

function codeOf(target: object, errno: number): string {
  return codeNames.get(target)?.(errno) ?? errorCode(errno)
}

function codeWithoutNumber(target: object): string {
  return target === TimeoutError ? 'ETIMEDOUT' : ''
}

function named(name: string, Class: { prototype: Error }, ...numbers: number[]): void {
  Object.defineProperty(Class.prototype, 'name', { value: name, configurable: true, writable: true })
  for (const errno of numbers) classByErrno.set(errno, Class as unknown as Constructor)
}

/** A call on a non-blocking socket would have had to wait: EAGAIN, EALREADY, EINPROGRESS. */
export class BlockingIOError extends OSError {
  /** Of a file with a buffer: how many bytes of the `write` that failed were sent or are kept. */
  declare charactersWritten?: number
}
/** There is no such child process: ECHILD. */
export class ChildProcessError extends OSError {}
/** Something about a connection went wrong; the classes below say what. */
export class ConnectionError extends OSError {}
/** The other side has gone and this side still sends: EPIPE, ESHUTDOWN. */
export class BrokenPipeError extends ConnectionError {}
/** The connection was given up by this side's system: ECONNABORTED. */
export class ConnectionAbortedError extends ConnectionError {}
/** Nobody listens on that address: ECONNREFUSED. */
export class ConnectionRefusedError extends ConnectionError {}
/** The other side cut the connection without a goodbye: ECONNRESET. */
export class ConnectionResetError extends ConnectionError {}
/** It is there already: EEXIST. */
export class FileExistsError extends OSError {}
/** No such file, or no such socket path: ENOENT. */
export class FileNotFoundError extends OSError {}
/** A signal cut the call short: EINTR. */
export class InterruptedError extends OSError {}
/** A folder stands where a file belongs: EISDIR. */
export class IsADirectoryError extends OSError {}
/** A part of a path, a socket's path among them, is no folder: ENOTDIR. */
export class NotADirectoryError extends OSError {}
/** The system does not allow it to this user: EACCES, EPERM. */
export class PermissionError extends OSError {}
/** There is no such process: ESRCH. */
export class ProcessLookupError extends OSError {}
/**
 * A call took longer than the seconds it was given; `errno` is null then. Also the system's own ETIMEDOUT, when a peer
 * did not answer for minutes.
 */
export class TimeoutError extends OSError {}

const ESHUTDOWN = 108
named('BlockingIOError', BlockingIOError, EAGAIN, EALREADY, EINPROGRESS)
named('ChildProcessError', ChildProcessError, ECHILD)
named('ConnectionError', ConnectionError)
named('BrokenPipeError', BrokenPipeError, EPIPE, ESHUTDOWN)
named('ConnectionAbortedError', ConnectionAbortedError, ECONNABORTED)
named('ConnectionRefusedError', ConnectionRefusedError, ECONNREFUSED)
named('ConnectionResetError', ConnectionResetError, ECONNRESET)
named('FileExistsError', FileExistsError, EEXIST)
named('FileNotFoundError', FileNotFoundError, ENOENT)
named('InterruptedError', InterruptedError, EINTR)
named('IsADirectoryError', IsADirectoryError, EISDIR)
named('NotADirectoryError', NotADirectoryError, ENOTDIR)
named('PermissionError', PermissionError, EACCES, EPERM)
named('ProcessLookupError', ProcessLookupError, ESRCH)
named('TimeoutError', TimeoutError, ETIMEDOUT)
