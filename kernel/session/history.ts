/**
 * What was run, in this session and in earlier ones, for history_request: tail, range and search.
 * Knows nothing of the wire, nor where entries are kept. Numbers as IPython's: session 0 is the current one, -1 the one before.
 */
import type { RequestContent } from '../protocol/schemas.ts'

export interface Entry {
  session: number
  line: number
  input: string
  output: string | null
}

/** Where entries outlive the kernel. */
export interface HistoryStore {
  /** The number of the session that has begun with this kernel. */
  readonly session: number
  write(entry: Entry): void
  /** Entries of earlier sessions, oldest first: the newest so many, or all. */
  earlier(newest?: number): Entry[]
  close(): void
}

type Answer = [session: number, line: number, input: string | [input: string, output: string | null]]

export interface History {
  add(line: number, input: string): void
  /** The cell has ended, with this result: its entry is kept. */
  ended(line: number, output: string | null): void
  find(request: RequestContent<'history_request'>): Answer[]
  close(): void
}

/** IPython's patterns: `*` any text, `?` one character. */
const globToRegExp = (glob: string): RegExp =>
  new RegExp(
    `^${glob
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '[\\s\\S]*')
      .replaceAll('?', '[\\s\\S]')}$`,
  )

/** Of the newest, where nobody says how many: as in IPython. */
const TAIL = 10

/** Opening a file takes 10 ms of the thread that answers: not between the first cell's reply and its way out. */
const OPEN_AFTER_MS = 300

/** `openStore` is called with the first question, or soon after the first entry. */
export function createHistory(openStore: () => HistoryStore | undefined): History {
  const own: Omit<Entry, 'session'>[] = []
  let store: HistoryStore | undefined | null = null
  let unwritten: Omit<Entry, 'session'>[] = []
  let opening: NodeJS.Timeout | undefined

  const opened = () => {
    if (store !== null) return store
    clearTimeout(opening)
    const now = openStore()
    store = now
    for (const entry of unwritten) now?.write({ session: now.session, ...entry })
    unwritten = []
    return now
  }
  const current = () => opened()?.session ?? 0

  function candidates({ hist_access_type, session, start, stop, n }: RequestContent<'history_request'>): Entry[] {
    const here = () => own.map((entry) => ({ session: current(), ...entry }))
    const all = (newest?: number) => [...(opened()?.earlier(newest) ?? []), ...here()]
    // Asked for with each arrow key of a console: what is not answered need not be read.
    if (hist_access_type === 'tail') return all(n == null ? undefined : Math.max(0, n - own.length))
    if (hist_access_type === 'search') return all()
    const wanted = session > 0 ? session : current() + session
    const entries = wanted === current() ? here() : all()
    return entries.filter((one) => one.session === wanted && one.line >= start && (stop == null || one.line < stop))
  }

  return {
    add: (line, input) => void own.push({ line, input, output: null }),
    ended(line, output) {
      const entry = own.findLast((one) => one.line === line)
      if (!entry) return
      entry.output = output
      if (store) store.write({ session: store.session, ...entry })
      else if (store === null) {
        unwritten.push(entry)
        opening ??= setTimeout(opened, OPEN_AFTER_MS)
      }
    },
    find(request) {
      const { output, hist_access_type, pattern, unique } = request
      const n = request.n === undefined && hist_access_type === 'tail' ? TAIL : request.n
      let found = candidates({ ...request, n })
      if (hist_access_type === 'search') {
        const wanted = globToRegExp(pattern)
        found = found.filter(({ input }) => wanted.test(input))
        if (unique) found = [...new Map(found.map((one) => [one.input, one])).values()]
      }
      if (hist_access_type !== 'range' && n != null) found = n > 0 ? found.slice(-n) : []
      return found.map((one) => [one.session, one.line, output ? [one.input, one.output] : one.input])
    },
    close() {
      if (unwritten.length > 0) opened()
      store?.close()
    },
  }
}
