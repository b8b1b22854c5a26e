/** What a program asks of its command line: a cell is a script that was given no arguments. */
import { expect } from 'vitest'
import { kernelArgv, resultOf, test } from '../kernel-fixture.ts'

const ASKED = `import { parseArgs } from 'node:util'
const given = parseArgs({ options: { verbose: { type: 'boolean' } } })
process.argv.length + ' ' + given.positionals.length`

test.for([[], ['--javascript']])('the kernel keeps its own arguments to itself %j', async (more, { freshKernel }) => {
  const kernel = await freshKernel({ argv: [...kernelArgv, ...more] })
  const { iopub } = await kernel.execute(ASKED)
  expect(resultOf(iopub)).toBe("'2 0'")
})

test('cluster.fork() starts no second kernel', async ({ kernel }) => {
  const { iopub } = await kernel.execute(`import cluster from 'node:cluster'
const worker = cluster.fork()
await new Promise((resolve) => worker.on('exit', resolve))
worker.process.exitCode`)
  expect(resultOf(iopub)).toBe('2')
})
