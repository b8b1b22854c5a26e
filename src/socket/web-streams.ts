/** A socket as the web's pair of streams. */
import { SHUT_WR } from './constants/socket-options.ts'
import type { Socket } from './socket.ts'

/** What `toWeb()` gives: what comes in, and where to write what goes out. */
export interface WebStreams {
  readable: ReadableStream<Uint8Array<ArrayBuffer>>
  writable: WritableStream<Uint8Array>
}

const CHUNK = 65536

/** The socket belongs to the streams: it is closed when both have ended. */
export function toWeb(socket: Socket): WebStreams {
  let open = 2
  const ended = (): void => {
    if (--open === 0) socket.close()
  }
  const readable = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        const chunk = await socket.recv(CHUNK)
        if (chunk.length > 0) return controller.enqueue(new Uint8Array(chunk))
        controller.close()
        ended()
      },
      cancel: ended,
    },
    // Nothing is received before somebody reads.
    { highWaterMark: 0 },
  )
  const writable = new WritableStream<Uint8Array>({
    write: (chunk) => socket.sendall(chunk),
    close() {
      // The other side may have gone already: then there is nothing left to tell it.
      if (open === 2) socket.shutdown(SHUT_WR)
      ended()
    },
    abort() {
      open = 0
      socket.close()
    },
  })
  return { readable, writable }
}
