/**
 * One queue a socket: sends in order, each awaited, none lost.
 * zeromq.js refuses a second send (EBUSY) while one is waiting, so nobody else may call `send` of that socket.
 */

type Frames = readonly (string | Uint8Array)[]

export interface Sender {
  (frames: Frames): void
  /** Messages not yet handed to ZeroMQ. */
  waiting(): number
  /** Resolves when the queue is empty. */
  flushed(): Promise<void>
}

export function sender(socket: { send(frames: (string | Buffer)[]): Promise<void> }): Sender {
  let queue: Frames[] = []
  let pumping: Promise<void> | undefined

  async function pump(): Promise<void> {
    while (queue.length > 0) {
      // Swapped, not shifted: shift() of a long array costs microseconds each.
      const batch = queue
      queue = []
      for (const frames of batch) {
        try {
          await socket.send(frames as (string | Buffer)[])
        } catch {
          // The addressee is gone (a router drops what it cannot route) or we are closing: nobody is left to tell.
        }
      }
    }
    pumping = undefined
  }

  const send = ((frames) => {
    queue.push(frames)
    pumping ??= pump()
  }) as Sender
  send.waiting = () => queue.length
  send.flushed = async () => {
    while (pumping) await pumping
  }
  return send
}
