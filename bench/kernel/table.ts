/**
 * The figures as a Markdown table, so that what the terminal shows can stand in a document as it is.
 */
import { type Goal, NEW_CELLS, short } from './goals.ts'
import type { machine, Results } from './results.ts'

const titles: Record<string, string> = {
  start: 'start to kernel_info_reply, ms',
  first: 'start to the reply of `1 + 1`, ms',
  warm: 'warm `let x = 1`, ms',
  loop: 'loop over variables of this and earlier cells, ms',
  'loop at cell 300': 'the same at cell 300, ms',
  'cells ok': 'realistic cells that ran, of 300',
  'cells 1-30': 'realistic cells 1–30, ms',
  'cells 271-300': 'realistic cells 271–300, ms',
  'complete member': 'completion of a member, ms',
  'complete unrun': 'completion in a cell not yet run, ms',
  inspect: 'inspection, ms',
  'memory idle': 'memory of all processes, idle, MiB',
  'memory 300': 'the same after 300 cells, MiB',
  import: 'first cell, importing zod, ms',
  queued: '1000 queued cells, cells/s',
  'queued ok': 'of them ok',
}
const order = [
  'start',
  'first',
  'warm',
  'cells ',
  'print',
  'queued',
  'complete',
  'inspect',
  'interrupt',
  'memory',
  'loop',
  'import',
]
const rank = (row: string) => order.findIndex((start) => row.startsWith(start))

/** The table and, above it, what it was measured with. */
export function table(results: Results, goals: Goal[], about: ReturnType<typeof machine>): string {
  const kernels = ['socketlab', NEW_CELLS, 'ipykernel', 'deno', 'tslab', 'node script']
  const seen = kernels.filter((kernel) => results.rows().some((row) => results.values(row, kernel)))
  const lines = [
    `${about.date} UTC, ${about.cores} cores (${about.processor}), ${about.platform}; ` +
      Object.entries(about.versions)
        .map(([name, version]) => `${name} ${version}`)
        .join('; '),
    '',
    'p50 / p95, and in brackets ours as a multiple of the rival’s.',
    '',
    `| what | ${seen.join(' | ')} | goal | met |`,
    `| --- | ${seen.map(() => '---').join(' | ')} | --- | --- |`,
  ]
  for (const row of results.rows().sort((a, b) => rank(a) - rank(b))) {
    const cells = seen.map((kernel) => cell(results, row, kernel))
    const own = goals.filter((goal) => goal.row === row)
    const met = own.map(({ met }) => (met === undefined ? '?' : met ? 'yes' : '**no**'))
    lines.push(
      `| ${titles[row] ?? row} | ${cells.join(' | ')} | ${own.map(({ text }) => text).join('; ')} | ${met.join('; ')} |`,
    )
  }
  return lines.join('\n')
}

const single = / messages$| after idle$| lost$| kept$| found$|^queued|^memory|^cells ok/

function cell(results: Results, row: string, kernel: string): string {
  const value = results.p50(row, kernel)
  if (value === undefined) return '–'
  if (single.test(row)) return short(value)
  const ours = results.p50(row, 'socketlab')
  const comparable = kernel !== 'socketlab' && ours !== undefined && Number.isFinite(value) && value > 0
  const ratio = comparable ? ` (${short(ours / value)})` : ''
  return `${short(value)} / ${short(results.p95(row, kernel)!)}${ratio}`
}
