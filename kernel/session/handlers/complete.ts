import { toCodePoints, toUtf16 } from '../../protocol/code-points.ts'
import type { Handler } from './handler.ts'

/** What could stand at the cursor? Answered by the compiler, also while a cell runs. */
export const complete: Handler<'complete_request'> = async ({ code, cursor_pos }, { compiler }) => {
  const { start, end, matches } = await compiler.ask('complete', code, toUtf16(code, cursor_pos))
  const range = { start: toCodePoints(code, start), end: toCodePoints(code, end) }
  return {
    status: 'ok',
    matches: matches.map(({ text }) => text),
    cursor_start: range.start,
    cursor_end: range.end,
    metadata: { _jupyter_types_experimental: matches.map((match) => ({ ...range, ...match })) },
  }
}
