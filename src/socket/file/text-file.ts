/**
 * A socket seen as a file of text: bytes decoded, line ends as Python's `newline` has them.
 *
 * Reads characters ahead into a string of its own; what is below (BinaryFile) has no bytes left behind then.
 */
import { inspect } from 'node:util'
import { throwIfAborted, type WaitOptions } from '../../wait/index.ts'
import { linesToWrite, sizeAndWait } from '../arguments.ts'
import { typeName } from '../type-name.ts'
import type { BinaryFile } from './binary-file.ts'
import { type Codec, codec } from './codec.ts'
import { linesOf, linesUpTo } from './lines.ts'
import type { Misfits } from './misfits.ts'
import { Turns } from './turns.ts'

/** How line ends are read and written: Python's `newline`. */
export type Newline = null | '' | '\n' | '\r' | '\r\n'

/** What a text file is told at its making. */
export interface TextOptions {
  readonly encoding: string
  /** What becomes of bytes that are no text, and of characters that the encoding lacks. */
  readonly errors: Misfits
  readonly newline: Newline
  /** As it was given: `rw`, `wr`, `''`. */
  readonly mode: string
}

/** What `makefile('r')`, `makefile('w')` and `makefile('rw')` give. */
export class TextFile implements Disposable, AsyncDisposable {
  readonly #file: BinaryFile
  readonly #newline: Newline
  readonly #codec: Codec
  /** How its text is written as bytes, as it was opened: `utf-8`, … */
  readonly encoding: string
  /** What happens to what does not fit into the encoding: `'strict'`, `'replace'`, … */
  readonly errors: Misfits
  #input = ''
  /** A carriage return at the end of what came: maybe the first half of a line's end. */
  #held = ''
  #ended = false
  readonly #turns: Turns

  /** Made by `sock.makefile('r')`. */
  constructor(file: BinaryFile, { encoding, errors, newline, mode }: TextOptions) {
    this.mode = mode
    this.#file = file
    this.#turns = new Turns(file.raw)
    this.#codec = codec(encoding, errors)
    this.encoding = encoding
    this.errors = errors
    this.#newline = newline
  }

  /** Is it closed? */
  get closed(): boolean {
    return this.#file.closed
  }

  /** How it was opened: `'rb'`, `'wb'`, `'r'`, … */
  readonly mode: string

  /** The socket's descriptor, as Python's files over a descriptor are named; -1 once it is closed. */
  get name(): number {
    return this.#file.name
  }

  /** The file of bytes below. */
  get buffer(): BinaryFile {
    return this.#file
  }

  /** May it be read from? */
  readable(): boolean {
    return this.#file.readable()
  }

  /** May it be written to? */
  writable(): boolean {
    return this.#file.writable()
  }

  /** false: what has come from a connection does not come again. */
  seekable(): boolean {
    return this.#file.seekable()
  }

  /** false: a connection is no terminal. */
  isatty(): boolean {
    return this.#file.isatty()
  }

  /** The socket's descriptor. */
  fileno(): number {
    return this.#file.fileno()
  }

  /** Reads `size` characters, fewer only at the end of the stream; without `size` all up to the end. */
  async read(size?: number | null | WaitOptions, options?: WaitOptions): Promise<string> {
    const [wanted, wait] = sizeAndWait(size, 'read', 'size', options)
    this.#file.raw.checkReading()
    return await this.#turns.run(wait, () => this.#read(wanted, wait))
  }

