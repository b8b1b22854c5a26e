/**
 * The addresses at which links speak: towards their clients and towards their servers. A trace asks, to draw both
 * sides of a link as one.
 *
 * Knows nothing of what a link does in between.
 */
import type { InetAddress } from '../../socket/addresses.ts'

/** Told of each end: what it is an end of, its kind of conversation, and its address. */
export type OnEnd = (link: object, kind: 'TCP' | 'UDP', address: InetAddress) => void

interface End {
  readonly link: object
  readonly kind: 'TCP' | 'UDP'
  readonly address: InetAddress
}

const ends = new Set<End>()
const watchers = new Set<OnEnd>()

/** A link speaks at an address from now on; what is returned takes that back. */
export function addEnd(link: object, kind: 'TCP' | 'UDP', address: InetAddress): () => void {
  const end = { link, kind, address }
  ends.add(end)
  for (const tell of watchers) tell(link, kind, address)
  return () => void ends.delete(end)
}

/** Tells of every end there is, and of each new one until what is returned is called. */
export function watchEnds(tell: OnEnd): () => void {
  for (const { link, kind, address } of ends) tell(link, kind, address)
  watchers.add(tell)
  return () => void watchers.delete(tell)
}
