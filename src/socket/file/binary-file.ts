/**
 * A socket seen as a file of bytes with a buffer each way: whole lines, exact counts, small writes gathered.
 *
 * Knows nothing of text: text-file.ts decodes.
 */
import { inspect } from 'node:util'
import { OSError } from '../../errors/os-error.ts'
import { throwIfAborted, type WaitOptions } from '../../wait/index.ts'
import { bytesToFill, bytesToSend, linesToWrite, sizeAndWait } from '../arguments.ts'
import { linesOf, linesUpTo } from './lines.ts'
import { Output } from './output.ts'
import type { RawFile } from './raw-file.ts'
import { Turns } from './turns.ts'
import { Unread } from './unread.ts'

const NEWLINE = 10

/** What `makefile('rb')`, `makefile('wb')` and `makefile('rwb')` give. */
export class BinaryFile implements Disposable, AsyncDisposable {
  readonly #raw: RawFile
  readonly #size: number
  readonly #readSize: number
  readonly #input = new Unread()
  readonly #output: Output
  readonly #turns: Turns

  /** Made by `sock.makefile('rb')`. */
  constructor(raw: RawFile, size: number, readSize = size) {
    this.#raw = raw
    this.#turns = new Turns(raw)
    this.#output = new Output(raw, size)
    this.#size = size
    this.#readSize = readSize
  }

  /** Is it closed? */
  get closed(): boolean {
    return this.#raw.closed
  }

  /** How it was opened: `'rb'`, `'wb'`, `'r'`, … */
  get mode(): string {
    return this.#raw.mode
  }

  /** The socket's descriptor, as Python's files over a descriptor are named; -1 once it is closed. */
  get name(): number {
    return this.#raw.name
  }

  /** The file without its buffer. */
  get raw(): RawFile {
    return this.#raw
  }

  /** May it be read from? */
  readable(): boolean {
    return this.#raw.readable()
  }

  /** May it be written to? */
  writable(): boolean {
    return this.#raw.writable()
  }

  /** false: what has come from a connection does not come again. */
  seekable(): boolean {
    return this.#raw.seekable()
  }

  /** false: a connection is no terminal. */
  isatty(): boolean {
    return this.#raw.isatty()
  }

  /** The socket's descriptor. */
  fileno(): number {
    return this.#raw.fileno()
  }

  /**
   * Reads exactly `size` bytes, fewer only at the end of the stream; without `size` (or with -1) all up to the end.
   *
   * @example const header = await file.read(4)
   */
  read(size?: number | null | WaitOptions, options?: WaitOptions): Promise<Buffer> {
    // Not async: a function that may be suspended costs more than what is in the buffer.
    try {
      const [wanted, wait] = sizeAndWait(size, 'read', 'size', options)
      if (typeof size === 'number' && size < -1) throw new RangeError('read length must be non-negative or -1')
      throwIfAborted(wait)
      this.#raw.checkReading()
      if (this.#turns.free && this.#input.length >= wanted) return Promise.resolve(this.#input.take(wanted))
      return this.#readInTurn(wanted, wait)
    } catch (error) {
      return Promise.reject(error)
    }
  }

  #readInTurn(wanted: number, options: WaitOptions | undefined): Promise<Buffer> {
    return this.#turns.run(options, () => this.#read(wanted, options))
  }

