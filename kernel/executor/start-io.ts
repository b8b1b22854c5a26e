/**
 * Starts the io thread: imported before anything else, so that the sockets are bound while the rest still loads.
 */
import { writeSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { createRing, ringWriter } from '../bridge/text-ring.ts'
import type { IoThreadData, ToIo } from '../bridge/threads.ts'
import { realExit } from './real-exit.ts'

/** Past our own diverted streams, straight to the descriptor: whoever started the process reads it there. */
function fail(message: string, exitCode: number): never {
  writeSync(2, `socketlab: ${message}\n`)
  return realExit(exitCode)
}

const connectionFile =
  process.argv[2] ??
  fail('a kernel is started by Jupyter, with a connection file ("socketlab install" tells Jupyter how)', 2)

const ring = createRing()

export const io = new Worker(join(__dirname, 'io.cjs'), {
  workerData: { connectionFile, ring } satisfies IoThreadData,
})
io.on('error', (error) => fail(`the kernel cannot go on: ${error.message}`, 1))

/** Printed text on its way to the cell's client. */
export const text = ringWriter(ring, () => post({ type: 'bell' }))

type WithoutPosition<T> = T extends unknown ? Omit<T, 'textPosition'> : never

/** Sends a message that is handled after all text printed before it. */
export function post(message: WithoutPosition<ToIo>): void {
  io.postMessage({ ...message, textPosition: text ? text.position() : 0 })
}
