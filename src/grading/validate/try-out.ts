/**
 * Runs the author's solutions, and the stubs that students get, against the checks: one must earn everything, the other
 * nothing. In fresh kernels, all cells in order, as nbgrader does it.
 *
 * Knows assignments and how notebooks are run; nothing of files and terminals.
 */
import type { IOutput } from '@jupyterlab/nbformat'
import { isCode, type Notebook } from '../../notebook/notebook-file.ts'
import { type RunOptions, runNotebook } from '../../notebook/run-notebook.ts'
import { type AssignmentCell, readAssignment } from '../notebook/index.ts'
import { isStub, textFor } from '../release/index.ts'
import { type Finding, finding } from './finding.ts'

export interface TryOutOptions extends Omit<RunOptions, 'allowErrors'> {
  /** Model solutions by `grade_id`, for cells that are stubs in the source. */
  readonly models: ReadonlyMap<string, string>
}

export async function tryOut(source: Notebook, { models, ...options }: TryOutOptions): Promise<Finding[]> {
  const assignment = readAssignment(source)
  const untried = assignment.cells.filter(
    ({ role, id, source: text, cell }) => role === 'solution' && isCode(cell) && isStub(text) && !models.has(id!),
  )
  const findings = untried.map((cell) =>
    finding(
      'warning',
      'no-model',
      cell,
      'there is no solution here to be tried',
      'write it between // BEGIN SOLUTION and // END SOLUTION, or name a file of solutions: --solutions FILE.ts',
    ),
  )
  const run = async (textOf: (cell: AssignmentCell) => string) => {
    const notebook = structuredClone(source)
    const { cells } = readAssignment(notebook)
    for (const one of cells) one.cell.source = textOf(one)
    await runNotebook(notebook, { ...options, allowErrors: true })
    return readAssignment(notebook).cells
  }
  const solvedText = (one: AssignmentCell) =>
    one.role === 'solution' ? (models.get(one.id!) ?? one.source) : one.source
  const solved = await run(solvedText)
  findings.push(...judgeSolutions(solved, new Set(untried.map(({ index }) => index))))
  if (options.signal?.aborted) return findings
  const stubs = await run((one) => (one.role === 'solution' ? textFor(one) : one.source))
  findings.push(...judgeStubs(stubs).filter((one) => !isSaid(one, solved, stubs)))
  return findings
}

/** An error that the cell has with the solution too was told already. */
function isSaid(
  { rule, index }: Finding,
  solved: readonly AssignmentCell[],
  stubs: readonly AssignmentCell[],
): boolean {
  const [before, after] = [solved, stubs].map((cells) => verdictOf(cells[index as number] as AssignmentCell))
  return rule === 'stub-error' && before?.how === 'error' && after?.how === 'error' && before.text === after.text
}

/** What nbgrader makes of a cell's outputs. Source: nbgrader/utils.py, determine_grade. */
type Verdict =
  | { readonly how: 'points'; readonly points: number }
  | { readonly how: 'error'; readonly text: string }
  | { readonly how: 'no number'; readonly text: string | undefined }

function verdictOf({ cell }: AssignmentCell): Verdict {
  for (const output of isCode(cell) ? cell.outputs : []) {
    if (output.output_type === 'error') return { how: 'error', text: errorOf(output) }
    if (output.output_type === 'stream' && output.name === 'stderr')
      return { how: 'error', text: `it prints to stderr: ${String(output.text).trim()}` }
    if (output.output_type !== 'execute_result') continue
    const text = String((output.data as Record<string, unknown>)['text/plain'])
    if (/^\d+(\.\d+)?(e[+-]?\d+)?$/.test(text)) return { how: 'points', points: Number(text) }
    return { how: 'no number', text }
  }
  return { how: 'no number', text: undefined }
}

const errorOf = (output: IOutput): string =>
  `${String(output.ename)}: ${String(output.evalue)}`.split('\n').slice(0, 3).join('\n')

/** The table of the check, from its first failed case on. */
function tableOf({ cell }: AssignmentCell): string {
  for (const output of isCode(cell) ? cell.outputs : []) {
    if (output.output_type !== 'display_data') continue
    const text = String((output.data as Record<string, unknown>)['text/plain'])
    const at = text.search(/^ +[✗?]/m)
    if (at >= 0) return text.slice(at).split('\n').slice(0, 8).join('\n')
  }
  return ''
}

