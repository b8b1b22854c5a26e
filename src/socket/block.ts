/**
 * Waiting that blocks the thread: poll(2) on a socket and on this thread's stop signal. For worker threads, where
 * nothing else is kept waiting. Knows nothing of who starts such threads.
 */
import { isMainThread, workerData } from 'node:worker_threads'
import { EAGAIN, EINTR } from '../errors/errno.ts'
import { KeyboardInterrupt } from '../errors/keyboard-interrupt.ts'
import type { Descriptor } from './descriptor.ts'
import { scratch } from './native/scratch.ts'
import * as sys from './native/syscalls.ts'
import { SOCK_CLOEXEC, SOCK_NONBLOCK } from './native/system.ts'
import { type Direction, READ } from './readiness.ts'
import { atEnd } from './waiting-call.ts'

const POLLIN = 1
const POLLOUT = 4

/** What the main thread tells a worker thread of ours when it starts it. */
export interface WorkerSetup {
  /** Its StopSignal's descriptor. */
  readonly stop: number
}

/** Readable once a thread is to stop: wakes it from poll(2), from any other thread. @see eventfd(2) */
export class StopSignal {
  // eventfd's flags have the same numbers as socket's.
  readonly fd: number = sys.eventfd(0, SOCK_NONBLOCK | SOCK_CLOEXEC)

  /** It stays given: nobody reads it. */
  give(): void {
    sys.write(this.fd, Buffer.from(BigUint64Array.of(1n).buffer), 8)
  }

  /** Only after the thread has ended. */
  close(): void {
    sys.close(this.fd)
  }
}

const ownStop = (): number => (workerData as { socketlab?: WorkerSetup } | null)?.socketlab?.stop ?? -1

/**
 * Calls until the kernel stops answering EAGAIN, and blocks this thread in between. Gives what tells the end where nothing
 * ever comes any more.
 *
 * @throws {KeyboardInterrupt} the thread is to stop
 */
export function block(
  descriptor: Descriptor,
  operation: string,
  direction: Direction,
  call: () => number,
  { address, mayWait = true }: { address?: unknown; mayWait?: boolean } = {},
): number {
  if (isMainThread) {
    throw new Error(
      `${operation}Sync would stop everything else on the main thread: write await ${operation}(…), ` +
        'or call it in a threading.WorkerThread',
    )
  }
  const timeout = mayWait ? descriptor.limit(direction) : 0
  const deadline = timeout === null ? Infinity : performance.now() + timeout * 1000
  let sawEnd = false
  for (;;) {
    const result = call()
    if ((result !== -EAGAIN && result !== -EINTR) || timeout === 0) return result
    if (direction === READ && descriptor.isShut()) {
      // As where nothing blocks: the last packet may have come together with the end.
      if (sawEnd) return atEnd(operation)
      sawEnd = true
    }
    const left = deadline - performance.now()
    if (left <= 0) throw descriptor.timedOut(operation, timeout, address)
    pollOnce(descriptor.fd, direction, left)
  }
}

function pollOnce(fd: number, direction: Direction, leftMs: number): void {
  const { ints, intValues } = scratch()
  // Two struct pollfd: the descriptor, then events and revents in one int.
  intValues[0] = fd
  intValues[1] = direction === READ ? POLLIN : POLLOUT
  intValues[2] = ownStop()
  intValues[3] = POLLIN
  // Node's own worker.terminate() takes effect between two calls of poll(2).
  sys.poll(ints, 2, Math.min(Math.ceil(leftMs), 1000))
  if (intValues[3]! >> 16 !== 0) throw new KeyboardInterrupt()
}
