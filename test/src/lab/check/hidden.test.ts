/** Checks as they stand in released notebooks, without their hidden cases; and errors that come in a case's last turn. */
import { expect } from 'vitest'
import { resultOf, test } from '../../../kernel/kernel-fixture.ts'

test('cases that are hidden until work is graded are told of, and their points are not given', async ({ kernel }) => {
  const code = 'await check("Echo", 3, async (t) => { t.case("seen", { points: 1 }, () => {}) })'
  const { iopub } = await kernel.execute(code)
  expect(resultOf(iopub)).toBe('1')
  const shown = iopub.find(({ header }) => header.msg_type === 'display_data')?.content.data
  expect(shown).toEqual({
    'text/plain':
      'Echo · 1 of 3 points\n\n  ✓ seen (1 of 1)\n\n  2 points are for cases that run when your work is graded.',
    'text/html': expect.stringContaining('<br>2 points are for cases that run when'),
  })
})

test('a promise that nobody awaited fails the case that dropped it, also where that ends at once', async ({
  kernel,
}) => {
  const code = `await check("Lost", 2, async (t) => {
    t.case("drops one", () => { void Promise.reject(new Error("lost")) })
    t.case("catches it", () => { Promise.reject(new Error("found")).catch(() => {}) })
  })`
  const { iopub } = await kernel.execute(code)
  expect(resultOf(iopub)).toBe('1')
  expect(JSON.stringify(iopub.map(({ content }) => content))).toMatch(/✗ drops one.*Error: lost.*✓ catches it/)
})