function judgeSolutions(cells: readonly AssignmentCell[], untried: ReadonlySet<number>): Finding[] {
  const findings: Finding[] = []
  let unsolved = false
  for (const cell of cells) {
    if (!isCode(cell.cell)) continue
    if (cell.role === 'solution') unsolved = untried.has(cell.index)
    const verdict = verdictOf(cell)
    if (cell.role === 'check') {
      if (!unsolved) findings.push(...judgeSolved(cell, verdict))
    } else if (verdict.how === 'error' && cell.cell.outputs.some(({ output_type }) => output_type === 'error'))
      findings.push(
        finding(
          cell.role === 'plain' ? 'warning' : 'error',
          'solution-error',
          cell,
          `it fails when the whole notebook runs: ${verdict.text}`,
          'run all cells in a fresh kernel ("Restart kernel and run all cells"), and mend this one',
        ),
      )
  }
  return findings
}

function judgeSolved(cell: AssignmentCell, verdict: Verdict): Finding[] {
  if (verdict.how === 'error') {
    const advice = 'the solution must pass its own tests: run both cells, and mend the one that is wrong'
    return [finding('error', 'solution-fails', cell, `fails with your own solution: ${verdict.text}`, advice)]
  }
  if (verdict.how === 'no number') {
    const [what, advice] =
      verdict.text === undefined
        ? ['it has no value', 'end it with `await check(…)`, without `const points =` before it or anything after it']
        : verdict.text.startsWith('Promise')
          ? ['its value is a promise', 'an await is missing: `await check(…)`']
          : [`its value is ${verdict.text}`, 'end it with `await check(…)`, whose value is the points']
    return [
      finding(
        'error',
        'last-value',
        cell,
        `${what}, where a number of points must stand: nbgrader gives all points for that`,
        advice!,
      ),
    ]
  }
  if (verdict.points === cell.points) return []
  const table = tableOf(cell)
  if (verdict.points > cell.points || table === '')
    return [
      finding(
        'error',
        'points',
        cell,
        `the check gives ${verdict.points} points, and the cell's metadata says ${cell.points}`,
        'the number behind its name, the points of its cases together and those of the cell must be the same',
      ),
    ]
  return [
    finding(
      'error',
      'solution-fails',
      cell,
      `your own solution earns ${verdict.points} of ${cell.points} points\n${table}`,
      'run both cells, and mend the one that is wrong',
    ),
  ]
}

/** A stub that TypeScript refuses: between the methods of a class, or before what declares its types. */
function stubsThatDoNotStand(cells: readonly AssignmentCell[]): Finding[] {
  return cells.flatMap((cell): Finding[] => {
    const refused =
      isCode(cell.cell) && cell.cell.outputs.some(({ ename }) => /^(TypeScript|Syntax)Error$/.test(String(ename)))
    const verdict = verdictOf(cell)
    if (cell.role !== 'solution' || !refused || verdict.how !== 'error') return []
    const advice = 'put the markers within the body of a function or method, not around it'
    return [
      finding('warning', 'stub-error', cell, `with the stub in its place it does not compile: ${verdict.text}`, advice),
    ]
  })
}

function judgeStubs(cells: readonly AssignmentCell[]): Finding[] {
  const broken = stubsThatDoNotStand(cells)
  if (broken.length > 0) return broken
  return cells
    .filter(({ role, cell, points }) => role === 'check' && isCode(cell) && points > 0)
    .flatMap((cell): Finding[] => {
      const verdict = verdictOf(cell)
      if (verdict.how === 'error')
        return [
          finding(
            'warning',
            'stub-error',
            cell,
            `with the stub it fails instead of saying that nothing is there yet: ${verdict.text}`,
            'keep the first line of the function outside of the markers, so that the stub still declares it',
          ),
        ]
      if (verdict.how === 'points' && verdict.points === 0) return []
      const earned = verdict.how === 'points' ? verdict.points : cell.points
      return [
        finding(
          'error',
          'stub-passes',
          cell,
          `who writes nothing earns ${earned} of ${cell.points} points`,
          'add a case that fails without a solution, or give the case that passes no points',
        ),
      ]
    })
}
