/**
 * Connections that break, by the thousand and in every way: what is left of them is nothing.
 *
 * A program of its own, so that its memory is the library's. No time is asserted; one that hangs is ended by vitest.
 */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { full } from '../../runner/paths.ts'

const program = fileURLToPath(new URL('breaking/program.ts', import.meta.url))
const MIB = 2 ** 20

interface Left {
  descriptors: number
  watchers: number
  heapUsed: number
  external: number
  rss: number
}

async function breakConnections(count: number): Promise<{ made: number; before: Left; after: Left }> {
  const flags = ['--expose-gc', '--no-warnings', '--experimental-strip-types']
  const options = { timeout: 600_000, killSignal: 'SIGKILL' } as const
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, program, String(count)], options)
  return JSON.parse(stdout)
}

function nothingIsLeft({ before, after }: { before: Left; after: Left }): void {
  expect(after.descriptors).toBe(before.descriptors)
  expect(after.watchers).toBe(before.watchers)
  // A connection that left but one small object behind would cost 10 MiB in the long run.
  expect(after.heapUsed - before.heapUsed).toBeLessThan(2 * MIB)
  expect(after.external - before.external).toBeLessThan(MIB)
  // What the allocator keeps for later does not grow with their number.
  expect(after.rss - before.rss).toBeLessThan(48 * MIB)
}

test('2,000 connections broken in every way leave no descriptor, watcher or memory behind', async () => {
  nothingIsLeft(await breakConnections(2000))
})

test('100,000 do not either', { timeout: 620_000 }, async (context) => {
  if (!full) context.skip('takes minutes: npm run test:full')
  const counted = await breakConnections(100_000)
  expect(counted.made).toBeGreaterThanOrEqual(100_000)
  nothingIsLeft(counted)
})
