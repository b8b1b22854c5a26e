/**
 * Random numbers that a seed decides: the same seed gives the same numbers everywhere. Not for secrets.
 *
 * Knows nothing of what they are for.
 */

/** A seeded source: call it for a fraction, or ask for something shaped. */
export interface Random {
  /** A fraction: 0 or more, below 1. */
  (): number
  /** A whole number from `least` to `most`, both included. @example t.random.integer(1, 6) */
  integer(least: number, most: number): number
  /** So many bytes. @example t.random.bytes(1000) */
  bytes(length: number): Buffer
  /** One of them. */
  pick<T>(items: readonly T[]): T
  /** A copy in another order. */
  shuffle<T>(items: readonly T[]): T[]
}

/** Captured before any cell runs. */
const { imul, floor } = Math

/** FNV-1a over the characters: any text becomes a number of 32 bits. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash >>> 0
}

/** splitmix32: one step of a counter, well stirred. */
function stream(start: number): () => number {
  let state = start | 0
  return () => {
    state = (state + 0x9e3779b9) | 0
    let mixed = state ^ (state >>> 16)
    mixed = imul(mixed, 0x21f0aaad)
    mixed ^= mixed >>> 15
    mixed = imul(mixed, 0x735a2d97)
    mixed ^= mixed >>> 15
    return (mixed >>> 0) / 2 ** 32
  }
}

/** A source of its own for each seed and name. */
export function seeded(seed: number | string, name = ''): Random {
  const next = stream(hashOf(`${seed}/${name}`))
  const integer = (least: number, most: number) => {
    if (!Number.isInteger(least) || !Number.isInteger(most) || most < least)
      throw new RangeError(`integer(least, most) takes two whole numbers, the smaller first, not ${least}, ${most}`)
    return least + floor(next() * (most - least + 1))
  }
  return Object.assign(() => next(), {
    integer,
    bytes(length: number): Buffer {
      const data = Buffer.allocUnsafe(length)
      for (let at = 0; at < length; at++) data[at] = floor(next() * 256)
      return data
    },
    pick<T>(items: readonly T[]): T {
      if (items.length === 0) throw new RangeError('pick() needs at least one thing to choose from')
      return items[integer(0, items.length - 1)] as T
    },
    shuffle<T>(items: readonly T[]): T[] {
      const shuffled = [...items]
      for (let last = shuffled.length - 1; last > 0; last--) {
        const other = integer(0, last)
        const held = shuffled[last] as T
        shuffled[last] = shuffled[other] as T
        shuffled[other] = held
      }
      return shuffled
    },
  })
}
