/**
 * Points that a person gives: a table with one line for each answer, made for the teacher to fill in, and read again.
 * What the teacher has written stays as it stands. Knows nothing of files and notebooks.
 */
import { type Result, sumOf } from './schema.ts'
import { delimiterOf, fieldOf, type Row, readTable } from './table.ts'

/** What a student wrote, by {@link keyOf}. */
export type Answers = ReadonlyMap<string, string>

export interface ByHand {
  readonly results: Result[]
  /** The table as it is to be from now on; undefined: there is nothing to be graded by hand. */
  readonly text: string | undefined
  /** Lines that were not counted, and why. */
  readonly problems: string[]
  /** What the teacher should look at again. */
  readonly notes: string[]
}

const COLUMNS = ['submission', 'cell', 'max_points', 'points', 'comment', 'answer'] as const
/** Spreadsheets cut longer ones, and nobody reads them there. */
const ANSWER_LENGTH = 5000
/** Excel takes a table without it for one in the letters of its own country. */
const BOM = '\ufeff'

export const keyOf = (submission: string, cell: string): string => `${submission}\n${cell}`

interface Line {
  readonly row: Row
  readonly submission: string
  readonly cell: string
  readonly points: string
  readonly comment: string
  /** Undefined: the teacher has taken the column out. */
  readonly answer: string | undefined
}

interface Open {
  readonly submission: string
  readonly cell: string
  readonly most: number
  readonly answer: string
  /** What the result carries of a table that was lost. A line that the teacher has taken out stays out. */
  readonly given: Given
}
type Given = { points: number; comment: string } | null

/**
 * Puts what stands in the table into the results.
 *
 * @param text the table as the teacher left it; undefined: there is none yet
 * @throws {TableError} it has not the columns that it must have */
export function gradeByHand(results: readonly Result[], answers: Answers, text: string | undefined): ByHand {
  const open = results.flatMap((one) => openOf(one, answers, text === undefined))
  const all = new Map(open.map((one) => [keyOf(one.submission, one.cell), one]))
  if (all.size === 0 && text === undefined) return { results: [...results], text, problems: [], notes: [] }
  const table = text === undefined ? NEW : read(text)
  const problems: string[] = []
  const notes: string[] = []
  const given = new Map<string, Given>()
  const kept: string[] = []
  const seen = new Map<string, number>()
  for (const line of table.lines) {
    const { row } = line
    const edited = line.points !== '' || line.comment !== ''
    const found = find(line, all)
    const say = (list: string[], words: string) =>
      list.push(`line ${row.line} (${line.submission}, ${line.cell}): ${words}`)
    if (typeof found === 'string') {
      if (edited) {
        kept.push(row.raw)
        say(problems, found)
      }
      continue
    }
    const key = keyOf(found.submission, found.cell)
    const before = seen.get(key)
    if (before !== undefined) {
      if (edited) kept.push(row.raw)
      if (edited) say(problems, `it is there twice, and line ${before} counts: take one of them out`)
      continue
    }
    seen.set(key, row.line)
    const stale = line.answer !== undefined && differ(line.answer, found.answer)
    kept.push(stale && !edited ? newRow(found, table) : row.raw)
    if (!edited) continue
    if (stale)
      say(notes, 'the answer is another since you graded it; take the line out to get a new one, and grade that')
    const points = pointsOf(line.points, found.most)
    if (typeof points === 'string') say(problems, points)
    else given.set(key, points === undefined ? null : { points, comment: line.comment })
  }
  // A table that was taken away comes again, with what the results know.
  for (const [key, one] of all)
    if (!seen.has(key)) {
      kept.push(newRow(one, table))
      if (one.given) given.set(key, one.given)
    }
  return {
    results: results.map((one) => withPoints(one, given)),
    text: `${[table.heading, ...kept].join('\r\n')}\r\n`,
    problems,
    notes,
  }
}

/** The table is none that can be filled in, and why. */
export class TableError extends Error {
  override readonly name = 'TableError'
}

interface Table {
  readonly delimiter: string
  readonly heading: string
  /** In the order of the file, which may be the teacher's own. */
  readonly columns: readonly string[]
  readonly lines: readonly Line[]
}

