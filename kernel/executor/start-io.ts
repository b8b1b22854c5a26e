/**
 * Starts the io thread: imported before anything else, so that the sockets are bound while the rest still loads.
 */
import { readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { MessageChannel, MessagePort, Worker } from 'node:worker_threads'
import { createRing, ringWriter } from '../bridge/text-ring.ts'
import type { IoThreadData, Ordered, Unordered, Verdict } from '../bridge/threads.ts'
import { realExit } from './real-exit.ts'

/** Before Node opens its streams of them: the flags of open(2). */
export const flagsAtStart = [1, 2].map((fd) => {
  try {
    const [, flags] = /^flags:\s*(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'latin1')) ?? []
    return flags === undefined ? undefined : Number.parseInt(flags, 8)
  } catch {
    // Closed, or another system.
    return undefined
  }
})

/** Descriptor 2, or where it led before the cells' output was captured. */
let lastWords = 2

export function setLastWords(descriptor: number): void {
  lastWords = descriptor
}

/** Past our own diverted streams, straight to the descriptor: whoever started the process reads it there. */
function fail(message: string, exitCode: number): never {
  writeSync(lastWords, `socketlab: ${message}\n`)
  return realExit(exitCode)
}

const connectionFile =
  process.argv[2] ??
  fail('a kernel is started by Jupyter, with a connection file ("socketlab install" tells Jupyter how)', 2)

/** This kernel's language: cells in JavaScript. */
export const javascript = process.argv.includes('--javascript', 3)
// What was for the kernel is none of the cells': they are a script that was given no arguments. The file stays: a lesson
// finds the library by it, for programs in two terminals.
process.argv.splice(2)

const parentPid = process.ppid
const ring = createRing()

/** What is run here is somebody else's, and is to be judged. */
export const grading = process.env.SOCKETLAB_GRADING === 'on'
const channel = grading ? new MessageChannel() : undefined

export const io = new Worker(join(__dirname, 'main.cjs'), {
  // Else Node opens its own streams of 1 and 2 already here, long before they get back their flags.
  stdout: true,
  stderr: true,
  workerData: {
    ...{ connectionFile, parentPid, ring, javascript },
    ...(channel && { verdicts: channel.port2 }),
  } satisfies IoThreadData,
  ...(channel && { transferList: [channel.port2] }),
})
for (const said of [io.stdout, io.stderr]) said.on('data', (text: Buffer) => writeSync(lastWords, text))
io.on('error', (error) => fail(`the kernel cannot go on: ${error.message}`, 1))

/** Printed text on its way to the cell's client. */
export const text = ringWriter(ring, () => postAtOnce({ type: 'bell' }))

const { postMessage } = MessagePort.prototype
const { apply } = Reflect

/** To the thread that signs, past everything that a cell can replace. */
export function sendVerdict(verdict: Verdict): void {
  if (channel) apply(postMessage, channel.port1, [verdict])
}

type WithoutMark<T> = T extends unknown ? Omit<T, 'mark'> : never

/** Sends a message that keeps its place among what is printed. */
export function post(message: WithoutMark<Ordered>): void {
  io.postMessage({ ...message, mark: text.mark() } as Ordered)
}

/** Sends a message at once, whatever was printed before it. */
export const postAtOnce = (message: Unordered): void => io.postMessage(message)
