/**
 * struct msghdr and its control messages: what sendmsg and recvmsg carry beside the data.
 *
 * Knows the layout (64-bit Linux), not the calls: messages.ts makes them.
 */
import { integer } from './arguments.ts'
import { koffi } from './native/library.ts'
import { SOCKADDR_SIZE } from './native/system.ts'

/** One control message: `[level, type, data]`, for instance descriptors: `[SOL_SOCKET, SCM_RIGHTS, bytes]`. */
export type Ancillary = [level: number, type: number, data: Buffer]
/** The same as sendmsg takes it: numbers of C's int, such as descriptors, may stand in an Int32Array. */
export type AncillaryIn = readonly [level: number, type: number, data: Uint8Array | Int32Array]
/** The same, all of it bytes. */
export type AncillaryBytes = readonly [level: number, type: number, data: Uint8Array]

const MSGHDR_SIZE = 56
const IOVEC_SIZE = 16
const CMSGHDR_SIZE = 16

/** In arithmetic of floats: bits would overflow at the largest sizes. */
const align = (length: number): number => Math.ceil(length / 8) * 8

/** Bytes of a control message that carries `length` bytes, without padding behind. @see cmsg(3) */
export function CMSG_LEN(length: number): number {
  return CMSGHDR_SIZE + checked(length, 'CMSG_LEN', CMSGHDR_SIZE)
}

/** Bytes of buffer that a control message with `length` bytes takes up. @see cmsg(3) */
export function CMSG_SPACE(length: number): number {
  return CMSGHDR_SIZE + align(checked(length, 'CMSG_SPACE', CMSGHDR_SIZE + 8))
}

function checked(length: number, call: string, least: number): number {
  if (integer(length) < 0 || length > 2 ** 31 - 1 - least) {
    throw new RangeError(`${call}() argument out of range`)
  }
  return length
}

/** A struct msghdr in memory of its own, with what it points to. */
export class MessageHeader {
  readonly #bytes: Buffer
  readonly #control: number
  readonly #controlSize: number
  readonly #name: number
  /** Held so that the memory the header points to is not collected during the call. */
  readonly #buffers: readonly Uint8Array[]

  constructor(buffers: readonly Uint8Array[], controlSize: number) {
    this.#buffers = buffers
    this.#name = MSGHDR_SIZE + IOVEC_SIZE * buffers.length
    this.#control = this.#name + SOCKADDR_SIZE
    this.#controlSize = controlSize
    // Slow: memory outside of the heap and of the pool, which does not move.
    // The room for control messages is left as it is: the system tells how much of it it wrote, and it may be large.
    this.#bytes = Buffer.allocUnsafeSlow(this.#control + align(controlSize)).fill(0, 0, this.#control)
  }

  /** The header's bytes, ready for the call: with room for an address, or with the address that was written. */
  prepare(addressLength: number): Buffer {
    const bytes = this.#bytes
    const { address } = koffi()
    const base = address(bytes)
    bytes.writeBigUInt64LE(addressLength === 0 ? 0n : base + BigInt(this.#name), 0)
    bytes.writeUInt32LE(addressLength, 8)
    bytes.writeBigUInt64LE(base + BigInt(MSGHDR_SIZE), 16)
    bytes.writeBigUInt64LE(BigInt(this.#buffers.length), 24)
    bytes.writeBigUInt64LE(this.#controlSize === 0 ? 0n : base + BigInt(this.#control), 32)
    bytes.writeBigUInt64LE(BigInt(this.#controlSize), 40)
    bytes.writeInt32LE(0, 48)
    for (const [i, buffer] of this.#buffers.entries()) {
      const at = MSGHDR_SIZE + i * IOVEC_SIZE
      bytes.writeBigUInt64LE(buffer.length === 0 ? 0n : address(buffer), at)
      bytes.writeBigUInt64LE(BigInt(buffer.length), at + 8)
    }
    return bytes
  }

  /** Where the address is written, or has been. */
  get address(): Buffer {
    return this.#bytes.subarray(this.#name, this.#control)
  }

  get addressLength(): number {
    return this.#bytes.readUInt32LE(8)
  }

  get flags(): number {
    return this.#bytes.readInt32LE(48)
  }

  writeControl(messages: readonly AncillaryBytes[]): void {
    let at = this.#control
    this.#bytes.fill(0, at)
    for (const [level, type, data] of messages) {
      this.#bytes.writeBigUInt64LE(BigInt(CMSG_LEN(data.length)), at)
      this.#bytes.writeInt32LE(level, at + 8)
      this.#bytes.writeInt32LE(type, at + 12)
      this.#bytes.set(data, at + CMSGHDR_SIZE)
      at += CMSG_SPACE(data.length)
    }
  }

  /** The control messages that came; the last one may be cut short (MSG_CTRUNC). */
  readControl(): Ancillary[] {
    const end = this.#control + Number(this.#bytes.readBigUInt64LE(40))
    const found: Ancillary[] = []
    for (let at = this.#control; at + CMSGHDR_SIZE <= end; ) {
      const length = Number(this.#bytes.readBigUInt64LE(at))
      if (length < CMSGHDR_SIZE) break
      const data = this.#bytes.subarray(at + CMSGHDR_SIZE, Math.min(at + length, end))
      found.push([this.#bytes.readInt32LE(at + 8), this.#bytes.readInt32LE(at + 12), Buffer.from(data)])
      at += align(length)
    }
    return found
  }
}
