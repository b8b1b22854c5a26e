/**
 * Each exercise of each lesson: the stub earns nothing, the model solution everything, and each wrong answer that is
 * kept earns exactly what it should and is told what was wrong. In a kernel of its own, with nothing of the lesson.
 */
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Kernel, startKernel } from '../../kernel/client/kernel.ts'
import { gradingEnv, kernelArgv, resultOf, root } from '../kernel/kernel-fixture.ts'
import { type Exercise, leftOver, lessonsWithExercises } from './exercises.ts'

interface Graded {
  readonly points: number
  readonly table: string
}

/** Runs the answer's cells and then the checks, as a student would. */
async function graded(kernel: Kernel, { checks }: Exercise, cells: readonly string[]): Promise<Graded> {
  for (const code of cells) {
    const { reply } = await kernel.execute(code)
    expect(reply.content, code).toMatchObject({ status: 'ok' })
  }
  let points = 0
  let table = ''
  for (const { id, source } of checks) {
    const { reply, iopub } = await kernel.execute(source)
    expect(reply.content, id).toMatchObject({ status: 'ok' })
    expect(iopub.map(({ content }) => content.name)).not.toContain('stderr')
    // nbgrader takes the last value as the points, if it is a plain number.
    expect(resultOf(iopub), id).toMatch(/^\d+(\.\d+)?$/)
    points += Number(resultOf(iopub))
    for (const { header, content } of iopub)
      if (header.msg_type === 'display_data') table += `${(content.data as Record<string, unknown>)['text/plain']}\n`
  }
  return { points, table }
}

/** Spaces and line ends do not matter. */
const inOneLine = (text: string): string => text.replace(/\s+/g, ' ')

test('there are exercises, and no answers without one', () => {
  expect(lessonsWithExercises.length).toBeGreaterThan(0)
  expect(leftOver()).toEqual([])
})

describe.each(lessonsWithExercises)('$path', ({ exercises }) => {
  let kernel: Kernel
  let grading: Kernel
  beforeAll(async () => {
    const options = { argv: kernelArgv, cwd: join(root, 'notebooks', 'lessons') }
    ;[kernel, grading] = await Promise.all([startKernel(options), startKernel({ ...options, env: gradingEnv })])
  })
  afterAll(() => Promise.all([kernel.stop(), grading.stop()]))

  describe.each(exercises)('$name', (exercise) => {
    const { solutions, checks, model, wrong } = exercise
    const total = checks.reduce((sum, { points }) => sum + points, 0)
    const options = { timeout: 120_000 }

    test('has a model solution, and three wrong answers or more', () => {
      expect(solutions.map(({ id }) => id).filter((id) => !model.has(id))).toEqual([])
      expect(wrong.length).toBeGreaterThanOrEqual(3)
      for (const { points } of wrong) expect(points).toBeLessThan(total)
    })

    test('the model earns it in a kernel that grades, too', options, async () => {
      const cells = solutions.map(({ id }) => model.get(id)!)
      const good = await graded(grading, exercise, cells)
      expect(good, good.table).toMatchObject({ points: total })
    })

    test('the stub, the model and the wrong answers earn what they should', options, async () => {
      const stub = await graded(
        kernel,
        exercise,
        solutions.map(({ source }) => source),
      )
      expect(stub.points).toBe(0)
      expect(stub.table).toContain('Nothing here yet')
      const good = await graded(
        kernel,
        exercise,
        solutions.map(({ id }) => model.get(id)!),
      )
      expect(good, good.table).toMatchObject({ points: total })
      for (const answer of wrong) {
        const cells = solutions.map(({ id }) => (id === answer.cell ? answer.source : model.get(id)!))
        const { points, table } = await graded(kernel, exercise, cells)
        expect(points, `${answer.name}:\n${table}`).toBe(answer.points)
        expect(inOneLine(table), answer.name).toContain(inOneLine(answer.says))
      }
    })
  })
})
