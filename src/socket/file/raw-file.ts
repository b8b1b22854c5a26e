/**
 * A socket seen as a file without a buffer: a read of so many bytes is one recv, one write is one send; nothing is read
 * ahead, so that whoever reads on, by this file or another, finds all that is left. CPython's SocketIO.
 *
 * Knows nothing of text. The socket stays open for it, even when `close()` was called on the socket.
 */
import { inspect } from 'node:util'
import { BlockingIOError, OSError, TimeoutError } from '../../errors/os-error.ts'
import { throwIfAborted, type WaitOptions } from '../../wait/index.ts'
import { linesToWrite, sizeAndWait } from '../arguments.ts'
import { MSG_PEEK } from '../constants/message-flags.ts'
import { SocketKind } from '../families.ts'
import { isAwaited, READ, WRITE } from '../readiness.ts'
import type { Socket } from '../socket.ts'
import { pinned, unpinned } from '../socket-base.ts'
import { linesOf, linesUpTo } from './lines.ts'

/** What a file may do. */
export interface Access {
  readonly reading: boolean
  readonly writing: boolean
}

/** Python's raw files tell "it would have to wait" by None. */
async function nullIfNothing<T>(call: Promise<T>): Promise<T | null> {
  try {
    return await call
  } catch (error) {
    if (error instanceof BlockingIOError) return null
    throw error
  }
}

/** Why a read ends whose file was closed: the error is made where it waits, for its stack. */
const CLOSED = Symbol('closed')
const NEWLINE = 10
/** How far a line's end is looked for at once, and how much is read at once where all is wanted. */
const LOOK = 8192
const PIECE = 65536

/** What `makefile('rb', 0)` gives. */
export class RawFile implements Disposable, AsyncDisposable {
  readonly #socket: Socket
  readonly #access: Access
  #closed = false
  #timedOut = false
  #receives = 0
  /** Ends the reads that wait when the file is closed. */
  #closing: AbortController | undefined

  /** Made by `sock.makefile(mode, 0)`. */
  constructor(socket: Socket, access: Access) {
    this.#socket = socket
    this.#access = access
    pinned(socket)
  }

  /** Is it closed? */
  get closed(): boolean {
    return this.#closed
  }

  /** How it was opened: `'rb'`, `'wb'`, `'r'`, … */
  get mode(): string {
    const { reading, writing } = this.#access
    return `${reading ? 'r' : ''}${writing ? 'w' : ''}b`
  }

  /** The socket's descriptor, as Python's files over a descriptor are named; -1 once it is closed. */
  get name(): number {
    return this.#closed ? -1 : this.#socket.fileno()
  }

  /** false: a connection is no terminal. */
  isatty(): boolean {
    this.checkOpen()
    return false
  }

  /** May it be read from? */
  readable(): boolean {
    this.checkOpen()
    return this.#access.reading
  }

  /** May it be written to? */
  writable(): boolean {
    this.checkOpen()
    return this.#access.writing
  }

  /** false: what has come from a connection does not come again. */
  seekable(): boolean {
    this.checkOpen()
    return false
  }

  /** The socket's descriptor. */
  fileno(): number {
    this.checkOpen()
    return this.#socket.fileno()
  }

  /**
   * Bytes as they come: at most `size`, none at the end of the stream; without `size` (or below zero) all up to the end.
   * `null` where a non-blocking socket has none.
   */
  async read(size?: number | null | WaitOptions, options?: WaitOptions): Promise<Buffer | null> {
    const [wanted, wait] = sizeAndWait(size, 'read', 'size', options)
    return await (wanted === Infinity ? this.readall(wait) : nullIfNothing(this.receive(wanted, wait)))
  }

  /** All bytes up to the end of the stream; of a non-blocking socket those that are there, `null` if none are. */
  async readall(options?: WaitOptions): Promise<Buffer | null> {
    const parts: Buffer[] = []
    for (;;) {
      const part = await nullIfNothing(this.receive(PIECE, options))
      if (part === null && parts.length === 0) return null
      if (part === null || part.length === 0) return Buffer.concat(parts)
      parts.push(part)
    }
  }

