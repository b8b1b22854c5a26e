/**
 * What is made of all results: the table, a page for each student, Gradescope's files where they are wanted, and what a
 * person is to fill in. Reads what a person has filled in.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { answersOf } from './answers.ts'
import { type ByHand, gradeByHand, TableError } from './by-hand.ts'
import { csvOf } from './csv.ts'
import { feedbackOf } from './feedback.ts'
import { writeWhole } from './files.ts'
import { gradescopeOf } from './gradescope.ts'
import type { Result } from './schema.ts'
import { keepResult } from './store.ts'
import { textIn } from './table.ts'

/** The teacher's own table, beside the others. */
export const BY_HAND = 'by-hand.csv'

export interface Reports {
  /** With the points that a person gave. */
  readonly results: readonly Result[]
  /** Lines of {@link BY_HAND} that could not be counted. */
  readonly problems: readonly string[]
  readonly notes: readonly string[]
}

/** One submission is what Gradescope runs: then `results.json` lies where it looks. */
export function writeReports(folder: string, found: readonly Result[], gradescope: boolean): Reports {
  const { results, text, problems, notes } = byHand(folder, found)
  if (text !== undefined) writeWhole(join(folder, BY_HAND), text)
  for (const one of results) keepResult(folder, one)
  writeWhole(join(folder, 'grades.csv'), csvOf(results))
  for (const one of results) writeWhole(join(folder, 'feedback', `${one.submission.name}.html`), feedbackOf(one))
  rmSync(join(folder, 'results.json'), { force: true })
  // Once they were wanted they are not left behind.
  if (gradescope || existsSync(join(folder, 'gradescope'))) writeGradescope(folder, results)
  return { results, problems: problems.map(named), notes: notes.map(named) }
}

const named = (text: string): string => `${BY_HAND}, ${text}`

function writeGradescope(folder: string, results: readonly Result[]): void {
  const text = (one: Result) => `${JSON.stringify(gradescopeOf(one), null, 1)}\n`
  for (const one of results) writeWhole(join(folder, 'gradescope', one.submission.name, 'results.json'), text(one))
  if (results.length === 1) writeWhole(join(folder, 'results.json'), text(results[0] as Result))
}

function byHand(folder: string, found: readonly Result[]): ByHand {
  const path = join(folder, BY_HAND)
  try {
    const text = existsSync(path) ? textIn(readFileSync(path)) : undefined
    return gradeByHand(found, answersOf(found), text)
  } catch (error) {
    if (!(error instanceof TableError)) throw error
    // It stays as it is, and so do the points that were read from it before.
    return { results: [...found], text: undefined, problems: [error.message], notes: [] }
  }
}
