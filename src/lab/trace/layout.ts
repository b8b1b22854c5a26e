/**
 * Where everything of the drawing stands: lifelines, rows, labels, arrows, bars of waiting; in pixels at full size.
 *
 * Clients stand on the left with their labels left of their lifelines, servers on the right with theirs on the right,
 * so that the arrows between them cross as little text as possible. Text is measured by a generous guess.
 */
import { type Frame, isGap } from './frame.ts'
import type { Party } from './parties.ts'
import { isConnect, isLost, isSend, type Step, type Story } from './story.ts'
import { type Label, label } from './wording.ts'

export const ROW = 26
const TIME_WIDTH = 58
const HEAD_HEIGHT = 58
const BETWEEN = 150
const MARGIN = 14
const CHARACTER = 6.7

export interface Line {
  readonly party: Party
  readonly x: number
  readonly headX: number
  readonly headWidth: number
  /** On which side its labels stand. */
  readonly side: 'left' | 'right'
}

export interface PlacedRow {
  readonly y: number
  readonly time: string
  readonly gap: string
  readonly step: Step | undefined
  readonly label: Label | undefined
  readonly line: Line | undefined
}

export interface Arrow {
  readonly x1: number
  readonly y1: number
  readonly x2: number
  readonly y2: number
  /** `bytes`, `connection`, `end`; `lost`: nobody received it; `refused`: it failed. */
  readonly kind: 'bytes' | 'connection' | 'end' | 'reset' | 'lost' | 'refused'
  readonly role: 'client' | 'server'
  readonly text: string
}

export interface Bar {
  readonly x: number
  readonly y1: number
  readonly y2: number
}

export interface Layout {
  readonly width: number
  readonly height: number
  readonly top: number
  readonly bottom: number
  readonly lines: readonly Line[]
  readonly rows: readonly PlacedRow[]
  readonly arrows: readonly Arrow[]
  readonly bars: readonly Bar[]
}

/** Text of a label, for its width. */
export const labelText = ({ text, preview, failure }: Label): string =>
  [text, failure ? `✗ ${failure}` : preview].filter(Boolean).join('  ')

/** Places it all. */
export function layOut(story: Story, { parties, rows }: Frame): Layout {
  const top = 12 + HEAD_HEIGHT + 10
  const labels = new Map<Step, Label>()
  for (const row of rows) if (!isGap(row)) labels.set(row, label(row))
  const widest = (party: Party): number =>
    Math.max(0, ...[...labels].filter(([step]) => step.party === party).map(([, one]) => labelText(one).length))
  const { lines, width } = placeLines(parties, widest)
  const lineOf = new Map(lines.map((line) => [line.party, line]))
  const yOf = new Map<number, number>()
  let before = ''
  const placed = rows.map((row, at): PlacedRow => {
    const y = top + ROW / 2 + at * ROW
    if (isGap(row)) return { y, time: '', gap: row.gap, step: undefined, label: undefined, line: undefined }
    yOf.set(row.index, y)
    const time = row.call.at.toFixed(1)
    const shown = time === before ? '' : time
    before = time
    return { y, time: shown, gap: '', step: row, label: labels.get(row), line: lineOf.get(row.party) }
  })
  const bottom = top + rows.length * ROW + 8
  const arrows = placed.flatMap((row) => (row.step ? arrowsOf(row.step, row.y, lineOf, yOf, story) : []))
  const bars = placed.flatMap((row) => barOf(row, placed))
  return { width, height: bottom + 6, top, bottom, lines, rows: placed, arrows, bars }
}

