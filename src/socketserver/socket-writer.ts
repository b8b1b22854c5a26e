/** A file to write into a connection without a buffer: each write is sent whole, at once. CPython's _SocketWriter. */
import type { Socket } from '../socket/index.ts'
import type { WaitOptions } from '../wait/index.ts'
import { piecesOf } from './packet-file.ts'

/** What `wfile` can do, with a buffer or without. */
export interface WritableFile {
  readonly closed: boolean
  write(data: Uint8Array, options?: WaitOptions): Promise<number>
  writelines(lines: Iterable<Uint8Array>, options?: WaitOptions): Promise<void>
  flush(options?: WaitOptions): Promise<void>
  close(): void | Promise<void>
  fileno(): number
}

export class SocketWriter implements WritableFile {
  readonly #socket: Socket
  #closed = false

  constructor(socket: Socket) {
    this.#socket = socket
  }

  get closed(): boolean {
    return this.#closed
  }

  writable(): boolean {
    return true
  }

  fileno(): number {
    return this.#socket.fileno()
  }

  /** Sends all of it; resolves to how many bytes that were. */
  async write(data: Uint8Array, options?: WaitOptions): Promise<number> {
    if (this.#closed) throw new RangeError('I/O operation on closed file')
    await this.#socket.sendall(data, { signal: options?.signal })
    return data.byteLength
  }

  async writelines(lines: Iterable<Uint8Array>, options?: WaitOptions): Promise<void> {
    for (const line of piecesOf(lines)) await this.write(line, options)
  }

  /** There is nothing to flush. */
  async flush(): Promise<void> {}

  /** The connection stays open. */
  close(): void {
    this.#closed = true
  }
}
