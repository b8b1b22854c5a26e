/** What Node reads from the compiled code, or says of a file that is none, in the learner's words. */
import { expect } from 'vitest'
import { plain, test } from '../kernel-fixture.ts'

test('assert(x > 3) fails with its own text', async ({ freshKernel }) => {
  const kernel = await freshKernel()
  await kernel.execute('import assert, { ok as isTrue } from "node:assert"\nlet x = 2')
  for (const call of ['assert(x > 3)', 'isTrue(x === 3)', 'assert.ok(x > 4)']) {
    const { content } = (await kernel.execute(`x = 1\n  ${call}`)).reply
    if (!('traceback' in content)) throw new Error('it did not fail')
    expect(plain([content.evalue])).toBe(`The expression evaluated to a falsy value:\n\n  ${call}\n`)
    expect(plain(content.traceback)).toContain(`\n\n  ${call}\n`)
  }
})

test('a worker of the cell itself: a cell is no file', async ({ freshKernel }) => {
  const kernel = await freshKernel()
  const { content } = (
    await kernel.execute(
      'import { Worker } from "node:worker_threads"\nimport { once } from "node:events"\nawait once(new Worker(__filename), "exit")',
    )
  ).reply
  if (!('traceback' in content)) throw new Error('it did not fail')
  expect(plain(content.traceback)).toContain("write the worker's code into a file beside the notebook")
})
