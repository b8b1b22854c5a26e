/**
 * nbgrader 0.9.6 makes an assignment of a TypeScript notebook, grades what was handed in, and gives feedback: each has
 * the points that it should have, none keeps the others from theirs, and who cheats gains nothing.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { releaseNotebook } from '../../src/grading/release/index.ts'
import { type Notebook, sourceOf } from '../../src/notebook/notebook-file.ts'
import { root } from '../runner/paths.ts'
import { run, scratchFolder } from '../setup/run.ts'
import { enterKernel } from './jupyter.ts'
import { cheating, honest, type Points, source } from './nbgrader-course.ts'
import { nbgraderPython } from './nbgrader-environment.ts'

const minutes = 60_000

interface Graded {
  scores: Record<string, Record<string, number | null>>
  log: string
}

interface Reported {
  feedback: string[]
  export: string
}

test('nbgrader: every submission has its points, and none spoils another', { timeout: 20 * minutes }, async () => {
  using scratch = scratchFolder()
  const jupyter = await enterKernel(scratch.folder, await nbgraderPython())
  smallHeap(scratch.folder)
  const course = join(jupyter.folder, 'course')
  const command = [join(root, 'setup', 'socketlab.mjs'), 'grade', 'nbgrader-init', course, '--timeout', '8']
  expect(await run(process.execPath, command)).toMatchObject({ code: 0 })
  const folder = join(course, 'source', 'ps1')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'ps1.ipynb'), JSON.stringify(source))

  const released = await jupyter.call<Notebook>('course.py', 'generate', course, 'ps1')
  expect(handedOut(released)).toEqual(
    handedOut(releaseNotebook(source).notebook, (text) => text.replace(/\/\/ answer each.*/, '// your code here')),
  )

  const all = { ...honest, ...cheating }
  for (const [student, { edit }] of Object.entries(all)) {
    const target = join(course, 'submitted', student, 'ps1')
    mkdirSync(target, { recursive: true })
    const notebook = structuredClone(released)
    if (typeof edit !== 'string') edit(notebook)
    writeFileSync(join(target, 'ps1.ipynb'), typeof edit === 'string' ? edit : JSON.stringify(notebook))
  }
  const graded = await jupyter.call<Graded>('course.py', 'grade', course, 'ps1')

  const scores: Record<string, Points> = {}
  for (const [student, grades] of Object.entries(graded.scores))
    scores[student] = [grades['add-check'] ?? -1, grades['echo-check'] ?? -1]
  const expected = Object.entries(all).flatMap(([student, { points }]) => (points ? [[student, points] as const] : []))
  expect(
    pick(
      scores,
      expected.map(([student]) => student),
    ),
    graded.log,
  ).toEqual(Object.fromEntries(expected))
  const reported = await jupyter.call<Reported>('course.py', 'report', course, 'ps1')
  expect(reported.feedback).toEqual(expected.map(([student]) => student).sort())
  for (const [student, [first, second]] of expected)
    expect(reported.export).toMatch(new RegExp(`^ps1,.*,${student},.*,${(first + second).toFixed(1)},7\\.0$`, 'm'))
})

const pick = <T>(all: Record<string, T>, names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, all[name]]))

/** What students see, and what nbgrader remembers of it. */
const handedOut = ({ cells }: Notebook, change = (text: string) => text) =>
  cells.map((cell) => ({ id: cell.id, source: change(sourceOf(cell)), locked: cell.metadata.editable === false }))

/** The memory hog is to be stopped before it takes the machine's memory. */
function smallHeap(prefix: string): void {
  const path = join(prefix, 'prefix', 'share', 'jupyter', 'kernels', 'socketlab', 'kernel.json')
  writeFileSync(path, readFileSync(path, 'utf8').replace(/--max-old-space-size=\d+/, '--max-old-space-size=256'))
}
