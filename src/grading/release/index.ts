/** What students get of a source notebook. */
export { isReleased, NAME_YOUR_OWN, STUDENTS_VERSION } from './is-released.ts'
export { type Released, ReleaseError, type ReleaseProblem, releaseNotebook, textFor } from './release.ts'
export { codeStub, isStub, isTextStub, NOT_DONE } from './stub.ts'
