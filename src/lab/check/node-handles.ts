/**
 * Node's own servers, sockets and child processes that a case has made: they end with it, as our sockets do.
 *
 * Node tells of them on its diagnostics channels, in the context of the code that made them.
 */
import diagnostics from 'node:diagnostics_channel'
import { currentUnit } from '../../wait/index.ts'

interface Closable {
  close?(): void
  destroy?(): void
  kill?(signal: string): void
}

/** Channel, and the field of its message. */
const CHANNELS = [
  ['tracing:net.server.listen:asyncEnd', 'server'],
  ['net.server.socket', 'socket'],
  ['net.client.socket', 'socket'],
  ['udp.socket', 'socket'],
  ['child_process', 'process'],
] as const

/** From now until `stop`, which also ends what code of a unit has made meanwhile. */
export function trackHandles(): { stop(): void } {
  const made: Closable[] = []
  const undo = CHANNELS.map(([channel, field]) => {
    const listen = (message: unknown) => {
      const handle = (message as Record<string, Closable | undefined>)[field]
      if (handle && currentUnit()) made.push(handle)
    }
    diagnostics.subscribe(channel, listen)
    return () => diagnostics.unsubscribe(channel, listen)
  })
  return {
    stop() {
      for (const one of undo) one()
      for (const handle of made.reverse()) end(handle)
    },
  }
}

function end(handle: Closable): void {
  try {
    if (handle.kill) handle.kill('SIGKILL')
    else if (handle.destroy) handle.destroy()
    else handle.close?.()
  } catch {
    // Closed by the case itself.
  }
}
