/**
 * What students wrote in the cells that a person grades, read from what they handed in. Knows cells; nothing of points.
 */
import { readFileSync, statSync } from 'node:fs'
import { checkNotebook, parseJson } from '../../notebook/notebook-file.ts'
import { type AssignmentCell, readAssignment } from '../notebook/index.ts'
import { keyOf } from './by-hand.ts'
import type { Result } from './schema.ts'

/** What cannot be read has no answer: the result says why. */
export function answersOf(results: readonly Result[]): Map<string, string> {
  const answers = new Map<string, string>()
  for (const { submission, checks, status } of results) {
    const wanted = checks.filter(({ judged }) => judged === 'person').map(({ id }) => id)
    if (wanted.length === 0 || status === 'refused') continue
    const cells = cellsOf(submission.path)
    for (const id of wanted) answers.set(keyOf(submission.name, id), answer(cells, id))
  }
  return answers
}

/** As the grader reads them: of two cells with one name the first counts. */
function cellsOf(path: string): readonly AssignmentCell[] {
  try {
    if (!statSync(path).isFile()) return []
    return readAssignment(checkNotebook(parseJson(readFileSync(path, 'utf8')), path)).cells
  } catch {
    return []
  }
}

/** A task is answered in cells that the student adds below it. */
function answer(cells: readonly AssignmentCell[], id: string): string {
  const at = cells.findIndex((one) => one.id === id)
  const cell = cells[at]
  if (!cell) return ''
  if (cell.role !== 'task') return cell.source
  const rest = cells.slice(at + 1)
  const end = rest.findIndex((one) => one.id !== undefined)
  return rest
    .slice(0, end === -1 ? undefined : end)
    .map(({ source }) => source)
    .join('\n\n')
}
