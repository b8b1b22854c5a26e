/**
 * A notebook read as an assignment: its cells with what each is for, and what is wrong with their metadata and markers.
 *
 * Knows cells, metadata and markers; nothing of files and kernels. Reads submissions too, so it throws at nothing.
 */
import { type Cell, type Notebook, sourceOf } from '../../notebook/notebook-file.ts'
import { findRegions, type MarkerKind, type MarkerProblem, markerKinds, nearlyMarkers } from './markers.ts'
import { type Grading, type Role, readGrading, roleOf } from './metadata.ts'

export interface AssignmentCell {
  /** Position among all cells of the notebook, from 0. */
  readonly index: number
  readonly cell: Cell
  readonly source: string
  readonly role: Role
  /** nbgrader's metadata; undefined for a cell without, or with metadata that cannot be read. */
  readonly grading: Grading | undefined
  /** `grade_id`: the cell's name within the assignment. Several cells of a damaged notebook may share it. */
  readonly id: string | undefined
  /** What it is worth; 0 where it is not graded. */
  readonly points: number
  /** Why its metadata could not be read. */
  readonly problem: string | undefined
}

export interface Assignment {
  readonly cells: readonly AssignmentCell[]
  /** Each `grade_id` that more than one cell has. */
  readonly duplicates: readonly string[]
}

/** What a student fills in, with the checks that judge it. */
export interface Exercise {
  /** The `grade_id` of its first cell to fill in; of its first check where there is none. */
  readonly name: string
  readonly solutions: readonly AssignmentCell[]
  readonly checks: readonly AssignmentCell[]
}

export function readAssignment(notebook: Notebook): Assignment {
  const cells = notebook.cells.map((cell, index): AssignmentCell => {
    const { grading, problem } = readGrading(cell)
    const role = roleOf(grading)
    const points = role === 'check' || role === 'manual' || role === 'task' ? (grading?.points ?? 0) : 0
    return { index, cell, source: sourceOf(cell), role, grading, id: grading?.grade_id, points, problem }
  })
  const seen = new Set<string>()
  const duplicates = new Set<string>()
  for (const { id } of cells) {
    if (id === undefined) continue
    if (seen.has(id)) duplicates.add(id)
    seen.add(id)
  }
  return { cells, duplicates: [...duplicates] }
}

/** Cells to fill in, and the checks that follow them. What a person grades has no check and is not among them. */
export function exercisesOf({ cells }: Assignment): Exercise[] {
  const found: { solutions: AssignmentCell[]; checks: AssignmentCell[] }[] = []
  for (const one of cells) {
    if (one.cell.cell_type !== 'code') continue
    const last = found.at(-1)
    if (one.role === 'solution') {
      if (last && last.checks.length === 0) last.solutions.push(one)
      else found.push({ solutions: [one], checks: [] })
    } else if (one.role === 'check') {
      if (last) last.checks.push(one)
      else found.push({ solutions: [], checks: [one] })
    }
  }
  return found.map(({ solutions, checks }) => ({ name: (solutions[0] ?? checks[0])!.id!, solutions, checks }))
}

/** The kinds of regions that a cell of this role may have. */
export const regionsOf: Record<Role, readonly MarkerKind[]> = {
  solution: ['SOLUTION'],
  manual: ['SOLUTION'],
  check: ['HIDDEN TESTS'],
  task: ['MARK SCHEME'],
  'read-only': [],
  plain: [],
}

/** Markers that are unbalanced or nested, those that are misspelled, and those that the cell's role does not have. */
export function markerProblems({ source, role }: Pick<AssignmentCell, 'source' | 'role'>): MarkerProblem[] {
  const belongs = {
    SOLUTION: 'a solution cell',
    'HIDDEN TESTS': 'a check cell (graded tests)',
    'MARK SCHEME': 'a task',
  }
  const wrong = markerKinds.flatMap((kind) => {
    const { regions, problems } = findRegions(source, kind)
    if (regionsOf[role].includes(kind)) return problems
    const misplaced = regions.map(({ begin }) => ({
      kind,
      line: begin,
      message: `BEGIN ${kind} belongs into ${belongs[kind]}, and this cell is ${role}: students would see what stands in it`,
    }))
    return [...problems, ...misplaced]
  })
  return [...wrong, ...nearlyMarkers(source)]
}
