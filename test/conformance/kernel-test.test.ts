/**
 * Jupyter's own conformance suite, jupyter_kernel_test 0.7.0.
 */
import { join } from 'node:path'
import { expect } from 'vitest'
import { test } from './jupyter.ts'

test('jupyter_kernel_test: 13 of 13, none skipped', async ({ jupyter }) => {
  const { code, output } = await jupyter.python([join(import.meta.dirname, 'clients', 'kernel_test.py')], 60_000)
  expect(output).toMatch(/^Ran 13 tests/m)
  // unittest adds "(skipped=1)" behind OK.
  expect(output).toMatch(/^OK$/m)
  expect(code).toBe(0)
}, 70_000)
