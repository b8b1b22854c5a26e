/**
 * How fast printed text may go to the client, so that neither it nor the server between drowns in an endless print.
 * Counts text that was sent; whoever sends it asks here first, and waits. Nothing is lost by it.
 *
 * Behind Jupyter's server there are two limits. The server itself drops text above 1 MB/s over three seconds
 * (`iopub_data_rate_limit`): what is sent at once, the rate, what one look into the ring may take beyond that and a full
 * ring at the end stay below that. And JupyterLab lays out all of an output anew with each message, some microseconds a
 * line and a tenth of one a character: beyond 100,000 lines they come more slowly, and in messages that are further apart
 * the longer the output is, so that the page has time for its reader.
 */
import type { CellId } from '../bridge/threads.ts'

interface Rates {
  /** May go out at once. */
  burst: number
  perMs: number
}

interface Pace {
  bytes: Rates
  lines: Rates
  /** By so many bytes the allowance may be overdrawn at one time. */
  overdraft: number
  /** Time between messages: at least this, and this much more for each line and each character that the cell has printed. */
  intervalMs: number
  intervalMsPerLine: number
  intervalMsPerCharacter: number
}

const DIRECT: Pace = {
  bytes: { burst: 16 << 20, perMs: 2 << 10 },
  lines: { burst: Number.POSITIVE_INFINITY, perMs: 1 },
  overdraft: Number.POSITIVE_INFINITY,
  intervalMs: 20,
  intervalMsPerLine: 0,
  intervalMsPerCharacter: 0,
}

const SERVED: Pace = {
  bytes: { burst: 650_000, perMs: 330 },
  lines: { burst: 100_000, perMs: 10 },
  overdraft: 1 << 17,
  intervalMs: 20,
  intervalMsPerLine: 0.01,
  intervalMsPerCharacter: 0.0002,
}

const MAX_INTERVAL_MS = 3000

/** Milliseconds of a clock that is never set back. Not `performance`: Node would load it between a start and its first answer. */
export const now = (): number => Number(process.hrtime.bigint()) / 1e6

export interface Pacer {
  /** Whether more may go out now. */
  allows(): boolean
  /** So many bytes may be taken from the ring now. */
  room(): number
  /** This text of a cell went out. */
  sent(cell: CellId, text: string): void
  /** Milliseconds from one message to the next. */
  interval(): number
}

/** @param env Jupyter's server names the notebook in JPY_SESSION_NAME; a kernel that a program started has none */
export function pacer(env: NodeJS.ProcessEnv): Pacer {
  const pace = env.JPY_SESSION_NAME === undefined ? DIRECT : SERVED
  const bytes = allowance(pace.bytes)
  const lines = allowance(pace.lines)
  let printing: CellId | undefined
  let page = emptyPage()
  return {
    room: () => Math.max(0, bytes.left()) + pace.overdraft,
    allows: () => bytes.left() > 0 && lines.left() > 0,
    sent(cell, text) {
      const ends = count(text, '\n')
      // A line end takes two bytes in JSON.
      bytes.spend(Buffer.byteLength(text) + ends)
      lines.spend(ends)
      if (cell !== printing) page = emptyPage()
      printing = cell
      page.add(text, ends)
    },
    interval() {
      const layout = page.lines() * pace.intervalMsPerLine + page.characters() * pace.intervalMsPerCharacter
      return Math.min(MAX_INTERVAL_MS, pace.intervalMs + layout)
    },
  }
}

/** Grows with time up to a burst; may be overdrawn, and is then paid back first. */
function allowance({ burst, perMs }: Rates) {
  let left = burst
  let since = now()
  return {
    left(): number {
      const at = now()
      left = Math.min(burst, left + (at - since) * perMs)
      since = at
      return left
    },
    spend(amount: number): void {
      left -= amount
    },
  }
}

function count(text: string, character: string): number {
  let found = 0
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) found++
  return found
}

/** What of a cell's text stands on the page: a line that a carriage return overwrites, as a progress bar does, is gone. */
function emptyPage() {
  let lines = 0
  let characters = 0
  let unfinished = 0
  return {
    lines: () => lines,
    characters: () => characters + unfinished,
    add(text: string, ends: number): void {
      lines += ends
      const whole = text.lastIndexOf('\n') + 1
      // Most text has none: no need to look at each line.
      const rows = text.includes('\r') ? text.split(/(?<=\n)/) : [text.slice(0, whole), text.slice(whole)]
      for (const row of rows) {
        // One before the line's end belongs to it.
        const overwritten = row.lastIndexOf('\r', row.endsWith('\n') ? row.length - 3 : row.length)
        unfinished = overwritten < 0 ? unfinished + row.length : row.length - overwritten - 1
        if (!row.endsWith('\n')) continue
        characters += unfinished
        unfinished = 0
      }
    },
  }
}
