/**
 * Memory with a fixed address that system calls read and write: a data area, an address and a length.
 *
 * System calls are synchronous and there is one main thread, so one of each serves every socket. Passing the address
 * (a bigint) spares koffi the look into a typed array (measured: 200 ns of a 1,100 ns call), and received bytes are
 * copied into a Buffer of just their size, so that no wait holds 64 KiB and a short message keeps none of it alive.
 */
import { koffi } from './library.ts'
import { SOCKADDR_SIZE } from './system.ts'

/** Received or small sent data pass through here; larger requests use a Buffer of their own. */
export const SCRATCH_SIZE = 65536

/** What the scratch memory consists of. */
export interface Scratch {
  /** Data: its address, and its bytes. */
  readonly data: bigint
  readonly bytes: Buffer
  /** One socket address. */
  readonly address: bigint
  readonly addressBytes: Buffer
  /** A socklen_t, given and taken. */
  readonly length: bigint
  readonly lengthValue: Uint32Array
  /** Four ints, for getsockopt and pairs of descriptors. */
  readonly ints: bigint
  readonly intValues: Int32Array
}

let made: Scratch | undefined

/** The scratch memory; made at the first call. */
export function scratch(): Scratch {
  if (made) return made
  const { alloc, view } = koffi()
  const area = (size: number): [address: bigint, memory: ArrayBuffer] => {
    const address = alloc('char', size) as bigint
    return [address, view(address, size)]
  }
  const [data, dataMemory] = area(SCRATCH_SIZE)
  const [address, addressMemory] = area(SOCKADDR_SIZE)
  const [length, lengthMemory] = area(4)
  const [ints, intMemory] = area(16)
  made = {
    data,
    bytes: Buffer.from(dataMemory),
    address,
    addressBytes: Buffer.from(addressMemory),
    length,
    lengthValue: new Uint32Array(lengthMemory),
    ints,
    intValues: new Int32Array(intMemory),
  }
  return made
}

/** A copy of the first `size` bytes of the data area. */
export function taken(size: number): Buffer {
  const copy = Buffer.allocUnsafe(size)
  made!.bytes.copy(copy, 0, 0, size)
  return copy
}
