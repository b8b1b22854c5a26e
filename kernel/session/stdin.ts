/**
 * `input()`: a question to the client that runs the cell, and its answer back to the main thread.
 * Knows the two messages of the stdin channel, nothing of who asks.
 */
import type { Ordered } from '../bridge/threads.ts'
import { decode, encode, type headerMaker } from '../protocol/codec.ts'
import { ProtocolError } from '../protocol/protocol-error.ts'
import { inputReplySchema } from '../protocol/schemas.ts'
import type { Running } from './execution.ts'
import type { Log } from './log.ts'
import type { MainThread } from './main-thread.ts'

interface StdinParts {
  send(frames: (string | Uint8Array)[]): void
  newHeader: ReturnType<typeof headerMaker>
  key: string
  main: MainThread
  log: Log
}

export function createStdin({ send, newHeader, key, main, log }: StdinParts) {
  let asked: number | undefined
  return {
    /** Asks the client of the cell that wants to know, while that cell runs. */
    ask({ cell, serial, prompt, password }: Extract<Ordered, { type: 'input' }>, running: Running[]): void {
      const job = running.find((one) => one.cell === cell)?.job
      if (!job) return
      asked = serial
      const { identities, header: parentHeader } = job.request
      const header = newHeader('input_request')
      send(encode({ identities, header, parentHeader, metadata: {}, content: { prompt, password }, buffers: [] }, key))
    },
    received(frames: Buffer[]): void {
      try {
        const answer = decode(frames, key)
        const content = inputReplySchema.safeParse(answer.content)
        if (answer.header.msg_type !== 'input_reply' || !content.success || asked === undefined) {
          log(`dropped ${answer.header.msg_type} on stdin: nobody asked, or it says nothing`)
          return
        }
        main.post({ type: 'inputReply', serial: asked, value: content.data.value })
        asked = undefined
      } catch (error) {
        if (!(error instanceof ProtocolError)) throw error
        log(`dropped ${error.message} on stdin`)
      }
    },
    /** ■: an answer that still comes belongs to nobody. */
    forget(): void {
      asked = undefined
    },
  }
}
