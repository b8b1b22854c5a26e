/**
 * The source, run once: which checks and cases it has, what each is worth, and which of them students never see.
 * Kept beside the results, so that a run that goes on asks no kernel for it. Knows nothing of submissions.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import type { Assignment } from '../notebook/index.ts'
import { writeWhole } from '../results/files.ts'
import type { Limits } from '../sandbox/limits.ts'
import type { Executor } from './executor.ts'
import { jobOf } from './job.ts'
import { caseKey, type Reference } from './judge.ts'
import { type Run, verdictSchema } from './record.ts'
import { cellsOfSource, released, teachersCells, type WorkCell } from './restore.ts'

const storedSchema = z.object({
  /** Of the assignment. */
  name: z.string(),
  version: z.string(),
  checks: z.array(z.tuple([z.string(), z.array(verdictSchema)])),
  hidden: z.array(z.string()),
})

/** The source cannot be graded with, and why. */
export class SourceError extends Error {
  override readonly name = 'SourceError'
}

interface Options {
  readonly name: string
  readonly source: Assignment
  readonly version: string
  readonly seed: string
  readonly limits: Limits
  readonly executor: Executor
  /** Where it is kept. */
  readonly folder: string
  readonly signal: AbortSignal
}

export async function referenceOf(options: Options): Promise<Reference> {
  const { name, version, folder } = options
  const file = join(folder, 'reference.json')
  const kept = stored(file)
  if (kept && kept.name !== name)
    throw new SourceError(`${folder} holds the results of ${kept.name}: give ${name} a folder of its own`)
  if (kept?.version === version) return { checks: new Map(kept.checks), hidden: new Set(kept.hidden) }
  const found = await askKernel(options)
  writeWhole(file, `${JSON.stringify({ name, version, checks: [...found.checks], hidden: [...found.hidden] })}\n`)
  return found
}

function stored(file: string): z.infer<typeof storedSchema> | undefined {
  if (!existsSync(file)) return undefined
  try {
    return storedSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return undefined
  }
}

async function askKernel({ source, version, seed, limits, executor, signal }: Options): Promise<Reference> {
  const whole = cellsOfSource(source)
  const seen = whole.map((cell) => (cell.kind === 'check' ? { ...cell, source: released(cell.source) } : cell))
  const teachers = teachersCells(source)
  const ask = (cells: WorkCell[], what: string) =>
    executor.run(jobOf({ cells, teachers, seed, limits, submission: what, version }), signal)
  const run = await ask(whole, 'source')
  const broken = run.cells.find(({ kind, status }) => kind === 'check' && status !== 'ok')
  if (broken) {
    const slow = `it takes longer than ${limits.cellSeconds} s here (--timeout gives it more)`
    const why = broken.status === 'timeout' ? slow : (broken.error ?? run.cut?.said ?? broken.status)
    throw new SourceError(`the source's own check ${broken.id} does not run through: ${why}`)
  }
  const checks = verdictsById(run)
  const hasHidden = seen.some(({ source: text }, at) => text !== whole[at]?.source)
  const visible = hasHidden ? keysOf(verdictsById(await ask(seen, 'released'))) : keysOf(checks)
  return { checks, hidden: new Set([...keysOf(checks)].filter((key) => !visible.has(key))) }
}

function verdictsById(run: Run): Reference['checks'] {
  return new Map(run.cells.flatMap(({ id, verdicts }) => (id === undefined ? [] : [[id, verdicts] as const])))
}

function keysOf(checks: Reference['checks']): Set<string> {
  const keys = [...checks].flatMap(([id, verdicts]) =>
    verdicts.flatMap(({ name, cases }) => cases.map((one) => caseKey(id, name, one.name))),
  )
  return new Set(keys)
}
