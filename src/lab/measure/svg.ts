/**
 * A chart as SVG, for what does not draw Vega-Lite: nbconvert's HTML, a text editor, GitHub.
 *
 * Lines and words take the colour of the text around them, light or dark. Knows nothing of MIME types.
 */
import type { Drawn, Point } from './plot.ts'

const WIDTH = 560
const HEIGHT = 300
const LEFT = 64
const RIGHT = 16
const TOP = 32
const BOTTOM = 48
/** Told apart by people who do not tell red from green; the shape of the mark differs besides. */
const COLOURS = ['#3b76c4', '#c9721a', '#2f8f5b', '#a0529c', '#8a6d3b', '#5c6b73']

interface Scale {
  readonly ticks: readonly number[]
  at(value: number): number
}

/** The picture. */
export function svgOf({ title, x, y, kind, points, names }: Drawn): string {
  const places = points.map((point) => point.x)
  // A bar is as wide as the room between two of them allows, and needs room at both ends.
  const room = kind === 'bars' ? leastGap(places) : 0
  const ends = room === 0 ? [] : [Math.min(...places) - room, Math.max(...places) + room]
  const across = scale([...places, ...ends], LEFT, WIDTH - RIGHT, false)
  const up = scale(
    points.map((point) => point.y),
    HEIGHT - BOTTOM,
    TOP,
    true,
  )
  const series = names.map((name, at) => {
    const own = points.filter((point) => point.series === name)
    return drawn(kind, own, across, up, COLOURS[at % COLOURS.length] as string, names.length, at, room)
  })
  const label = title === '' ? `${y} by ${x}` : title
  return [
    // Without a width: as an image of a web page it takes what room there is, on a narrow one too.
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escaped(label)}" font-family="sans-serif" font-size="12" fill="currentColor">`,
    title === ''
      ? ''
      : `<text x="${WIDTH / 2}" y="18" text-anchor="middle" font-weight="bold">${escaped(title)}</text>`,
    ...axes(across, up, x, y),
    ...series,
    ...(names.length > 1 ? legend(names) : []),
    '</svg>',
  ]
    .filter((line) => line !== '')
    .join('\n')
}

function drawn(
  kind: Drawn['kind'],
  points: readonly Point[],
  across: Scale,
  up: Scale,
  colour: string,
  of: number,
  at: number,
  room: number,
): string {
  const places = points.map((point) => [round(across.at(point.x)), round(up.at(point.y))] as const)
  if (kind === 'line')
    return `<polyline fill="none" stroke="${colour}" stroke-width="1.5"${at % 2 === 1 ? ' stroke-dasharray="5 2"' : ''} points="${places.map((place) => place.join(',')).join(' ')}"/>`
  if (kind === 'points')
    return places
      .map(([left, top]) => `<circle cx="${left}" cy="${top}" r="2.5" fill="${colour}" fill-opacity="0.7"/>`)
      .join('')
  const wide = Math.max(0.5, ((across.at(room) - across.at(0)) / of) * 0.7)
  const floor = round(up.at(Math.max(0, up.ticks[0] as number)))
  return places
    .map(([left, top]) => {
      const start = round(left - (wide * of) / 2 + wide * at)
      return `<rect x="${start}" y="${Math.min(top, floor)}" width="${round(wide)}" height="${round(Math.abs(floor - top))}" fill="${colour}"/>`
    })
    .join('')
}

function axes(across: Scale, up: Scale, x: string, y: string): string[] {
  const bottom = HEIGHT - BOTTOM
  const line = 'stroke="currentColor" stroke-opacity="0.25"'
  return [
    ...up.ticks.map((tick) => {
      const top = round(up.at(tick))
      return `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${top}" y2="${top}" ${line}/><text x="${LEFT - 6}" y="${top + 4}" text-anchor="end">${number(tick)}</text>`
    }),
    ...across.ticks.map((tick) => {
      const left = round(across.at(tick))
      return `<line x1="${left}" x2="${left}" y1="${bottom}" y2="${bottom + 4}" stroke="currentColor"/><text x="${left}" y="${bottom + 17}" text-anchor="middle">${number(tick)}</text>`
    }),
    `<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 10}" text-anchor="middle">${escaped(x)}</text>`,
    `<text transform="translate(14 ${(TOP + bottom) / 2}) rotate(-90)" text-anchor="middle">${escaped(y)}</text>`,
  ]
}

const legend = (names: readonly string[]): string[] =>
  names.map((name, at) => {
    const top = TOP + 6 + at * 16
    return `<rect x="${WIDTH - RIGHT - 110}" y="${top}" width="10" height="10" fill="${COLOURS[at % COLOURS.length]}"/><text x="${WIDTH - RIGHT - 94}" y="${top + 9}">${escaped(name)}</text>`
  })

/** The least distance between two that differ; 1 where none do. */
function leastGap(values: readonly number[]): number {
  const sorted = [...new Set(values)].sort((a, b) => a - b)
  const gaps = sorted.slice(1).map((value, at) => value - (sorted[at] as number))
  return gaps.reduce((least, gap) => Math.min(least, gap), gaps[0] ?? 1)
}

/** Round numbers below and above the values; y begins at 0 where no value is below. */
function scale(values: readonly number[], from: number, to: number, fromZero: boolean): Scale {
  let least = values.reduce((a, b) => Math.min(a, b))
  let most = values.reduce((a, b) => Math.max(a, b))
  if (fromZero) least = Math.min(0, least)
  if (least === most) [least, most] = [least - (fromZero ? 0 : 1), most + 1]
  const step = niceStep((most - least) / 5)
  const first = Math.floor(least / step)
  const last = Math.ceil(most / step)
  const ticks = Array.from({ length: last - first + 1 }, (_, at) => (first + at) * step)
  const [low, high] = [first * step, last * step]
  return { ticks, at: (value) => from + ((value - low) / (high - low)) * (to - from) }
}

/** 1, 2 or 5 times a power of ten. */
function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough))
  const part = rough / power
  return (part <= 1 ? 1 : part <= 2 ? 2 : part <= 5 ? 5 : 10) * power
}

const number = (value: number): string => String(Number(value.toPrecision(6)))
const round = (value: number): number => Math.round(value * 10) / 10
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
