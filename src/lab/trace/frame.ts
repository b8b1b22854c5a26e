/**
 * What of a story is drawn: few enough lifelines and rows to be read, and in words what is left out.
 *
 * Shared by all drawings. Knows nothing of shapes.
 */
import type { Party } from './parties.ts'
import { isLost, NOBODY, type Step, type Story } from './story.ts'
import { count, failureOf, summary } from './wording.ts'

/** Calls that are not drawn, in one row. */
export interface Gap {
  readonly gap: string
}

export type Row = Step | Gap

export interface Frame {
  readonly title: string
  readonly parties: readonly Party[]
  readonly rows: readonly Row[]
  /** Sentences below the drawing. */
  readonly notes: readonly string[]
}

export const isGap = (row: Row): row is Gap => 'gap' in row

/** More lifelines than this nobody can read. */
const MOST_PARTIES = 6
/** Of more rows, the first and the last are drawn. */
const MOST_ROWS = 60
const FIRST_ROWS = 44

/** Chooses. */
export function frame(story: Story): Frame {
  const notes: string[] = []
  const parties = choose(story.parties)
  const hidden = story.parties.filter((party) => !parties.includes(party))
  // What a server did with a hidden client goes with the client; who dialled a hidden server still did so.
  const goes = ({ party, other }: Step): boolean =>
    hidden.includes(party) || (other !== undefined && other.role !== 'server' && hidden.includes(other))
  const drawn = story.steps.filter((step) => !goes(step))
  if (hidden.length > 0) {
    const names = hidden.length === 1 ? hidden[0]!.name : `${hidden[0]!.name} to ${hidden.at(-1)!.name}`
    const calls = story.steps.length - drawn.length
    notes.push(`Not drawn: ${hidden.length} more (${names})${calls > 0 ? `, with ${count(calls, 'call')}` : ''}.`)
  }
  const rows: Row[] = [...drawn]
  if (drawn.length > MOST_ROWS) {
    const last = drawn.length - (MOST_ROWS - FIRST_ROWS)
    rows.splice(FIRST_ROWS, last - FIRST_ROWS, { gap: `… ${inShort(drawn.slice(FIRST_ROWS, last))} …` })
  }
  if (drawn.some(isLost)) notes.push('An arrow that ends in ○: nobody received it while the trace ran.')
  if (rows.length < story.steps.length) notes.push('`.events` has every call.')
  return { title: summary(story), parties, rows, notes }
}

/** Servers first, for everybody deals with them; then those who came first. */
function choose(parties: readonly Party[]): Party[] {
  if (parties.length <= MOST_PARTIES) return [...parties]
  const servers = parties.filter(({ role, title }) => role === 'server' && title !== NOBODY).slice(0, 3)
  const others = parties.filter((party) => !servers.includes(party)).slice(0, MOST_PARTIES - servers.length)
  return parties.filter((party) => servers.includes(party) || others.includes(party))
}

/** `900 calls not drawn: 450 sendall, 450 recv`. */
function inShort(steps: readonly Step[]): string {
  const names = new Map<string, number>()
  for (const { call } of steps) names.set(call.call, (names.get(call.call) ?? 0) + 1)
  const list = [...names].sort((a, b) => b[1] - a[1]).slice(0, 4)
  const failed = steps.filter(({ call }) => failureOf(call) !== undefined).length
  const words = list.map(([name, times]) => `${times} ${name}`)
  if (failed > 0) words.push(`${failed} failed`)
  return `${count(steps.length, 'call')} not drawn: ${words.join(', ')}`
}
