/**
 * `npm run bench -- kernel`: our kernel beside ipykernel, Deno and tslab, by one client, taking turns.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { goals, NEW_CELLS } from './goals.ts'
import { machine, Results, type Sample } from './results.ts'
import { contenders } from './rivals.ts'
import { table } from './table.ts'

const HELP = `npm run bench -- kernel [options]

Our kernel beside ipykernel, Deno and tslab, by one client, taking turns: medians, 95th percentiles, ratios, goals.

  --quick          fewer repetitions, below 3 minutes
  --json FILE      all figures, for programs
  --only ROWS      starts, session, import, flood, queued or interrupts
  --seconds N      ends after about so long, with fewer repetitions; 160 when quick, else 840
  --kernels A,B    of socketlab, new cells (socketlab that finds no cell compiled), ipykernel, deno, tslab
`

const { values: options } = parseArgs({
  options: {
    help: { type: 'boolean', short: 'h', default: false },
    quick: { type: 'boolean', default: false },
    json: { type: 'string' },
    only: { type: 'string' },
    seconds: { type: 'string' },
    kernels: { type: 'string', default: `socketlab,${NEW_CELLS},ipykernel,deno,tslab` },
  },
})
if (options.help) {
  process.stdout.write(HELP)
  process.exit(0)
}
const root = join(import.meta.dirname, '..', '..')
const began = performance.now()
const scratch = mkdtempSync(join(tmpdir(), 'socketlab-bench-'))
try {
  const { kernels, missing } = await contenders(root, join(scratch, 'notebook'), options.kernels.split(','))
  for (const line of missing) console.error(`left out: ${line}`)
  const plan = { kernels, node: process.execPath, quick: options.quick, only: options.only ?? null }
  const results = await measure({ ...plan, seconds: Number(options.seconds ?? (options.quick ? 160 : 840)) })
  const judged = goals(results)
  const about = machine(kernels, options.quick)
  console.log(table(results, judged, about))
  console.log(`\n${((performance.now() - began) / 1000).toFixed(0)} s; load ${about.load}`)
  if (options.json) {
    const text = JSON.stringify({ about, rows: results.summary(), goals: judged }, null, 2)
    writeFileSync(options.json, `${text}\n`)
  }
} finally {
  rmSync(scratch, { recursive: true, force: true })
}

/** Runs measure.py and collects what it says. */
async function measure(plan: object): Promise<Results> {
  const file = join(scratch, 'plan.json')
  writeFileSync(file, JSON.stringify(plan))
  const python = join(root, '.venv', 'bin', 'python')
  const child = spawn(python, [join(import.meta.dirname, 'measure.py'), file], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<number | null>((done) => child.once('close', done))
  const results = new Results()
  for await (const line of createInterface({ input: child.stdout })) results.add(JSON.parse(line) as Sample)
  const code = await ended
  if (code !== 0) console.error(`measure.py ended with ${code}: the figures are not complete`)
  return results
}
