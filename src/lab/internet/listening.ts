/**
 * What every server of the simulated internet has in common: a real loopback port, chosen by the system, and an end.
 *
 * They are Node's own servers, so they are not among the learner's sockets; none keeps a program alive.
 */
import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import type { Endpoint } from '../../socket/hooks.ts'

export interface Listening {
  /** Where it really is. */
  readonly real: Endpoint
  /** Ends it and every conversation it has. */
  stop(): Promise<void>
}

/** Node's server waits for each of its sockets. One whose end was cut off, as ■ may do, never says that it has ended. */
const END_MS = 1000

/** Resolves with `closed`, or when that does not come. */
export const ended = (closed: Promise<unknown>): Promise<unknown> =>
  Promise.race([closed, setTimeout(END_MS, undefined, { ref: false })])

/** Starts a TCP server on a port of `host` that the system chooses. */
export async function listenTcp(host: string, onConnection: (socket: Socket) => void): Promise<Listening> {
  const sockets = new Set<Socket>()
  const server: Server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    socket.unref()
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    // A learner who hangs up early is no news here.
    socket.on('error', () => socket.destroy())
    onConnection(socket)
  })
  server.listen({ host, port: 0 })
  await once(server, 'listening')
  server.unref()
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a TCP server has an address and a port')
  return {
    real: { host, port: address.port },
    async stop() {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await ended(closed)
    },
  }
}