  /**
   * Reads one line, its `\n` included; empty at the end of the stream. Not a byte more is taken from the socket.
   *
   * @param limit most bytes; below zero: none
   */
  async readline(limit?: number | null | WaitOptions, options?: WaitOptions): Promise<Buffer> {
    this.#mayRead()
    const [most, wait] = sizeAndWait(limit, 'readline', 'limit', options)
    const parts: Buffer[] = []
    for (let have = 0; have < most; ) {
      const part = await this.receive(await this.#upToNewline(most - have, wait), wait)
      if (part.length === 0) break
      parts.push(part)
      have += part.length
      if (part.at(-1) === NEWLINE) break
    }
    return Buffer.concat(parts)
  }

  /** How many bytes may be taken so that none behind the line is. A datagram cannot be looked at in parts. */
  async #upToNewline(most: number, options?: WaitOptions): Promise<number> {
    if (this.#socket.type !== SocketKind.SOCK_STREAM) return 1
    const seen = await this.receive(Math.min(most, LOOK), options, MSG_PEEK)
    const at = seen.indexOf(NEWLINE)
    return at < 0 ? Math.max(1, seen.length) : at + 1
  }

  /**
   * All lines up to the end of the stream.
   *
   * @param hint no more lines once those read hold more bytes; null or below 1: no limit
   * @example const lines = await file.readlines()
   */
  async readlines(hint?: number | null | WaitOptions, options?: WaitOptions): Promise<Buffer[]> {
    return await linesUpTo((wait) => this.readline(-1, wait), hint, options)
  }

  /** Line by line: `for await (const line of file)`. */
  [Symbol.asyncIterator](): AsyncGenerator<Buffer, void, undefined> {
    return linesOf(() => this.readline())
  }

  /** @internal How often `receive` was called. */
  get receives(): number {
    return this.#receives
  }

  /** @internal Does somebody wait for the socket's data? */
  get awaited(): boolean {
    return isAwaited(this.name, READ)
  }

  /** @internal Does somebody wait for room to send? */
  get sendAwaited(): boolean {
    return isAwaited(this.name, WRITE)
  }

  /** @internal The same for the files with a buffer, which throw BlockingIOError. */
  async receive(size: number, options?: WaitOptions, flags = 0): Promise<Buffer> {
    this.#receives++
    this.#mayRead()
    throwIfAborted(options)
    try {
      return await this.#socket.recv(size, { signal: this.#orClosed(options), flags })
    } catch (error) {
      throw this.#failed(error)
    }
  }

  /** The same into memory that you have; resolves to how many bytes came. */
  async readinto(buffer: Uint8Array, options?: WaitOptions): Promise<number | null> {
    this.#mayRead()
    throwIfAborted(options)
    try {
      return await nullIfNothing(this.#socket.recvInto(buffer, { signal: this.#orClosed(options) }))
    } catch (error) {
      throw this.#failed(error)
    }
  }

  /** Sends what the kernel takes at once; resolves to how many bytes that were, `null` if a non-blocking one takes none. */
  async write(data: Uint8Array, options?: WaitOptions): Promise<number | null> {
    this.checkOpen()
    if (!this.#access.writing) throw new OSError('not writable: open it with a mode that has w')
    throwIfAborted(options)
    return await nullIfNothing(this.#socket.send(data, { signal: options?.signal }))
  }

  /** Sends it all. */
  async writeAll(data: Uint8Array, options?: WaitOptions): Promise<void> {
    this.checkOpen()
    if (!this.#access.writing) throw new OSError('not writable: open it with a mode that has w')
    await this.#socket.sendall(data, { signal: options?.signal })
  }

  /** Sends several pieces, each whole. */
  async writelines(lines: Iterable<Uint8Array>, options?: WaitOptions): Promise<void> {
    this.checkOpen()
    throwIfAborted(options)
    for (const line of linesToWrite(lines, '[first, second]')) await this.writeAll(line, options)
  }

  /** There is nothing to flush: each write is sent at once. */
  async flush(): Promise<void> {
    this.checkOpen()
  }

  /** @internal Is it open, and for reading? Asked also where what is wanted lies in a buffer, or is nothing. */
  checkReading(): void {
    this.checkOpen()
    if (!this.#access.reading) throw new OSError('not readable: open it with a mode that has r')
  }

  #failed(error: unknown): unknown {
    if (error instanceof TimeoutError) this.#timedOut = true
    return error === CLOSED
      ? new RangeError('I/O operation on closed file: it was closed while this read waited')
      : error
  }

  #orClosed(options: WaitOptions | undefined): AbortSignal {
    this.#closing ??= new AbortController()
    const closed = this.#closing.signal
    return options?.signal ? AbortSignal.any([options.signal, closed]) : closed
  }

  #mayRead(): void {
    this.checkReading()
    // Part of a line may be lost in the buffer: CPython does not read on either.
    if (this.#timedOut) throw new OSError('cannot read from timed out object')
  }

  /** @internal */
  checkOpen(): void {
    if (this.#closed) throw new RangeError('I/O operation on closed file')
  }

  /** Closes the file; the socket too, if its own `close()` was waiting for that. A read that waits ends with an error. */
  close(): void {
    if (this.#closed) return
    this.#closed = true
    unpinned(this.#socket)
    // Behind the socket: where that is closed, it is what a read is told.
    this.#closing?.abort(CLOSED)
  }

  [Symbol.dispose](): void {
    this.close()
  }

  toString(): string {
    return `<socket.SocketIO name=${this.name} mode='${this.mode}'>`
  }

  [inspect.custom](): string {
    return this.toString()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.close()
  }
}
