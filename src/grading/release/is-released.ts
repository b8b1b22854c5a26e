/** Is a notebook what students get? Knows its cells alone, nothing of who asks. */
import { isCode } from '../../notebook/notebook-file.ts'
import { type Assignment, type AssignmentCell, findRegions, markerProblems, regionsOf } from '../notebook/index.ts'
import { isStub } from './stub.ts'

/** What to say of one that is given for the author's own, and what to do. */
export const STUDENTS_VERSION = "the students' version, made by release"
export const NAME_YOUR_OWN = 'name your own notebook, in which the solutions and the hidden tests are'

/**
 * Releasing writes checksums, into notebooks whose solutions are stubs; our lessons hold stubs as well, but no
 * checksums.
 */
export function isReleased({ cells }: Assignment): boolean {
  const graded = cells.filter(({ grading }) => grading?.grade || grading?.solution)
  const open = cells.filter(({ role, cell }) => role === 'solution' && isCode(cell))
  const markers = cells.some((cell) => markerProblems(cell).length > 0 || hasRegions(cell))
  return (
    !markers &&
    graded.length > 0 &&
    graded.every(({ grading }) => grading?.checksum !== undefined) &&
    open.every(({ source }) => isStub(source))
  )
}

const hasRegions = ({ source, role }: AssignmentCell): boolean =>
  regionsOf[role].some((kind) => findRegions(source, kind).regions.length > 0)
