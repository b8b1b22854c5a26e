/**
 * A notebook's cell that reads `process.stdin`, itself or through `readline`, waits for what nobody can type: it is told
 * so once, under the cell.
 */
import { noticeBundle } from '../display/notice.ts'
import { type CellContext, cellContext, currentCell } from './cell-context.ts'
import { post } from './start-io.ts'

/** What whoever reads a stream listens to. */
const READS = new Set<string | symbol>(['data', 'readable'])
const TEXT =
  'In a notebook nothing can be typed into process.stdin, so nothing comes from it. This asks: const answer = await input("…")'

export function explainStdin(): void {
  const { get } = Object.getOwnPropertyDescriptor(process, 'stdin') ?? {}
  if (!get) return
  const told = new WeakSet<CellContext>()
  const tell = (event: string | symbol): void => {
    const cell = currentCell()
    if (!cell || !READS.has(event) || told.has(cell)) return
    told.add(cell)
    post({ type: 'display', cell: cell.cell, data: noticeBundle(TEXT), metadata: {}, update: false })
  }
  let watched = false
  Object.defineProperty(process, 'stdin', {
    // Node opens it when it is first asked for.
    get: () => {
      const stream: NodeJS.ReadStream = get.call(process)
      // In no cell's name: a listener is called as the cell that registered it.
      if (!watched) cellContext.exit(() => stream.on('newListener', tell))
      watched = true
      return stream
    },
    configurable: true,
    enumerable: true,
  })
}
