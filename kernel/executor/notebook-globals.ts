/**
 * What the kernel itself gives to cells, beside the library: display, jupyter, input, the web's dialogs, tslab's names.
 */
import tslabPackage from 'tslab/package.json' with { type: 'json' }
import typescriptPackage from 'typescript/package.json' with { type: 'json' }
import { type CommKind, createComms } from '../display/comm.ts'
import { createDisplay, createNewDisplay, type DisplaySink } from '../display/display.ts'
import { createJupyter } from '../display/jupyter.ts'
import { bytes, record } from '../display/message-parts.ts'
import { type MimeBundle, sendable } from '../display/mime-bundle.ts'
import { type CellContext, currentCell, runInCell } from './cell-context.ts'
import { toFailure } from './failure.ts'
import { input } from './input.ts'
import { javascript, post, postAtOnce } from './start-io.ts'

const cell = () => currentCell()?.cell ?? 0

/** Untyped code gives what it likes: a BigInt, for one, cannot be written into a message. */
const sink: DisplaySink = {
  show: ({ data, metadata, displayId, update }) =>
    post({
      type: 'display',
      cell: cell(),
      data: sendable(data),
      metadata: record("a display's metadata", metadata),
      ...(displayId !== undefined && { displayId: String(displayId) }),
      update,
    }),
  clear: (wait) => post({ type: 'clearOutput', cell: cell(), wait: Boolean(wait) }),
}

const publish = (
  messageType: string,
  content: Record<string, unknown>,
  { metadata = {}, buffers = [] }: { metadata?: Record<string, unknown>; buffers?: Uint8Array[] },
) =>
  post({
    type: 'publish',
    cell: cell(),
    messageType,
    content: record("a message's content", content),
    metadata: record("a message's metadata", metadata),
    buffers: bytes(buffers),
  })

const display = createDisplay(sink)
const newDisplay = createNewDisplay(sink)
const comms = createComms(publish)
const show = (data: MimeBundle, displayId: string | undefined, update: boolean) =>
  sink.show({ data, metadata: {}, displayId, update })
const checking = {
  on: process.env.SOCKETLAB_CHECK !== 'off',
  change: (on: boolean) => postAtOnce({ type: 'typeCheck', on }),
}
/** Are the types of the cells that come now checked? */
export const isChecked = (): boolean => checking.on && !javascript
const jupyter = Object.assign(
  createJupyter(display, show, publish, checking, () => currentCell()?.messageId ?? ''),
  { comms },
)

export const clearOutput = (wait = false): void => sink.clear(wait)

/** Those whose target nobody has registered yet, and how they are told to wait no longer. */
const early = new Map<number, () => void>()

export const commDue = (cell: number): void => early.get(cell)?.()

/** Messages of widgets that are being heard. */
const heard = new Map<number, CellContext>()

export const heardNow = (cell: number): CellContext | undefined => heard.get(cell)

/** A widget's message: its listeners run as a cell of their own, whose output belongs to that message. */
export function receiveComm(message: {
  cell: number
  kind: CommKind
  content: Record<string, unknown>
  metadata: Record<string, unknown>
  buffers: Uint8Array[]
  messageId: string
  early: boolean
}): void {
  const { cell, messageId } = message
  const context: CellContext = { cell, name: `comm #${cell}`, allowStdin: false, messageId }
  const due = message.early ? new Promise<void>((resolve) => early.set(message.cell, resolve)) : undefined
  heard.set(cell, context)
  void runInCell(context, async () => {
    try {
      await comms.receive(message.kind, message.content, { ...message, due })
    } catch (error) {
      post({ type: 'stray', cell: message.cell, failure: toFailure(error) })
    }
    early.delete(message.cell)
    heard.delete(message.cell)
    post({ type: 'commDone', cell: message.cell })
  })
}

/** The web's dialogs, over the notebook's input box; awaited here, since nothing may block. */
const prompt = async (message = '', fallback = ''): Promise<string> => (await input(`${message} `)) || fallback
const confirm = async (message = ''): Promise<boolean> => /^y(es)?$/i.test((await input(`${message} [y/N] `)).trim())
const alert = async (message = ''): Promise<void> => void (await input(`${message} [Enter] `))

export const notebookGlobals = { display, jupyter, input, prompt, confirm, alert }

export const tslab = {
  display,
  newDisplay,
  versions: { tslab: tslabPackage.version, typescript: typescriptPackage.version, node: process.version },
}
