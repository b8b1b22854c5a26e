/**
 * Bytes of a file that have been received and not yet been read, in the pieces in which they came. Taken from the front,
 * as a view where they are of one piece; knows no socket.
 */
const EMPTY = Buffer.alloc(0)

/** Up to here pieces are put together: a long line that comes byte by byte is no list of a million. */
const SMALL = 16_384

export class Unread {
  /** None is empty. */
  #pieces: Buffer[] = []
  /** Where the first one begins. */
  #at = 0
  #length = 0

  /** How many. */
  get length(): number {
    return this.#length
  }

  /** Takes so many, or all if there are fewer. */
  take(length: number): Buffer {
    const [first] = this.#pieces
    if (first === undefined || length === 0) return EMPTY
    const from = this.#at
    const end = from + length
    if (end < first.length) {
      this.#at = end
      this.#length -= length
      return first.subarray(from, end)
    }
    const rest = from === 0 ? first : first.subarray(from)
    this.#pieces.shift()
    this.#at = 0
    this.#length -= rest.length
    return rest.length === length || this.#length === 0 ? rest : this.#across(rest, length)
  }

  #across(first: Buffer, length: number): Buffer {
    const parts = [first]
    let wanted = length - first.length
    while (wanted > 0 && this.#length > 0) {
      const part = this.take(Math.min(wanted, this.#pieces[0]!.length))
      parts.push(part)
      wanted -= part.length
    }
    return Buffer.concat(parts)
  }

  /** Behind those that are there. */
  add(bytes: Buffer): void {
    if (bytes.length === 0) return
    this.#length += bytes.length
    const last = this.#pieces.at(-1)
    if (last === undefined || last.length + bytes.length > SMALL) {
      this.#pieces.push(bytes)
      return
    }
    const from = this.#pieces.length === 1 ? this.#at : 0
    if (from > 0) this.#at = 0
    this.#pieces[this.#pieces.length - 1] = Buffer.concat([last.subarray(from), bytes])
  }

  /** How many from the front to the first byte of this kind, it included; Infinity where it has not come yet. */
  upTo(byte: number, searched: number): number {
    let before = -this.#at
    for (const piece of this.#pieces) {
      const at = piece.indexOf(byte, Math.max(0, searched - before))
      if (at >= 0) return before + at + 1
      before += piece.length
    }
    return Infinity
  }
}
