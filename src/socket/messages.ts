/**
 * sendmsg and recvmsg: several buffers in one call, and control messages beside the data (descriptors, for one).
 */
import { EAGAIN } from '../errors/errno.ts'
import { checkNames, throwIfAborted, turn, turnDue, type WaitOptions } from '../wait/index.ts'
import type { In, Out } from './addresses.ts'
import { type Ancillary, type AncillaryBytes, type AncillaryIn, CMSG_SPACE, MessageHeader } from './ancillary.ts'
import {
  bufferSize,
  byName,
  bytesToFill,
  bytesToSend,
  cInt,
  type FlagOptions,
  integer,
  isNamed,
  nothingBehind,
} from './arguments.ts'
import { MSG_CMSG_CLOEXEC, MSG_DONTWAIT, MSG_ERRQUEUE, MSG_NOSIGNAL } from './constants/message-flags.ts'
import { SCM_RIGHTS, SOL_SOCKET } from './constants/socket-options.ts'
import { type Descriptor, pause } from './descriptor.ts'
import { hooks } from './hooks.ts'
import { madeFor } from './native/fresh-memory.ts'
import { scratch } from './native/scratch.ts'
import * as sys from './native/syscalls.ts'
import { SOCKADDR_SIZE } from './native/system.ts'
import { READ, WRITE } from './readiness.ts'
import { SendingSocket, unlessConnecting } from './sending.ts'
import { readAddress } from './sockaddr.ts'
import { descriptorOf } from './socket-base.ts'
import { target } from './target.ts'
import { typeName } from './type-name.ts'

/** What sendmsg takes by name. */
export interface SendmsgOptions<F> extends FlagOptions {
  ancdata?: Iterable<AncillaryIn> | undefined
  address?: In<F> | null | undefined
}

/** What recvmsg takes by name. */
export interface RecvmsgOptions extends FlagOptions {
  /** Bytes of room for control messages: `CMSG_SPACE(…)` for each expected one. */
  ancbufsize?: number | undefined
}

// biome-ignore lint/suspicious/noExplicitAny: a socket of unknown family
export class MessageSocket<F = any> extends SendingSocket<F> {
  /**
   * Sends the bytes of several buffers as if they were one, and control messages with them. As `send`, it may take
   * fewer bytes than it is given.
   *
   * @param buffers sent one after the other; as one datagram, where the socket has datagrams
   * @param ancdata control messages: `[level, type, data]`
   * @param address where to, for a socket that is not connected
   * @returns how many bytes were taken
   * @throws {OSError} as `send` and `sendto`
   * @example await conn.sendmsg([header, body])
   * @see sendmsg(2), cmsg(3), unix(7)
   */
  sendmsg(buffers: Iterable<Uint8Array>, options?: SendmsgOptions<F>): Promise<number>
  sendmsg(
    buffers: Iterable<Uint8Array>,
    ancdata: Iterable<AncillaryIn>,
    flags?: number | SendmsgOptions<F>,
    address?: In<F> | null | SendmsgOptions<F>,
    options?: WaitOptions,
  ): Promise<number>
  async sendmsg(
    buffers: Iterable<Uint8Array>,
    second: Iterable<AncillaryIn> | SendmsgOptions<F> = [],
    ...rest: unknown[]
  ): Promise<number> {
    const named: SendmsgOptions<F> = isAncillary(second)
      ? { ...byName<SendmsgOptions<F>>('sendmsg', ['flags', 'address'], rest), ancdata: second }
      : second
    if (named === second) {
      nothingBehind(...rest)
      if (isNamed(named)) checkNames(named, ['ancdata', 'flags', 'address'], 'sendmsg')
    }
    const descriptor = descriptorOf(this)
    if (!isIterable(buffers)) throw new TypeError('sendmsg() argument 1 must be iterable: write [data]')
    const parts = [...buffers].map(bytesToSend)
    const control = [...listOf(named.ancdata ?? [])].map(checkedMessage)
    throwIfAborted(named)
    const bits = cInt(named.flags === undefined ? 0 : named.flags, 'flags') | MSG_NOSIGNAL
    const given = named.address ?? undefined
    const found = given === undefined ? undefined : target(descriptor, given, 'sendmsg', named)
    const to = found instanceof Promise ? await found : found
    const space = control.reduce((sum, [, , data]) => sum + CMSG_SPACE(data.length), 0)
    const header = new MessageHeader(parts, space)
    header.writeControl(control)
    const call = (): number => {
      const length = to?.write() ?? 0
      header.address.set(scratch().addressBytes.subarray(0, length))
      const result = sys.sendmsg(descriptor.fd, header.prepare(length), bits)
      if (result < 0) return unlessConnecting(descriptor, result, bits)
      descriptor.hasSent()
      return result
    }
    let result = descriptor.busy(WRITE) ? -EAGAIN : call()
    if (result === -EAGAIN && !(bits & MSG_DONTWAIT)) {
      result = await descriptor.retry('sendmsg', WRITE, call, named, to?.shown)
    }
    if (result >= 0 && hooks.observe) {
      const data = Buffer.concat(parts).subarray(0, result)
      descriptor.observe('sendmsg', result, to ? { data, remote: to.shown } : { data })
    }
    if (turnDue()) await turn()
    if (result < 0) {
      const carries = control.some(([level, type]) => level === SOL_SOCKET && type === SCM_RIGHTS)
      throw descriptor.error(result, 'sendmsg', to ? { address: to.shown, carries } : { carries })
    }
    return result
  }

