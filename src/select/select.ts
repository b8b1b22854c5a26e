/** `select.select`: which of these can be read, written, or has something exceptional? */
import { EBADF } from '../errors/errno.ts'
import { OSError } from '../errors/index.ts'
import { checkNames, throwIfAborted, type WaitOptions } from '../wait/index.ts'
import {
  POLLERR,
  POLLHUP,
  POLLIN,
  POLLNVAL,
  POLLOUT,
  POLLPRI,
  POLLRDBAND,
  POLLRDNORM,
  POLLWRBAND,
  POLLWRNORM,
} from './constants.ts'
import { pollNow } from './native.ts'
import { countable, descriptorOf, type Selectable } from './selectable.ts'
import { checked, NOTHING, untilAny } from './waiting.ts'

/** What `select` takes by name. */
export interface SelectOptions extends WaitOptions {
  /** Most seconds to wait; 0: only look; `null`: no limit. */
  timeout?: number | null | undefined
}

/** A set of select(2) has room for these descriptors only. */
const FD_SETSIZE = 1024

/** What poll(2) is asked for, and which of its answers count, for each list (as in Linux's select). */
const READING = { ask: POLLIN, counts: POLLIN | POLLRDNORM | POLLRDBAND | POLLHUP | POLLERR }
const WRITING = { ask: POLLOUT, counts: POLLOUT | POLLWRNORM | POLLWRBAND | POLLERR }
const EXCEPTION = { ask: POLLPRI, counts: POLLPRI }

type Result<R, W, X> = [readable: R[], writable: W[], exceptional: X[]]

/**
 * Waits until at least one of many can be used without waiting.
 *
 * Level-triggered: what stays ready is reported again by the next call.
 *
 * @param rlist of these, which can be read (have data, a connection to accept, or are at their end)?
 * @param wlist of these, which can be written?
 * @param xlist of these, which have urgent data?
 * @param timeout most seconds to wait; 0: only look; `null` or none: no limit
 * @returns three lists with what is ready, as it was given; empty ones when the time was over first
 * @throws {OSError} EBADF: one of them is not open, or is closed while this call waits
 * @throws {RangeError} a closed socket; a descriptor of 1024 or above, which select(2) has no room for
 * @example const [readable] = await select.select([server, ...clients], [], [], 1)
 * @see select(2)
 */
export async function select<R extends Selectable, W extends Selectable, X extends Selectable>(
  rlist: Iterable<R>,
  wlist: Iterable<W>,
  xlist: Iterable<X>,
  timeout?: number | null | SelectOptions,
  options?: SelectOptions,
): Promise<Result<R, W, X>> {
  const named = typeof timeout === 'object' && timeout !== null ? timeout : options
  throwIfAborted(named)
  if (named) checkNames(named, ['timeout'], 'select')
  const limit = secondsOf(typeof timeout === 'object' ? named?.timeout : (timeout ?? named?.timeout))
  const interests = new Map<number, number>()
  const lists = [gather(rlist, READING, interests), gather(wlist, WRITING, interests)] as const
  const exceptional = gather(xlist, EXCEPTION, interests)
  const look = (gone: ReadonlySet<number>): Result<R, W, X> | undefined => {
    if (gone.size > 0) {
      const hint = `descriptor ${[...gone].join(', ')} was closed while select waited for it`
      throw new OSError(EBADF, undefined, { syscall: 'select', hint })
    }
    const ready = checked(pollNow(interests), 'select')
    if (ready === NOTHING || ready.length === 0) return NOTHING
    if (ready.some(([, events]) => events & POLLNVAL)) throw new OSError(EBADF, undefined, { syscall: 'select' })
    const events = new Map(ready)
    const result: Result<R, W, X> = [lists[0](events), lists[1](events), exceptional(events)]
    return result.some((list) => list.length > 0) ? result : NOTHING
  }
  const question = { operation: 'select', look, timeout: limit, signal: named?.signal }
  return (await untilAny(interests, question)) ?? [[], [], []]
}

/** Notes a list's wishes; gives the function that picks out of it what is ready. */
function gather<T extends Selectable>(
  list: Iterable<T>,
  kind: { ask: number; counts: number },
  interests: Map<number, number>,
): (events: ReadonlyMap<number, number>) => T[] {
  if (typeof list !== 'object' || list === null || !(Symbol.iterator in list)) {
    throw new TypeError('arguments 1-3 must be sequences: write an array, [] for none')
  }
  const files: [fd: number, file: T][] = []
  for (const file of list) {
    const fd = descriptorOf(file)
    if (fd >= FD_SETSIZE) {
      throw new RangeError(
        `filedescriptor out of range in select(): ${fd}, and its sets end at 1023; use select.poll()`,
      )
    }
    files.push([fd, file])
    interests.set(fd, (interests.get(fd) ?? 0) | kind.ask)
  }
  return (events) => files.filter(([fd]) => (events.get(fd) ?? 0) & kind.counts).map(([, file]) => file)
}

function secondsOf(timeout: unknown): number | null {
  if (timeout === null || timeout === undefined) return null
  if (typeof timeout === 'boolean') return Number(timeout)
  if (typeof timeout !== 'number') throw new TypeError('timeout must be a float or None: seconds, or null')
  if (Number.isNaN(timeout)) throw new RangeError('Invalid value NaN (not a number)')
  if (timeout < 0) throw new RangeError('timeout must be non-negative')
  return countable(timeout)
}
