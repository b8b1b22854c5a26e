/**
 * The five ZeroMQ sockets of a kernel: bound, read, written, closed.
 * Knows frames and routing, nothing of what messages say.
 */
import { Router, XPublisher } from 'zeromq'
import { type Channel, type Connection, endpoint, isIPv6 } from '../protocol/connection-file.ts'
import { type Sender, sender } from './sender.ts'

const common = {
  linger: 1000,
  // No limit and no waiting in zeromq.js: it answers 512 unawaited sends and then throws EBUSY; our own queue awaits each.
  sendHighWaterMark: 0,
  receiveHighWaterMark: 0,
  sendTimeout: 0,
} as const

/** How long requests wait for iopub's first subscriber: without it the first `idle` is lost and the client asks again after 1 s. */
const SUBSCRIBER_WAIT_MS = 300

export interface ChannelHandlers {
  shell(frames: Buffer[]): void
  control(frames: Buffer[]): void
  stdin(frames: Buffer[]): void
  /** A client subscribed to this topic. */
  subscribed(topic: Buffer): void
}

export interface Channels {
  /** The connection with the ports that were really bound. */
  connection: Connection
  send: Record<'shell' | 'control' | 'stdin' | 'iopub', Sender>
  /** Starts to read requests: resolves once they can be answered without losing the first status. */
  listen(handlers: ChannelHandlers): Promise<void>
  /** Sends what is waiting and closes. */
  close(): Promise<void>
}

type Sockets = Record<Channel, Router | XPublisher>

/** A thread that ends while ZeroMQ binds aborts the process: all have been tried before one is told to have failed. */
async function bindAll(connection: Connection, sockets: Sockets): Promise<void> {
  const failed: string[] = []
  await Promise.all(
    (Object.keys(sockets) as Channel[]).map(async (name) => {
      const place = endpoint(connection, name)
      await sockets[name].bind(place).catch((error: Error) => failed.push(`${name} at ${place}: ${error.message}`))
    }),
  )
  if (failed.length === 0) return
  for (const socket of Object.values(sockets)) socket.close()
  throw new Error(
    `not every channel could be opened (is another kernel running with this connection file?)\n  ${failed.join('\n  ')}`,
  )
}

/** Binds all five; rejects where one cannot be bound. */
export async function openChannels(connection: Connection): Promise<Channels> {
  const options = { ...common, ipv6: isIPv6(connection) }
  // A client that reconnects keeps its identity: `handover` gives it the new connection instead of refusing it.
  const router = () => new Router({ ...options, handover: true })
  const sockets = {
    shell: router(),
    control: router(),
    stdin: router(),
    hb: router(),
    // Every subscription is reported, also a second one to the same topic: each client gets its iopub_welcome.
    iopub: new XPublisher({ ...options, verbosity: 'allSubs' }),
  }
  await bindAll(connection, sockets)
  const bound = { ...connection }
  for (const name of Object.keys(sockets) as (keyof typeof sockets)[])
    if (bound[`${name}_port`] === 0) bound[`${name}_port`] = Number(sockets[name].lastEndpoint?.split(':').pop())
  const send = {
    shell: sender(sockets.shell),
    control: sender(sockets.control),
    stdin: sender(sockets.stdin),
    iopub: sender(sockets.iopub),
  }
  const echo = sender(sockets.hb)
  let closed = false

  async function read(socket: AsyncIterable<Buffer[]>, handle: (frames: Buffer[]) => void): Promise<void> {
    try {
      for await (const frames of socket) handle(frames)
    } catch (error) {
      // Closing a socket ends its read with an error; any other end is a fault that must not stay silent.
      if (!closed) throw error
    }
  }

  return {
    connection: bound,
    send,
    async listen(handlers) {
      void read(sockets.hb, (frames) => echo(frames))
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, SUBSCRIBER_WAIT_MS)
        void read(sockets.iopub, ([frame]) => {
          // First byte 1: subscribe, 0: unsubscribe; the rest is the topic.
          if (frame?.[0] !== 1) return
          handlers.subscribed(frame.subarray(1))
          clearTimeout(timer)
          setImmediate(resolve)
        })
      })
      void read(sockets.control, handlers.control)
      void read(sockets.shell, handlers.shell)
      void read(sockets.stdin, handlers.stdin)
    },
    async close() {
      closed = true
      await Promise.all([...Object.values(send), echo].map((one) => one.flushed()))
      for (const socket of Object.values(sockets)) socket.close()
    },
  }
}
