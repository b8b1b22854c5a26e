/**
 * What a file has been given to write and has not sent yet. CPython's BufferedWriter: what could not be sent stays, for
 * the next attempt.
 */
import { BlockingIOError } from '../../errors/os-error.ts'
import type { WaitOptions } from '../../wait/index.ts'
import { sentBeforeError } from '../sending.ts'
import type { RawFile } from './raw-file.ts'

export class Output {
  readonly #raw: RawFile
  readonly #size: number
  #parts: Uint8Array[] = []
  #length = 0
  #failed = false

  /** @param size from so many bytes on they are sent */
  constructor(raw: RawFile, size: number) {
    this.#raw = raw
    this.#size = size
  }

  /** How many bytes wait to be sent. */
  get length(): number {
    return this.#length
  }

  /** Has the last attempt failed? Then its error has been told. */
  get failed(): boolean {
    return this.#failed
  }

  /** Adds bytes; the buffer is full then, and is to be sent: a promise. */
  add(bytes: Uint8Array, options: WaitOptions | undefined): Promise<void> | undefined {
    const before = this.#length
    // A copy: the caller may use its memory again.
    this.#parts.push(Buffer.from(bytes))
    this.#length += bytes.length
    return this.#length < this.#size ? undefined : this.#sendWith(before, options)
  }

  /** Sends the buffer together with what was just added: a buffer that is full is no reason for a packet of its own. */
  async #sendWith(before: number, options: WaitOptions | undefined): Promise<void> {
    const all = this.#takeOut()
    try {
      await this.#raw.writeAll(all, options)
      this.#failed = false
    } catch (error) {
      const sent = sentBeforeError(error)
      if (!(error instanceof BlockingIOError)) {
        // The write has failed: what it brought is not kept, so that it may be tried again.
        this.#putBack(all.subarray(sent, before))
        this.#failed = true
        throw error
      }
      const kept = all.subarray(sent, sent + this.#size)
      this.#putBack(kept)
      if (sent + kept.length === all.length) return
      error.charactersWritten = sent + kept.length - before
      this.#failed = true
      throw error
    }
  }

  /** Sends all that is there. */
  async send(options: WaitOptions | undefined): Promise<void> {
    const all = this.#takeOut()
    try {
      await this.#raw.writeAll(all, options)
      this.#failed = false
    } catch (error) {
      this.#putBack(all.subarray(sentBeforeError(error)))
      this.#failed = true
      throw error
    }
  }

  #takeOut(): Buffer {
    const all = Buffer.concat(this.#parts)
    this.#parts = []
    this.#length = 0
    return all
  }

  /** It comes before what was added meanwhile. */
  #putBack(rest: Buffer): void {
    this.#parts.unshift(rest)
    this.#length += rest.length
  }
}
