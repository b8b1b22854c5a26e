/**
 * What became of each datagram, or piece of a stream, on a link: a table that shows itself.
 *
 * Knows nothing of how fates are decided.
 */
import { inspect } from 'node:util'
import { repr } from '../../bytes/index.ts'
import { ShownTable } from '../shown-table.ts'

/** One datagram, or one piece of a stream. */
export interface Fate {
  readonly [field: string]: unknown
  /** Its number in its direction, from 1. */
  readonly number: number
  /** `there`: to where the link leads; `back`: the answer. */
  readonly way: 'there' | 'back'
  /** Which client's, in the order in which they first came, from 1. */
  readonly client: number
  readonly bytes: number
  /** The first of its bytes. */
  readonly data: string
  /** `held back`: until the next one has overtaken it, if one came. A piece of a stream is `delivered`. */
  readonly fate: 'delivered' | 'lost' | 'delivered twice' | 'held back'
}

const COLUMNS = ['number', 'way', 'client', 'bytes', 'data', 'fate'] as const
/** Rows that are shown; all of them are in `rows`. */
const MOST_SHOWN = 40
/** Rows that are kept: a link in a loop must not fill the memory. */
const MOST_KEPT = 100_000
const PREVIEW = 16

/** All fates so far. Iterable; `rows` is the list. */
export class Fates {
  /** One for each, in the order in which they came. */
  readonly rows: readonly Fate[]
  readonly #what: string

  constructor(rows: readonly Fate[], kind: 'udp' | 'tcp') {
    this.rows = rows
    this.#what = kind === 'udp' ? 'datagram' : 'piece'
  }

  /** How many there are. */
  get length(): number {
    return this.rows.length
  }

  /** How many had this fate. @example link.fates.count("lost") */
  count(fate: Fate['fate']): number {
    return this.rows.filter((row) => row.fate === fate).length
  }

  [Symbol.iterator](): Iterator<Fate> {
    return this.rows[Symbol.iterator]()
  }

  #table(): ShownTable<Fate> {
    const total = this.rows.length
    if (total === 0) return new ShownTable<Fate>(`No ${this.#what} has come yet.`, COLUMNS, [])
    const kinds = [...new Set(this.rows.map(({ fate }) => fate))].map((fate) => `${this.count(fate)} ${fate}`)
    const hidden = total > MOST_SHOWN ? ` The first ${MOST_SHOWN}:` : ''
    const caption = `${total} ${this.#what}${total === 1 ? '' : 's'}: ${kinds.join(', ')}.${hidden}`
    const several = this.rows.some(({ client }) => client > 1)
    const columns = several ? COLUMNS : COLUMNS.filter((column) => column !== 'client')
    return new ShownTable<Fate>(caption, columns, this.rows.slice(0, MOST_SHOWN))
  }

  toString(): string {
    return this.#table().toString()
  }

  [inspect.custom](): string {
    return this.toString()
  }

  [Symbol.for('Jupyter.display')](): Record<string, string> {
    const table = this.#table()
    return { 'text/plain': table.toString(), 'text/html': table.html() }
  }
}

/** Writes fates down as they are decided. */
export class FateLog {
  readonly #rows: Fate[] = []

  add(fate: Omit<Fate, 'bytes' | 'data'>, data: Uint8Array): void {
    if (this.#rows.length >= MOST_KEPT) return
    const { number, way, client, fate: what } = fate as Fate
    const more = data.length > PREVIEW ? '…' : ''
    const preview = repr(data.subarray(0, PREVIEW)) + more
    this.#rows.push({ number, way, client, bytes: data.length, data: preview, fate: what })
  }

  /** As it stands now. */
  fates(kind: 'udp' | 'tcp'): Fates {
    // What belongs together stands together, and in the same order at every run.
    const ways = (row: Fate) => (row.way === 'there' ? 0 : 1)
    const sorted = this.#rows.toSorted((a, b) => a.client - b.client || ways(a) - ways(b) || a.number - b.number)
    return new Fates(sorted, kind)
  }
}
