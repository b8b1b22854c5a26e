/** Is a notebook what students get? Knows its cells alone, nothing of who asks. */
import { isCode } from '../../notebook/notebook-file.ts'
import { type Assignment, type AssignmentCell, findRegions, markerProblems, regionsOf } from '../notebook/index.ts'
import { isStub } from './stub.ts'

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
