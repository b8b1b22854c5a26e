/**
 * What a check found, as data: for the table, for the next hint, and for programs that grade.
 *
 * Knows nothing of how it is shown.
 */

/** One case. */
export interface CaseResult {
  readonly name: string
  /** What it is worth, and what it earned: all of it or nothing. */
  readonly points: number
  readonly earned: number
  /** `empty`: the code is still the stub. `unfinished`: it ran when the check was stopped. */
  readonly state: 'passed' | 'failed' | 'empty' | 'unfinished'
  /** What was wrong, over as many lines as it takes; empty when it passed. */
  readonly message: string
  /** What helps, in steps. */
  readonly hints: readonly string[]
  /** How many of those are told. */
  readonly told: number
}

/** One run of a check. */
export interface CheckResult {
  readonly version: 1
  readonly name: string
  readonly points: number
  readonly earned: number
  /** What its random cases were made from. */
  readonly seed: string
  readonly cases: readonly CaseResult[]
}

type Listener = (result: CheckResult) => void

/** For programs around the cells; cells do not see it. */
export const checking: {
  /** Told of each check's result before it is shown. */
  onResult: Listener | undefined
  /** Decides the random cases; from SOCKETLAB_SEED when the program began, undefined: each check its own. */
  seed: string | undefined
} = { onResult: undefined, seed: process.env.SOCKETLAB_SEED || undefined }

/** `calls`: how many checks the cell has called by then. One that the code under test has called is one too many. */
type Sealed = (result: CheckResult, calls: number) => void
let sealed: Sealed | undefined

/**
 * For a kernel that grades: each check's result goes here as well. Whoever comes first is told, for good: nobody can
 * see this listener, take it away or call it.
 */
export function sealResults(listener: Sealed): void {
  sealed ??= listener
}

/** The check has ended with this. */
export function tellResult(result: CheckResult, calls: number): void {
  sealed?.(result, calls)
  checking.onResult?.(result)
}

/** It was stopped, and this had been found: whoever grades counts it; a learner who has pressed ■ sees no table. */
export function tellStopped(result: CheckResult, calls: number): void {
  sealed?.(result, calls)
}

/** Are all cases still the stub? */
export function isUntouched({ cases }: CheckResult): boolean {
  for (let at = 0; at < cases.length; at++) if (cases[at]!.state !== 'empty') return false
  return true
}
