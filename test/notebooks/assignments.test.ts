/**
 * The longer assignments: what is handed out earns nothing, the model solution everything whatever the random cases
 * are, and each wrong answer that is kept loses exactly what it should and is told why.
 *
 * All cells run in order, as when it is graded: a mistake in one step may cost points in a later one. SOCKETLAB_FULL=1
 * tries more seeds.
 */
import { globSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { type Kernel, startKernel } from '../../kernel/client/kernel.ts'
import { type AssignmentCell, exercisesOf, readAssignment } from '../../src/grading/notebook/index.ts'
import { releaseNotebook } from '../../src/grading/release/index.ts'
import { isCode, type Notebook, readNotebook } from '../../src/notebook/notebook-file.ts'
import { gradingEnv, kernelArgv, resultOf, root } from '../kernel/kernel-fixture.ts'
import { full } from '../runner/paths.ts'

const SEEDS = full ? 20 : 2
/** Wrong answers wait a lot, for what never comes: many at a time. */
const KERNELS = 6

const names = globSync('notebooks/exercises/*.ipynb', { cwd: root })
  .sort()
  .map((path) => basename(path, '.ipynb'))

const notebookOf = (name: string): Notebook => readNotebook(join(root, 'notebooks', 'exercises', `${name}.ipynb`))

const kernels: Kernel[] = []
beforeAll(async () => {
  const cwd = join(root, 'notebooks', 'exercises')
  // Wrong answers lose the same in a student's kernel and in one that grades: in turns.
  const start = (_: unknown, at: number) =>
    startKernel({ argv: kernelArgv, cwd, ...(at % 2 === 1 && { env: gradingEnv }) })
  kernels.push(...(await Promise.all(Array.from({ length: KERNELS }, start))))
}, 60_000)
afterAll(() => Promise.all(kernels.map((kernel) => kernel.stop())))

interface Graded {
  readonly points: number
  readonly table: string
}

/** Runs these cells in order, and adds up what the checks among them give. */
async function graded(
  kernel: Kernel,
  cells: readonly Pick<AssignmentCell, 'id' | 'role' | 'source'>[],
): Promise<Graded> {
  let points = 0
  let table = ''
  for (const { id, role, source } of cells) {
    const { reply, iopub } = await kernel.execute(source)
    expect(reply.content, `${id}:\n${source}`).toMatchObject({ status: 'ok' })
    expect(iopub.map(({ content }) => content.name)).not.toContain('stderr')
    if (role !== 'check') continue
    // A cell of hidden cases has none when it is handed out.
    if (!source.includes('await check(')) continue
    expect(resultOf(iopub), id).toMatch(/^\d+(\.\d+)?$/)
    points += Number(resultOf(iopub))
    for (const { header, content } of iopub)
      if (header.msg_type === 'display_data') table += `${(content.data as Record<string, unknown>)['text/plain']}\n`
  }
  return { points, table }
}

interface WrongAnswer {
  readonly name: string
  /** The cell that it replaces. */
  readonly cell: string
  /** What is left of all points that checks give: several, where a race of its own decides what more it costs. */
  readonly points: readonly number[]
  readonly says: string
  readonly source: string
}

/** test/notebooks/exercises-answers/<assignment>/<grade_id>/<name>.ts */
function wrongAnswers(assignment: string): WrongAnswer[] {
  const folder = join(root, 'test', 'notebooks', 'exercises-answers', assignment)
  return globSync('*/*.ts', { cwd: folder })
    .sort()
    .map((file) => {
      const source = readFileSync(join(folder, file), 'utf8')
      const head = /^\/\/ points: ([\d.]+(?: or [\d.]+)*)\n\/\/ says: (.+)\n/.exec(source)
      if (!head) throw new Error(`${assignment}/${file}: the first two lines are "// points: 2" and "// says: …"`)
      const name = file.replace(/\.ts$/, '')
      return { name, cell: dirname(file), points: head[1]!.split(' or ').map(Number), says: head[2]!.trim(), source }
    })
}

/** Spaces and line ends do not matter. */
const inOneLine = (text: string): string => text.replace(/\s+/g, ' ')

/** A check's random cases are made from its name, unless the kernel has a seed of its own. */
const withSeed = (source: string, seed: number): string =>
  source.replace(/^await check\("([^"]+)"/m, (_, name) => `await check("${name}, seed ${seed}"`)

test('there are assignments, and no wrong answers without one', () => {
  expect(names.length).toBeGreaterThan(0)
  expect(globSync('*/', { cwd: join(root, 'test/notebooks/exercises-answers') }).sort()).toEqual(names)
})

describe('notebooks/README.md', () => {
  test.each(names)('tells what %s is worth', (name) => {
    const readme = readFileSync(join(root, 'notebooks', 'README.md'), 'utf8')
    const { points } = releaseNotebook(notebookOf(name))
    expect(readme).toMatch(new RegExp(`\\(exercises/${name}\\.ipynb\\)[^\\n]*\\| ${points} \\|`))
  })
})

describe.each(names)('%s', (name) => {
  const source = notebookOf(name)
  const assignment = readAssignment(source)
  const code = assignment.cells.filter(({ cell }) => isCode(cell))
  const needed = code.filter(({ role }) => role === 'solution' || role === 'check' || role === 'read-only')
  const checks = code.filter(({ role }) => role === 'check')
  const total = checks.reduce((sum, { points }) => sum + points, 0)
  const wrong = wrongAnswers(name)

  test('is a source for our kernel without outputs, and closes everything in its last cell', () => {
    expect(source.metadata.kernelspec).toMatchObject({ name: 'socketlab', language: 'typescript' })
    for (const { cell } of code) expect(cell).toMatchObject({ outputs: [], execution_count: null })
    expect(code.at(-1)!.source).toContain('lab.closeAll()')
  })

  test('has hidden cases for each step, a part that a person grades, and eight wrong answers or more', () => {
    for (const { checks } of exercisesOf(assignment))
      expect(checks.some((one) => one.source.includes('BEGIN HIDDEN TESTS'))).toBe(true)
    expect(assignment.cells.map(({ role }) => role)).toContain('manual')
    expect(wrong.length).toBeGreaterThanOrEqual(8)
    for (const { cell, points } of wrong) {
      expect(needed.find(({ id }) => id === cell)?.role, cell).toBe('solution')
      expect(Math.max(...points)).toBeLessThan(total)
    }
  })

  test('what is handed out runs, holds no answer, and earns nothing', { timeout: 60_000 }, async () => {
    const released = releaseNotebook(source).notebook
    expect(JSON.stringify(released)).not.toMatch(/(BEGIN|END) (SOLUTION|HIDDEN TESTS)|For who grades|further:/)
    const cells = readAssignment(released).cells.filter(({ cell }) => isCode(cell))
    const stub = await graded(kernels[0]!, cells)
    expect(stub.points).toBe(0)
    const visible = cells.filter(({ role, source }) => role === 'check' && source.includes('await check('))
    expect(stub.table.split('Nothing here yet').length - 1, stub.table).toBe(visible.length)
  })

  // Beside each other: they wait most of the time.
  test.concurrent('the model solution earns everything in a kernel that grades, too', {
    timeout: 300_000,
  }, async () => {
    const kernel = await startKernel({ argv: kernelArgv, cwd: join(root, 'notebooks', 'exercises'), env: gradingEnv })
    onTestFinished(() => kernel.stop())
    const { points, table } = await graded(kernel, code)
    expect(points, table).toBe(total)
  })

  test.concurrent('the model solution earns everything, whatever the seed', { timeout: 900_000 }, async () => {
    // The whole notebook once; then the checks alone, of what it has declared.
    const first = await graded(kernels[0]!, code)
    expect(first, first.table).toMatchObject({ points: total })
    for (let seed = 1; seed < SEEDS; seed++) {
      const seeded = checks.map((one) => ({ ...one, source: withSeed(one.source, seed) }))
      const { points, table } = await graded(kernels[0]!, seeded)
      expect(points, `seed ${seed}:\n${table}`).toBe(total)
    }
  })

  test.concurrent('each wrong answer loses what it should, and is told why', { timeout: 300_000 }, async () => {
    const waiting = [...wrong]
    const problems: string[] = []
    const work = async (kernel: Kernel) => {
      for (let answer = waiting.shift(); answer; answer = waiting.shift()) {
        const { name: file, cell, points, says, source } = answer
        const at = needed.findIndex(({ id }) => id === cell)
        // Checks before the cell judge the model alone, which has passed them.
        const before = needed.slice(0, at).filter(({ role }) => role === 'check')
        const cells = needed.filter((one) => !before.includes(one))
        const came = await graded(
          kernel,
          cells.map((one) => (one.id === cell ? { ...one, source } : one)),
        )
        const earned = came.points + before.reduce((sum, one) => sum + one.points, 0)
        if (!points.includes(earned))
          problems.push(`${file}: ${points.join(' or ')} expected, ${earned} earned\n${came.table}`)
        if (!inOneLine(came.table).includes(inOneLine(says)))
          problems.push(`${file}: nowhere is said: ${says}\n${came.table}`)
      }
    }
    await Promise.all(kernels.slice(1).map(work))
    expect(problems.join('\n\n')).toBe('')
  })
})
