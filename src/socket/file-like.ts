/**
 * A socket as something else: a file (makefile), a drain for a file (sendfile), a pair of web streams (toWeb).
 */
import { fstatSync, read } from 'node:fs'
import { inspect, promisify } from 'node:util'
import { EAGAIN, EBADF, ESPIPE } from '../errors/errno.ts'
import { OSError } from '../errors/os-error.ts'
import { throwIfAborted, turn, turnDue, type WaitOptions } from '../wait/index.ts'
import { byName, cInt, integer, isNamed, optionsObject } from './arguments.ts'
import { ConnectingSocket } from './connecting.ts'
import { systemError } from './explain.ts'
import { SocketKind } from './families.ts'
import type { BinaryFile } from './file/binary-file.ts'
import { type FileOptions, makefile } from './file/makefile.ts'
import type { RawFile } from './file/raw-file.ts'
import type { TextFile } from './file/text-file.ts'
import { hooks } from './hooks.ts'
import * as sys from './native/syscalls.ts'
import { WRITE } from './readiness.ts'
import type { Socket } from './socket.ts'
import { descriptorOf } from './socket-base.ts'
import { typeName } from './type-name.ts'
import { toWeb, type WebStreams } from './web-streams.ts'

type BinaryMode = 'rb' | 'wb' | 'rwb' | 'br' | 'bw' | 'brw' | 'wrb' | 'b'
type TextMode = 'r' | 'w' | 'rw' | 'wr'

/** An open file: its number, a FileHandle of `node:fs/promises`, or anything else that has an `fd`. */
export type OpenFile = number | { readonly fd: number }

/** What sendfile takes by name. */
export interface SendfileOptions extends WaitOptions {
  offset?: number | undefined
  count?: number | null | undefined
}

/** The same with the file among them. */
export interface SendfileArguments extends SendfileOptions {
  /** A descriptor, or a FileHandle of `node:fs/promises`. */
  file: OpenFile
}

/** sendfile(2) moves at most this in one call; smaller pieces let others have their turn. */
const PIECE = 1 << 20

const FILE_NAMES = ['mode', 'buffering', 'encoding', 'errors', 'newline'] as const
const COPIED = 1 << 16
const SEEK_SET = 0
const readAway = promisify(read)

function descriptorOfFile(file: unknown): number {
  const fd: unknown = typeof file === 'object' && file !== null && 'fd' in file ? file.fd : file
  if (typeof fd === 'number' && Number.isInteger(fd)) return cInt(fd, 'file')
  const advice = typeof file === 'string' ? 'open it first: await fs.open(path)' : 'write a number, or a FileHandle'
  throw new TypeError(`sendfile() wants an open file, not ${typeName(file)}: ${advice}`)
}

/** An error of Node's as one of ours. */
function ours(cause: unknown): never {
  const { errno, syscall } = cause as { errno?: number; syscall?: string }
  if (errno === undefined) throw cause
  throw new OSError(-errno, undefined, { syscall: syscall ?? 'read', cause })
}

/** fstat(2), its error as one of ours. */
function about(fd: number): ReturnType<typeof fstatSync> {
  // A closed FileHandle's number is −1.
  if (fd < 0) throw new OSError(EBADF, undefined, { syscall: 'sendfile', hint: 'the file is closed' })
  try {
    return fstatSync(fd)
  } catch (cause) {
    const { errno } = cause as { errno?: number }
    if (errno === undefined) throw cause
    throw new OSError(-errno, undefined, { syscall: 'fstat', hint: `descriptor ${fd} is no open file`, cause })
  }
}

function checkedCount(count: unknown): number | null {
  if (count === null) return null
  const text = `count must be a positive integer (got ${inspect(count)})`
  if (typeof count !== 'number' || !Number.isInteger(count)) throw new TypeError(text)
  if (count <= 0) throw new RangeError(text)
  return count
}

// biome-ignore lint/suspicious/noExplicitAny: a socket of unknown family
export abstract class FileLikeSocket<F = any> extends ConnectingSocket<F> {
  /**
   * The socket as a file: lines and text (`'r'`, `'w'`, `'rw'`), or bytes (`'rb'`, `'wb'`, `'rwb'`).
   *
   * Reading, writing and flushing wait, so they are awaited. Writing goes into a buffer: `flush()` sends it. The socket
   * stays open until its files are closed too.
   *
   * @param mode `r`, `w`, `b`
   * @param buffering bytes of buffer; 0: none (bytes only)
   * @throws {RangeError} another mode
   * @example
   * await using file = conn.makefile('r')
   * for await (const line of file) console.log(line.trimEnd())
   */
  makefile(mode: BinaryMode, buffering: 0, options?: FileOptions): RawFile
  makefile(mode: BinaryMode, options: FileOptions & { buffering: 0 }): RawFile
  makefile(options: FileOptions & { mode: BinaryMode; buffering: 0 }): RawFile
  makefile(mode: BinaryMode, buffering?: number | FileOptions | null, options?: FileOptions): BinaryFile
  makefile(options: FileOptions & { mode: BinaryMode }): BinaryFile
  makefile(mode?: TextMode, buffering?: number | FileOptions | null, options?: FileOptions): TextFile
  makefile(options: FileOptions & { mode?: TextMode }): TextFile
  makefile(
    mode: BinaryMode | TextMode | FileOptions,
    buffering?: number | FileOptions | null,
    options?: FileOptions,
  ): RawFile | BinaryFile | TextFile
  makefile(
    mode?: string | FileOptions,
    buffering?: number | FileOptions | null,
    options?: FileOptions,
  ): RawFile | BinaryFile | TextFile {
    const named: FileOptions = {}
    for (const one of [mode, buffering, options])
      if (isNamed(one)) Object.assign(named, optionsObject(one, 'makefile', FILE_NAMES, "{ encoding: 'utf-8' }"))
    if (mode !== undefined && !isNamed(mode)) named.mode = mode
    if (buffering !== undefined && !isNamed(buffering)) named.buffering = buffering
    if (options !== undefined) optionsObject(options, 'makefile', FILE_NAMES, "{ encoding: 'utf-8' }")
    return makefile(this as unknown as Socket, named)
  }

