/**
 * `input()`: a question to the client that runs the cell, and its answer back to the main thread.
 * Knows the two messages of the stdin channel, nothing of who asks.
 */
import type { CellId, Ordered } from '../bridge/threads.ts'
import { decode, encode, type headerMaker } from '../protocol/codec.ts'
import type { Message } from '../protocol/messages.ts'
import { ProtocolError } from '../protocol/protocol-error.ts'
import { inputReplySchema } from '../protocol/schemas.ts'
import type { Asker, Running } from './execution.ts'
import type { Log } from './log.ts'
import type { MainThread } from './main-thread.ts'

interface StdinParts {
  send(frames: (string | Uint8Array)[]): void
  newHeader: ReturnType<typeof headerMaker>
  key: string
  main: MainThread
  log: Log
}

interface Question {
  cell: CellId
  serial: number
  /** Of the client that was asked, and may answer: several may be connected, and each has a box of its own. */
  identities: Message['identities']
}

export function createStdin({ send, newHeader, key, main, log }: StdinParts) {
  /** By the id of the input_request, the oldest first: several threads may ask at the same time. */
  const open = new Map<string, Question>()

  /**
   * JupyterLab says which box was answered, and keeps those of a stopped cell and of the kernel before a restart. Others
   * say nothing, and answer in turn what they themselves were asked.
   */
  function questionOf({ identities, parentHeader }: Message): string | undefined {
    const mine = [...open].filter(([, question]) => isSame(question.identities, identities)).map(([id]) => id)
    if (parentHeader.msg_type !== 'input_request') return mine[0]
    return mine.find((id) => id === parentHeader.msg_id)
  }
  return {
    /** Asks the client of the cell that wants to know, also when that cell has ended and a thread of it asks. */
    ask({ cell, serial, prompt, password }: Extract<Ordered, { type: 'input' }>, asker: Asker | undefined): void {
      if (!asker) return
      const { identities, header: parentHeader } = asker
      const header = newHeader('input_request')
      open.set(header.msg_id, { cell, serial, identities })
      send(encode({ identities, header, parentHeader, metadata: {}, content: { prompt, password }, buffers: [] }, key))
    },
    received(frames: Buffer[]): void {
      try {
        const answer = decode(frames, key)
        const content = inputReplySchema.safeParse(answer.content)
        const id = questionOf(answer)
        const question = id === undefined ? undefined : open.get(id)
        if (answer.header.msg_type !== 'input_reply' || !content.success || id === undefined || !question) {
          log(`dropped ${answer.header.msg_type} on stdin: whoever sent it was not asked, or it says nothing`)
          return
        }
        open.delete(id)
        main.post({ type: 'inputReply', serial: question.serial, value: content.data.value })
      } catch (error) {
        if (!(error instanceof ProtocolError)) throw error
        log(`dropped ${error.message} on stdin`)
      }
    },
    /** ■ ends these cells: an answer that still comes belongs to nobody. */
    forget(stopped: Running[]): void {
      for (const [id, { cell }] of open) if (stopped.some((one) => one.cell === cell)) open.delete(id)
    },
  }
}

const isSame = (one: Message['identities'], other: Message['identities']): boolean =>
  one.length === other.length && one.every((part, at) => Buffer.compare(part, other[at]!) === 0)
