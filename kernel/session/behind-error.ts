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

/** No server needs longer. */
const ON_THEIR_WAY_MS = 2000
/** Dates are rounded down to milliseconds. */
const PRECISION_MS = 2

/** @param arrived when the kernel got the request that has failed just now, in ms of its own clock */
export function behindFailed(failed: Header, arrived: number): Behind {
  const failedAt = Date.now()
  // Of the clocks, and of the way: at least as much as the clocks differ by. So none is taken for older than it is.
  const offset = arrived - Date.parse(failed.date)
  const isOlder = (date: string) => Date.parse(date) + offset < failedAt - PRECISION_MS
  return {
    includes({ session, date }) {
      const isOnItsWay = session === failed.session && Date.now() - failedAt < ON_THEIR_WAY_MS
      // There are clients that give all their requests one date, or none that is one.
      return isOnItsWay && date !== failed.date && isOlder(date)
    },
    endsWith: ({ session, date }) => session === failed.session && date !== failed.date && !isOlder(date),
  }
}