  async #read(wanted: number, options: WaitOptions | undefined): Promise<string> {
    this.#file.raw.checkReading() // it may have been closed while others had their turn
    // How many characters have been found, and where the last of them ends.
    let [found, end] = [0, 0]
    for (;;) {
      const { length } = this.#input
      if (wanted === Infinity) end = length
      for (; found < wanted && end < length; found++) end += width(this.#input, end)
      if (found >= wanted || this.#ended) return this.#take(end)
      await this.#more(options)
    }
  }

  /**
   * Reads one line, its end included (`\n`, whatever was sent, unless `newline` says otherwise); `''` at the end of the
   * stream.
   *
   * @example const line = await file.readline()
   */
  async readline(limit?: number | null | WaitOptions, options?: WaitOptions): Promise<string> {
    const [most, wait] = sizeAndWait(limit, 'readline', 'limit', options)
    throwIfAborted(wait)
    this.#file.raw.checkReading()
    const end = this.#turns.free ? this.#lineUpTo(most, 0) : Infinity
    if (end <= this.#input.length) return this.#take(end)
    return await this.#turns.run(wait, () => this.#readline(most, wait))
  }

  async #readline(most: number, options: WaitOptions | undefined): Promise<string> {
    this.#file.raw.checkReading()
    let searched = 0
    for (;;) {
      const end = this.#lineUpTo(most, searched)
      if (end <= this.#input.length || this.#ended) return this.#take(end)
      searched = Math.max(0, this.#input.length - 1)
      await this.#more(options)
    }
  }

  #lineUpTo(most: number, searched: number): number {
    return Math.min(this.#lineEnd(searched), endOf(this.#input, most))
  }

  #take(end: number): string {
    const text = this.#input.slice(0, end)
    this.#input = this.#input.slice(text.length)
    return text
  }

  /** Where the first line ends, Infinity if it does not yet. */
  #lineEnd(from: number): number {
    const text = this.#input
    const end = this.#newline === null ? '\n' : this.#newline
    if (end !== '') {
      const at = text.indexOf(end, Math.max(0, from - end.length))
      return at < 0 ? Infinity : at + end.length
    }
    // newline '': any of the three ends a line, and is kept. A final \r may be the first half of \r\n.
    const at = text.slice(from).search(/[\r\n]/)
    if (at < 0) return Infinity
    const place = from + at
    if (text[place] === '\n') return place + 1
    if (place + 1 < text.length) return text[place + 1] === '\n' ? place + 2 : place + 1
    return this.#ended ? place + 1 : Infinity
  }

  async #more(options?: WaitOptions): Promise<void> {
    const bytes = await this.#file.read1(-1, options)
    this.#ended = bytes.length === 0
    let text = this.#held + this.#codec.decode(bytes, !this.#ended)
    this.#held = ''
    if (this.#newline === null) {
      if (text.endsWith('\r') && !this.#ended) {
        this.#held = '\r'
        text = text.slice(0, -1)
      }
      text = text.replace(/\r\n?/g, '\n')
    }
    this.#input += text
  }

  /**
   * All lines up to the end of the stream.
   *
   * @param hint no more lines once those read hold more characters; null or below 1: no limit
   * @example const lines = await file.readlines()
   */
  async readlines(hint?: number | null | WaitOptions, options?: WaitOptions): Promise<string[]> {
    return await linesUpTo((wait) => this.readline(-1, wait), hint, options)
  }

  /** Line by line: `for await (const line of file)`. */
  [Symbol.asyncIterator](): AsyncGenerator<string, void, undefined> {
    return linesOf(() => this.readline())
  }

  /**
   * Writes text into the buffer, which is sent when it is full, at `flush()` and at `close()`.
   *
   * @returns how many characters: all of them
   */
  async write(text: string, options?: WaitOptions): Promise<number> {
    if (typeof text !== 'string') {
      throw new TypeError(`write() argument must be str, not ${typeName(text)}: for bytes, open it with mode "wb"`)
    }
    const ends = this.#newline
    const out = ends === null || ends === '' || ends === '\n' ? text : text.replaceAll('\n', ends)
    await this.#file.write(this.#codec.encode(out), options)
    return text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0)
  }

  /** Writes several pieces. */
  async writelines(lines: Iterable<string>, options?: WaitOptions): Promise<void> {
    this.#file.raw.checkOpen()
    throwIfAborted(options)
    for (const line of linesToWrite(lines, "['first\\n', 'second\\n']")) await this.write(line, options)
  }

  /** Sends what is in the buffer. */
  flush(options?: WaitOptions): Promise<void> {
    return this.#file.flush(options)
  }

  /** Sends what is in the buffer, then closes the file. */
  close(options?: WaitOptions): Promise<void> {
    return this.#file.close(options)
  }

  toString(): string {
    return `<_io.TextIOWrapper name=${this.name} mode='${this.mode}' encoding='${this.encoding}'>`
  }

  [inspect.custom](): string {
    return this.toString()
  }

  /** `await using` flushes and closes. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.#file[Symbol.asyncDispose]()
  }

  /** `using` closes at once: see BinaryFile. */
  [Symbol.dispose](): void {
    this.#file[Symbol.dispose]()
  }
}

/** A character beyond 0xFFFF is two units of a string; Python, and who counts characters, takes it for one. */
const width = (text: string, at: number): number => (text.codePointAt(at)! > 0xffff ? 2 : 1)

/** Where so many characters end, Infinity if there are not as many. */
function endOf(text: string, count: number): number {
  if (count === Infinity) return Infinity
  let end = 0
  for (let n = 0; n < count; n++) {
    if (end >= text.length) return Infinity
    end += width(text, end)
  }
  return end
}
