/**
 * The other end of the wire: asks a kernel, and collects what belongs to each question.
 * Knows the messages, nothing of notebooks or tests.
 */
import { decode, encode, headerMaker } from '../protocol/codec.ts'
import { type Connection, endpoint, isIPv6 } from '../protocol/connection-file.ts'
import type { ExecuteReply, ExecuteRequest, Message } from '../protocol/messages.ts'
import { ProtocolError } from '../protocol/protocol-error.ts'
import { sender } from '../wire/sender.ts'

export type ClientMessage = Message<Record<string, unknown>>

export interface Answer<Content = Record<string, unknown>> {
  reply: Message<Content>
  /** Everything with this request as parent, up to and with its `idle`. */
  iopub: ClientMessage[]
}

export interface ExecuteOptions extends Partial<Omit<ExecuteRequest, 'code'>> {
  /** Called with each message as it comes. */
  onMessage?: (message: ClientMessage) => void
  /** The subshell to run in; default the main one. */
  subshell?: string
  /** When the request says that it was made; default now. */
  date?: string
}

interface Pending {
  iopub: ClientMessage[]
  reply?: ClientMessage
  /** It will have no reply: its idle is its end. */
  told?: boolean
  idle: boolean
  onMessage?: (message: ClientMessage) => void
  resolve(answer: Answer): void
  reject(error: Error): void
}

export interface KernelClient {
  /** Sends a request; resolves when both its reply and its `idle` have come. */
  request(
    type: string,
    content: object,
    options?: { channel?: 'shell' | 'control' } & Pick<ExecuteOptions, 'onMessage' | 'subshell' | 'date'>,
  ): Promise<Answer>
  /** Sends a message that has no reply (comm_open, comm_msg, comm_close); resolves with its `idle`. */
  tell(type: string, content: object, buffers?: readonly Uint8Array[]): Promise<void>
  execute(code: string, options?: ExecuteOptions): Promise<Answer<ExecuteReply>>
  interrupt(): Promise<Answer>
  shutdown(restart?: boolean): Promise<Answer>
  /** Sends these bytes to the heartbeat; resolves to what came back. */
  heartbeat(bytes: Uint8Array): Promise<Uint8Array>
  /** Every message of iopub, also those without a parent of ours. Returns a function that stops it. */
  onIopub(listener: (message: ClientMessage) => void): () => void
  /** Answers the kernel's input_request messages. */
  onInput(answer: (prompt: string, password: boolean) => string | Promise<string>): void
  /** Everything still asked rejects with this. */
  fail(error: Error): void
  close(): void
}