function placeLines(parties: readonly Party[], widest: (party: Party) => number): { lines: Line[]; width: number } {
  const head = (party: Party): number =>
    Math.max(76, 18 + 6.6 * Math.max(party.name.length * 1.1, addressShown(party).length, noteOf(party).length))
  const room = (party: Party): number => Math.ceil(widest(party) * CHARACTER) + (widest(party) > 0 ? 26 : 0)
  const lines: Line[] = []
  let x = TIME_WIDTH
  let previous: Line | undefined
  for (const party of parties) {
    const side = party.role === 'server' || party.between ? 'right' : 'left'
    const headWidth = head(party)
    // Left of it: half of its head, its labels, and what the one before has on its right.
    const own = side === 'left' ? room(party) : 0
    if (previous === undefined) x += Math.max(own, headWidth / 2 + 4)
    else {
      const theirs = previous.side === 'right' ? room(previous.party) : 0
      const heads = headWidth / 2 + previous.headWidth / 2 + 10
      const apart = side !== previous.side || party.between || previous.party.between
      const arrows = apart ? BETWEEN : 24
      x += Math.max(heads, own + theirs + arrows)
    }
    previous = { party, x, headX: x - headWidth / 2, headWidth, side }
    lines.push(previous)
  }
  const last = previous
    ? Math.max(previous.headWidth / 2 + 4, previous.side === 'right' ? room(previous.party) : 0)
    : 300
  return { lines, width: Math.ceil(x + last + MARGIN) }
}

/** The head's second line. */
export const addressShown = ({ address }: Party): string => (address.length > 40 ? `…${address.slice(-39)}` : address)

/** The head's third line. */
export function noteOf({ kind, cell, outside, note }: Party): string {
  if (outside) return `${kind}, ${note}`
  return cell ? `${kind}, ${cell}` : kind
}

function arrowsOf(
  step: Step,
  y: number,
  lineOf: ReadonlyMap<Party, Line>,
  yOf: ReadonlyMap<number, number>,
  story: Story,
): Arrow[] {
  const from = lineOf.get(step.party)
  if (!from) return []
  const role = step.party.role ?? 'client'
  const drawn = step.to.filter((link) => yOf.has(link.to))
  const arrows = drawn.flatMap((link): Arrow[] => {
    const target = lineOf.get(story.steps[link.to]!.party)
    if (!target) return []
    const whole = story.steps[link.to]!.call.bytes === step.call.bytes
    const text = link.what !== 'bytes' || whole ? '' : step.end ? bytesOf(link.first, link.last) : 'cut'
    return [{ x1: from.x, y1: y, x2: target.x, y2: Math.max(y, yOf.get(link.to)!), kind: link.what, role, text }]
  })
  if (arrows.length > 0 || step.to.length > 0) return arrows
  const other = step.other && lineOf.get(step.other)
  if (!other || other === from) return arrows
  const flat = (kind: Arrow['kind'], back = false): Arrow => {
    const [x1, x2] = back ? [other.x, from.x] : [from.x, other.x]
    return { x1, y1: y, x2, y2: y, kind, role: back ? speaker(step) : role, text: '' }
  }
  const failed = step.call.failure !== undefined || step.call.result < 0
  if (isConnect(step.call)) return [flat(failed ? 'refused' : 'connection')]
  if (failed) return arrows
  if (isSend(step.call)) return step.call.bytes === 0 && step.end ? [] : [flat(isLost(step) ? 'lost' : 'bytes')]
  if (!step.other!.outside) return arrows
  if (step.call.call === 'accept') return [flat('connection', true)]
  if (step.call.bytes !== undefined && step.from.length === 0) {
    return [flat(step.call.bytes === 0 && step.end ? 'end' : 'bytes', true)]
  }
  return arrows
}

/** Whose words arrive here from outside: a link only passes on what the other side has said. */
function speaker({ party, other }: Step): 'client' | 'server' {
  if (other!.between) return party.role === 'server' ? 'client' : 'server'
  return other!.role ?? 'server'
}

export const bytesOf = (first: number, last: number): string =>
  last - first === 1 ? `byte ${first}` : `bytes ${first}–${last - 1}`

/** A call that waited: a bar from about when it began. */
function barOf({ step, y, line }: PlacedRow, rows: readonly PlacedRow[]): Bar[] {
  if (!step || !line || step.call.waited < 0.5 || (isConnect(step.call) && !step.call.failure)) return []
  const began = step.call.at - step.call.waited
  const first = rows.find((row) => row.step !== undefined && row.step.call.at >= began)
  return first && first.y < y ? [{ x: line.x, y1: first.y - ROW / 3, y2: y }] : []
}
