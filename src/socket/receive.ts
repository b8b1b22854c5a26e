/**
 * What the calls that receive have in common: recv(2) and recvfrom(2) into the right memory, the first attempt, the wait,
 * and MSG_WAITALL. Knows descriptors, not sockets.
 */
import { EAGAIN } from '../errors/errno.ts'
import type { WaitOptions } from '../wait/index.ts'
import { MSG_DONTWAIT, MSG_ERRQUEUE, MSG_PEEK, MSG_WAITALL } from './constants/message-flags.ts'
import type { Descriptor } from './descriptor.ts'
import { SocketKind } from './families.ts'
import { hooks } from './hooks.ts'
import { madeFor } from './native/fresh-memory.ts'
import { SCRATCH_SIZE, scratch, taken } from './native/scratch.ts'
import * as sys from './native/syscalls.ts'
import { READ } from './readiness.ts'
import { expectAddress } from './sockaddr.ts'

/** May the call wait? The error queue never makes anyone wait, recv(2). */
export const waits = (flags: number): boolean => (flags & (MSG_DONTWAIT | MSG_ERRQUEUE)) === 0

/** Is it clear without asking that the call has to wait? */
export const mustWait = (descriptor: Descriptor, flags: number): boolean =>
  flags === 0 ? descriptor.busy(READ) || descriptor.empty() : waits(flags) && descriptor.busy(READ)

/** Tries at once; waits only on EAGAIN, or behind others who came first. */
export function attempt(
  descriptor: Descriptor,
  operation: string,
  flags: number,
  call: () => number,
  wait: WaitOptions | undefined,
): number | Promise<number> {
  if (!waits(flags)) return call()
  if (!mustWait(descriptor, flags)) {
    const result = call()
    if (result !== -EAGAIN) return result
  }
  return descriptor.retry(operation, READ, call, wait)
}

/** recv(2), at once or when something has come; MSG_WAITALL waits for all. */
export function recvNow(
  descriptor: Descriptor,
  size: number,
  flags: number,
  wait: WaitOptions | undefined,
): Promise<Buffer> {
  if (size === 0) return Promise.resolve(Buffer.alloc(0)) // As in CPython: nothing is asked of the system, nor waited for.
  if (fillsUp(descriptor, flags)) return recvAll(descriptor, size, flags, wait)
  const result = mustWait(descriptor, flags) ? -EAGAIN : receive(descriptor, size, flags, false)
  if (result >= 0) {
    const data = received
    if (hooks.observe) descriptor.observe('recv', result, { data, flags })
    return Promise.resolve(data)
  }
  if (result === -EAGAIN && waits(flags) && descriptor.timeout !== 0) return recvLater(descriptor, size, flags, wait)
  throw descriptor.error(result, 'recv')
}

/** The same when others have had their turn. */
export async function recvAfter(
  due: Promise<void>,
  descriptor: Descriptor,
  size: number,
  flags: number,
  wait: WaitOptions | undefined,
): Promise<Buffer> {
  await due
  return await recvNow(descriptor, size, flags, wait)
}

async function recvLater(
  descriptor: Descriptor,
  size: number,
  flags: number,
  wait: WaitOptions | undefined,
): Promise<Buffer> {
  const place = descriptor.queue('recv', READ, wait)
  let result: number
  let data: Buffer
  // No closure here: with a name, which the bundle gives each, one costs as much as a short call.
  try {
    do {
      result = place.may(await place.ready()) ? receive(descriptor, size, flags, false) : -EAGAIN
    } while (place.goesOn(result))
    data = received
    if (place.shut) [result, data] = [0, Buffer.alloc(0)]
  } catch (failure) {
    throw place.failed(failure)
  } finally {
    place.leave()
  }
  if (result < 0) throw descriptor.error(result, 'recv')
  if (hooks.observe) descriptor.observe('recv', result, { data, flags })
  return data
}

async function recvAll(
  descriptor: Descriptor,
  size: number,
  flags: number,
  wait: WaitOptions | undefined,
): Promise<Buffer> {
  const all = Buffer.allocUnsafe(size)
  return all.subarray(0, await fill(descriptor, all, flags, wait))
}

/** What the last successful `receive` got. */
let received: Buffer = Buffer.alloc(0)

/** The same, for the calls that block. */
export const lastReceived = (): Buffer => received

/**
 * recv(2) or recvfrom(2) into memory made for what came: short messages through the scratch memory. A stream in full
 * flow gets a buffer of its own at once, which saves a copy of each 64 KiB.
 */
export function receive(descriptor: Descriptor, size: number, flags: number, from: boolean): number {
  const memory = scratch()
  // MSG_TRUNC may give more than was copied.
  const direct = size > SCRATCH_SIZE || (size >= 16384 && descriptor.lastReceived >= 16384)
  const own = direct ? Buffer.allocUnsafe(size) : undefined
  const into = own ?? memory.data
  let result: number
  if (from) {
    expectAddress()
    result = sys.recvfrom(descriptor.fd, into, size, flags, memory.address, memory.length)
  } else result = sys.recv(descriptor.fd, into, size, flags)
  if (result < 0) return result
  const length = Math.min(result, size)
  if (own === undefined) received = taken(length)
  else if (length === size) received = own
  else received = length < size / 2 ? Buffer.from(own.subarray(0, length)) : own.subarray(0, length)
  madeFor(own === undefined ? length : size)
  descriptor.lastReceived = length
  if (flags === 0 && length < size) descriptor.gaveLess(length)
  return result
}

/** MSG_WAITALL means nothing to a non-blocking descriptor, so it is done here: for streams. */
export function fillsUp(descriptor: Descriptor, flags: number): boolean {
  const wanted = (flags & (MSG_WAITALL | MSG_PEEK | MSG_DONTWAIT)) === MSG_WAITALL
  return wanted && descriptor.type === SocketKind.SOCK_STREAM && descriptor.timeout !== 0
}

/** Receives until `bytes` is full, the stream ends, or the time is up. */
export async function fill(
  descriptor: Descriptor,
  bytes: Uint8Array,
  flags: number,
  wait: WaitOptions | undefined,
): Promise<number> {
  const got = { count: 0 }
  try {
    const tried = attempt(descriptor, 'recv', flags, filling(descriptor, bytes, flags, got), wait)
    const result = typeof tried === 'number' ? tried : await tried
    if (result < 0) throw descriptor.error(result, 'recv')
  } catch (error) {
    // What has come is not thrown away; the next call meets the reason again.
    if (got.count === 0) throw error
  }
  if (hooks.observe) descriptor.observe('recv', got.count, { data: bytes.subarray(0, got.count) })
  return got.count
}

/** One attempt of it; `got` counts over all. */
export const filling = (descriptor: Descriptor, bytes: Uint8Array, flags: number, got: { count: number }) => () => {
  while (got.count < bytes.length) {
    const result = sys.recv(descriptor.fd, bytes.subarray(got.count), bytes.length - got.count, flags)
    if (result === -EAGAIN || (result < 0 && got.count === 0)) return result
    if (result <= 0) break
    got.count += result
  }
  return got.count
}
