/**
 * Frames ⇄ messages. The signature is checked before anything is parsed.
 * Pure: knows nothing of ZeroMQ or of what a message asks for.
 */
import { randomUUID } from 'node:crypto'
import { type Header, type Message, PROTOCOL_VERSION } from './messages.ts'
import { ProtocolError } from './protocol-error.ts'
import { headerSchema, objectSchema, whatIsWrong } from './schemas.ts'
import { sign, verify } from './signature.ts'

const DELIMITER = Buffer.from('<IDS|MSG>')
const EMPTY = Buffer.from('{}')

/** Reads the frames of one ZeroMQ message. Throws {@link ProtocolError} for anything that is not a signed Jupyter message. */
export function decode(frames: readonly Uint8Array[], key: string): Message {
  const at = frames.findIndex((frame) => DELIMITER.equals(frame))
  if (at < 0) throw new ProtocolError('NO_DELIMITER', 'a message without <IDS|MSG>')
  const [signature, header, parent, metadata, content] = frames.slice(at + 1, at + 6)
  if (!signature || !header || !parent || !metadata || !content)
    throw new ProtocolError('TOO_FEW_FRAMES', `a message with ${frames.length - at - 1} of 5 frames after <IDS|MSG>`)
  if (!verify(key, [header, parent, metadata, content], signature))
    throw new ProtocolError('BAD_SIGNATURE', 'a message whose signature does not fit the connection file’s key')
  const parsed = headerSchema.safeParse(json(header, 'header'))
  if (!parsed.success)
    throw new ProtocolError('BAD_CONTENT', `a message whose header is wrong: ${whatIsWrong(parsed.error)}`)
  return {
    identities: frames.slice(0, at),
    header: parsed.data,
    // A request has none, whatever a client puts there; and a schema's refusal of `{}` takes longer than all the rest.
    parentHeader: EMPTY.equals(parent) ? {} : (headerSchema.safeParse(json(parent, 'parent_header')).data ?? {}),
    metadata: objectSchema.safeParse(json(metadata, 'metadata')).data ?? {},
    // Answered, with what is missing, once it is known what was asked.
    content: objectSchema.safeParse(json(content, 'content')).data ?? {},
    buffers: frames.slice(at + 6),
  }
}

function json(frame: Uint8Array, part: string): unknown {
  try {
    return JSON.parse(Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength).toString('utf8'))
  } catch {
    throw new ProtocolError('BAD_JSON', `a message whose ${part} is not JSON`)
  }
}

/**
 * Half of an emoji, as `text[0]` gives it, is no character: Jupyter's server could write neither the message nor a
 * notebook that holds it.
 */
function wellFormed(value: unknown): string {
  const text = JSON.stringify(value)
  if (!text.includes('\\ud')) return text
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === 'string' ? part.toWellFormed() : part))
}

/** The frames of a message, signed. */
export function encode(message: Message<unknown>, key: string): (string | Uint8Array)[] {
  const parts = [
    JSON.stringify(message.header),
    JSON.stringify(message.parentHeader),
    wellFormed(message.metadata),
    wellFormed(message.content),
  ] as const
  return [...message.identities, DELIMITER, sign(key, parts), ...parts, ...message.buffers]
}

/** Makes headers for one end of the conversation: same session, ids that never repeat. */
export function headerMaker(username: string, session: string = randomUUID()): (type: string) => Header {
  let serial = 0
  return (type) => ({
    msg_id: `${session}_${++serial}`,
    session,
    username,
    date: new Date().toISOString(),
    msg_type: type,
    version: PROTOCOL_VERSION,
  })
}