  /**
   * Receives data, and the control messages that came with it.
   *
   * @param bufsize most bytes of data
   * @param ancbufsize bytes of room for control messages: `CMSG_SPACE(…)` for each; 0: none
   * @returns data, control messages `[level, type, data]`, the message's flags (`MSG_TRUNC`, `MSG_CTRUNC`, `MSG_EOR`),
   *   and who sent it
   * @throws {OSError} as `recv`
   * @example const [data, ancdata, flags, address] = await conn.recvmsg(1024, socket.CMSG_SPACE(4))
   * @see recvmsg(2), cmsg(3)
   */
  async recvmsg(
    bufsize: number,
    ancbufsize: number | RecvmsgOptions = 0,
    flags?: number | WaitOptions,
    options?: WaitOptions,
  ): Promise<[data: Buffer, ancdata: Ancillary[], msgFlags: number, address: Out<F>]> {
    const size = integer(bufsize)
    if (size < 0) throw new RangeError('negative buffer size in recvmsg()')
    bufferSize(size, 'recvmsg')
    const named = namedOptions(ancbufsize, flags, options, 'recvmsg')
    const data = Buffer.allocUnsafeSlow(size)
    madeFor(size)
    const [count, ...rest] = await receive<F>(descriptorOf(this), [data], named)
    return [data.subarray(0, Math.min(count, size)), ...rest]
  }

  /**
   * Like `recvmsg`, into memory that you have already: the buffers are filled one after the other.
   *
   * @example const [count, ancdata, flags, address] = await conn.recvmsgInto([header, body])
   * @see recvmsg(2)
   */
  async recvmsgInto(
    buffers: Iterable<Uint8Array>,
    ancbufsize: number | RecvmsgOptions = 0,
    flags?: number | WaitOptions,
    options?: WaitOptions,
  ): Promise<[nbytes: number, ancdata: Ancillary[], msgFlags: number, address: Out<F>]> {
    if (!isIterable(buffers)) throw new TypeError('recvmsg_into() argument 1 must be an iterable: write [buffer]')
    const parts = [...buffers].map((buffer) => bytesToFill(buffer, 'recvmsg_into'))
    return await receive<F>(descriptorOf(this), parts, namedOptions(ancbufsize, flags, options, 'recvmsgInto'))
  }
}

const isIterable = (value: unknown): boolean => typeof value === 'object' && value !== null && Symbol.iterator in value

/** Control messages, not options: what can be gone through. */
function isAncillary(value: unknown): value is Iterable<AncillaryIn> {
  if (typeof value === 'object' && value !== null) return Symbol.iterator in value
  throw new TypeError(`sendmsg() argument 2 must be iterable, not ${typeName(value)}: write [[level, type, data]]`)
}

function listOf<T>(value: Iterable<T>): Iterable<T> {
  if (isIterable(value)) return value
  throw new TypeError(`sendmsg(): ancdata must be iterable, not ${typeName(value)}: write [[level, type, data]]`)
}

function checkedMessage(message: AncillaryIn): AncillaryBytes {
  if (!Array.isArray(message) || message.length !== 3) {
    throw new TypeError('[sendmsg() ancillary data items] must be a sequence of length 3: [level, type, data]')
  }
  return [cInt(message[0], 'level'), cInt(message[1], 'type'), bytesToSend(message[2])]
}

function namedOptions(
  ancbufsize: number | RecvmsgOptions,
  flags: number | WaitOptions | undefined,
  options: WaitOptions | undefined,
  call: string,
): RecvmsgOptions {
  throwIfAborted(options)
  for (const one of [ancbufsize, flags, options]) {
    if (isNamed(one)) checkNames(one, ['ancbufsize', 'flags'], call)
  }
  if (isNamed(ancbufsize)) {
    nothingBehind(flags, options)
    return ancbufsize
  }
  if (isNamed(flags)) return { ancbufsize, ...flags }
  return { ancbufsize, flags, signal: options?.signal }
}

async function receive<F>(
  descriptor: Descriptor,
  parts: readonly Uint8Array[],
  options: RecvmsgOptions,
): Promise<[count: number, ancdata: Ancillary[], msgFlags: number, address: Out<F>]> {
  const ancbufsize = integer(options.ancbufsize === undefined ? 0 : options.ancbufsize, 'ancbufsize')
  if (ancbufsize < 0 || ancbufsize > 2 ** 31 - 1) throw new RangeError('invalid ancillary data buffer length')
  const flags = cInt(options.flags === undefined ? 0 : options.flags, 'flags')
  const due = pause(options)
  if (due) await due
  const header = new MessageHeader(parts, ancbufsize)
  // Descriptors that come are closed on exec, as all of ours.
  const call = () => sys.recvmsg(descriptor.fd, header.prepare(SOCKADDR_SIZE), flags | MSG_CMSG_CLOEXEC)
  const now = (flags & (MSG_DONTWAIT | MSG_ERRQUEUE)) !== 0
  let result = descriptor.busy(READ) && !now ? -EAGAIN : call()
  if (result === -EAGAIN && !now) result = await descriptor.retry('recvmsg', READ, call, options)
  if (result < 0) throw descriptor.error(result, 'recvmsg')
  // No address is that long: the socket was shut down, and the system has written nothing.
  if (header.addressLength === SOCKADDR_SIZE) return [0, [], 0, null as unknown as Out<F>]
  const address = descriptor.undialled(readAddress(header.address, header.addressLength), 'recvmsg')
  if (hooks.observe) {
    const data = Buffer.concat(parts).subarray(0, result)
    descriptor.observe('recvmsg', result, address ? { data, flags, remote: address } : { data, flags })
  }
  const msgFlags = flags & MSG_CMSG_CLOEXEC ? header.flags : header.flags & ~MSG_CMSG_CLOEXEC
  return [result, header.readControl(), msgFlags, address as Out<F>]
}
