/**
 * What a request handler is: content in, content out. It knows neither sockets, nor keys, nor the reply's name.
 */
import type { Compiler } from '../../bridge/compiler.ts'
import type { Channel, Connection } from '../../protocol/connection-file.ts'
import type { RequestContent, RequestType } from '../../protocol/schemas.ts'
import type { CommTraffic } from '../comms.ts'
import type { History } from '../history.ts'
import type { Subshells } from '../subshells.ts'

export type Ports = Pick<Connection, `${Channel}_port`>

export interface HandlerContext {
  /** The language of the cells is JavaScript. */
  javascript: boolean
  compiler: Compiler
  history: History
  subshells: Subshells
  comms: CommTraffic
  /** Where clients reach this kernel. */
  ports: Ports
  interrupt(): void
  /** Ends the kernel, after this request's reply and idle have left. */
  shutdown(): void
}

export type ReplyContent = { status: 'ok' | 'error' | 'complete' | 'incomplete' | 'invalid' | 'unknown' } & Record<
  string,
  unknown
>

export type Handler<T extends RequestType> = (
  content: RequestContent<T>,
  context: HandlerContext,
) => ReplyContent | Promise<ReplyContent>

/** Every request but execute_request, which has a queue of its own. */
export type Handlers = { [T in Exclude<RequestType, 'execute_request'>]: Handler<T> }
