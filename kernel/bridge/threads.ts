/**
 * What the io thread and the main thread say to each other over their MessagePort.
 * Knows nothing of Jupyter's messages. What must keep its place among the printed text carries the ring's mark: the io
 * thread first publishes the text before it, so order is exact.
 */
import type { MessagePort } from 'node:worker_threads'
import type { Compiled, CompiledFile } from './compiler-api.ts'
import type { EarlyCompiler } from './early-compiler.ts'

/** One execute request, for the main thread: counts up, never used twice. */
export type CellId = number

export type MimeBundle = Record<string, unknown>

export interface Failure {
  ename: string
  evalue: string
  traceback: string[]
}

export interface RunCell extends Compiled {
  type: 'run'
  cell: CellId
  /** `cell [3]`, for stack traces. */
  name: string
  /** The learner's text, for the lines shown under an error. */
  code: string
  awaits: boolean
  result?: string
  /** The top-level names that the cell declares. */
  declares: string[]
  /** Those that its code may ask for before they have a value. */
  early: string[]
  files: CompiledFile[]
  allowStdin: boolean
  /** Of the request. */
  messageId: string
  silent: boolean
}

export type ToMain =
  /** The kernel can answer: now there is time for all that a cell will need. */
  | { type: 'ready' }
  | RunCell
  /** Reject what the cell awaits with KeyboardInterrupt. */
  | { type: 'interrupt'; cell: CellId }
  | { type: 'ping'; serial: number }
  /** The cell has been answered for: its end no longer matters. */
  | { type: 'abandon'; cell: CellId }
  | { type: 'inputReply'; serial: number; value: string }
  /** A comm message of the client; a cell of its own, whose output has that message as parent. */
  | {
      type: 'comm'
      cell: CellId
      kind: 'comm_open' | 'comm_msg' | 'comm_close'
      content: Record<string, unknown>
      metadata: Record<string, unknown>
      buffers: Uint8Array[]
      messageId: string
      /** Cells that were asked for before it are not done: one of them may register its target. */
      early: boolean
    }
  /** They are done now. */
  | { type: 'commDue'; cell: CellId }
  /** The io thread hears signals from now on, so that main may, too. */
  | { type: 'hearSignals'; names: readonly NodeJS.Signals[] }
  /** One came that asks the process to end: `leave` is the answer where no cell has listened to it. */
  | { type: 'signal'; name: NodeJS.Signals }
  | { type: 'exit' }

/** Messages whose place among the printed text matters: `mark` stands for that place in the ring. */
export type Ordered = { mark: number } & (
  | { type: 'done'; cell: CellId; result?: MimeBundle; failure?: Failure }
  | {
      type: 'display'
      cell: CellId
      data: MimeBundle
      metadata: Record<string, unknown>
      displayId?: string
      update: boolean
    }
  | { type: 'clearOutput'; cell: CellId; wait: boolean }
  /** Any message for iopub: comms, and what a cell broadcasts itself. */
  | {
      type: 'publish'
      cell: CellId
      messageType: string
      content: Record<string, unknown>
      metadata: Record<string, unknown>
      buffers: Uint8Array[]
    }
  /** Whoever listens has dealt with the client's comm message. */
  | { type: 'commDone'; cell: CellId }
  /** An error after, or beside, the cell's own run: an unhandled rejection, a throw in a timer. */
  | { type: 'stray'; cell: CellId; failure: Failure }
  | { type: 'input'; cell: CellId; serial: number; prompt: string; password: boolean }
)

export type Unordered =
  | { type: 'bell' }
  /** Something lies in the pipes behind 1 and 2, and main waits with its text until it was read. */
  | { type: 'fetch' }
  /** Whether the types of the next cells are checked. */
  | { type: 'typeCheck'; on: boolean }
  /** The descriptors 1 and 2 are pipes now: their read ends, and where 2 led before. */
  | ({ type: 'captured' } & CapturedDescriptors)
  | { type: 'pong'; serial: number }
  /** The signal that was told of is to do what it does to any program. */
  | { type: 'leave' }
  /** End what still runs without a pause in so many seconds; undefined: watch no more. */
  | { type: 'guard'; seconds: number | undefined }
  /** Press ■ in so many seconds if the cell still runs; undefined takes that back. */
  | { type: 'press'; cell: CellId; serial: number; seconds: number | undefined }
  /** The first message: the compiler that main has started already, if it has. */
  | { type: 'compiler'; early?: EarlyCompiler }
  | { type: 'compilerEnded'; why: string }
  /** The stage is there: what runs on main from now on is a cell's. */
  | { type: 'loaded' }
  /** How many waits were rejected, in answer to `interrupt`. */
  | { type: 'interrupted'; cell: CellId; rejected: number }

export type ToIo = Ordered | Unordered

/** Ends of the pipes that stand in for the descriptors 1 and 2. */
export interface CapturedDescriptors {
  /** Read ends, for the io thread. */
  stdout: number
  stderr: number
  /** Where descriptor 2 led before: for the kernel's own last words. */
  log: number
}

export interface IoThreadData {
  /** Who had started this process, as the first thing it looked at. */
  parentPid: number
  connectionFile: string
  ring: SharedArrayBuffer
  /** The language of the cells is JavaScript. */
  javascript: boolean
  /** For a kernel that grades: where the checks' results come from. Main keeps the other end where no cell reaches it. */
  verdicts?: MessagePort
}

/** What a check has found, and in which cell. */
export interface Verdict {
  cell: CellId
  /** A CheckResult as JSON. */
  result: string
}

/** Tags of the text ring: cell and stream in one number. */
export const textTag = (cell: CellId, stream: 0 | 1): number => cell * 2 + stream
export const tagCell = (tag: number): CellId => Math.floor(tag / 2)
export const tagStream = (tag: number): 'stdout' | 'stderr' => (tag % 2 === 0 ? 'stdout' : 'stderr')

/** What the compiler is told when it starts. Behind the program's own words: Node must not take it for one of its options. */
export const compilerArguments = (javascript: boolean): string[] => (javascript ? ['--', '--javascript'] : [])
