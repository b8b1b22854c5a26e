import { expect } from 'vitest'
import { seeded } from '../../../../src/lab/random.ts'
import { test, textOf } from '../../../kernel/kernel-fixture.ts'

const CHECK = `await check("Dice", 2, async (t) => {
  for (const name of ["a", "b"]) t.case(name, () => {
    console.log(t.random(), t.random.integer(1, 6), t.random.bytes(4), t.random.pick([1, 2, 3]), t.random.shuffle([1, 2, 3, 4]))
  })
})`

test('the same values at every run, others in another case, others with SOCKETLAB_SEED', async ({
  kernel,
  freshKernel,
}) => {
  const first = textOf((await kernel.execute(CHECK)).iopub)
  expect(textOf((await kernel.execute(CHECK)).iopub)).toBe(first)
  const [one, other] = first.trim().split('\n')
  expect(one).not.toBe(other)
  const graders = await freshKernel({ env: { ...process.env, SOCKETLAB_SEED: '7' } })
  const second = textOf((await graders.execute(CHECK)).iopub)
  expect(second).toMatch(/^0\.\d+ [1-6] <Buffer/)
  expect(second).not.toBe(first)
})

test('fractions lie in 0..1 and are spread, whole numbers reach both ends', () => {
  const random = seeded(1, 'spread')
  const fractions = Array.from({ length: 10_000 }, () => random())
  expect(fractions.every((one) => one >= 0 && one < 1)).toBe(true)
  const mean = fractions.reduce((sum, one) => sum + one, 0) / fractions.length
  expect(mean).toBeGreaterThan(0.48)
  expect(mean).toBeLessThan(0.52)
  expect(new Set(Array.from({ length: 200 }, () => random.integer(1, 6))).size).toBe(6)
  expect([...random.shuffle([1, 2, 3])].sort()).toEqual([1, 2, 3])
  expect(() => random.integer(2, 1)).toThrow(RangeError)
  expect(() => random.pick([])).toThrow(RangeError)
})
