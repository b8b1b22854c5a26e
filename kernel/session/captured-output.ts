/**
 * Bytes from the pipes behind the descriptors 1 and 2, as text of the cell that runs (they carry no name of a cell).
 * Knows nothing of who wrote them.
 */
import { readSync } from 'node:fs'
import type { CapturedDescriptors } from '../bridge/threads.ts'

type Stream = 0 | 1

const BYTES = 1 << 16
/** A child that prints without end fills the pipe as fast as it is read: io would do nothing else any more. */
const DRAIN_BYTES = 1 << 20
const BUSY_RETRY_MS = 5

export interface CapturedOutput {
  /** Reads what lies in the pipes now, at most as much as they hold: called before a cell's reply, so that nothing comes after its idle. */
  drain(): void
}

export function readCaptured(
  captured: CapturedDescriptors,
  onText: (stream: Stream, text: string) => void,
  behind: () => boolean,
): CapturedOutput {
  // Not an import: the first answer would wait for it.
  const { Socket } = process.getBuiltinModule('node:net')
  const buffer = Buffer.allocUnsafe(BYTES)
  /** How many bytes the buffer holds then, behind those that it has. */
  function fill(fd: number, has: number): number {
    // An empty pipe is an error: nobody looks at its stack, which takes longer than the read.
    const { stackTraceLimit } = Error
    Error.stackTraceLimit = 0
    try {
      return has + readSync(fd, buffer, has, BYTES - has, null)
    } catch {
      // EAGAIN: empty. Any other error is reported by the socket.
      return has
    } finally {
      Error.stackTraceLimit = stackTraceLimit
    }
  }
  const streams = ([captured.stdout, captured.stderr] as const).map((fd, index) => {
    const decoder = new TextDecoder()
    let first: number | undefined
    let isOpen = true
    /** Hands over what is there, or as much as the buffer takes, and tells how much that was. */
    function take(): number {
      // Its number may be a socket's of the learner by now.
      if (!isOpen) return 0
      const has = first === undefined ? 0 : buffer.writeUInt8(first)
      first = undefined
      const length = fill(fd, has)
      const text = decoder.decode(buffer.subarray(0, length), { stream: true })
      if (text !== '') onText(index as Stream, text)
      return length
    }
    /**
     * `behind` takes what was printed before while these bytes are unread, and main waits with what comes after them.
     * While this waits the pipe fills, and then whoever prints waits too.
     */
    function takeInTime(): boolean {
      const wait = behind()
      if (wait) setTimeout(() => takeInTime() && socket.resume(), BUSY_RETRY_MS).unref()
      else take()
      return !wait
    }
    // The loop reads one byte and no more: main sees by the others that something was printed whose turn has not come.
    const onread = {
      buffer: Buffer.allocUnsafe(1),
      callback(_: number, bytes: Uint8Array) {
        first = bytes[0]
        return takeInTime()
      },
    }
    const socket = new Socket({ fd, readable: true, writable: false, onread })
    // The learner's code may have closed the descriptors: then nothing can come any more.
    socket.on('error', () => {})
    socket.on('close', () => {
      isOpen = false
    })
    socket.unref()
    return take
  })
  return {
    drain() {
      for (const take of streams)
        for (let sum = 0, length = BYTES; length === BYTES && sum < DRAIN_BYTES; sum += length) length = take()
    },
  }
}
