/**
 * What a teacher is told when submissions were graded, or reports made of them. Knows nothing of how.
 */
import { join, resolve } from 'node:path'
import { BY_HAND, isOpen, type Reports, type Result } from '../../grading/index.ts'
import { CliError } from '../cli-error.ts'

/** Says what became of the results: for people a line for each of `now`, for programs all of `now` as JSON. */
export function tellResults(now: readonly Result[], reports: Reports, output: string, json: boolean): void {
  process.stderr.write(notesOf(reports, output))
  if (json) process.stdout.write(`${JSON.stringify({ version: 1, folder: resolve(output), results: now }, null, 1)}\n`)
  else process.stdout.write(summaryOf(now, reports.results, output))
}

/** @throws {CliError} some lines that a person filled in were not counted */
export function demandCounted({ problems }: Reports): void {
  if (problems.length > 0) throw new CliError(`${problems.length} in ${BY_HAND} could not be counted`)
}

/** A line for each of `now`, and where all of them are. */
function summaryOf(now: readonly Result[], all: readonly Result[], output: string): string {
  const lines = now.map((one) => {
    const { submission, earned, points, checks, status, problems } = one
    const notes = status === 'graded' ? '' : `  ${problems[0]?.message.split('\n')[0] ?? status}`
    const byHand = (status === 'refused' ? [] : checks.filter(isOpen)).reduce((sum, each) => sum + each.points, 0)
    const more = byHand > 0 ? `, ${byHand} more by hand` : ''
    return `  ${submission.name}: ${earned} of ${points - byHand}${more}${notes}\n`
  })
  return `${lines.join('')}${all.length} in ${output}: grades.csv, feedback/, results/\n${waiting(all, output)}`
}

function waiting(all: readonly Result[], output: string): string {
  const open = all
    .filter(({ status }) => status !== 'refused')
    .reduce((sum, { checks }) => sum + checks.filter(isOpen).length, 0)
  if (open === 0) return ''
  const [what, which] = open === 1 ? ['1 answer waits', 'its'] : [`${open} answers wait`, 'their']
  return `${what} for you: write ${which} points into ${join(output, BY_HAND)}, then: socketlab grade report ${inShell(output)}\n`
}

/** As one word, whatever is in it. */
const inShell = (path: string): string =>
  /^[\p{L}\p{N}_./-]+$/u.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`

const notesOf = ({ notes, problems }: Reports, output: string): string =>
  [...notes.map((one) => `note: ${one}`), ...problems]
    .map((text) => `socketlab: ${text.replace(BY_HAND, join(output, BY_HAND))}\n`)
    .join('')
