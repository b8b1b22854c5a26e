/**
 * The sending half of a socket: each call tries at once and waits only when the kernel's buffer is full.
 *
 * The attempt is made before anything is awaited, so that `send(…)` followed by `close()` sends also where somebody
 * forgot to await; others get their turn afterwards.
 */
import { EAGAIN, EALREADY, EINPROGRESS } from '../errors/errno.ts'
import { throwIfAborted, turn, turnOverdue, type WaitOptions } from '../wait/index.ts'
import type { In } from './addresses.ts'
import { bytesToSend, cInt, type FlagOptions, flagsOf, optionsOf } from './arguments.ts'
import { MSG_DONTWAIT, MSG_NOSIGNAL } from './constants/message-flags.ts'
import type { Descriptor } from './descriptor.ts'
import { hooks } from './hooks.ts'
import { scratch } from './native/scratch.ts'
import * as sys from './native/syscalls.ts'
import { WRITE } from './readiness.ts'
import { ReceivingSocket } from './receiving.ts'
import { descriptorOf } from './socket-base.ts'
import { target } from './target.ts'

/** @internal Of the errors of `sendall`: how many bytes went before it. */
const sentBefore = new WeakMap<object, number>()

/** @internal How many bytes `sendall` had sent when it threw this. */
export const sentBeforeError = (error: unknown): number => sentBefore.get(error as object) ?? 0

/** Notes it with the error. A signal's reason may be anything. */
function afterSending(sent: number, error: unknown): unknown {
  if (sent > 0 && typeof error === 'object' && error !== null) sentBefore.set(error, sent)
  return error
}

// biome-ignore lint/suspicious/noExplicitAny: a socket of unknown family
export class SendingSocket<F = any> extends ReceivingSocket<F> {
  /**
   * Sends as much of `data` as the kernel takes, and tells how many bytes that were: maybe fewer than given.
   *
   * `sendall` is what you mean, mostly.
   *
   * @returns how many bytes were taken
   * @throws {BrokenPipeError} the peer has closed the connection, or it was never made
   * @throws {ConnectionResetError} the peer reset the connection
   * @throws {TypeError} a string: a socket carries bytes
   * @example const sent = await conn.send(bytes`Hello`)
   * @see send(2)
   */
  async send(data: Uint8Array, flags?: number | FlagOptions, options?: WaitOptions): Promise<number> {
    const descriptor = descriptorOf(this)
    const bytes = bytesToSend(data)
    const bits = flagsOf(flags, options, 'send') | MSG_NOSIGNAL
    const wait = optionsOf(flags, options)
    throwIfAborted(wait)
    let result = descriptor.busy(WRITE) ? -EAGAIN : send(descriptor, bytes, bits)
    if (result === -EAGAIN && !(bits & MSG_DONTWAIT)) {
      result = await descriptor.retry('send', WRITE, () => send(descriptor, bytes, bits), wait)
    }
    if (result >= 0 && hooks.observe) observeSent(descriptor, 'send', bytes, 0, result)
    if (turnOverdue()) await turn()
    if (result < 0) throw descriptor.error(result, 'send', { size: bytes.length })
    return result
  }

  /**
   * Sends all of `data`, waiting whenever the kernel's buffer is full. Two at a time on one socket do not mix their
   * bytes: the second waits for the first.
   *
   * That it resolves means the kernel has the data, not that the peer has read it.
   *
   * @throws {BrokenPipeError} the peer has closed the connection, or it was never made
   * @throws {ConnectionResetError} the peer reset the connection
   * @throws {TimeoutError} not all could be sent within the seconds given to `settimeout`; some may have been
   * @throws {TypeError} a string: a socket carries bytes
   * @example await conn.sendall(bytes`Hello\r\n`)
   * @see send(2)
   */
  sendall(data: Uint8Array, flags?: number | FlagOptions, options?: WaitOptions): Promise<void> {
    // Not async: a function that may be suspended costs more than a short call.
    try {
      const descriptor = descriptorOf(this)
      const bytes = bytesToSend(data)
      const bits = flagsOf(flags, options, 'sendall') | MSG_NOSIGNAL
      const wait = optionsOf(flags, options)
      throwIfAborted(wait)
      const result = descriptor.busy(WRITE) ? -EAGAIN : send(descriptor, bytes, bits)
      if (result < bytes.length) return sendRest(descriptor, bytes, bits, wait, result)
      if (hooks.observe) observeSent(descriptor, 'sendall', bytes, 0, result)
      return turnOverdue() ? turn() : Promise.resolve()
    } catch (error) {
      return Promise.reject(error)
    }
  }

