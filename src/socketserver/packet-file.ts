/** A datagram's bytes as a file. Knows nothing of sockets. */
import { kind, wholeNumber } from '../threading/options.ts'

const NEWLINE = 10

/** Bytes in memory as a file, so that a handler reads a datagram as it would read a connection. Python's BytesIO. */
export class PacketFile {
  #bytes: Buffer
  #at = 0

  constructor(bytes: Uint8Array = Buffer.alloc(0)) {
    this.#bytes = Buffer.from(bytes)
  }

  /** Reads `size` bytes, fewer at the end; without `size` all that is left. */
  async read(size: number | null = -1): Promise<Buffer> {
    const count = size === null ? -1 : wholeNumber(size, 'size', 'read(4)')
    return this.#take(count < 0 ? this.#bytes.length : this.#at + count)
  }

  /** Reads one line, its `\n` included; empty at the end. */
  async readline(limit: number | null = -1): Promise<Buffer> {
    const most = limit === null ? -1 : wholeNumber(limit, 'limit', 'readline(80)')
    const newline = this.#bytes.indexOf(NEWLINE, this.#at)
    const end = newline < 0 ? this.#bytes.length : newline + 1
    return this.#take(most < 0 ? end : Math.min(end, this.#at + most))
  }

  /** Lines until their lengths together reach the hint; all that are left without one, or with one below 1. */
  async readlines(hint: number | null = -1): Promise<Buffer[]> {
    const most = hint === null ? -1 : wholeNumber(hint, 'hint', 'readlines(4096)')
    const lines: Buffer[] = []
    let length = 0
    for await (const line of this) {
      lines.push(line)
      length += line.length
      if (most > 0 && length >= most) break
    }
    return lines
  }

  /** Line by line: `for await (const line of this.rfile)`. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer, void, undefined> {
    for (let line = await this.readline(); line.length > 0; line = await this.readline()) yield line
  }

  /** Adds bytes at the end. */
  async write(data: Uint8Array): Promise<number> {
    if (!(data instanceof Uint8Array)) {
      throw new TypeError(
        `a bytes-like object is required, not '${kind(data)}': write bytes\`text\` or Buffer.from(text)`,
      )
    }
    this.#bytes = Buffer.concat([this.#bytes, data])
    return data.length
  }

  /** Adds several pieces. */
  async writelines(lines: Iterable<Uint8Array>): Promise<void> {
    for (const line of piecesOf(lines)) await this.write(line)
  }

  /** There is nothing to flush: it is sent when the handler has finished. */
  async flush(): Promise<void> {}

  /** All bytes, read or not. */
  getvalue(): Buffer {
    return Buffer.from(this.#bytes)
  }

  #take(end: number): Buffer {
    const part = this.#bytes.subarray(this.#at, end)
    this.#at += part.length
    return part
  }
}

/** What `writelines` is given. A string can be gone through too, and would be taken for its characters. */
export function piecesOf(lines: Iterable<Uint8Array>): Iterable<Uint8Array> {
  if (typeof lines === 'object' && lines !== null && Symbol.iterator in lines) return lines
  throw new TypeError(`lines must be an array of bytes, not ${kind(lines)}: writelines([first, second])`)
}