  /**
   * Sends a file without bringing its bytes into this program. Reading on in the file goes on behind what was sent, also
   * after an error.
   *
   * @param file a descriptor, or a FileHandle of `node:fs/promises`
   * @param offset where in the file to begin
   * @param count how many bytes; none or `null`: up to the file's end
   * @returns how many bytes were sent
   * @throws {RangeError} not a stream socket, or a non-blocking one
   * @example await conn.sendfile(await open('page.html'))
   * @see sendfile(2)
   */
  async sendfile(
    file: OpenFile | SendfileArguments,
    offset: number | SendfileOptions = 0,
    count: number | null | SendfileOptions = null,
    options?: WaitOptions,
  ): Promise<number> {
    const all = isNamed<SendfileArguments>(file) && file.file !== undefined ? file : undefined
    const named = byName<SendfileArguments>('sendfile', ['offset', 'count'], all ? [all] : [offset, count, options], [
      'file',
    ])
    const descriptor = descriptorOf(this)
    if (descriptor.type !== SocketKind.SOCK_STREAM) {
      throw new RangeError('only SOCK_STREAM type sockets are supported: sendfile needs a stream')
    }
    const wanted = checkedCount(named.count ?? null)
    const start = named.offset === undefined ? 0 : integer(named.offset, 'offset')
    const fd = descriptorOfFile(all ? all.file : file)
    const found = about(fd)
    if (found.isFile() && found.size === 0) return 0
    if (descriptor.timeout === 0) throw new RangeError('non-blocking sockets are not supported: settimeout(null) first')
    if (!found.isFile()) {
      if (start !== 0) throw systemError(ESPIPE, { call: 'sendfile', address: undefined })
      return await this.#copied(fd, wanted ?? Infinity, named)
    }
    throwIfAborted(named)
    return await this.#moved(fd, start, wanted ?? Infinity, named)
  }

  /** sendfile(2), again and again; it leaves the file's own position alone. */
  async #moved(fd: number, start: number, wanted: number, options: WaitOptions): Promise<number> {
    const descriptor = descriptorOf(this)
    const place = new BigInt64Array([BigInt(start)])
    const bytes = new Uint8Array(place.buffer)
    let left = wanted
    let total = 0
    try {
      while (left > 0) {
        const call = () => {
          const count = sys.sendfile(descriptor.fd, fd, bytes, Math.min(left, PIECE))
          if (count > 0) descriptor.hasSent()
          return count
        }
        let result = descriptor.busy(WRITE) ? -EAGAIN : call()
        if (result === -EAGAIN) result = await descriptor.retry('sendfile', WRITE, call, options)
        if (turnDue()) await turn()
        if (result === -EBADF && descriptor.fd >= 0) {
          // Not the socket is meant, but the file.
          throw new OSError(EBADF, undefined, { syscall: 'sendfile', hint: `descriptor ${fd} is not open for reading` })
        }
        if (result < 0) throw descriptor.error(result, 'sendfile')
        if (result === 0) break
        total += result
        left -= result
        if (hooks.observe) descriptor.observe('sendfile', result)
      }
    } finally {
      if (total > 0) sys.lseek(fd, start + total, SEEK_SET)
    }
    return total
  }

  /** What is no regular file (a pipe, a device) is read and sent piece by piece. */
  async #copied(fd: number, wanted: number, options: WaitOptions): Promise<number> {
    const piece = Buffer.allocUnsafe(Math.min(wanted, COPIED))
    let total = 0
    while (total < wanted) {
      throwIfAborted(options)
      const { bytesRead } = await readAway(fd, piece, 0, Math.min(piece.length, wanted - total), null).catch(ours)
      if (bytesRead === 0) break
      await this.sendall(piece.subarray(0, bytesRead), { signal: options.signal })
      total += bytesRead
    }
    return total
  }

  /**
   * The socket as the web's streams, for code that speaks those: `{ readable, writable }`. It is closed when both have
   * ended.
   *
   * @example await conn.toWeb().readable.pipeTo(new WritableStream({ write: console.log }))
   */
  toWeb(): WebStreams {
    return toWeb(this as unknown as Socket)
  }
}