  async #read(wanted: number, options: WaitOptions | undefined): Promise<Buffer> {
    if (this.#input.length >= wanted) {
      this.#raw.checkReading() // closed while others had their turn
      return this.#input.take(wanted)
    }
    while (this.#input.length < wanted) {
      const missing = wanted - this.#input.length
      const part = await this.#raw.receive(Math.max(this.#readSize, Math.min(missing, 1 << 20)), options)
      if (part.length === 0) break
      this.#input.add(part)
    }
    return this.#input.take(wanted)
  }

  /** Reads what is there, at most `size` bytes, with at most one wait. */
  async read1(size?: number | null | WaitOptions, options?: WaitOptions): Promise<Buffer> {
    const [most, wait] = sizeAndWait(size, 'read1', 'size', options)
    this.#raw.checkReading()
    return await this.#turns.run(wait, () => this.#read1(most === Infinity ? this.#size : most, wait))
  }

  async #read1(wanted: number, options: WaitOptions | undefined): Promise<Buffer> {
    this.#raw.checkReading()
    if (wanted > 0 && this.#input.length === 0) this.#input.add(await this.#raw.receive(wanted, options))
    return this.#input.take(wanted)
  }

  /** Reads into memory that you have until it is full; resolves to how many bytes came. */
  async readinto(buffer: Uint8Array, options?: WaitOptions): Promise<number> {
    const bytes = bytesToFill(buffer, 'readinto')
    const data = await this.read(bytes.length, options)
    bytes.set(data)
    return data.length
  }

  /**
   * Reads one line, its `\n` included; empty at the end of the stream.
   *
   * @param limit most bytes; below zero: none
   * @example const line = await file.readline()
   */
  async readline(limit?: number | null | WaitOptions, options?: WaitOptions): Promise<Buffer> {
    const [most, wait] = sizeAndWait(limit, 'readline', 'limit', options)
    throwIfAborted(wait)
    this.#raw.checkReading()
    const end = this.#turns.free ? this.#lineEnd(0, most) : Infinity
    if (end <= this.#input.length) return this.#input.take(end)
    return await this.#turns.run(wait, () => this.#readline(most, wait))
  }

  async #readline(most: number, options: WaitOptions | undefined): Promise<Buffer> {
    this.#raw.checkReading()
    let searched = 0
    for (;;) {
      const end = this.#lineEnd(searched, most)
      if (end <= this.#input.length) return this.#input.take(end)
      searched = this.#input.length
      const more = await this.#raw.receive(this.#readSize, options)
      if (more.length === 0) return this.#input.take(this.#input.length)
      this.#input.add(more)
    }
  }

  /** Infinity where it has not come yet. */
  #lineEnd(from: number, most: number): number {
    return Math.min(this.#input.upTo(NEWLINE, from), most)
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

  /**
   * Writes bytes into the buffer, which is sent when it is full, at `flush()` and at `close()`.
   *
   * @returns how many bytes: all of them
   * @throws {BlockingIOError} a non-blocking socket does not take them, and the buffer has no room for the rest:
   *   `charactersWritten` of them are sent or kept
   * @throws {TimeoutError} the buffer could not be sent in time; what was in it before is kept
   */
  async write(data: Uint8Array, options?: WaitOptions): Promise<number> {
    if (!this.writable()) throw new OSError('not writable: open it with a mode that has w')
    throwIfAborted(options)
    const bytes = bytesToSend(data)
    const full = this.#output.add(bytes, options)
    if (full) await full
    return bytes.length
  }

  /** Writes several pieces. */
  async writelines(lines: Iterable<Uint8Array>, options?: WaitOptions): Promise<void> {
    this.#raw.checkOpen()
    throwIfAborted(options)
    for (const line of linesToWrite(lines, '[first, second]')) await this.write(line, options)
  }

  /** Sends what is in the buffer. What could not be sent stays in it, for the next `flush()`. */
  async flush(options?: WaitOptions): Promise<void> {
    throwIfAborted(options)
    if (this.#raw.closed) throw new RangeError('flush of closed file')
    if (!this.#output.idle) await this.#output.send(options)
  }

  /** Sends what is in the buffer, then closes the file; at once where nothing is in it. */
  async close(options?: WaitOptions): Promise<void> {
    if (this.#raw.closed) return
    try {
      throwIfAborted(options)
      if (!this.#output.idle) await this.flush(options)
    } finally {
      this.#raw.close()
    }
  }

  toString(): string {
    const { mode } = this
    const kind = mode === 'rwb' ? 'RWPair' : mode === 'wb' ? 'Writer' : 'Reader'
    return `<_io.Buffered${kind} name=${this.name}>`
  }

  [inspect.custom](): string {
    return this.toString()
  }

  /** `await using` flushes and closes. */
  async [Symbol.asyncDispose](): Promise<void> {
    // The flush that failed has told its error, and would hide it behind a second one; nor is it waited for again.
    if (this.#output.failed) this[Symbol.dispose]()
    else await this.close()
  }

  /**
   * `using` closes at once; what is still in the buffer is sent as far as the kernel takes it without waiting.
   * `await using` waits for the rest.
   */
  [Symbol.dispose](): void {
    // The send starts now; a failure has nobody left to be told.
    if (!this.#output.idle) this.#output.sendNow().catch(() => {})
    this.#raw.close()
  }
}
