/**
 * What a teacher is told when submissions were graded, or reports made of them. Knows nothing of how.
 */
import { join } from 'node:path'
import { BY_HAND, isOpen, type Reports, type Result } from '../../grading/index.ts'

/** A line for each of `now`, and where all of them are. */
export function summaryOf(now: readonly Result[], all: readonly Result[], output: string): string {
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
  return `${what} for you: write ${which} points into ${join(output, BY_HAND)}, then: socketlab grade report ${output}\n`
}

export const notesOf = ({ notes, problems }: Reports, output: string): string =>
  [...notes.map((one) => `note: ${one}`), ...problems]
    .map((text) => `socketlab: ${text.replace(BY_HAND, join(output, BY_HAND))}\n`)
    .join('')
