/**
 * A cell that takes its kernel with it must not cost the exercises after it: they are run again without that cell, in a
 * kernel of their own. Knows nothing of how cells are run.
 */
import type { Job } from './job.ts'
import type { CellRun, Run } from './record.ts'

/** Each costs a kernel, and a submission that ends more of them has had its chances. */
const MOST_ENDED = 3

type Attempt = Pick<Run, 'cells' | 'cut' | 'seconds'>

export async function runThrough(job: Job, attempt: (job: Job) => Promise<Attempt>): Promise<Attempt> {
  let run = await attempt(job)
  const ended = new Set<number>()
  const { cut } = run
  while (run.cut && run.cut.reason !== 'stopped' && ended.size < MOST_ENDED) {
    const culprit = run.cells.findIndex(({ status, index }) => status === 'not-run' && !ended.has(index))
    // What ended the kernel was the last cell, or came after it: nothing is left to run.
    if (culprit < 0 || culprit === run.cells.length - 1) break
    ended.add(culprit)
    const before: readonly CellRun[] = run.cells.slice(0, culprit + 1)
    const cells = job.cells.map((cell, at) => (ended.has(at) ? { ...cell, source: '' } : cell))
    const again = await attempt({ ...job, cells })
    run = {
      cells: [...before, ...again.cells.slice(culprit + 1)],
      cut: again.cut,
      seconds: run.seconds + again.seconds,
    }
  }
  return { ...run, cut }
}
