/**
 * One result in the form that Gradescope reads from an autograder.
 * Source: Gradescope's "Autograder Specifications", section "Output Format". Knows nothing of files.
 */
import { type Check, isOpen, type Result } from './schema.ts'

export interface GradescopeResult {
  score: number
  execution_time: number
  output: string
  visibility: 'visible'
  stdout_visibility: 'hidden'
  extra_data: Record<string, unknown>
  tests: GradescopeTest[]
}

interface GradescopeTest {
  score: number
  max_score: number
  name: string
  number: string
  output: string
  visibility: 'visible' | 'hidden'
}

export function gradescopeOf(result: Result): GradescopeResult {
  return {
    score: result.earned,
    execution_time: Math.round(result.seconds),
    output: result.problems.map(({ message }) => message).join('\n'),
    visibility: 'visible',
    stdout_visibility: 'hidden',
    extra_data: { job: result.job, status: result.status, seed: result.seed },
    tests: result.checks.flatMap((check, at) => testsOf(check, String(at + 1))),
  }
}

function testsOf(check: Check, number: string): GradescopeTest[] {
  if (isOpen(check)) return []
  const { points, earned, title, problem, given } = check
  const output = given?.comment ?? problem ?? ''
  if (check.cases.length === 0)
    return [{ score: earned, max_score: points, name: title, number, output, visibility: 'visible' }]
  return check.cases.map((one, at) => ({
    score: one.earned,
    max_score: one.points,
    name: `${title}: ${one.name}`,
    number: `${number}.${at + 1}`,
    output: one.message || (one.state === 'missing' ? (problem ?? '') : ''),
    visibility: one.hidden ? 'hidden' : 'visible',
  }))
}
