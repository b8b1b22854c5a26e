/**
 * `lab.plot`: measured series as a chart: Vega-Lite for JupyterLab, the same as SVG for everything else, and text.
 *
 * Knows series of numbers, nothing of what they mean.
 */
import { inspect } from 'node:util'
import { RoundTrips } from './sample.ts'
import { svgOf } from './svg.ts'

/** Points of one series: y by number, or pairs. */
export type SeriesInput = readonly number[] | readonly (readonly [x: number, y: number])[] | RoundTrips

/** How the chart is labelled and drawn. */
export interface PlotOptions {
  title?: string
  /** What x is; default `number`. */
  x?: string
  /** What y is; default `value`, and `milliseconds` for round trips. */
  y?: string
  /** Default `line`. */
  kind?: 'line' | 'points' | 'bars'
}

export interface Point {
  readonly series: string
  readonly x: number
  readonly y: number
}

export interface Drawn extends Required<PlotOptions> {
  readonly points: readonly Point[]
  readonly names: readonly string[]
}

const MOST_POINTS = 10_000
const MARKS = { line: 'line', points: 'point', bars: 'bar' } as const
const SCHEMA = 'https://vega.github.io/schema/vega-lite/v5.json'

/** A chart that shows itself. */
export class Plot {
  readonly #drawn: Drawn

  constructor(drawn: Drawn) {
    this.#drawn = drawn
  }

  /** The specification for Vega-Lite, version 5. */
  vegaLite(): Record<string, unknown> {
    const { title, x, y, kind, points, names } = this.#drawn
    const colour = names.length > 1 ? { color: { field: 'series', type: 'nominal', title: null, sort: names } } : {}
    return {
      $schema: SCHEMA,
      // What a screen reader says of the picture: Vega's own word for each is "Vega visualization".
      description: this.toString(),
      ...(title === '' ? {} : { title }),
      width: 480,
      height: 240,
      data: { values: points },
      mark: { type: MARKS[kind], tooltip: true },
      encoding: {
        x: { field: 'x', type: 'quantitative', title: x },
        y: { field: 'y', type: 'quantitative', title: y },
        ...colour,
      },
    }
  }

  /** The same as an SVG picture. */
  svg(): string {
    return svgOf(this.#drawn)
  }

  toString(): string {
    const { title, y, names, points } = this.#drawn
    const lines = names.map((name) => {
      const values = points.filter(({ series }) => series === name).map((point) => point.y)
      const [least, most] = [Math.min(...values), Math.max(...values)]
      return `  ${name}: ${values.length} points, ${short(least)} to ${short(most)}`
    })
    return [`${title === '' ? 'A chart' : title} (${y})`, ...lines].join('\n')
  }

  [inspect.custom](): string {
    return this.toString()
  }

  [Symbol.for('Jupyter.display')](): Record<string, unknown> {
    return {
      'application/vnd.vegalite.v5+json': this.vegaLite(),
      'image/svg+xml': this.svg(),
      'text/plain': this.toString(),
    }
  }
}

const short = (value: number): string => String(Number(value.toPrecision(3)))

/**
 * Draws one series, or several by name.
 *
 * @param series numbers, `[x, y]` pairs, what `lab.measure.roundTrips` gave, or an object of such by name
 * @param options `title`, `x`, `y` (labels), `kind`: `"line"`, `"points"` or `"bars"`
 * @throws {TypeError} no numbers
 * @throws {RangeError} more than 10 000 points
 * @example
 * lab.plot({ TCP: tcpTimes, UDP: udpTimes }, { title: "Round trips" })
 */
export function plot(series: SeriesInput | Readonly<Record<string, SeriesInput>>, options: PlotOptions = {}): Plot {
  const { title = '', x = 'number', kind = 'line' } = options
  if (!(kind in MARKS)) throw new RangeError(`lab.plot: kind is "line", "points" or "bars", not ${inspect(kind)}`)
  const named = isSeries(series) ? { [title || 'values']: series } : series
  if (typeof named !== 'object' || named === null || Object.keys(named).length === 0)
    throw new TypeError(
      `lab.plot takes numbers, or several rows of them by name: { TCP: [1, 2] }, not ${inspect(series)}`,
    )
  const names = Object.keys(named)
  const points = names.flatMap((name) => pointsOf(name, named[name] as SeriesInput))
  if (points.length === 0) throw new TypeError('lab.plot has nothing to draw: there are no numbers')
  if (points.length > MOST_POINTS)
    throw new RangeError(
      `lab.plot draws up to ${MOST_POINTS} points, not ${points.length}: draw every tenth, or a summary`,
    )
  const y = options.y ?? (Object.values(named).every((one) => one instanceof RoundTrips) ? 'milliseconds' : 'value')
  return new Plot({ title, x, y, kind, points, names })
}

const isSeries = (value: unknown): value is SeriesInput => Array.isArray(value) || value instanceof RoundTrips

function pointsOf(series: string, input: SeriesInput): Point[] {
  const rows: readonly unknown[] | undefined =
    input instanceof RoundTrips
      ? input.seconds.map((seconds) => seconds * 1000)
      : Array.isArray(input)
        ? input
        : undefined
  if (!rows) throw new TypeError(`lab.plot: ${series} is an array of numbers, or of [x, y], not ${inspect(input)}`)
  return rows.map((row, at) => {
    const [x, y] = Array.isArray(row) ? (row as unknown[]) : [at + 1, row]
    if (!Number.isFinite(x) || !Number.isFinite(y))
      throw new TypeError(`lab.plot: the values of ${series} are numbers, or pairs [x, y] of them, not ${inspect(row)}`)
    return { series, x: x as number, y: y as number }
  })
}
