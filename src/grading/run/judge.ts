/**
 * Points of a submission, from what happened when it was run and from what the source itself shows when it is run.
 *
 * The source says which cases there are and what each is worth; the submission's kernel says only which have passed.
 * Knows nothing of files and processes.
 */
import type { Assignment, AssignmentCell } from '../notebook/index.ts'
import { type CaseOf, type Check, type Problem, sumOf } from '../results/schema.ts'
import type { EndReason } from '../sandbox/sandbox.ts'
import { withoutHidden } from './hidden-lines.ts'
import type { CellRun, Run, Verdict } from './record.ts'
import type { WorkCell } from './restore.ts'

/** What the source's checks look like. */
export interface Reference {
  /** By `grade_id`: what each check of the cell is called, and its cases. Empty: the cell has none, its value counts. */
  readonly checks: ReadonlyMap<string, readonly Verdict[]>
  /** `grade_id`, check and case of those that students do not see. */
  readonly hidden: ReadonlySet<string>
}

export const caseKey = (id: string, check: string, name: string): string => JSON.stringify([id, check, name])

const MESSAGE_LENGTH = 4000

export function judge(source: Assignment, reference: Reference, seed: string, run: Run | undefined): Check[] {
  const byId = new Map(run?.cells.filter(({ id }) => id !== undefined).map((cell) => [cell.id, cell]))
  return source.cells
    .filter(({ role }) => role === 'check' || role === 'manual' || role === 'task')
    .map((cell) => checkOf(cell, reference, seed, byId.get(cell.id)))
}

function checkOf(cell: AssignmentCell, reference: Reference, seed: string, run: CellRun | undefined): Check {
  const id = cell.id as string
  const base = { id, title: id, points: cell.points, earned: 0, problem: null, cases: [] }
  if (cell.role !== 'check') return { ...base, judged: 'person' }
  const wanted = reference.checks.get(id) ?? []
  if (wanted.length === 0) return { ...base, judged: 'value', ...byValue(cell.points, run) }
  const title = wanted.map(({ name }) => name).join(', ')
  const verdicts = run?.verdicts ?? []
  // A check more than the source has was called by the student's code: which one is the real one cannot be told. Another
  // seed was set by a cell, whose random values are then no surprise to it.
  const foreign =
    verdicts.length > wanted.length ||
    verdicts.some(({ name, seed: theirs, calls = 1 }) => {
      const known = wanted.some((one) => one.name === name)
      return !known || theirs !== seed || calls > wanted.length
    })
  const cases = wanted.flatMap((one) => {
    const theirs = foreign ? undefined : verdicts.find(({ name }) => name === one.name)
    return one.cases.map((known) => {
      const found = caseOf(known, theirs, reference.hidden.has(caseKey(id, one.name, known.name)))
      return found.hidden ? found : { ...found, message: withoutHidden(found.message, cell.source) }
    })
  })
  const earned = Math.min(cell.points, sumOf(cases.map((one) => one.earned)))
  const stopped = verdicts.some((one) => one.cases.some(({ state }) => state === 'unfinished'))
  const missing = verdicts.length < wanted.length || stopped
  const problem = foreign
    ? 'The check was called by the code under test: no result counts.'
    : missing
      ? sentence(`The check did not come to its end${run ? `: ${reasonOf(run)}` : ''}`)
      : null
  return { ...base, title, judged: run?.outside ? 'outside' : 'check', earned, problem, cases }
}

function caseOf(known: Verdict['cases'][number], theirs: Verdict | undefined, hidden: boolean): CaseOf {
  const { name, points, hints } = known
  const found = theirs?.cases.find((one) => one.name === name)
  if (!found) return { name, points, earned: 0, state: 'missing', message: '', hints, hidden }
  const earned = found.state === 'passed' ? points : 0
  return { name, points, earned, state: found.state, message: found.message.slice(0, MESSAGE_LENGTH), hints, hidden }
}

/** As nbgrader counts: an error is 0, a number is that many points, anything else is all of them. */
function byValue(points: number, run: CellRun | undefined): Pick<Check, 'earned' | 'problem'> {
  if (run?.status !== 'ok')
    return { earned: 0, problem: sentence(`The tests did not run through${run ? `: ${reasonOf(run)}` : ''}`) }
  const number = run.value === undefined || run.value.trim() === '' ? Number.NaN : Number(run.value)
  return { earned: Number.isNaN(number) ? points : Math.max(0, Math.min(points, number)), problem: null }
}

/** Many errors end with a full stop already, or with a bracket after one. */
const sentence = (text: string): string => (/[.!?]\)?$/.test(text) ? text : `${text}.`)

function reasonOf({ status, error }: CellRun): string {
  if (status === 'timeout') return 'it took too long and was stopped'
  if (status === 'output') return 'it printed too much and was stopped'
  if (status === 'not-run') return 'the kernel was gone before'
  return error ?? 'nothing was checked'
}

const CUT: Record<EndReason, string> = {
  exited: 'The kernel ended by itself',
  memory: 'The code used more memory than it may, and the kernel was ended',
  processes: 'The code started more processes than it may, and the kernel was ended',
  time: 'The code could not be stopped in time, and the kernel was ended',
  output: 'The code printed more than it may, and the kernel was ended',
  forged: 'The code wrote into the kernel’s own connections, and the kernel was ended',
  stopped: 'Grading was stopped',
  killed: 'The sandbox was ended from outside',
}

/** The kernel's advice is for the student's own folder, where the file may well lie. */
function alone(error = ''): string {
  const [first = ''] = error.split('\n')
  const isFile = first.includes("Cannot find module '") && /the notebook's folder|there is no file/.test(error)
  return isFile ? `${first.replace(/(?<='[^']*'): .*/, '')}\n${ALONE}` : error
}

const ALONE =
  '→ The notebook is graded alone: files that lie beside it and packages that were installed there are missing. What it needs of them belongs into its cells.'

/** What a teacher should know of a run of these cells, besides the points. */
export function problemsOf(run: Run, cells: readonly WorkCell[]): Problem[] {
  const problems: Problem[] = []
  const nameOf = ({ id, index }: CellRun) => id ?? cells[index]?.name ?? `[${index + 1}]`
  for (const ran of run.cells) {
    const { kind, status, error } = ran
    if (status === 'ok' || status === 'not-run') continue
    const name = nameOf(ran)
    const limit = status === 'timeout' || status === 'output'
    // What a check finds wrong stands with its points; that it was not let finish may be the machine's fault.
    if (kind === 'check' && !limit) continue
    const why = limit ? (status === 'timeout' ? 'took too long' : 'printed too much') : undefined
    const message = why ? `The cell ${name} ${why} and was stopped.` : `The cell ${name} failed: ${alone(error)}`
    problems.push({ kind: limit ? 'limit' : 'cell-failed', cell: name, message })
  }
  if (run.cut) {
    const at = run.cells.find(({ status }) => status === 'not-run')
    const cell = at ? nameOf(at) : null
    const kind = run.cut.reason === 'exited' ? 'kernel-died' : 'limit'
    problems.push({ kind, cell, message: `${CUT[run.cut.reason]}${cell ? `, in the cell ${cell}` : ''}.` })
  }
  if (run.warning) problems.push({ kind: 'no-sandbox', cell: null, message: run.warning })
  return problems
}
