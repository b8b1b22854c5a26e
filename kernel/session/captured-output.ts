/**
 * Bytes from the pipes behind the descriptors 1 and 2, as text of the cell that runs (they carry no name of a cell).
 * Knows nothing of who wrote them.
 */
import { readSync } from 'node:fs'
import type { CapturedDescriptors } from '../bridge/threads.ts'

type Stream = 0 | 1

export interface CapturedOutput {
  /** Reads what lies in the pipes now: called before a cell's reply, so that nothing comes after its idle. */
  drain(): void
}

export function readCaptured(
  captured: CapturedDescriptors,
  onText: (stream: Stream, text: string) => void,
): CapturedOutput {
  // Not an import: the first answer would wait for it.
  const { Socket } = process.getBuiltinModule('node:net')
  const buffer = Buffer.allocUnsafe(1 << 16)
  const streams = ([captured.stdout, captured.stderr] as const).map((fd, index) => {
    const decoder = new TextDecoder()
    const take = (bytes: Uint8Array) => {
      const text = decoder.decode(bytes, { stream: true })
      if (text !== '') onText(index as Stream, text)
    }
    const socket = new Socket({ fd, readable: true, writable: false })
    socket.on('data', take)
    // The learner's code may have closed the descriptors: then nothing can come any more.
    socket.on('error', () => {})
    socket.unref()
    return { fd, take }
  })
  return {
    drain() {
      // Each ends with an error, at the end of each cell: nobody looks at its stack, which takes longer than the read.
      const { stackTraceLimit } = Error
      Error.stackTraceLimit = 0
      for (const { fd, take } of streams) {
        try {
          for (let length = readSync(fd, buffer); length > 0; length = readSync(fd, buffer))
            take(buffer.subarray(0, length))
        } catch {
          // EAGAIN: empty. Any other error is reported by the socket.
        }
      }
      Error.stackTraceLimit = stackTraceLimit
    },
  }
}