  /**
   * Sends one datagram to an address: for UDP. The socket needs no `connect`, and no `bind` either.
   *
   * @param address where to; a host's name is looked up each time
   * @returns how many bytes were sent: all of them
   * @throws {OSError} EMSGSIZE: more than one datagram carries (65507 bytes); ENETUNREACH
   * @throws {PermissionError} a broadcast address without SO_BROADCAST
   * @throws {gaierror} the host's name could not be looked up
   * @example await sock.sendto(bytes`ping`, ['127.0.0.1', 5000])
   * @see sendto(2), udp(7)
   */
  sendto(data: Uint8Array, address: In<F>, options?: FlagOptions): Promise<number>
  sendto(data: Uint8Array, flags: number, address: In<F>, options?: FlagOptions): Promise<number>
  async sendto(data: Uint8Array, second: unknown, third?: unknown, fourth?: FlagOptions): Promise<number> {
    const descriptor = descriptorOf(this)
    const bytes = bytesToSend(data)
    if (second === undefined) throw new TypeError('sendto() takes 2 or 3 arguments (1 given): sendto(data, address)')
    const isOptions = typeof third === 'object' && third !== null && !Array.isArray(third) && !ArrayBuffer.isView(third)
    const positional = third !== undefined && (typeof second === 'number' || !isOptions)
    const address = positional ? third : second
    const options = (positional ? fourth : third) as FlagOptions | undefined
    if (positional && fourth !== undefined && fourth !== null && typeof fourth !== 'object') {
      throw new TypeError('sendto() takes 2 or 3 arguments (4 given): sendto(data, flags, address), and { signal }')
    }
    const bits = (positional ? cInt(second) : flagsOf(undefined, options, 'sendto')) | MSG_NOSIGNAL
    throwIfAborted(options)
    const found = target(descriptor, address, 'sendto', options)
    const to = found instanceof Promise ? await found : found
    let result = descriptor.busy(WRITE) ? -EAGAIN : sendTo(descriptor, bytes, bits, to.write())
    if (result === -EAGAIN && !(bits & MSG_DONTWAIT)) {
      const again = () => sendTo(descriptor, bytes, bits, to.write())
      result = await descriptor.retry('sendto', WRITE, again, options, to.shown)
    }
    if (result >= 0 && hooks.observe) descriptor.observe('sendto', result, { data: bytes, remote: to.shown })
    if (turnOverdue()) await turn()
    if (result < 0) throw descriptor.error(result, 'sendto', { address: to.shown, size: bytes.length })
    return result
  }
}

/** `first`: what the first attempt gave. */
async function sendRest(
  descriptor: Descriptor,
  bytes: Uint8Array,
  flags: number,
  wait: WaitOptions | undefined,
  first: number,
): Promise<void> {
  // A part counts as "not yet": the rest waits in the same place of the queue.
  let sent = Math.max(first, 0)
  let told = 0
  let result = first >= 0 ? -EAGAIN : first
  if (result === -EAGAIN && !(flags & MSG_DONTWAIT)) {
    const goOn = () => {
      // Told piece by piece, before the other end can be seen to receive it.
      if (hooks.observe && sent > told) observeSent(descriptor, 'sendall', bytes, told, sent)
      told = sent
      const more = send(descriptor, sent === 0 ? bytes : bytes.subarray(sent), flags)
      if (more < 0) return more
      sent += more
      return sent < bytes.length ? -EAGAIN : sent
    }
    try {
      result = await descriptor.retry('sendall', WRITE, goOn, wait)
    } catch (error) {
      throw afterSending(sent, error)
    }
  }
  if (result >= 0 && hooks.observe) observeSent(descriptor, 'sendall', bytes, told, sent)
  if (turnOverdue()) await turn()
  if (result < 0) throw afterSending(sent, descriptor.error(result, 'send', { size: bytes.length }))
}

/** Tells the observer of the bytes from `from` to `to`; and how many there were to send, if that was not all. */
function observeSent(descriptor: Descriptor, call: string, bytes: Uint8Array, from: number, to: number): void {
  const data = bytes.subarray(from, to)
  descriptor.observe(call, to - from, data.length < bytes.length ? { data, wanted: bytes.length } : { data })
}

/**
 * A call that connects before it sends (MSG_FASTOPEN, TCP_FASTOPEN_CONNECT), to a server that did not take the data with
 * its first packet: whoever blocks waits until it is connected, and the same call then sends, tcp(7).
 */
export const unlessConnecting = (descriptor: Descriptor, result: number, flags: number): number =>
  (result === -EINPROGRESS || result === -EALREADY) && descriptor.timeout !== 0 && !(flags & MSG_DONTWAIT)
    ? -EAGAIN
    : result

/** Up to here a copy is cheaper than koffi's look into a typed array. */
const SMALL = 2048

export function send(descriptor: Descriptor, bytes: Uint8Array, flags: number): number {
  const { length } = bytes
  const memory = scratch()
  if (length <= SMALL) memory.bytes.set(bytes)
  const result = sys.send(descriptor.fd, length > SMALL ? bytes : memory.data, length, flags)
  if (result < 0) return unlessConnecting(descriptor, result, flags)
  descriptor.hasSent()
  return result
}

export function sendTo(descriptor: Descriptor, bytes: Uint8Array, flags: number, addressLength: number): number {
  const { length } = bytes
  const memory = scratch()
  if (length <= SMALL) memory.bytes.set(bytes)
  const data = length > SMALL ? bytes : memory.data
  const result = sys.sendto(descriptor.fd, data, length, flags, memory.address, addressLength)
  if (result < 0) return unlessConnecting(descriptor, result, flags)
  descriptor.hasSent()
  return result
}
