/**
 * The Jupyter messages this kernel speaks, as types: one entry a message, request beside reply.
 * Knows nothing of sockets, keys or threads. Section "Messages on the shell channel" and following of the
 * messaging specification 5.5.
 */

export const PROTOCOL_VERSION = '5.5'

export interface Header {
  msg_id: string
  session: string
  username: string
  date: string
  msg_type: string
  version: string
  subshell_id?: string | null
}

/** One message, whichever way it travels. `parentHeader` is `{}` on the wire where there is no parent. */
export interface Message<Content = Record<string, unknown>> {
  /** ZeroMQ routing identities in front of the delimiter; on iopub the topic. */
  identities: readonly Uint8Array[]
  header: Header
  parentHeader: Header | Record<string, never>
  metadata: Record<string, unknown>
  content: Content
  buffers: readonly Uint8Array[]
}

export type MimeBundle = Record<string, unknown>

/** What an `error` says, on iopub and again in the reply (nbgrader reads the reply's fields unguarded). */
export interface ErrorContent {
  ename: string
  evalue: string
  traceback: string[]
}

export interface ExecuteRequest {
  code: string
  silent: boolean
  store_history: boolean
  user_expressions: Record<string, string>
  allow_stdin: boolean
  stop_on_error: boolean
}

export type ExecuteReply =
  | { status: 'ok'; execution_count: number; payload: unknown[]; user_expressions: Record<string, unknown> }
  | ({ status: 'error'; execution_count: number } & ErrorContent)
  /** Without a number, as ipykernel: the cell has none. */
  | { status: 'aborted' }

/** Content of each iopub message that the kernel sends. */
export interface IopubContents {
  status: { execution_state: 'starting' | 'busy' | 'idle' }
  execute_input: { code: string; execution_count: number }
  execute_result: { execution_count: number; data: MimeBundle; metadata: Record<string, unknown> }
  stream: { name: 'stdout' | 'stderr'; text: string }
  display_data: { data: MimeBundle; metadata: Record<string, unknown>; transient?: { display_id?: string } }
  update_display_data: { data: MimeBundle; metadata: Record<string, unknown>; transient: { display_id?: string } }
  clear_output: { wait: boolean }
  error: ErrorContent
  iopub_welcome: { subscription: string }
}
export type IopubType = keyof IopubContents
