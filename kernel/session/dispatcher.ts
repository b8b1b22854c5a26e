/**
 * From frames to a handler and back: busy first, the reply, idle last, whatever happens in between.
 * Knows no single request's meaning; execute requests go to their queue.
 */
import { decode, encode, type headerMaker } from '../protocol/codec.ts'
import type { Message } from '../protocol/messages.ts'
import { ProtocolError } from '../protocol/protocol-error.ts'
import { isRequestType, type RequestContent, requestSchemas, whatIsWrong } from '../protocol/schemas.ts'
import type { ClientClocks } from './behind-error.ts'
import { type CommTraffic, isCommKind } from './comms.ts'
import type { Handler, HandlerContext, Handlers } from './handlers/handler.ts'
import type { Log } from './log.ts'
import type { Publisher } from './publisher.ts'

/** What all clients are told, and not only who asked: a console closes itself when another one ends the kernel. */
const FOR_ALL = 'shutdown_request'

export type Reply = (content: object, metadata?: Message['metadata']) => void

/** What has requests. */
export type RequestChannel = 'shell' | 'control'

export interface ExecuteJob {
  channel: RequestChannel
  request: Message
  content: RequestContent<'execute_request'>
  reply: Reply
}

export interface DispatcherParts {
  key: string
  send: Record<RequestChannel, (frames: (string | Uint8Array)[]) => void>
  newHeader: ReturnType<typeof headerMaker>
  publisher: Publisher
  handlers: Handlers
  context: HandlerContext
  execute(job: ExecuteJob): void
  /** The number of the newest cell: every execute_reply names it. */
  executionCount(): number
  comms: CommTraffic
  clocks: ClientClocks
  log: Log
}

export type Dispatch = (frames: readonly Uint8Array[], channel: RequestChannel) => Promise<void>

export function createDispatcher({
  key,
  send,
  newHeader,
  publisher,
  handlers,
  context,
  execute,
  executionCount,
  comms,
  clocks,
  log,
}: DispatcherParts): Dispatch {
  return async (frames, channel) => {
    let request: Message
    try {
      request = decode(frames, key)
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error
      log(`dropped ${error.message}`)
      return
    }
    clocks.heard(request.header)
    const type = request.header.msg_type
    log(`${type} ${request.header.msg_id}`)
    if (isCommKind(type)) {
      comms.received(type, request)
      return
    }
    if (!isRequestType(type)) {
      log(`dropped a message of unknown type ${type}`)
      // As ipykernel does: whoever waits for the end of what it has asked is told of it.
      publisher.publish('status', { execution_state: 'busy' }, request.header)
      publisher.publish('status', { execution_state: 'idle' }, request.header)
      return
    }
    const reply: Reply = (content, metadata = {}) =>
      send[channel](
        encode(
          {
            identities: request.identities,
            header: newHeader(type.replace(/_request$/, '_reply')),
            parentHeader: request.header,
            metadata,
            content,
            buffers: [],
          },
          key,
        ),
      )
    const content = requestSchemas[type].safeParse(request.content)
    if (content.success && type === 'execute_request') {
      execute({ channel, request, content: content.data as RequestContent<'execute_request'>, reply })
      return
    }
    publisher.publish('status', { execution_state: 'busy' }, request.header)
    try {
      if (!content.success)
        throw new ProtocolError('BAD_CONTENT', `the content of this ${type} is wrong: ${whatIsWrong(content.error)}`)
      // The schema was looked up by the same name as the handler, which TypeScript cannot follow through the union.
      const handler = handlers[type as keyof Handlers] as Handler<'kernel_info_request'>
      const answer = await handler(content.data as RequestContent<'kernel_info_request'>, context)
      reply(answer)
      if (type === FOR_ALL) publisher.publishRaw('shutdown_reply', answer, request.header, {}, [])
    } catch (error) {
      const { name, message } = error as Error
      log(`${type} failed: ${(error as Error).stack}`)
      const failure = { status: 'error', ename: name, evalue: message, traceback: [`${name}: ${message}`] }
      reply(type === 'execute_request' ? { ...failure, execution_count: executionCount() } : failure)
    }
    publisher.publish('status', { execution_state: 'idle' }, request.header)
  }
}
