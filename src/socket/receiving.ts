/**
 * The receiving half of a socket: each call tries at once and waits only on EAGAIN.
 */
import { EAGAIN } from '../errors/errno.ts'
import type { WaitOptions } from '../wait/index.ts'
import type { Out } from './addresses.ts'
import {
  bufferSize,
  type FlagOptions,
  flagsOf,
  type IntoArguments,
  type IntoOptions,
  intoArguments,
  optionsOf,
} from './arguments.ts'
import { pause } from './descriptor.ts'
import { hooks } from './hooks.ts'
import { scratch } from './native/scratch.ts'
import * as sys from './native/syscalls.ts'
import { READ } from './readiness.ts'
import { attempt, fill, fillsUp, lastReceived, receive, recvAfter, recvNow, waits } from './receive.ts'
import { expectAddress, receivedAddress } from './sockaddr.ts'
import { descriptorOf, SocketBase } from './socket-base.ts'

// biome-ignore lint/suspicious/noExplicitAny: a socket of unknown family
export class ReceivingSocket<F = any> extends SocketBase<F> {
  /**
   * Receives up to `bufsize` bytes from a connected socket.
   *
   * TCP has no messages: one `sendall` may arrive in several pieces, several in one. Loop until your framing is
   * satisfied.
   *
   * @param bufsize most bytes to return, 0 … 2³¹−1
   * @param flags `MSG_*` or-ed together; default 0
   * @returns 1 … `bufsize` bytes, or none once the peer has shut down its sending side
   * @throws {OSError} ENOTCONN; EBADF if the socket is closed while this call waits
   * @throws {ConnectionResetError} the peer reset the connection
   * @throws {TimeoutError} after the seconds given to `settimeout`
   * @throws {BlockingIOError} nothing is there, and the socket is non-blocking
   * @example const data = await conn.recv(1024)
   * @see recv(2); POSIX.1-2017, recv
   */
  recv(bufsize: number, flags?: number | FlagOptions, options?: WaitOptions): Promise<Buffer> {
    // Not async: a function that may be suspended costs more than a short call.
    try {
      const descriptor = descriptorOf(this)
      const size = bufferSize(bufsize, 'recv')
      const bits = flagsOf(flags, options, 'recv')
      const wait = optionsOf(flags, options)
      const due = pause(wait)
      return due ? recvAfter(due, descriptor, size, bits, wait) : recvNow(descriptor, size, bits, wait)
    } catch (error) {
      return Promise.reject(error)
    }
  }

  /**
   * Receives into memory that you have already, and tells how many bytes came.
   *
   * @param buffer where the bytes go, from its beginning
   * @param nbytes most bytes to receive; 0: as many as the buffer holds
   * @throws {RangeError} the buffer is smaller than `nbytes`
   * @throws {OSError} as `recv`
   * @example const count = await conn.recvInto(buffer)
   * @see recv(2)
   */
  async recvInto(
    buffer: Uint8Array | IntoArguments,
    nbytes?: number | IntoOptions,
    flags?: number | FlagOptions,
    options?: WaitOptions,
  ): Promise<number> {
    const into = intoArguments(buffer, nbytes, flags, options, 'recv_into')
    const descriptor = descriptorOf(this)
    const due = pause(into.wait)
    if (due) await due
    if (into.bytes.length === 0) return 0
    if (fillsUp(descriptor, into.flags)) return await fill(descriptor, into.bytes, into.flags, into.wait)
    const { length } = into.bytes
    const call = () => {
      const count = sys.recv(descriptor.fd, into.bytes, length, into.flags)
      if (into.flags === 0 && count < length) descriptor.gaveLess(count)
      return count
    }
    const tried = attempt(descriptor, 'recv', into.flags, call, into.wait)
    const result = typeof tried === 'number' ? tried : await tried
    if (result < 0) throw descriptor.error(result, 'recv')
    if (hooks.observe) {
      descriptor.observe('recv', result, { data: into.bytes.subarray(0, result), flags: into.flags })
    }
    return result
  }

