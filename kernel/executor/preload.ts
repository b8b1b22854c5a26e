/**
 * What every cell finds without an import: the one place in the kernel that knows src/.
 */
import * as library from '../../src/index.ts'
import { noticeBundle } from '../display/notice.ts'
import { type CellContext, currentCell } from './cell-context.ts'
import { provideModule } from './modules.ts'
import { notebookGlobals, tslab } from './notebook-globals.ts'
import { post } from './start-io.ts'

/** Names of the library that are for programs that host it, not for cells. */
const HIDDEN = new Set(['default', '__esModule', 'embedding'])

/** Rejects what the cell's own code awaits; its threads go on. Returns how many waits that were. */
export const interruptWaits = (cell: CellContext): number => library.embedding.interrupt(cell)

/** After ■ a cell may go on in a loop that catches everything: at its next wait it ends. */
export const stopWaits = (cell: CellContext): void => library.embedding.giveUp(cell)

export function preload(): void {
  const { host } = library.embedding
  host.scope = currentCell
  host.describe = (scope) => (scope as CellContext | undefined)?.name
  host.notice = (scope, _kind, text) => {
    const cell = (scope as CellContext | undefined)?.cell ?? 0
    post({ type: 'display', cell, data: noticeBundle(text), metadata: {}, update: false })
  }
  provideModule('socketlab', () => library)
  provideModule('socketlab/lab', () => library.lab)
  provideModule('tslab', () => tslab)
  for (const [name, value] of Object.entries({ ...library, ...notebookGlobals })) {
    // Not enumerable, as the language's own globals; writable, since a cell may use the name for something else.
    if (!HIDDEN.has(name)) Object.defineProperty(globalThis, name, { value, writable: true, configurable: true })
  }
}
