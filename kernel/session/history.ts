/**
 * What was run in this session, for history_request: tail, range and search.
 * Knows nothing of the wire. Sessions count as IPython's: 0 is the current one.
 */
import type { RequestContent } from '../protocol/schemas.ts'

type Entry = [session: number, line: number, input: string | [input: string, output: string | null]]

export interface History {
  add(line: number, input: string): void
  setOutput(line: number, output: string): void
  find(request: RequestContent<'history_request'>): Entry[]
}

/** IPython's patterns: `*` any text, `?` one character. */
const globToRegExp = (glob: string): RegExp =>
  new RegExp(
    `^${glob
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '[^]*')
      .replaceAll('?', '[^]')}$`,
  )

export function createHistory(): History {
  const inputs: { line: number; input: string; output: string | null }[] = []
  return {
    add: (line, input) => void inputs.push({ line, input, output: null }),
    setOutput(line, output) {
      const entry = inputs.findLast((one) => one.line === line)
      if (entry) entry.output = output
    },
    find({ output, hist_access_type, session, start, stop, n, pattern, unique }) {
      let found = inputs
      if (hist_access_type === 'range') {
        if (session !== 0) return []
        found = inputs.filter(({ line }) => line >= (start ?? 0) && (stop == null || line < stop))
      } else {
        if (hist_access_type === 'search') {
          const wanted = globToRegExp(pattern ?? '*')
          found = inputs.filter(({ input }) => wanted.test(input))
          if (unique) found = [...new Map(found.map((one) => [one.input, one])).values()]
        }
        if (n != null) found = n > 0 ? found.slice(-n) : []
      }
      return found.map((one) => [0, one.line, output ? [one.input, one.output] : one.input])
    },
  }
}
