/**
 * Node's warnings (too many listeners, a timer beyond 24 days, `process.emitWarning`) stand under the cell whose code has
 * caused them, as a notice: Node itself would write them to stderr, which a grader takes for failure, and is told not to.
 */
import { noticeBundle } from '../display/notice.ts'
import { type CellContext, cellContext, currentCell } from './cell-context.ts'
import { post } from './start-io.ts'

/** Of packages, mostly: whoever runs a cell can do nothing about them. */
const NOT_SHOWN = new Set(['DeprecationWarning', 'ExperimentalWarning'])

/** In one cell: a loop may warn with another text each time. */
const MOST = 10

export function showWarnings(): void {
  // Whoever started the kernel otherwise has Node show them.
  if (process.env.NODE_NO_WARNINGS !== '1') return
  const told = new WeakMap<CellContext, Set<string>>()
  // In no cell's name: a listener is called as the cell that registered it.
  cellContext.exit(() =>
    process.on('warning', ({ name, message }) => {
      const cell = currentCell()
      if (!cell || NOT_SHOWN.has(name)) return
      const texts = told.get(cell) ?? new Set()
      told.set(cell, texts)
      const text = `${name}: ${message}`
      if (texts.has(text) || texts.size === MOST) return
      texts.add(text)
      post({ type: 'display', cell: cell.cell, data: noticeBundle(text), metadata: {}, update: false })
    }),
  )
}
