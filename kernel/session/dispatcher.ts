/**
 * From frames to a handler and back: busy first, the reply, idle last, whatever happens in between.
 * Knows no single request's meaning; execute requests go to their queue.
 */
import { decode, encode, type headerMaker } from '../protocol/codec.ts'
import type { Message } from '../protocol/messages.ts'
import { ProtocolError } from '../protocol/protocol-error.ts'
import { isRequestType, type RequestContent, requestSchemas } from '../protocol/schemas.ts'
import { type CommTraffic, isCommKind } from './comms.ts'
import type { Handler, HandlerContext, Handlers } from './handlers/handler.ts'
import type { Log } from './log.ts'
import type { Publisher } from './publisher.ts'

export type Reply = (content: object) => void

export interface ExecuteJob {
  request: Message
  content: RequestContent<'execute_request'>
  reply: Reply
}

export interface DispatcherParts {
  key: string
  newHeader: ReturnType<typeof headerMaker>
  publisher: Publisher
  handlers: Handlers
  context: HandlerContext
  execute(job: ExecuteJob): void
  comms: CommTraffic
  log: Log
}

export type Dispatch = (frames: readonly Uint8Array[], send: (frames: (string | Uint8Array)[]) => void) => Promise<void>

export function createDispatcher({
  key,
  newHeader,
  publisher,
  handlers,
  context,
  execute,
  comms,
  log,
}: DispatcherParts): Dispatch {
  return async (frames, send) => {
    let request: Message
    try {
      request = decode(frames, key)
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error
      log(`dropped ${error.message}`)
      return
    }
    const type = request.header.msg_type
    log(`${type} ${request.header.msg_id}`)
    if (isCommKind(type)) {
      comms.received(type, request)
      return
    }
    if (!isRequestType(type)) {
      log(`dropped a message of unknown type ${type}`)
      return
    }
    const reply: Reply = (content) =>
      send(
        encode(
          {
            identities: request.identities,
            header: newHeader(type.replace(/_request$/, '_reply')),
            parentHeader: request.header,
            metadata: {},
            content,
            buffers: [],
          },
          key,
        ),
      )
    const content = requestSchemas[type].safeParse(request.content)
    if (content.success && type === 'execute_request') {
      execute({ request, content: content.data as RequestContent<'execute_request'>, reply })
      return
    }
    publisher.publish('status', { execution_state: 'busy' }, request.header)
    try {
      if (!content.success)
        throw new ProtocolError('BAD_CONTENT', `a ${type} whose content is wrong: ${content.error.message}`)
      // The schema was looked up by the same name as the handler, which TypeScript cannot follow through the union.
      const handler = handlers[type as keyof Handlers] as Handler<'kernel_info_request'>
      reply(await handler(content.data as RequestContent<'kernel_info_request'>, context))
    } catch (error) {
      const { name, message } = error as Error
      log(`${type} failed: ${(error as Error).stack}`)
      reply({ status: 'error', ename: name, evalue: message, traceback: [`${name}: ${message}`] })
    }
    publisher.publish('status', { execution_state: 'idle' }, request.header)
  }
}
