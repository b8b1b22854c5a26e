/**
 * For a kernel that grades: each check's result leaves with a signature, which only this thread can make. Cells run in
 * the other thread; the secret comes from the connection file, which is gone before the first cell.
 * Knows nothing of what a result holds.
 */
import { createHmac } from 'node:crypto'
import { rmSync } from 'node:fs'
import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads'
import type { CellId, Verdict } from '../bridge/threads.ts'
import type { Connection } from '../protocol/connection-file.ts'
import type { Parent, Publisher } from './publisher.ts'

interface Parts {
  connection: Connection
  connectionFile: string
  publisher: Publisher
  parentOf(cell: CellId): Parent
}

/** The message type of a verdict; nobody but a grader takes notice of it. */
const VERDICT = 'socketlab_verdict'

/** Returns what publishes the verdicts that have come: asked when a cell ends, so that its verdicts are before its end. */
export function publishVerdicts(
  verdicts: MessagePort,
  { connection, connectionFile, publisher, parentOf }: Parts,
): () => void {
  const { grading_secret: secret } = connection
  rmSync(connectionFile, { force: true })
  // nbgrader grades without: it reads the cell's value.
  if (secret === undefined) return () => {}
  const publish = ({ cell, result }: Verdict) => {
    const parent = parentOf(cell)
    const signature = createHmac('sha256', secret).update(`${parent.msg_id}\n${result}`).digest('hex')
    publisher.publishRaw(VERDICT, { result, signature }, parent, {}, [])
  }
  return () => {
    for (let one = receiveMessageOnPort(verdicts); one; one = receiveMessageOnPort(verdicts))
      publish(one.message as Verdict)
  }
}
