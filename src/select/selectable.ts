/** What can be watched: a descriptor by its number, or anything that has one. */
import { CLOCK_ENDS } from '../wait/index.ts'

/** A descriptor's number, or an object with `fileno()`: a socket, a file of `makefile`, a server. */
export type Selectable = number | { fileno(): number }

/** The number, which must be one of a descriptor: CPython's PyObject_AsFileDescriptor. */
export function descriptorOf(file: unknown): number {
  const fd = numberOf(file)
  if (fd < 0) {
    const closed = typeof file === 'object' ? ': it is closed' : ''
    throw new RangeError(`file descriptor cannot be a negative integer (${fd})${closed}`)
  }
  if (fd > LARGEST) throw new RangeError(`file descriptor ${fd} does not fit into C's int: at most ${LARGEST}`)
  return fd
}

/** Bits or a count, as a C call takes them. */
export function wholeNumber(value: unknown, name: string): number {
  if (typeof value === 'number' && Number.isInteger(value)) return value
  throw new TypeError(`${name} must be a whole number, not ${value === null ? 'null' : typeof value}`)
}

/** Seconds beyond those that a clock can count are a mistake, not for ever: that is `null`. */
export function countable(seconds: number): number | null {
  if (seconds === Number.POSITIVE_INFINITY) return null
  if (seconds > CLOCK_ENDS) {
    throw new RangeError('timestamp out of range for platform time_t: seconds, or null for no limit')
  }
  return seconds
}

/** What to write for a file or stream of Node's: Python's `select.select([sys.stdin, sock], …)` is every chat client's. */
export function numberOfNodes(file: unknown): string | undefined {
  const { fd, on } = (file ?? {}) as { fd?: unknown; on?: unknown }
  return typeof fd === 'number' && typeof on === 'function'
    ? `Node's files and streams are given by their number, their .fd: here ${fd}`
    : undefined
}

const LARGEST = 2 ** 31 - 1

function numberOf(file: unknown): number {
  if (typeof file === 'number' && Number.isInteger(file)) return file
  const object = file as { fileno?: unknown } | null | undefined
  if (typeof object?.fileno !== 'function') {
    const advice = numberOfNodes(file) ?? 'Write a socket, or its descriptor sock.fileno()'
    throw new TypeError(`argument must be an int, or have a fileno() method. ${advice}`)
  }
  const fd: unknown = object.fileno()
  if (typeof fd !== 'number' || !Number.isInteger(fd)) throw new TypeError('fileno() returned a non-integer')
  return fd
}
