/** A notebook of tslab's JavaScript kernel, with Jupyter's own commands: run unchanged, and turned into a program. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, vi } from 'vitest'
import { test } from './jupyter.ts'

const limit = 60_000
vi.setConfig({ testTimeout: 3 * limit })

test('jupyter execute and nbconvert', async ({ jupyter }) => {
  const path = jupyter.notebook(
    'jslab.ipynb',
    [
      'const tslab = require("tslab");\nfunction add(a, b) { return a + b; }',
      'const o = {};\no.sum = add(1, 2);\no',
      'await new Promise((resolve) => setTimeout(resolve, 1, o.sum + add("a", "b")))',
    ],
    'javascript',
  )
  const executed = await jupyter.python(
    ['-m', 'jupyter', 'execute', '--inplace', '--kernel_name=socketlab-javascript', path],
    limit,
  )
  expect(executed.code, executed.output).toBe(0)
  const { cells, metadata } = JSON.parse(readFileSync(path, 'utf8'))
  const results = cells.map(({ outputs }: { outputs: { data: Record<string, unknown> }[] }) =>
    outputs.flatMap(({ data }) => data['text/plain']),
  )
  expect(results).toEqual([[], ['{ sum: 3 }'], ["'3ab'"]])
  expect(metadata.language_info).toMatchObject({ name: 'javascript', mimetype: 'text/javascript' })
  const converted = await jupyter.python(['-m', 'jupyter', 'nbconvert', '--to', 'script', path], limit)
  expect(converted.code, converted.output).toBe(0)
  expect(readFileSync(join(jupyter.folder, 'jslab.js'), 'utf8')).toContain('function add(a, b)')
})
