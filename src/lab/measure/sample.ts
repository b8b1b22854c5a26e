/**
 * A row of measured times and what they come to. Shows itself as a table.
 *
 * Knows nothing of what was measured.
 */
import { inspect } from 'node:util'
import { ShownTable } from '../shown-table.ts'

/** One line of the table. */
export interface MeasureRow {
  readonly [field: string]: unknown
  readonly what: string
  readonly value: string
}

const { floor, ceil, min, max } = Math

/** Times in seconds, in the order in which they were measured. */
export class RoundTrips {
  /** Each time, in seconds. */
  readonly seconds: readonly number[]
  readonly #sorted: readonly number[]

  constructor(seconds: readonly number[]) {
    this.seconds = seconds
    this.#sorted = seconds.toSorted((a, b) => a - b)
  }

  /** How many were measured. */
  get count(): number {
    return this.seconds.length
  }

  /** The shortest, in seconds. */
  get least(): number {
    return this.#sorted[0] as number
  }

  /** The longest, in seconds. */
  get most(): number {
    return this.#sorted.at(-1) as number
  }

  /** All together, divided by how many; in seconds. */
  get mean(): number {
    return this.seconds.reduce((sum, one) => sum + one, 0) / this.count
  }

  /** Half of them took at most so long; in seconds. */
  get p50(): number {
    return this.percentile(50)
  }

  /** 95 of 100 took at most so long; in seconds. */
  get p95(): number {
    return this.percentile(95)
  }

  /**
   * So many of a hundred took at most that long (nearest rank: a time that was measured, not one in between).
   *
   * @param percent above 0, up to 100
   * @throws {RangeError} any other number
   */
  percentile(percent: number): number {
    if (!(percent > 0 && percent <= 100))
      throw new RangeError(`percentile(95): a number above 0, up to 100, not ${inspect(percent)}`)
    return this.#sorted[max(0, ceil((percent / 100) * this.count) - 1)] as number
  }

  #table(): ShownTable<MeasureRow> {
    const rows = [
      { what: 'least', value: duration(this.least) },
      { what: 'p50 (half of them took at most)', value: duration(this.p50) },
      { what: 'p95 (95 of 100 took at most)', value: duration(this.p95) },
      { what: 'most', value: duration(this.most) },
      { what: 'mean', value: duration(this.mean) },
    ]
    return new ShownTable<MeasureRow>(
      `${this.count} round trip${this.count === 1 ? '' : 's'}:`,
      ['what', 'value'],
      rows,
    )
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

/** Bytes over time. Shows itself as a line. */
export class Throughput {
  readonly bytes: number
  readonly seconds: number

  constructor(bytes: number, seconds: number) {
    this.bytes = bytes
    this.seconds = seconds
  }

  get bytesPerSecond(): number {
    return this.bytes / this.seconds
  }

  toString(): string {
    return `${bytesOf(this.bytes)} in ${duration(this.seconds)}: ${bytesOf(this.bytesPerSecond)}/s`
  }

  [inspect.custom](): string {
    return this.toString()
  }

  [Symbol.for('Jupyter.display')](): Record<string, string> {
    return { 'text/plain': this.toString() }
  }
}

/** 0.00123 → `1.23 ms`. */
export function duration(seconds: number): string {
  const [factor, unit] = seconds < 1e-3 ? [1e6, 'µs'] : seconds < 1 ? [1e3, 'ms'] : [1, 's']
  return `${Number((seconds * factor).toPrecision(3))} ${unit}`
}

const UNITS = ['bytes', 'KiB', 'MiB', 'GiB']

/** 1048576 → `1 MiB`. */
export function bytesOf(bytes: number): string {
  const power = bytes < 1024 ? 0 : min(UNITS.length - 1, floor(Math.log2(bytes) / 10))
  return `${Number((bytes / 1024 ** power).toPrecision(3))} ${UNITS[power]}`
}
