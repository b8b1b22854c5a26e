/**
 * The goals that the kernel was given, as numbers against the rivals of the same run. Knows nothing of measuring.
 */
import type { Results } from './results.ts'

export interface Goal {
  row: string
  /** As a person reads it, with the limit worked out. */
  text: string
  /** undefined: what it is compared with was not measured. */
  met: boolean | undefined
  /** Our value over the limit: 1.2 is missed by a fifth. */
  used: number | undefined
}

/** Ours with cells that were never compiled before: `SOCKETLAB_COMPILED_CELLS=off`. */
export const NEW_CELLS = 'new cells'

/** Every goal, judged by medians. */
export function goals(results: Results): Goal[] {
  const { p50, p95 } = results
  const judged: Goal[] = []
  const us = 'socketlab'
  const judge = (row: string, text: string, ours: number | undefined, limit: number | undefined) => {
    const known = ours !== undefined && limit !== undefined
    const met = known ? ours <= limit : undefined
    judged.push({
      row,
      text: `${text}${known ? ` = ${short(limit)}` : ''}`,
      met,
      used: known ? ours / limit : undefined,
    })
  }
  const times = (row: string, factor: number, rival: string) => {
    const theirs = p50(row, rival)
    const limit = theirs === undefined ? undefined : theirs * factor
    judge(row, `≤ ${factor} × ${rival}`, p50(row, us), limit)
    const anew = p50(row, NEW_CELLS)
    if (anew !== undefined) judge(row, `${NEW_CELLS} ≤ ${factor} × ${rival}`, anew, limit)
  }
  const most = (row: string, limit: number) => judge(row, '≤', p50(row, us), limit)

  times('start', 0.7, 'deno')
  times('first', 1.3, 'deno')
  times('first', 1, 'ipykernel')
  times('warm', 2, 'deno')
  times('warm', 0.7, 'ipykernel')
  for (const row of ['cells 1-30', 'cells 271-300']) {
    times(row, 1.5, 'deno')
    times(row, 0.8, 'ipykernel')
    judge(row, 'p95 ≤ 3 × p50', p95(row, us), 3 * (p50(row, us) ?? Number.NaN))
  }
  judge(
    'cells 271-300',
    'no growth: ≤ 1.1 × cells 1-30',
    p50('cells 271-300', us),
    1.1 * (p50('cells 1-30', us) ?? NaN),
  )
  for (const row of ['print 10000', 'print 100000']) {
    times(row, 0.6, 'ipykernel')
    most(`${row} messages`, 10)
    most(`${row} lost`, 0)
    most(`${row} after idle`, 0)
  }
  const rate = p50('queued', us)
  const theirs = p50('queued', 'ipykernel')
  judged.push({
    row: 'queued',
    text: `≥ 2 × ipykernel${theirs ? ` = ${short(theirs * 2)}` : ''}`,
    met: rate && theirs ? rate >= 2 * theirs : undefined,
    used: rate && theirs ? (2 * theirs) / rate : undefined,
  })
  judge('queued ok', 'all: 1000 lost or failed ≤ 0', 1000 - (p50('queued ok', us) ?? Number.NaN), 0)
  for (const row of ['complete member', 'complete unrun', 'inspect']) most(row, 2.5)
  for (const row of results.rows()) {
    if (!row.startsWith('interrupt ') || row.endsWith(' kept')) continue
    most(row, /print|blocked|child/.test(row) ? 25 : 10)
  }
  most('memory idle', 230)
  most('memory 300', 300)
  for (const row of ['loop', 'loop at cell 300']) times(row, 1.5, 'node script')
  times('import', 1, 'tslab')
  return judged
}

export const short = (value: number): string =>
  !Number.isFinite(value)
    ? 'never'
    : value >= 100
      ? value.toFixed(0)
      : value >= 10
        ? value.toFixed(1)
        : value.toFixed(2)
