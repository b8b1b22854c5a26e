/**
 * Everything that leaves on iopub, each message with its parent. After an `idle` it says `busy` again where another
 * request still is.
 * Knows no ZeroMQ: it hands finished frames to a sender.
 */
import { encode, type headerMaker } from '../protocol/codec.ts'
import type { Header, IopubContents, IopubType } from '../protocol/messages.ts'

export type Parent = Header | Record<string, never>

export interface Publisher {
  publish<T extends IopubType>(type: T, content: IopubContents[T], parent: Parent): void
  /** Any message type, with its metadata and buffers. */
  publishRaw(
    type: string,
    content: Record<string, unknown>,
    parent: Parent,
    metadata: Record<string, unknown>,
    buffers: readonly Uint8Array[],
  ): void
  /** Greets a subscriber, on the topic that it asked for (JEP 65). */
  welcome(topic: Buffer): void
}

type State = IopubContents['status']['execution_state']

const TOPIC = Buffer.from('kernel')

export function createPublisher(
  send: (frames: (string | Uint8Array)[]) => void,
  newHeader: ReturnType<typeof headerMaker>,
  key: string,
): Publisher {
  const put = (
    topic: Buffer,
    type: string,
    content: unknown,
    parentHeader: Parent,
    metadata: Record<string, unknown> = {},
    buffers: readonly Uint8Array[] = [],
  ) => send(encode({ identities: [topic], header: newHeader(type), parentHeader, metadata, content, buffers }, key))
  /** Requests that are busy, the oldest first: with a cell that runs, others are answered. */
  const busy = new Map<string, Parent>()
  const status = (state: State, parent: Parent) => put(TOPIC, 'status', { execution_state: state }, parent)
  function follow(state: State, parent: Parent): void {
    if (parent.msg_id === undefined) return
    if (state === 'busy') busy.set(parent.msg_id, parent)
    else if (state === 'idle' && busy.delete(parent.msg_id)) {
      // Clients and Jupyter's server take the last status for the kernel's, whichever request it is of.
      const [oldest] = busy.values()
      if (oldest) status('busy', oldest)
    }
  }
  return {
    publish(type, content, parent) {
      put(TOPIC, type, content, parent)
      if (type === 'status') follow((content as IopubContents['status']).execution_state, parent)
    },
    publishRaw: (type, content, parent, metadata, buffers) => put(TOPIC, type, content, parent, metadata, buffers),
    welcome: (topic) => put(topic, 'iopub_welcome', { subscription: topic.toString() }, {}),
  }
}
