/**
 * Frames on the pipe between the io thread and the compiler process: four bytes of length (little endian), then JSON.
 * Knows nothing of what the JSON says.
 */

const HEADER_BYTES = 4

/** One value as a frame. */
export function encodeFrame(value: unknown): Buffer {
  const body = Buffer.from(JSON.stringify(value))
  const frame = Buffer.allocUnsafe(HEADER_BYTES + body.length)
  frame.writeUInt32LE(body.length)
  body.copy(frame, HEADER_BYTES)
  return frame
}

/**
 * A reader to feed with chunks as they come; calls `onValue` once for each whole frame.
 *
 * @param mostBytes of one frame. The reader throws a RangeError for a longer one, and what JSON.parse throws
 */
export function frameReader(
  onValue: (value: unknown) => void,
  mostBytes = Number.POSITIVE_INFINITY,
): (chunk: Buffer) => void {
  let pending: Buffer[] = []
  let bytes = 0
  return (chunk) => {
    pending.push(chunk)
    bytes += chunk.length
    while (bytes >= HEADER_BYTES) {
      // Joining only when the header is whole and again when the body is: a large body in many chunks stays linear.
      if ((pending[0] as Buffer).length < HEADER_BYTES) pending = [Buffer.concat(pending)]
      const size = HEADER_BYTES + (pending[0] as Buffer).readUInt32LE(0)
      if (size > mostBytes) throw new RangeError(`a frame of ${size} bytes`)
      if (bytes < size) return
      const all = pending.length === 1 ? (pending[0] as Buffer) : Buffer.concat(pending)
      onValue(JSON.parse(all.toString('utf8', HEADER_BYTES, size)))
      bytes -= size
      pending = bytes > 0 ? [all.subarray(size)] : []
    }
  }
}
