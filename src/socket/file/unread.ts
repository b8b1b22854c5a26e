/**
 * Bytes of a file that have been received and not yet been read. Taken from the front, with one view for each piece;
 * knows no socket.
 */
const EMPTY = Buffer.alloc(0)

export class Unread {
  #bytes: Buffer = EMPTY
  #at = 0

  /** How many. */
  get length(): number {
    return this.#bytes.length - this.#at
  }

  /** Takes so many, or all if there are fewer. */
  take(length: number): Buffer {
    const from = this.#at
    const end = from + length
    if (end < this.#bytes.length) {
      this.#at = end
      return this.#bytes.subarray(from, end)
    }
    const bytes = this.#bytes
    this.#bytes = EMPTY
    this.#at = 0
    return from === 0 ? bytes : bytes.subarray(from)
  }

  /** Behind those that are there. */
  add(bytes: Buffer): void {
    this.#bytes = this.length === 0 ? bytes : Buffer.concat([this.#bytes.subarray(this.#at), bytes])
    this.#at = 0
  }

  /** How many from the front to the first byte of this kind, it included; Infinity where it has not come yet. */
  upTo(byte: number, searched: number): number {
    const at = this.#bytes.indexOf(byte, this.#at + searched)
    return at < 0 ? Infinity : at + 1 - this.#at
  }
}
