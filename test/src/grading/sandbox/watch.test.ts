/** Who counts a sandbox's processes counts nobody else's. */
import { dirname } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { limitsOf } from '../../../../src/grading/sandbox/limits.ts'
import { findMeans, startSandbox } from '../../../../src/grading/sandbox/sandbox.ts'
import { watchProcesses } from '../../../../src/grading/sandbox/watch.ts'
import { root } from '../../../runner/paths.ts'

const place = { packageRoot: root, node: process.execPath }
const means = findMeans(place)
const NOTHING = { memoryBytes: 0, processes: 0 }

/** Resolves to what it was told. */
function watched(proc: string): Promise<string> {
  return new Promise((resolve) => {
    onTestFinished(watchProcesses(proc, NOTHING, resolve))
  })
}

test('what stands in the process list while bubblewrap begins, all of the machine, is not the sandbox’s', async ({
  skip,
}) => {
  if (!means.bwrap) skip('bubblewrap is not here, or may not make namespaces')
  const limits = limitsOf({ timeout: 60, memory: 300 })
  const sandbox = await startSandbox({ means, ...place, limits, env: {}, secret: '', command: () => ['sleep', '60'] })
  onTestFinished(async () => {
    sandbox.kill('stopped')
    await sandbox.ended
  })
  // Its sockets are in /run/kernel. The first looks first, each time.
  const inside = `${dirname(dirname(sandbox.sockets))}/proc`
  const told = await Promise.race([watched('/proc').then((what) => `of the machine: ${what}`), watched(inside)])
  expect(told).toBe('processes')
})
