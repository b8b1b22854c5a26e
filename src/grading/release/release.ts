/**
 * A source notebook → what students get: stubs for solutions, no hidden tests, no outputs, locked cells locked.
 *
 * Knows notebooks as values; nothing of files. What nbgrader's generate_assignment does, but for the stubs' hints.
 */
import { createHash } from 'node:crypto'
import { type Cell, isCode, type Notebook } from '../../notebook/notebook-file.ts'
import {
  type AssignmentCell,
  checksumOf,
  findRegions,
  isLocked,
  markerProblems,
  readAssignment,
  replaceRegions,
} from '../notebook/index.ts'
import { codeStub, isStub, isTextStub, TEXT_STUB, textStub } from './stub.ts'

/** Something in the source that must be mended first: handed out as it is, it would show or lose something. */
export interface ReleaseProblem {
  /** Position of the cell, from 0. */
  readonly index: number
  readonly id: string | undefined
  readonly message: string
}

/** @see releaseNotebook */
export class ReleaseError extends Error {
  override readonly name = 'ReleaseError'
  readonly problems: readonly ReleaseProblem[]

  constructor(problems: readonly ReleaseProblem[]) {
    super(problems.map(({ message }) => message).join('\n'))
    this.problems = problems
  }
}

export interface Released {
  readonly notebook: Notebook
  /** What was done, by the cells' `grade_id`. */
  readonly solutions: readonly string[]
  readonly hiddenTests: readonly string[]
  readonly locked: readonly string[]
  /** What all graded cells are worth together. */
  readonly points: number
}

/**
 * The students' version of a source notebook, which stays as it is.
 *
 * @throws {ReleaseError} markers, metadata or ids are wrong */
export function releaseNotebook(source: Notebook): Released {
  const notebook = structuredClone(source)
  const assignment = readAssignment(notebook)
  const problems = problemsOf(assignment.cells, assignment.duplicates)
  if (problems.length > 0) throw new ReleaseError(problems)
  const solutions: string[] = []
  const hiddenTests: string[] = []
  const locked: string[] = []
  for (const one of assignment.cells) {
    const text = textFor(one)
    if (text !== one.source) (one.role === 'check' ? hiddenTests : solutions).push(one.id!)
    one.cell.source = text
    if (lock(one)) locked.push(one.id!)
    clean(one.cell)
  }
  giveIds(notebook)
  tidy(notebook)
  const points = assignment.cells.reduce((sum, one) => sum + one.points, 0)
  return { notebook, solutions, hiddenTests, locked, points }
}

function problemsOf(cells: readonly AssignmentCell[], duplicates: readonly string[]): ReleaseProblem[] {
  const problems: ReleaseProblem[] = []
  const seen = new Set<string>()
  for (const one of cells) {
    const { index, id } = one
    const add = (message: string) => problems.push({ index, id, message })
    if (one.problem !== undefined) add(one.problem)
    for (const { line, message } of markerProblems(one)) add(`line ${line + 1}: ${message}`)
    if (id === undefined) continue
    if (duplicates.includes(id) && seen.has(id))
      add(`another cell before it has the grade_id "${id}": each cell needs one of its own`)
    seen.add(id)
  }
  return problems
}

/** What stands in the cell when a student opens it. */
export function textFor({ role, source, cell, points }: AssignmentCell): string {
  switch (role) {
    case 'solution':
    case 'manual':
      return cell.cell_type === 'code' ? emptyCode(source) : emptyText(source)
    case 'check': {
      const { regions } = findRegions(source, 'HIDDEN TESTS')
      const left = replaceRegions(source, 'HIDDEN TESTS', () => [])
      // A cell that is empty makes students wonder, and delete it; a check without cases is a mistake.
      const empty = left.trim() === '' || (/\bcheck\(/.test(left) && !/\.case\(/.test(left))
      if (regions.length > 0 && empty)
        return `// What is tested here (${points} point${points === 1 ? '' : 's'}) runs when your work is graded.`
      return left
    }
    case 'task':
      return replaceRegions(source, 'MARK SCHEME', () => [])
    default:
      return source
  }
}

function emptyCode(source: string): string {
  if (findRegions(source, 'SOLUTION').regions.length > 0) return replaceRegions(source, 'SOLUTION', codeStub)
  // As nbgrader: all of a cell without markers is the solution. A stub is one already.
  return isStub(source) ? source : codeStub({ indent: '', remark: '' }).join('\n')
}

function emptyText(source: string): string {
  if (findRegions(source, 'SOLUTION').regions.length > 0) return replaceRegions(source, 'SOLUTION', textStub)
  return isTextStub(source) ? source : TEXT_STUB
}

/** Sets what JupyterLab and nbgrader read: may it be edited, deleted, and was it changed? Is it locked? */
function lock({ cell, grading, role }: AssignmentCell): boolean {
  if (!grading || role === 'plain') return false
  const own = { ...grading, cell_type: cell.cell_type }
  cell.metadata.nbgrader = { ...own, checksum: checksumOf(cell, grading) }
  if (role !== 'task') cell.metadata.deletable = false
  if (!isLocked(grading)) return false
  cell.metadata.deletable = false
  cell.metadata.editable = false
  return true
}

/** The author's outputs, counts and times. */
function clean(cell: Cell): void {
  if (isCode(cell)) Object.assign(cell, { outputs: [], execution_count: null })
  for (const name of ['execution', 'ExecuteTime', 'collapsed', 'scrolled']) delete cell.metadata[name]
}

/** The author's widgets hold outputs too, and an old toolbar opens nbgrader's menu at the student's. */
function tidy(notebook: Notebook): void {
  for (const name of ['widgets', 'celltoolbar']) delete (notebook.metadata as Record<string, unknown>)[name]
}

/** Format 4.5 names each cell. The same source gives the same names, so that two releases can be compared. */
function giveIds(notebook: Notebook): void {
  notebook.nbformat_minor = Math.max(5, notebook.nbformat_minor)
  const taken = new Set<string>()
  notebook.cells.forEach((cell, index) => {
    const { grading } = readAssignment({ ...notebook, cells: [cell] }).cells[0]!
    let id = cell.id ?? grading?.grade_id?.slice(0, 64)
    if (id === undefined || taken.has(id))
      id = createHash('sha256').update(`${index}\n${cell.source}`).digest('hex').slice(0, 8)
    taken.add(id)
    cell.id = id
  })
}
