/** sendFds and recvFds: open descriptors handed to another process over an AF_UNIX socket (SCM_RIGHTS). */
import type { WaitOptions } from '../wait/index.ts'
import type { Address } from './addresses.ts'
import { CMSG_LEN } from './ancillary.ts'
import { byName, cInt, type FlagOptions, isNamed } from './arguments.ts'
import { SCM_RIGHTS, SOL_SOCKET } from './constants/socket-options.ts'
import type { Socket } from './socket.ts'
import { SocketBase } from './socket-base.ts'
import { typeName } from './type-name.ts'

/** What sendFds takes by name. */
export interface SendFdsOptions extends FlagOptions {
  address?: Address | null | undefined
}

/** The same with the data and the descriptors among them. */
export interface SendFdsArguments extends SendFdsOptions {
  /** At least one byte of data. */
  buffers: readonly Uint8Array[]
  /** Descriptors, by number. */
  fds: readonly number[]
}

/** What recvFds takes by name. */
export interface RecvFdsArguments extends FlagOptions {
  /** Most bytes of data. */
  bufsize: number
  /** Most descriptors. */
  maxfds: number
}

/** The socket, by position or among the names, and the other arguments without it. */
function socketAndRest([first, ...rest]: unknown[], call: string): [Socket, unknown[]] {
  const named = !(first instanceof SocketBase) && isNamed<{ sock?: unknown }>(first) && 'sock' in first
  const { sock, ...others } = named ? first : { sock: first }
  if (!(sock instanceof SocketBase)) throw new TypeError(`${call}() argument 1 must be a socket, not ${typeName(sock)}`)
  return [sock as Socket, named ? [others, ...rest] : rest]
}

const isList = (value: unknown): boolean => Array.isArray(value)

/**
 * Sends open descriptors, with at least one byte of data beside them. They stay open here.
 *
 * @param sock an AF_UNIX socket
 * @param fds descriptors, by number
 * @returns how many bytes of data were taken
 * @example await socket.sendFds(a, [bytes`x`], [file.fd])
 * @see unix(7), SCM_RIGHTS
 */
export function sendFds(
  sock: Socket,
  buffers: readonly Uint8Array[],
  fds: readonly number[],
  flags?: number | SendFdsOptions,
  address?: Address | null | SendFdsOptions,
  last?: WaitOptions,
): Promise<number>
export function sendFds(sock: Socket, named: SendFdsArguments): Promise<number>
export function sendFds(named: SendFdsArguments & { sock: Socket }): Promise<number>
export async function sendFds(...given: unknown[]): Promise<number> {
  const [sock, rest] = socketAndRest(given, 'sendFds')
  const { buffers, fds, ...options } = byName<SendFdsArguments>('sendFds', ['buffers', 'fds', 'flags', 'address'], rest)
  if (!isList(fds)) throw new TypeError(`sendFds() argument 3 must be an array of numbers, not ${typeName(fds)}`)
  const data = Buffer.from(Int32Array.from(fds!, (fd) => cInt(fd, 'a descriptor')).buffer)
  return await sock.sendmsg(buffers!, { ...options, ancdata: [[SOL_SOCKET, SCM_RIGHTS, data]] })
}

type Received = [data: Buffer, fds: number[], msgFlags: number, address: unknown]

/**
 * Receives data, and the descriptors that came with it: they are yours to close.
 *
 * @param bufsize most bytes of data
 * @param maxfds most descriptors
 * @example const [data, fds] = await socket.recvFds(b, 1024, 4)
 * @see unix(7), SCM_RIGHTS
 */
export function recvFds(
  sock: Socket,
  bufsize: number,
  maxfds: number,
  flags?: number | FlagOptions,
  last?: WaitOptions,
): Promise<Received>
export function recvFds(sock: Socket, named: RecvFdsArguments): Promise<Received>
export function recvFds(named: RecvFdsArguments & { sock: Socket }): Promise<Received>
export async function recvFds(...given: unknown[]): Promise<Received> {
  const [sock, rest] = socketAndRest(given, 'recvFds')
  const { bufsize, maxfds, ...options } = byName<RecvFdsArguments>('recvFds', ['bufsize', 'maxfds', 'flags'], rest)
  const ancbufsize = CMSG_LEN(cInt(maxfds, 'maxfds') * 4)
  const [data, ancdata, msgFlags, address] = await sock.recvmsg(bufsize!, { ...options, ancbufsize })
  const fds: number[] = []
  for (const [level, type, bytes] of ancdata) {
    if (level !== SOL_SOCKET || type !== SCM_RIGHTS) continue
    for (let at = 0; at + 4 <= bytes.length; at += 4) fds.push(bytes.readInt32LE(at))
  }
  return [data, fds, msgFlags, address]
}
