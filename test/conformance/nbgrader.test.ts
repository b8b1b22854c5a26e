/**
 * nbgrader 0.9.6 makes an assignment of a TypeScript notebook and grades what was handed in: each has the points that it
 * should have, and none keeps the others from theirs.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { full } from '../runner/paths.ts'
import { scratchFolder } from '../setup/run.ts'
import { enterKernel } from './jupyter.ts'
import { nbgraderPython } from './nbgrader-environment.ts'

const minutes = 60_000

/** What a student wrote into `addAll`, and the points: of 4 (the last value, a number), and of 2 (all or nothing). */
const handedIn: Record<string, { body: string | null; points: [number, number] }> = {
  right: { body: 'return numbers.reduce((a, b) => a + b, 0)', points: [4, 2] },
  half: { body: 'return numbers.length === 0 ? 5 : numbers[0]! + numbers[1]!', points: [2.5, 0] },
  wrong: { body: 'return -1', points: [0, 0] },
  untouched: { body: null, points: [0, 0] },
  looping: { body: 'for (;;) {}\n  return 0', points: [0, 0] },
  catching: { body: 'for (;;) { try { for (;;) {} } catch {} }', points: [0, 0] },
  leaving: { body: 'process.exit(0)', points: [0, 0] },
  mistyped: { body: 'return "six"', points: [0, 0] },
  // Right, but with an error nobody has seen to: an error under a test is no pass.
  rejecting: {
    body: 'void Promise.reject(new Error("lost")); return numbers.reduce((a, b) => a + b, 0)',
    points: [0, 0],
  },
}

test.skipIf(!full)(
  'nbgrader: right, half-right, wrong, untouched, looping and leaving submissions have their points',
  async () => {
    using scratch = scratchFolder()
    const jupyter = await enterKernel(scratch.folder, await nbgraderPython())
    const course = join(jupyter.folder, 'course')
    mkdirSync(course)
    const bodies = Object.fromEntries(Object.entries(handedIn).map(([student, { body }]) => [student, body]))
    const { released, scores, log } = await jupyter.call<{
      released: string[]
      scores: Record<string, [number, number]>
      log: string
    }>('course.py', 'grade', course, JSON.stringify(bodies))
    expect(released[0]).toContain('// YOUR CODE HERE')
    expect(released.join('\n')).not.toMatch(/reduce|is not \$\{sum\}/)
    const points = Object.fromEntries(Object.entries(handedIn).map(([student, one]) => [student, one.points]))
    expect(scores, log).toEqual(points)
  },
  12 * minutes,
)
