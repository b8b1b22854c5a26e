/**
 * What a file has been given to write and has not sent yet. CPython's BufferedWriter: what could not be sent stays, for
 * the next attempt; of several attempts each waits for the one before, whose rest goes first.
 */
import { BlockingIOError } from '../../errors/os-error.ts'
import type { WaitOptions } from '../../wait/index.ts'
import { sentBeforeError } from '../sending.ts'
import type { RawFile } from './raw-file.ts'
import { Turns } from './turns.ts'

/** What one write brought; less of it, once some is sent. */
interface Part {
  bytes: Uint8Array
}

export class Output {
  readonly #raw: RawFile
  readonly #size: number
  readonly #turns: Turns
  #parts: Part[] = []
  #length = 0
  #failed = false
  #attempts = 0

  /** @param size from so many bytes on they are sent */
  constructor(raw: RawFile, size: number) {
    this.#raw = raw
    this.#size = size
    const attempts = () => this.#attempts
    this.#turns = new Turns({
      get receives() {
        return attempts()
      },
      get awaited() {
        return raw.sendAwaited
      },
    })
  }

  /** Is nothing there that waits to be sent, or is being sent? */
  get idle(): boolean {
    return this.#length === 0 && this.#turns.free
  }

  /** Has the last attempt failed? Then its error has been told. */
  get failed(): boolean {
    return this.#failed
  }

  /** Adds bytes; the buffer is full then, and is to be sent: a promise. */
  add(bytes: Uint8Array, options: WaitOptions | undefined): Promise<void> | undefined {
    // A copy: the caller may use its memory again.
    const part: Part = { bytes: Buffer.from(bytes) }
    this.#parts.push(part)
    this.#length += bytes.length
    return this.#length < this.#size ? undefined : this.#sendWith(part, options)
  }

  /** Sends the buffer together with what was just added: a buffer that is full is no reason for a packet of its own. */
  async #sendWith(own: Part, options: WaitOptions | undefined): Promise<void> {
    try {
      await this.#turns.run(options, async () => {
        // Whoever was before may have sent it too.
        if (this.#parts.includes(own) && this.#length >= this.#size) await this.#send(options, own)
      })
    } catch (error) {
      // The write has failed: what it brought is not kept, so that it may be tried again.
      if (!(error instanceof BlockingIOError)) this.#drop(own)
      throw error
    }
  }

  /** Sends all that is there, once the attempts before this one have ended. */
  send(options: WaitOptions | undefined): Promise<void> {
    return this.#turns.run(options, () => this.#send(options))
  }

  /** The same without waiting for others, for a file that is closed at once. */
  sendNow(): Promise<void> {
    return this.#send(undefined)
  }

  async #send(options: WaitOptions | undefined, own?: Part): Promise<void> {
    if (this.#length === 0) return
    this.#attempts++
    const parts = this.#parts
    const size = own?.bytes.length ?? 0
    this.#parts = []
    this.#length = 0
    try {
      await this.#raw.writeAll(
        parts.length === 1 ? parts[0]!.bytes : Buffer.concat(parts.map(({ bytes }) => bytes)),
        options,
      )
      this.#failed = false
    } catch (error) {
      takeAway(parts, sentBeforeError(error))
      const left = own?.bytes.length ?? 0
      const blocked = own !== undefined && error instanceof BlockingIOError
      if (blocked) this.#cut(parts, own)
      // It comes before what was added meanwhile.
      this.#parts.unshift(...parts.filter(({ bytes }) => bytes.length > 0))
      this.#length = this.#parts.reduce((sum, { bytes }) => sum + bytes.length, 0)
      if (blocked && own.bytes.length === left) return
      if (blocked) error.charactersWritten = size - left + own.bytes.length
      this.#failed = true
      throw error
    }
  }

  /** Of a write that a non-blocking socket does not take, as much is kept as the buffer has room for. */
  #cut(parts: readonly Part[], own: Part): void {
    const before = parts.slice(0, parts.indexOf(own)).reduce((sum, { bytes }) => sum + bytes.length, 0)
    own.bytes = own.bytes.subarray(0, Math.max(0, this.#size - before))
  }

  #drop(own: Part): void {
    const at = this.#parts.indexOf(own)
    if (at < 0) return
    this.#parts.splice(at, 1)
    this.#length -= own.bytes.length
  }
}

/** The first `count` bytes have been sent. */
function takeAway(parts: readonly Part[], count: number): void {
  let left = count
  for (const part of parts) {
    const gone = Math.min(left, part.bytes.length)
    part.bytes = part.bytes.subarray(gone)
    left -= gone
  }
}
