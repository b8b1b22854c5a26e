/** Stacks that are no errors'. */
import { expect } from 'vitest'
import { resultOf, test, textOf } from '../kernel-fixture.ts'

test('console.trace and Error.captureStackTrace name what they were given', async ({ kernel }) => {
  const { iopub } = await kernel.execute('function f() { console.trace("here", 5) }\nf()')
  expect(textOf(iopub, 'stderr')).toMatch(/^Trace: here 5\n {4}at f \(cell \[1\]:1:24\)\n {4}at cell \[1\]:2:1\n$/)
  const own = 'const o: { name: string; stack?: string } = { name: "Mine" }\nError.captureStackTrace(o)\no.stack'
  expect(resultOf((await kernel.execute(own)).iopub)).toMatch(/^'Mine\\n {4}at cell \[2\]:2:7'$/)
})

test('an error of a worker thread is shown without the frames of Node', async ({ kernel }) => {
  const { iopub } = await kernel.execute(
    'import { Worker } from "node:worker_threads"\nconst worker = new Worker("function f() { throw new Error(\'there\') }; f()", { eval: true })\nvoid (await new Promise((done) => worker.on("exit", done)))',
  )
  const shown = iopub.find(({ header }) => header.msg_type === 'error')?.content.traceback as string[]
  expect(shown.join('\n')).toMatch(/there\n {4}at f \(\[worker eval\]:1:\d+\)/)
  expect(shown.join('\n')).not.toContain('node:')
})
