/** Reading assignments, for release, validation and grading. */
export {
  type Assignment,
  type AssignmentCell,
  type Exercise,
  exercisesOf,
  markerProblems,
  readAssignment,
  regionsOf,
} from './assignment.ts'
export { checksumOf, pythonFloat } from './checksum.ts'
export {
  findRegions,
  type MarkerKind,
  type MarkerProblem,
  markerKinds,
  type Region,
  replaceRegions,
} from './markers.ts'
export { type Grading, isLocked, type ReadGrading, type Role, readGrading, roleOf } from './metadata.ts'