/** `onForeign` is told of each message that the kernel has not signed; nobody else hears of it. */
export async function connectKernel(
  connection: Connection,
  onForeign: (error: Error) => void = () => {},
): Promise<KernelClient> {
  // Loaded here: a command line whose ZeroMQ is broken can still say so.
  const { Dealer, Request, Subscriber } = await import('zeromq')
  const { key } = connection
  const newHeader = headerMaker('socketlab')
  // The kernel binds after we connect: libzmq tries again each 100 ms unless told otherwise.
  const common = { linger: 0, receiveHighWaterMark: 0, reconnectInterval: 5, ipv6: isIPv6(connection) }
  const options = { ...common, sendHighWaterMark: 0 }
  const identity = newHeader('').session
  const shell = new Dealer({ ...options, routingId: identity })
  const control = new Dealer({ ...options, routingId: identity })
  const stdin = new Dealer({ ...options, routingId: identity })
  const iopub = new Subscriber(common)
  for (const [name, socket] of Object.entries({ shell, control, stdin, iopub }))
    socket.connect(endpoint(connection, name as 'shell'))
  iopub.subscribe('')
  const send = { shell: sender(shell), control: sender(control), stdin: sender(stdin) }

  const pending = new Map<string, Pending>()
  const listeners = new Set<(message: ClientMessage) => void>()
  let answerInput: ((prompt: string, password: boolean) => string | Promise<string>) | undefined
  let closed = false

  async function read(socket: AsyncIterable<Buffer[]>, handle: (message: ClientMessage) => void): Promise<void> {
    try {
      for await (const frames of socket) {
        const message = decoded(frames)
        if (message) handle(message)
      }
    } catch (error) {
      if (!closed) throw error
    }
  }
  /** Whoever can write to the kernel's sockets can send anything: what the kernel has not signed is not its word. */
  function decoded(frames: Buffer[]): ClientMessage | undefined {
    try {
      return decode(frames, key)
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error
      onForeign(error)
      return undefined
    }
  }
  function finish(id: string, one: Pending): void {
    if (!one.idle || !(one.reply || one.told)) return
    pending.delete(id)
    one.resolve({ reply: one.reply as ClientMessage, iopub: one.iopub })
  }
  const parentId = (message: ClientMessage) => (message.parentHeader as { msg_id?: string }).msg_id ?? ''
  const onReply = (message: ClientMessage) => {
    const one = pending.get(parentId(message))
    if (!one) return
    one.reply = message
    finish(parentId(message), one)
  }
  void read(shell, onReply)
  void read(control, onReply)
  void read(iopub, (message) => {
    for (const listener of listeners) listener(message)
    const one = pending.get(parentId(message))
    if (!one) return
    one.iopub.push(message)
    one.onMessage?.(message)
    if (message.header.msg_type === 'status' && message.content.execution_state === 'idle') {
      one.idle = true
      finish(parentId(message), one)
    }
  })
  void read(stdin, async (message) => {
    if (message.header.msg_type !== 'input_request' || !answerInput) return
    const { prompt, password } = message.content as { prompt: string; password: boolean }
    const content = { value: await answerInput(prompt, password) }
    put('stdin', 'input_reply', content, message.header)
  })

  function put(
    channel: 'shell' | 'control' | 'stdin',
    type: string,
    content: object,
    parentHeader: Message['parentHeader'] = {},
    subshell?: string,
    buffers: readonly Uint8Array[] = [],
    date?: string,
  ) {
    const header = {
      ...newHeader(type),
      ...(subshell !== undefined && { subshell_id: subshell }),
      ...(date !== undefined && { date }),
    }
    send[channel](encode({ identities: [], header, parentHeader, metadata: {}, content, buffers }, key))
    return header.msg_id
  }

  const request: KernelClient['request'] = (type, content, { channel = 'shell', onMessage, subshell, date } = {}) =>
    new Promise((resolve, reject) => {
      const id = put(channel, type, content, {}, subshell, [], date)
      pending.set(id, { iopub: [], idle: false, onMessage, resolve, reject })
    })

  return {
    request,
    tell: (type, content, buffers) =>
      new Promise((resolve, reject) => {
        const id = put('shell', type, content, {}, undefined, buffers)
        pending.set(id, { iopub: [], told: true, idle: false, resolve: () => resolve(), reject })
      }),
    execute: (code, { onMessage, subshell, date, ...rest } = {}) => {
      const content = {
        code,
        silent: false,
        store_history: true,
        user_expressions: {},
        allow_stdin: false,
        stop_on_error: true,
        ...rest,
      }
      // The reply's content is what the kernel promises in kernel/session; tests check it.
      return request('execute_request', content, { onMessage, subshell, date }) as Promise<Answer<never>>
    },
    interrupt: () => request('interrupt_request', {}, { channel: 'control' }),
    shutdown: (restart = false) => request('shutdown_request', { restart }, { channel: 'control' }),
    async heartbeat(bytes) {
      const socket = new Request({ linger: 0, ipv6: isIPv6(connection) })
      socket.connect(endpoint(connection, 'hb'))
      await socket.send(Buffer.from(bytes))
      const [echo] = await socket.receive()
      socket.close()
      return echo as Buffer
    },
    onIopub(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    onInput(answer) {
      answerInput = answer
    },
    fail(error) {
      for (const one of pending.values()) one.reject(error)
      pending.clear()
    },
    close() {
      closed = true
      for (const socket of [shell, control, stdin, iopub]) socket.close()
    },
  }
}
