/**
 * For programs that host this library (a kernel): what to plug in, and how to end what a unit of work waits for.
 *
 * Not for lessons.
 */
export { endScripts, scriptedAnswer } from './lab/answers/answers.ts'
export { answerCalls } from './lab/check/answering.ts'
export { takeUncaught } from './lab/check/case-run.ts'
export { isChecking } from './lab/check/check.ts'
export { type CaseResult, type CheckResult, checking, sealResults } from './lab/check/result.ts'
export { type Channel, giveUp, type Host, host, interrupt, interrupted } from './wait/index.ts'
