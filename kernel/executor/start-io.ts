/**
 * Starts the io thread: imported before anything else, so that the sockets are bound while the rest still loads.
 */
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { createRing, ringWriter } from '../bridge/text-ring.ts'
import type { IoThreadData, ToIo } from '../bridge/threads.ts'

const connectionFile = process.argv[2]
if (connectionFile === undefined) {
  process.stderr.write(
    'usage: node main.cjs CONNECTION_FILE (Jupyter starts kernels; "socketlab install" tells it how)\n',
  )
  process.exit(2)
}

const ring = createRing()

export const io = new Worker(join(__dirname, 'io.cjs'), {
  workerData: { connectionFile, ring } satisfies IoThreadData,
})
io.on('error', (error) => {
  process.stderr.write(`socketlab: the kernel cannot go on: ${error.message}\n`)
  process.exit(1)
})

/** Printed text on its way to the cell's client. */
export const text = ringWriter(ring, () => post({ type: 'bell' }))

type WithoutPosition<T> = T extends unknown ? Omit<T, 'textPosition'> : never

/** Sends a message that is handled after all text printed before it. */
export function post(message: WithoutPosition<ToIo>): void {
  io.postMessage({ ...message, textPosition: text ? text.position() : 0 })
}
