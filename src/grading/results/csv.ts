/** All results as one table, for spreadsheets and for a university's own import. Knows nothing of files. */
import { isOpen, type Result } from './schema.ts'
import { fieldOf } from './table.ts'

export function csvOf(results: readonly Result[]): string {
  const ids = [...new Set(results.flatMap(({ checks }) => checks.map(({ id }) => id)))]
  const head = ['submission', 'status', 'points', 'max_points', ...ids, 'problems', 'seconds', 'path']
  const rows = results.map((one) => {
    const byId = new Map(one.checks.map((check) => [check.id, check]))
    // What waits for a person has no points yet.
    const points = ids.map((id) => {
      const check = byId.get(id)
      return !check || isOpen(check) ? '' : check.earned
    })
    // The first line of each: the rest is in the result and on the feedback page.
    const problems = one.problems.map(({ message }) => message.split('\n')[0]).join(' | ')
    const { name, path } = one.submission
    return [name, one.status, one.earned, one.points, ...points, problems, one.seconds, path]
  })
  return `${[head, ...rows].map((row) => row.map((value) => fieldOf(value)).join(',')).join('\r\n')}\r\n`
}
