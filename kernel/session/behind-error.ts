/**
 * Which requests were on their way when a cell failed. Run All sends all of a notebook's at once, and Jupyter's server hands
 * them on one by one: a cell that fails within milliseconds has failed before the kernel has them all, and the reader should
 * see its error first all the same. Told by the dates that the client has given them. Knows headers only.
 */
import type { Message } from '../protocol/messages.ts'

type Header = Pick<Message['header'], 'session' | 'date'>

/** What is behind a failed request, until its client has sent something that it made after the failure. */
export interface Behind {
  /** Was this one made before the failure? */
  includes(header: Header): boolean
  /** Was it made after it, so that nothing older is on its way any more? What a client sends comes in order. */
  endsWith(header: Header): boolean
}

/** What each client's clock says when this machine's says something else. */
export interface ClientClocks {
  /** Something has come from a client just now. */
  heard(header: Header): void
  /** Its request has failed just now. */
  behindFailed(failed: Header): Behind
}

/** No server needs longer. */
const ON_THEIR_WAY_MS = 2000
/** Dates are rounded down to milliseconds. */
const PRECISION_MS = 2
/** Clocks are set now and then. */
const KEPT_MS = 600_000
/** Each page that was ever open on this kernel is one. */
const MOST_CLIENTS = 64

export function clientClocks(): ClientClocks {
  /** Of the clocks, and of the quickest way: at least as much as the clocks differ by. So none is taken for older than it is. */
  const offsets = new Map<string, { offset: number; at: number }>()
  return {
    heard({ session, date }) {
      const at = Date.now()
      const offset = at - Date.parse(date)
      const known = offsets.get(session)
      if (Number.isNaN(offset) || (known && known.offset <= offset && at - known.at < KEPT_MS)) return
      offsets.delete(session)
      offsets.set(session, { offset, at })
      if (offsets.size > MOST_CLIENTS) offsets.delete(offsets.keys().next().value as string)
    },
    behindFailed(failed) {
      const failedAt = Date.now()
      // Without a date nothing is older.
      const offset = offsets.get(failed.session)?.offset ?? Number.NaN
      const isOlder = (date: string) => Date.parse(date) + offset < failedAt - PRECISION_MS
      return {
        includes({ session, date }) {
          const isOnItsWay = session === failed.session && Date.now() - failedAt < ON_THEIR_WAY_MS
          // There are clients that give all their requests one date, or none that is one.
          return isOnItsWay && date !== failed.date && isOlder(date)
        },
        endsWith: ({ session, date }) => session === failed.session && date !== failed.date && !isOlder(date),
      }
    },
  }
}
