/**
 * A submission put together for grading: what students may not change comes from the source, what they wrote stays.
 *
 * Knows cells and their names; runs nothing. Takes any notebook, however damaged, and says what was wrong with it.
 */
import type { Notebook } from '../../notebook/notebook-file.ts'
import {
  type Assignment,
  type AssignmentCell,
  checksumOf,
  isLocked,
  readAssignment,
  replaceRegions,
} from '../notebook/index.ts'
import type { Problem } from '../results/schema.ts'
import { isOutside } from './outside.ts'
import { sharedNames, withOwnNames } from './own-names.ts'

/** A cell to run. */
export interface WorkCell {
  /** `grade_id`; undefined for a cell between. */
  readonly id: string | undefined
  readonly source: string
  /** What a person finds it by. */
  readonly name: string
  /** `check`: the source's own tests. `locked`: the source's own code. `student`: anything may stand there. */
  readonly kind: 'check' | 'locked' | 'student'
  /** A check that calls what it judges in another process. */
  readonly outside?: boolean
}

export interface Restored {
  /** Code cells, in the order of the source. */
  readonly cells: readonly WorkCell[]
  readonly problems: readonly Problem[]
  /** False: it holds none of this assignment's cells. */
  readonly belongs: boolean
}

/** The source, with its solutions: what the grader itself runs to learn which cases there are. */
export function cellsOfSource(source: Assignment): WorkCell[] {
  return source.cells.filter(({ cell }) => cell.cell_type === 'code').map((one, at) => workCell(one, at + 1))
}

/** The source's named cells, for the kernel that judges from outside; none where no check does. */
export function teachersCells(source: Assignment): WorkCell[] {
  const cells = source.cells.filter(({ cell, id }) => cell.cell_type === 'code' && id !== undefined).map(workCell)
  return cells.some(({ outside }) => outside) ? cells : []
}

const workCell = ({ id, source, grading }: AssignmentCell, count: number): WorkCell => ({
  id,
  source,
  name: id ?? unnamed(source, count),
  kind: grading?.grade && !grading.solution ? 'check' : isLocked(grading) ? 'locked' : 'student',
  ...(grading?.grade && !grading.solution && isOutside(source) && { outside: true }),
})

const FIRST_LINE = 60

/** A cell without a `grade_id`: by its first line, and by its place among the code cells, as JupyterLab counts them. */
function unnamed(source: string, count: number): string {
  const line = source.split('\n').find((one) => one.trim() !== '') ?? ''
  const begin = line.length > FIRST_LINE ? `${line.slice(0, FIRST_LINE)}…` : line
  return `"${begin.trim()}" (code cell ${count})`
}

/** What a student received of a cell. */
export const released = (source: string): string => replaceRegions(source, 'HIDDEN TESTS', () => [])

export function restore(notebook: Notebook, source: Assignment): Restored {
  const submitted = readAssignment(notebook)
  const wanted = source.cells.filter(({ id }) => id !== undefined)
  const names = new Set(wanted.map(({ id }) => id))
  const problems: Problem[] = []
  /** By name of the cell they follow; '' for those before the first. */
  const between = new Map<string, WorkCell[]>()
  const found = new Map<string, AssignmentCell>()
  let anchor = ''
  /** As JupyterLab counts when all cells are run in order: code cells only. */
  let count = 0
  for (const one of submitted.cells) {
    const { id } = one
    if (one.cell.cell_type === 'code') count++
    if (id !== undefined && names.has(id) && !found.has(id)) {
      found.set(id, one)
      anchor = id
      continue
    }
    if (id !== undefined && names.has(id)) {
      problems.push(problem('duplicate-cell', id, `The cell ${id} is there twice; the first was graded.`))
      // Its code is not lost: it runs as any other cell between.
    }
    if (one.cell.cell_type !== 'code' || (id !== undefined && names.has(id))) continue
    const plain = { id: undefined, source: one.source, name: unnamed(one.source, count), kind: 'student' } as const
    between.set(anchor, [...(between.get(anchor) ?? []), plain])
  }
  const belongs = found.size > 0
  const cells: WorkCell[] = [...(between.get('') ?? [])]
  for (const one of wanted) {
    const id = one.id as string
    const theirs = found.get(id)
    if (!theirs) problems.push(missing(one))
    if (theirs && isLocked(one.grading) && tampered(theirs, one)) {
      const text = `The cell ${id} is not for changing; it was put back as it was handed out.`
      problems.push(problem('tampered-cell', id, text))
    }
    if (one.cell.cell_type === 'code') {
      const ours = workCell(one, count)
      if (ours.kind !== 'student') cells.push(ours)
      else if (theirs?.cell.cell_type === 'code') cells.push({ ...ours, source: theirs.source })
      else if (theirs && one.role === 'solution') {
        // One key too much in JupyterLab does it, and the code is still the student's: it runs, as nbgrader has it.
        cells.push({ ...ours, source: theirs.source })
        problems.push(otherType(id, theirs))
      }
    }
    cells.push(...(between.get(id) ?? []))
  }
  return { cells: apart(cells, source), problems, belongs }
}

/** Checks with names of their own, where the student has taken some of them. */
function apart(cells: readonly WorkCell[], source: Assignment): WorkCell[] {
  const taken = sharedNames(cells.filter(({ kind }) => kind === 'student').map(({ source: text }) => text))
  const authors = source.cells.filter(({ cell }) => cell.cell_type === 'code')
  return cells.map((one) => {
    if (one.kind !== 'check' || one.outside) return one
    const others = authors.filter(({ id }) => id !== one.id).map(({ source: text }) => text)
    return { ...one, source: withOwnNames(one.source, taken, others) }
  })
}

const problem = (kind: Problem['kind'], cell: string, message: string): Problem => ({ kind, cell, message })

function missing({ id, role }: AssignmentCell): Problem {
  const text = role === 'solution' || role === 'manual' ? ': it was deleted, or its name changed' : '; it was put back'
  return problem('missing-cell', id as string, `The cell ${id} is missing${text}.`)
}

function otherType(id: string, { cell }: AssignmentCell): Problem {
  const type = cell.cell_type === 'markdown' ? 'Markdown' : cell.cell_type
  return problem(
    'tampered-cell',
    id,
    `The cell ${id} was made a ${type} cell; it was run as the code cell that it was.`,
  )
}

/** Ends of lines and white space there are the editor's affair. */
function tampered(theirs: AssignmentCell, ours: AssignmentCell): boolean {
  if (theirs.cell.cell_type !== ours.cell.cell_type) return true
  // As it was handed out, by what release noted there: then it is the source that has changed since.
  if (theirs.grading && theirs.grading.checksum === checksumOf(theirs.cell, theirs.grading)) return false
  const text = plain(theirs.source)
  return text !== plain(ours.source) && text !== plain(released(ours.source))
}

const plain = (source: string): string =>
  source
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trim()
