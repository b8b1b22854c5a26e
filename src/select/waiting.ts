/**
 * Waiting until one of several descriptors is ready: look at once, and if there is nothing, wait and look again.
 *
 * libuv allows one watcher a descriptor, and the sockets have theirs. So the descriptors are gathered in an epoll
 * object, which is itself a descriptor that becomes readable; that one is watched.
 */
import { EINTR, EPERM } from '../errors/errno.ts'
import { OSError } from '../errors/index.ts'
import { onEnd, Place, READ, unwatch, watch } from '../socket/readiness.ts'
import { throwIfAborted, turn, turnDue, type WaitOptions } from '../wait/index.ts'
import { EPOLL_CLOEXEC, EPOLLET } from './constants.ts'
import { close, control, EPOLL_CTL_ADD, epoll_create1, epollNow, type Interests } from './native.ts'

/** Nothing to report yet. */
export const NOTHING = undefined

const NONE: ReadonlySet<number> = new Set()

/** A call that waits, as `until` needs to know it. */
export interface Question<T> {
  /** The call's name. */
  readonly operation: string
  /** Looks without waiting; gives NOTHING when there is nothing. `gone`: closed while this call waited. */
  look(gone: ReadonlySet<number>): T | typeof NOTHING
  /** Seconds; null: no limit; 0 and below: do not wait. */
  readonly timeout: number | null
  readonly signal: AbortSignal | undefined
}

/** The answer, or NOTHING when the time is up; waits on descriptors given as a set. */
export async function untilAny<T>(interests: Interests, question: Question<T>): Promise<T | typeof NOTHING> {
  const options: WaitOptions = { signal: question.signal }
  throwIfAborted(question)
  if (turnDue()) await turn(options)
  const now = question.look(NONE)
  if (now !== NOTHING || (question.timeout !== null && question.timeout <= 0)) return now
  const epfd = gather(interests)
  // Noted at once: the number may be another descriptor's by the time this call goes on.
  const gone = new Set<number>()
  const forget = onEnd(interests.keys(), (fd) => {
    gone.add(fd)
    watch(epfd).nudge()
  })
  try {
    return await until(epfd, {
      ...question,
      look() {
        // What is reported is taken note of: an event that the caller does not ask for must not wake again and again.
        epollNow(epfd, Math.max(1, interests.size))
        return question.look(gone)
      },
    })
  } finally {
    forget()
    unwatch(epfd)
    close(epfd)
  }
}

/** The same on one descriptor: looks again whenever it becomes readable. */
export async function until<T>(fd: number, question: Question<T>): Promise<T | typeof NOTHING> {
  const { operation, timeout, signal } = question
  const watcher = watch(fd)
  const place = new Place(READ, operation)
  place.signal = signal
  watcher.enter(place)
  const deadline = timeout === null ? 0 : performance.now() + timeout * 1000
  try {
    for (;;) {
      if (timeout !== null) place.timeout = Math.max(0, (deadline - performance.now()) / 1000)
      const inTime = await watcher.ready(place)
      // The time may be up while something is ready (the program was busy): that counts.
      const answer = question.look(NONE)
      if (answer !== NOTHING || !inTime) return answer
    }
  } finally {
    watcher.leave(place)
  }
}

function gather(interests: Interests): number {
  const epfd = epoll_create1(EPOLL_CLOEXEC)
  if (epfd < 0) throw new OSError(-epfd, undefined, { syscall: 'epoll_create1' })
  for (const [fd, events] of interests) {
    const result = control(epfd, EPOLL_CTL_ADD, fd, events + EPOLLET)
    // EPERM: a plain file, which is always ready and never becomes so.
    if (result < 0 && result !== -EPERM) {
      close(epfd)
      throw new OSError(-result, undefined, { syscall: 'epoll_ctl' })
    }
  }
  return epfd
}

/** A result of ours below zero as an error; EINTR counts as nothing to report. */
export function checked<T>(result: T | number, syscall: string): T | typeof NOTHING {
  if (typeof result !== 'number') return result
  if (result === -EINTR) return NOTHING
  throw new OSError(-result, undefined, { syscall })
}
