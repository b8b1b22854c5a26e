/** A place in a text, drawn: the lines around it with carets under it. Knows nothing of what is wrong there. */
import type { Position } from '../bridge/compiler-api.ts'

const LINES_BEFORE = 1
const LONGEST = 160

/** For instance `> 2 | let b: string = a` with `    |     ^` below. */
export function frame(text: string, start: Position, end: Position): string {
  const lines = text.split(/\r\n|\n|\r/)
  const first = Math.max(1, start.line - LINES_BEFORE)
  const width = String(start.line).length
  const rows: string[] = []
  for (let number = first; number <= start.line; number++) {
    const line = lines[number - 1] ?? ''
    const mark = number === start.line ? '>' : ' '
    // A line of a megabyte is shown around its place only.
    const from = number === start.line && start.column > LONGEST ? start.column - LONGEST / 2 : 0
    const shown = line.slice(from, from + LONGEST)
    rows.push(`${mark} ${String(number).padStart(width)} | ${shown}`)
    if (number < start.line) continue
    const column = start.column - 1 - from
    const last = end.line === start.line ? end.column - 1 - from : shown.length
    const carets = Math.max(1, Math.min(last, shown.length) - column)
    // Tabs stay tabs, so that the caret stands under its character.
    rows.push(`  ${' '.repeat(width)} | ${shown.slice(0, column).replace(/[^\t]/g, ' ')}${'^'.repeat(carets)}`)
  }
  return rows.join('\n')
}