  /**
   * Receives up to `bufsize` bytes, and who sent them: for UDP. A longer datagram is cut to `bufsize`.
   *
   * On a connected TCP socket there is no sender to tell: the address is null.
   *
   * @throws {OSError} ECONNREFUSED: an earlier datagram of this connected socket came back; else as `recv`
   * @example const [data, sender] = await sock.recvfrom(1024)
   * @see recvfrom(2)
   */
  async recvfrom(
    bufsize: number,
    flags?: number | FlagOptions,
    options?: WaitOptions,
  ): Promise<[data: Buffer, address: Out<F>]> {
    const descriptor = descriptorOf(this)
    const size = bufferSize(bufsize, 'recvfrom')
    const bits = flagsOf(flags, options, 'recvfrom')
    const wait = optionsOf(flags, options)
    const due = pause(wait)
    if (due) await due
    let result = descriptor.busy(READ) && waits(bits) ? -EAGAIN : receive(descriptor, size, bits, true)
    let data = lastReceived()
    let sender: unknown
    if (result >= 0) sender = descriptor.undialled(receivedAddress(), 'recvfrom')
    else if (result === -EAGAIN && waits(bits) && descriptor.timeout !== 0) {
      const place = descriptor.queue('recvfrom', READ, wait)
      try {
        do {
          result = place.may(await place.ready()) ? receive(descriptor, size, bits, true) : -EAGAIN
        } while (place.goesOn(result))
        data = lastReceived()
        if (place.shut) [result, data, sender] = [0, Buffer.alloc(0), null]
        else if (result >= 0) sender = descriptor.undialled(receivedAddress(), 'recvfrom')
      } catch (failure) {
        throw place.failed(failure)
      } finally {
        place.leave()
      }
    }
    if (result < 0) throw descriptor.error(result, 'recvfrom')
    if (hooks.observe) descriptor.observe('recvfrom', result, { data, remote: sender, flags: bits })
    return [data, sender as Out<F>]
  }

  /** Like `recvfrom`, into memory that you have already.
   * @example const [count, sender] = await sock.recvfromInto(buffer)
   * @see recvfrom(2)
   */
  async recvfromInto(
    buffer: Uint8Array | IntoArguments,
    nbytes?: number | IntoOptions,
    flags?: number | FlagOptions,
    options?: WaitOptions,
  ): Promise<[nbytes: number, address: Out<F>]> {
    const into = intoArguments(buffer, nbytes, flags, options, 'recvfrom_into')
    const descriptor = descriptorOf(this)
    const due = pause(into.wait)
    if (due) await due
    let sender: unknown = null
    const call = (): number => {
      expectAddress()
      const { address, length } = scratch()
      const result = sys.recvfrom(descriptor.fd, into.bytes, into.bytes.length, into.flags, address, length)
      if (result >= 0) sender = descriptor.undialled(receivedAddress(), 'recvfrom')
      return result
    }
    const tried = attempt(descriptor, 'recvfrom', into.flags, call, into.wait)
    const result = typeof tried === 'number' ? tried : await tried
    if (result < 0) throw descriptor.error(result, 'recvfrom')
    if (hooks.observe) {
      const data = into.bytes.subarray(0, result)
      descriptor.observe('recvfrom', result, { data, remote: sender, flags: into.flags })
    }
    return [result, sender as Out<F>]
  }

  /**
   * The pieces of a stream as they arrive, until its end.
   *
   * @param bufsize most bytes of one piece
   * @example for await (const chunk of conn.chunks()) process(chunk)
   */
  async *chunks(bufsize: number | WaitOptions = 65536, options?: WaitOptions): AsyncGenerator<Buffer, void, undefined> {
    const size = typeof bufsize === 'object' ? 65536 : bufferSize(bufsize, 'chunks')
    const wait = typeof bufsize === 'object' ? bufsize : options
    for (;;) {
      const chunk = await this.recv(size, 0, wait)
      if (chunk.length === 0) return
      yield chunk
    }
  }
}
