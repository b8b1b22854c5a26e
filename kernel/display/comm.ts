/**
 * Comms: two-way channels between a cell and a widget in the client. Section "Custom messages" of the messaging
 * specification. Knows the three messages; sends through what it is given.
 */
import { mustBeObject } from './message-parts.ts'
import { newId } from './new-id.ts'

export interface CommExtra {
  metadata?: Record<string, unknown>
  buffers?: Uint8Array[]
}

export interface CommMessage {
  data: Record<string, unknown>
  metadata: Record<string, unknown>
  buffers: Uint8Array[]
}

export type CommKind = 'comm_open' | 'comm_msg' | 'comm_close'

/** One open channel. */
export interface Comm extends Disposable {
  readonly id: string
  readonly targetName: string
  /** Sends data to the other end. */
  send(data: Record<string, unknown>, extra?: CommExtra): void
  /** Calls the listener with each message of the other end. Returns a function that stops it. */
  onMessage(listener: (message: CommMessage) => unknown): () => void
  /** Calls the listener when the other end closes. */
  onClose(listener: (message: CommMessage) => unknown): () => void
  close(data?: Record<string, unknown>, extra?: CommExtra): void
}

export interface Comms {
  /** Opens a channel to what the client has registered as `targetName` (anywidget: `jupyter.widget`). */
  open(targetName: string, data?: Record<string, unknown>, extra?: CommExtra): Comm
  /** Answers channels that the client opens to `targetName`. Returns a function that stops it. */
  register(targetName: string, onOpen: (comm: Comm, message: CommMessage) => unknown): () => void
}

type Send = (kind: CommKind, content: Record<string, unknown>, extra: CommExtra) => void

interface OpenComm {
  comm: Comm
  messages: Set<(message: CommMessage) => unknown>
  closes: Set<(message: CommMessage) => unknown>
}

interface Received extends Required<CommExtra> {
  /** A target that nobody knows may still be registered until then. */
  due?: Promise<void> | undefined
}

export interface CommRegistry extends Comms {
  /** A message of the client. Resolves when whoever listens is done with it. */
  receive(kind: CommKind, content: Record<string, unknown>, extra: Received): Promise<void>
}

export function createComms(publish: Send): CommRegistry {
  const send: Send = (kind, content, extra) => {
    mustBeObject("a comm's data", content.data)
    publish(kind, content, extra)
  }
  const open = new Map<string, OpenComm>()
  const targets = new Map<string, (comm: Comm, message: CommMessage) => unknown>()
  /** By the comm's id: those of the client that wait for their target. */
  const opening = new Map<string, PromiseWithResolvers<void>>()
  /** By the target's name: what ends that wait. */
  const registered = new Map<string, PromiseWithResolvers<void>>()

  /** Until the target is there, or it is clear that nobody registers it. */
  async function registration(name: string, due: Promise<void>): Promise<void> {
    const known = registered.get(name) ?? Promise.withResolvers<void>()
    registered.set(name, known)
    await Promise.race([known.promise, due])
    registered.delete(name)
  }

  const listen = <T>(set: Set<T>, listener: T) => {
    set.add(listener)
    return () => void set.delete(listener)
  }
  function add(id: string, targetName: string): OpenComm {
    const messages: OpenComm['messages'] = new Set()
    const closes: OpenComm['closes'] = new Set()
    const close: Comm['close'] = (data = {}, extra = {}) => {
      if (open.delete(id)) send('comm_close', { comm_id: id, data }, extra)
    }
    const comm: Comm = {
      id,
      targetName,
      send: (data, extra = {}) => {
        if (!open.has(id)) throw new Error(`the comm to ${targetName} is closed`)
        send('comm_msg', { comm_id: id, data }, extra)
      },
      onMessage: (listener) => listen(messages, listener),
      onClose: (listener) => listen(closes, listener),
      close,
      [Symbol.dispose]: close,
    }
    const one = { comm, messages, closes }
    open.set(id, one)
    return one
  }

  return {
    open(targetName, data = {}, extra = {}) {
      const { comm } = add(newId(), targetName)
      send('comm_open', { comm_id: comm.id, target_name: targetName, data }, extra)
      return comm
    },
    register(targetName, onOpen) {
      targets.set(targetName, onOpen)
      registered.get(targetName)?.resolve()
      registered.delete(targetName)
      return () => void targets.delete(targetName)
    },
    async receive(kind, content, { metadata, buffers, due }) {
      const id = String(content.comm_id)
      const message: CommMessage = { data: (content.data ?? {}) as CommMessage['data'], metadata, buffers }
      if (kind === 'comm_open') {
        const name = String(content.target_name)
        if (due && !targets.has(name)) {
          opening.set(id, Promise.withResolvers())
          await registration(name, due)
        }
        const target = targets.get(name)
        // What came for it meanwhile is told once the target has seen it, which it does in this very step.
        opening.get(id)?.resolve()
        opening.delete(id)
        // Nobody here knows the target: the other end must not wait for an answer.
        if (!target) return send('comm_close', { comm_id: id, data: {} }, {})
        const { comm } = add(id, name)
        try {
          await target(comm, message)
        } catch (error) {
          // Half open it is of no use: nobody here may listen to it.
          comm.close()
          throw error
        }
        return
      }
      await opening.get(id)?.promise
      const one = open.get(id)
      if (!one) return
      if (kind === 'comm_close') open.delete(id)
      for (const listener of kind === 'comm_close' ? one.closes : one.messages) await listener(message)
    },
  }
}
