/**
 * Comms on their way through: the client's messages to the main thread, busy and idle around them, and which are open.
 * Knows nothing of what widgets say.
 */
import type { CellId } from '../bridge/threads.ts'
import type { Message } from '../protocol/messages.ts'
import type { MainThread } from './main-thread.ts'
import type { Parent, Publisher } from './publisher.ts'

const KINDS = ['comm_open', 'comm_msg', 'comm_close'] as const
type CommKind = (typeof KINDS)[number]

export const isCommKind = (type: string): type is CommKind => (KINDS as readonly string[]).includes(type)

export interface CommTraffic {
  /** From the client. */
  received(kind: CommKind, message: Message): void
  /** From a cell. */
  sent(type: string, content: Record<string, unknown>): void
  /** Main has dealt with the client's message. */
  done(cell: CellId): void
  /** Messages of the client that main has not dealt with. */
  pending(): CellId[]
  /** ■ has ended what main ran: a listener among it will not say that it is done. */
  stopped(): void
  /** For comm_info_reply: the open ones, or those of one target. */
  open(targetName?: string): Record<string, { target_name: string }>
}

interface CommParts {
  main: MainThread
  publisher: Publisher
  adopt(parent: Parent): CellId
  release(cell: CellId): void
  parentOf(cell: CellId): Parent
  /** When all cells that have been asked for are done; undefined: they are. */
  whenIdle(): Promise<void> | undefined
}

export function createCommTraffic({ main, publisher, adopt, release, parentOf, whenIdle }: CommParts): CommTraffic {
  const targets = new Map<string, string>()
  /** Messages of the client that main has not dealt with. */
  const pending = new Set<CellId>()
  function track(kind: string, content: Record<string, unknown>): void {
    const id = String(content.comm_id)
    if (kind === 'comm_open') targets.set(id, String(content.target_name))
    else if (kind === 'comm_close') targets.delete(id)
  }
  function done(cell: CellId): void {
    if (!pending.delete(cell)) return
    publisher.publish('status', { execution_state: 'idle' }, parentOf(cell))
    release(cell)
  }
  return {
    received(kind, { header, content, metadata, buffers }) {
      publisher.publish('status', { execution_state: 'busy' }, header)
      // Without an id there is no comm that anybody could mean.
      if (typeof content.comm_id !== 'string') {
        publisher.publish('status', { execution_state: 'idle' }, header)
        return
      }
      track(kind, content)
      const cell = adopt(header)
      pending.add(cell)
      const idle = kind === 'comm_open' ? whenIdle() : undefined
      const early = idle !== undefined
      const copies = buffers.map((one) => new Uint8Array(one))
      main.post({ type: 'comm', cell, kind, content, metadata, buffers: copies, messageId: header.msg_id, early })
      void idle?.then(() => main.post({ type: 'commDue', cell }))
    },
    sent: track,
    done,
    pending: () => [...pending],
    stopped: () => pending.forEach(done),
    open: (wanted) =>
      Object.fromEntries(
        [...targets]
          .filter(([, target]) => wanted === undefined || target === wanted)
          .map(([id, target_name]) => [id, { target_name }]),
      ),
  }
}
