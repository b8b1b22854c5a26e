/** What is made of all results: the table, a page for each student, and Gradescope's files where they are wanted. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { csvOf } from './csv.ts'
import { feedbackOf } from './feedback.ts'
import { writeWhole } from './files.ts'
import { gradescopeOf } from './gradescope.ts'
import type { Result } from './schema.ts'

/** One submission is what Gradescope runs: then `results.json` lies where it looks. */
export function writeReports(folder: string, results: readonly Result[], gradescope: boolean): void {
  writeWhole(join(folder, 'grades.csv'), csvOf(results))
  for (const one of results) writeWhole(join(folder, 'feedback', `${one.submission.name}.html`), feedbackOf(one))
  rmSync(join(folder, 'results.json'), { force: true })
  if (!gradescope) return
  const text = (one: Result) => `${JSON.stringify(gradescopeOf(one), null, 1)}\n`
  for (const one of results) writeWhole(join(folder, 'gradescope', one.submission.name, 'results.json'), text(one))
  if (results.length === 1) writeWhole(join(folder, 'results.json'), text(results[0] as Result))
}
