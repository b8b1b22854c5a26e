/**
 * The sequence diagram in characters, for a terminal: one column a lifeline, one line a call.
 *
 * Knows nothing of colours. A line is never longer than its columns: what does not fit is cut, with an ellipsis.
 */
import { type Frame, isGap } from './frame.ts'
import { addressShown, noteOf } from './layout.ts'
import type { Party } from './parties.ts'
import { isConnect, isLost, isSend, type Step, type Story } from './story.ts'
import type { Link } from './streams.ts'
import { label } from './wording.ts'

const FRONT = 12
const WIDTHS = [0, 60, 33, 33, 30, 28, 26]

/** The whole drawing. */
export function drawText(story: Story, { title, parties, rows, notes }: Frame): string {
  if (rows.length === 0) return [title, ...notes].join('\n')
  const width = WIDTHS[parties.length] ?? 26
  const columns = new Map(parties.map((party, at) => [party, at]))
  const heads = [parties.map(({ name }) => name), parties.map(addressShown), parties.map(noteOf)].map((texts) =>
    `${' '.repeat(FRONT)}${texts.map((text) => cut(text, width - 1).padEnd(width)).join('')}`.trimEnd(),
  )
  const lines = rows.map((row) =>
    isGap(row) ? `${' '.repeat(FRONT)}${row.gap}` : drawStep(row, story, columns, width).trimEnd(),
  )
  return [title, '', ...heads, ...lines, ...(notes.length > 0 ? ['', ...notes] : [])].join('\n')
}

function drawStep(step: Step, story: Story, columns: ReadonlyMap<Party, number>, width: number): string {
  const front = `${String(step.index + 1).padStart(4)} ${step.call.at.toFixed(1).padStart(6)} `
  const own = columns.get(step.party)!
  const cells = [...columns.keys()].map(() => '│'.padEnd(width))
  const target = columns.get(targetOf(step, story) ?? step.party) ?? own
  const words = wordsOf(step, story)
  if (target === own) {
    // On the last lifeline the line ends with the text; before it, it must not run into the next.
    cells[own] = `│ ${cut(words, width - 3)}`.padEnd(width)
    return front + cells.join('')
  }
  const [failed, lost] = [step.call.failure !== undefined || step.call.result < 0, isLost(step)]
  const [first, last] = [Math.min(own, target), Math.max(own, target)]
  const length = (last - first) * width
  const tip = failed ? '✗' : lost ? '○' : target > own ? '▶' : '◀'
  const inner = cut(words, length - 8)
  const rest = '─'.repeat(Math.max(0, length - 5 - inner.length))
  const arrow = target > own ? `├─ ${inner} ${rest}${tip}│` : `│${tip}${rest} ${inner} ─┤`
  const line = `${cells.slice(0, first).join('')}${arrow.padEnd(length + width)}`
  return front + line + cells.slice(last + 1).join('')
}

/** Where its arrow goes: sends and dials go over, what is received stands where it was received. */
function targetOf(step: Step, story: Story): Party | undefined {
  if (isSend(step.call) && (step.call.bytes !== 0 || !step.end) && !step.call.failure) return step.other
  if (isConnect(step.call)) return step.other
  const ended = step.to.find(({ what }) => what === 'end' || what === 'reset')
  return ended ? story.steps[ended.to]!.party : undefined
}

function wordsOf(step: Step, story: Story): string {
  const { text, preview, failure } = label(step)
  const parts = [text]
  for (const link of step.from.slice(0, 2)) parts.push(`← ${link.from + 1}${partOf(link, step, story)}`)
  if (step.from.length > 2) parts.push('…')
  if (step.from.length === 0 && step.other?.outside && !isSend(step.call) && !isConnect(step.call)) {
    parts.push(`← ${step.other.name}`)
  }
  parts.push(failure ? `✗ ${failure}` : preview)
  return parts.filter(Boolean).join(' ')
}

/** Which bytes, where one send is not one recv. */
function partOf({ what, from, first, last }: Link, step: Step, story: Story): string {
  const whole = what !== 'bytes' || !step.end || story.steps[from]!.call.bytes === step.call.bytes
  return whole ? '' : ` [${last - first === 1 ? first : `${first}–${last - 1}`}]`
}

const cut = (text: string, width: number): string => (text.length <= width ? text : `${text.slice(0, width - 1)}…`)
