/**
 * Which cell does the code that runs now belong to? The one that *started* the work, also long after that cell ended.
 * Built on AsyncLocalStorage; knows nothing of output or sockets.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import type { CellId } from '../bridge/threads.ts'

export interface CellContext {
  readonly cell: CellId
  /** `cell [3]` */
  readonly name: string
  readonly allowStdin: boolean
  /** Of the request that it answers. */
  readonly messageId: string
}

export const cellContext = new AsyncLocalStorage<CellContext>()

let last: CellContext | undefined

/** The cell whose code runs now; outside of all (native callbacks) the last one that was started. */
export const currentCell = (): CellContext | undefined => cellContext.getStore() ?? last

export function runInCell<T>(context: CellContext, run: () => T): T {
  last = context
  return cellContext.run(context, run)
}
