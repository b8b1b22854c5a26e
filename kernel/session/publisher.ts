/**
 * Everything that leaves on iopub, each message with its parent.
 * Knows no ZeroMQ: it hands finished frames to a sender.
 */
import { encode, type headerMaker } from '../protocol/codec.ts'
import type { Header, IopubContents, IopubType } from '../protocol/messages.ts'

export type Parent = Header | Record<string, never>

export interface Publisher {
  publish<T extends IopubType>(type: T, content: IopubContents[T], parent: Parent): void
  /** Greets a subscriber, on the topic that it asked for (JEP 65). */
  welcome(topic: Buffer): void
}

const TOPIC = Buffer.from('kernel')

export function createPublisher(
  send: (frames: (string | Uint8Array)[]) => void,
  newHeader: ReturnType<typeof headerMaker>,
  key: string,
): Publisher {
  const put = (topic: Buffer, type: IopubType, content: unknown, parentHeader: Parent) =>
    send(
      encode({ identities: [topic], header: newHeader(type), parentHeader, metadata: {}, content, buffers: [] }, key),
    )
  return {
    publish: (type, content, parent) => put(TOPIC, type, content, parent),
    welcome: (topic) => put(topic, 'iopub_welcome', { subscription: topic.toString() }, {}),
  }
}
