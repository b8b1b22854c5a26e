/** A socket as the web's pair of streams. */
import { SHUT_WR } from './constants/socket-options.ts'
import type { Socket } from './socket.ts'

/** What `toWeb()` gives: what comes in, and where to write what goes out. */
export interface WebStreams {
  readable: ReadableStream<Uint8Array<ArrayBuffer>>
  writable: WritableStream<Uint8Array>
}

const CHUNK = 65536

/** The socket belongs to the streams: it is closed when both have ended, or failed. */
export function toWeb(socket: Socket): WebStreams {
  const open = new Set(['in', 'out'])
  const ended = (side: 'in' | 'out'): void => {
    if (open.delete(side) && open.size === 0) socket.close()
  }
  const cancelled = new AbortController()
  const readable = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        let chunk: Buffer
        try {
          chunk = await socket.recv(CHUNK, { signal: cancelled.signal })
        } catch (error) {
          ended('in')
          throw error
        }
        if (chunk.length > 0) return controller.enqueue(new Uint8Array(chunk))
        controller.close()
        ended('in')
      },
      cancel() {
        // A read that waits takes nothing any more, and does not keep a program running.
        cancelled.abort()
        ended('in')
      },
    },
    // Nothing is received before somebody reads.
    { highWaterMark: 0 },
  )
  const writable = new WritableStream<Uint8Array>({
    async write(chunk) {
      try {
        await socket.sendall(chunk)
      } catch (error) {
        // Nobody is told any more: a stream that has failed is neither closed nor aborted.
        ended('out')
        throw error
      }
    },
    close() {
      try {
        // The other side may have gone already: then there is nothing left to tell it.
        if (open.has('in')) socket.shutdown(SHUT_WR)
      } finally {
        ended('out')
      }
    },
    abort() {
      open.clear()
      socket.close()
    },
  })
  return { readable, writable }
}