const NEW: Table = { delimiter: ',', heading: BOM + COLUMNS.join(','), columns: COLUMNS, lines: [] }

function read(text: string): Table {
  const body = text.replace(BOM, '')
  const first = body.split('\n', 1)[0] as string
  const delimiter = delimiterOf(first)
  const [heading, ...rows] = readTable(body, delimiter)
  const columns = heading?.fields.map((name) => name.trim().toLowerCase()) ?? []
  const [submission, cell, , points, comment, answer] = COLUMNS.map((name) => columns.indexOf(name)) as number[]
  if (submission === -1 || cell === -1 || points === -1)
    throw new TableError(`its first line must name the columns: ${COLUMNS.join(',')}`)
  const at = (row: Row, column: number | undefined) =>
    column === -1 ? '' : (row.fields[column as number] ?? '').trim()
  const lines = rows.map((row) => ({
    ...{
      row,
      submission: at(row, submission),
      cell: at(row, cell),
      points: at(row, points),
      comment: at(row, comment),
    },
    answer: answer === -1 ? undefined : at(row, answer),
  }))
  return { delimiter, heading: (text.startsWith(BOM) ? BOM : '') + (heading as Row).raw, columns, lines }
}

const openOf = ({ submission: { name }, checks }: Result, answers: Answers, lost: boolean): Open[] =>
  checks
    .filter(({ judged }) => judged === 'person')
    .map(({ id, points, given }) => ({
      ...{ submission: name, cell: id, most: points, given: (lost && given) || null },
      answer: cut(answers.get(keyOf(name, id)) ?? ''),
    }))

const cut = (text: string): string => (text.length > ANSWER_LENGTH ? `${text.slice(0, ANSWER_LENGTH)}…` : text)

function newRow({ submission, cell, most, answer, given }: Open, { columns, delimiter }: Table): string {
  const { points = '', comment = '' } = given ?? {}
  const values: Record<string, string | number> = { submission, cell, max_points: most, points, comment, answer }
  return columns.map((name) => fieldOf(values[name] ?? '', delimiter)).join(delimiter)
}

/** What the line is about, or why that cannot be said. */
function find({ submission, cell }: Line, all: ReadonlyMap<string, Open>): Open | string {
  const exact = all.get(keyOf(submission, cell))
  if (exact) return exact
  const ofCell = [...all.values()].filter((one) => one.cell === cell)
  // A spreadsheet takes 0042 for a number, and writes 42.
  const numbered = /^\d+$/.test(submission)
    ? ofCell.filter((one) => /^\d+$/.test(one.submission) && BigInt(one.submission) === BigInt(submission))
    : []
  if (numbered.length === 1) return numbered[0] as Open
  if (ofCell.length > 0) return `no submission is called "${submission}" here; the names are those of grades.csv`
  const cells = [...new Set([...all.values()].map((one) => one.cell))]
  return `no cell "${cell}" is graded by hand${cells.length > 0 ? `; those are: ${cells.join(', ')}` : ''}`
}

/** Undefined: none yet. A text says what is wrong. In many countries one and a half is 1,5. */
function pointsOf(text: string, most: number): number | string | undefined {
  if (text === '') return undefined
  const value = /^(?:\d+(?:[.,]\d+)?|[.,]\d+)$/.test(text) ? Number(text.replace(',', '.')) : Number.NaN
  if (value >= 0 && value <= most) return value
  if (value > most) return `${text} points, and the cell is worth ${most}`
  return `${JSON.stringify(text)} is no number of points from 0 to ${most}`
}

/** White space is the spreadsheet's affair, and so is what it takes for a number or a date. */
function differ(one: string, other: string): boolean {
  const plain = (text: string) => text.replace(/\s+/g, '').replace(/^'/, '')
  return /\p{L}{3}/u.test(other) && plain(one) !== plain(other)
}

function withPoints(result: Result, given: ReadonlyMap<string, Given>): Result {
  const checks = result.checks.map((check) => {
    if (check.judged !== 'person') return check
    const own = given.get(keyOf(result.submission.name, check.id)) ?? null
    return { ...check, given: own, earned: own?.points ?? 0 }
  })
  return { ...result, checks, earned: sumOf(checks.map(({ earned }) => earned)) }
}
