/**
 * A socket seen as a file without a buffer: one read is one recv, one write is one send. CPython's SocketIO.
 *
 * Knows nothing of lines or text. The socket stays open for it, even when `close()` was called on the socket.
 */
import { BlockingIOError, OSError, TimeoutError } from '../../errors/os-error.ts'
import { throwIfAborted, type WaitOptions } from '../../wait/index.ts'
import type { Socket } from '../socket.ts'
import { pinned, unpinned } from '../socket-base.ts'

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

/** What `makefile('rb', 0)` gives. */
export class RawFile implements Disposable, AsyncDisposable {
  readonly #socket: Socket
  readonly #access: Access
  #closed = false
  #timedOut = false

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

  /** May it be read from? */
  readable(): boolean {
    this.#check()
    return this.#access.reading
  }

  /** May it be written to? */
  writable(): boolean {
    this.#check()
    return this.#access.writing
  }

  /** false: what has come from a connection does not come again. */
  seekable(): boolean {
    this.#check()
    return false
  }

  /** The socket's descriptor. */
  fileno(): number {
    this.#check()
    return this.#socket.fileno()
  }

  /** Bytes as they come: at most `size`, none at the end of the stream; `null` where a non-blocking socket has none. */
  read(size = 65536, options?: WaitOptions): Promise<Buffer | null> {
    return nullIfNothing(this.receive(size, options))
  }

  /** @internal The same for the files with a buffer, which throw BlockingIOError. */
  async receive(size: number, options?: WaitOptions): Promise<Buffer> {
    this.#mayRead()
    throwIfAborted(options)
    try {
      return await this.#socket.recv(size, options ?? {})
    } catch (error) {
      if (error instanceof TimeoutError) this.#timedOut = true
      throw error
    }
  }

  /** The same into memory that you have; resolves to how many bytes came. */
  async readinto(buffer: Uint8Array, options?: WaitOptions): Promise<number | null> {
    this.#mayRead()
    throwIfAborted(options)
    try {
      return await nullIfNothing(this.#socket.recvInto(buffer, options ?? {}))
    } catch (error) {
      if (error instanceof TimeoutError) this.#timedOut = true
      throw error
    }
  }

  /** Sends what the kernel takes at once; resolves to how many bytes that were, `null` if a non-blocking one takes none. */
  async write(data: Uint8Array, options?: WaitOptions): Promise<number | null> {
    this.#check()
    if (!this.#access.writing) throw new OSError('not writable: open it with a mode that has w')
    throwIfAborted(options)
    return nullIfNothing(this.#socket.send(data, options ?? {}))
  }

  /** Sends it all. */
  async writeAll(data: Uint8Array, options?: WaitOptions): Promise<void> {
    this.#check()
    if (!this.#access.writing) throw new OSError('not writable: open it with a mode that has w')
    await this.#socket.sendall(data, options ?? {})
  }

  #mayRead(): void {
    this.#check()
    if (!this.#access.reading) throw new OSError('not readable: open it with a mode that has r')
    // Part of a line may be lost in the buffer: CPython does not read on either.
    if (this.#timedOut) throw new OSError('cannot read from timed out object')
  }

  #check(): void {
    if (this.#closed) throw new RangeError('I/O operation on closed file')
  }

  /** Closes the file; the socket too, if its own `close()` was waiting for that. */
  close(): void {
    if (this.#closed) return
    this.#closed = true
    unpinned(this.#socket)
  }

  [Symbol.dispose](): void {
    this.close()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.close()
  }
}
