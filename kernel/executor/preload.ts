/**
 * What every cell finds without an import: the one place in the kernel that knows src/.
 */
import * as library from '../../src/index.ts'
import type { Comm } from '../display/comm.ts'
import { noticeBundle } from '../display/notice.ts'
import { type CellContext, currentCell } from './cell-context.ts'
import { toFailure } from './failure.ts'
import { guardNames, harden } from './harden.ts'
import { disposeKeptNow } from './kept-resources.ts'
import { provideModule } from './modules.ts'
import { notebookGlobals, tslab } from './notebook-globals.ts'
import { showInOneLine } from './shown-module.ts'
import { codeFrame, topPlace } from './stack.ts'
import { grading, post, postAtOnce, sendVerdict } from './start-io.ts'

/** Names of the library that are for programs that host it, not for cells. */
const HIDDEN = new Set(['default', '__esModule', 'embedding'])

/** Rejects what the cell's own code awaits; its threads go on. Returns how many waits that were. */
export const interruptWaits = (cell: CellContext, tell: (waits: number) => void): number =>
  library.embedding.interrupt(cell, tell)

/** After ■ a cell may go on in a loop that catches everything: at its next wait it ends. */
export const stopWaits = (cell: CellContext): void => library.embedding.giveUp(cell)

/** The cell is over: what was meant for it alone goes. */
export function endCell(cell: CellContext): void {
  over.add(cell)
  library.embedding.endScripts(cell)
}

/** Cells that have ended: a check that one of them has left behind says nothing any more. */
const over = new WeakSet<CellContext>()

/** An error that nobody caught may belong to a case of a check, which then fails; says whether it did. */
export const takenByCheck = (error: unknown): boolean => library.embedding.takeUncaught(error)

/** While work is graded: nothing that a check relies on can be changed any more. */
export const hardenForGrading = (): void => harden(lessonNames())
export const guardBindings = (bindings: object): void =>
  guardNames(bindings, lessonNames(), library.embedding.isChecking)

/** The notebook's names are told to the checks: by them a function is found in another process. */
export function lendBindings(bindings: Readonly<Record<string | symbol, unknown>>): void {
  const { host, answerCalls } = library.embedding
  host.nameOf = (value) => Object.keys(bindings).find((name) => bindings[name] === value)
  if (!grading) return
  const { comms } = notebookGlobals.jupyter
  const named = (name: string) => (Object.hasOwn(bindings, name) ? bindings[name] : undefined)
  if (judging) host.elsewhere = () => channelOver(comms.open(UNDER_TEST))
  else comms.register(UNDER_TEST, (comm) => answerCalls(channelOver(comm), named))
}

const lessonNames = (): Record<string, unknown> =>
  Object.fromEntries(Object.entries(library).filter(([name]) => !HIDDEN.has(name)))

const numberOf = (scope: unknown): number => (scope as CellContext | undefined)?.cell ?? 0

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with ESC
const plain = (line: string): string => line.replace(/\u001b\[\d+m/g, '')

/** As under a cell, but without colours and without the list of calls: the line shown is enough. */
function explain(error: unknown): string {
  const lines = toFailure(error).traceback.map(plain)
  return lines.filter((line) => line !== '' && !line.startsWith('    at ')).join('\n')
}

function place(error: Error): string | undefined {
  const found = topPlace(error.stack ?? '')
  return found && [`${found.file}:${found.line}`, ...codeFrame(found)].join('\n')
}

const { stringify } = JSON

/** What the checks find goes straight to the thread that signs it, and cells cannot put themselves between. */
function judgeFairly(): void {
  const { host, sealResults } = library.embedding
  sealResults((result, calls) => {
    const cell = currentCell()
    if (cell && over.has(cell)) return
    sendVerdict({ cell: numberOf(cell), result: stringify({ ...result, calls }) })
  })
  Object.freeze(host)
}

/** The comm between a check and the functions that it judges from another process; a grader carries its messages. */
const UNDER_TEST = 'socketlab.under-test'
/** The checks that run here judge functions of another kernel. */
const judging = process.env.SOCKETLAB_JUDGING === 'on'

function channelOver(comm: Comm): library.embedding.Channel {
  return {
    send: (data) => comm.send(data),
    onMessage: (listener) => void comm.onMessage(({ data }) => listener(data)),
    close: () => comm.close(),
  }
}

let presses = 0

function press(scope: unknown, seconds: number): () => void {
  const serial = ++presses
  postAtOnce({ type: 'press', cell: numberOf(scope), serial, seconds })
  return () => postAtOnce({ type: 'press', cell: numberOf(scope), serial, seconds: undefined })
}

/** `export * as socket`: in a bundle an object of getters. Where nothing is bundled it takes no more properties. */
const isModule = (value: unknown): value is object =>
  typeof value === 'object' &&
  value !== null &&
  Object.isExtensible(value) &&
  Object.values(Object.getOwnPropertyDescriptors(value)).every(({ get }) => get !== undefined)

export function preload(): void {
  const { host } = library.embedding
  host.scope = currentCell
  host.describe = (scope) => (scope as CellContext | undefined)?.name
  host.notice = (scope, _kind, text) => {
    post({ type: 'display', cell: numberOf(scope), data: noticeBundle(text), metadata: {}, update: false })
  }
  host.show = (scope, bundle) =>
    post({ type: 'display', cell: numberOf(scope), data: { ...bundle }, metadata: {}, update: false })
  Object.assign(host, { explain, place, press })
  host.disposeKept = () => {
    const cell = numberOf(currentCell())
    disposeKeptNow((error) => post({ type: 'stray', cell, failure: toFailure(error) }))
  }
  host.guard = (seconds) => postAtOnce({ type: 'guard', seconds })
  if (grading) judgeFairly()
  provideModule('socketlab', () => library)
  provideModule('socketlab/lab', () => library.lab)
  provideModule('tslab', () => tslab)
  for (const [name, value] of Object.entries({ ...library, ...notebookGlobals })) {
    if (isModule(value)) showInOneLine(name, value)
    // Not enumerable, as the language's own globals; writable, since a cell may use the name for something else.
    if (!HIDDEN.has(name)) Object.defineProperty(globalThis, name, { value, writable: true, configurable: true })
  }
}
