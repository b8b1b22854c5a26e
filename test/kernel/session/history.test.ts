import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished } from 'vitest'
import type { Kernel } from '../../../kernel/client/kernel.ts'
import { kernelArgv, test } from '../kernel-fixture.ts'

const history = async (kernel: Kernel, request: object) =>
  (await kernel.request('history_request', { output: false, raw: true, ...request })).reply.content.history as [
    number,
    number,
    unknown,
  ][]

test('history outlives the kernel: tail and search over all sessions, ranges by session', async ({ freshKernel }) => {
  const folder = mkdtempSync(join(tmpdir(), 'socketlab-history-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const env = { ...process.env, SOCKETLAB_HISTORY: join(folder, 'new', 'history.sqlite') }
  const first = await freshKernel({ env })
  await first.execute('const old = 1')
  await first.execute('old + 1')
  await first.stop()

  const second = await freshKernel({ env })
  await second.execute('const young = 2')
  expect(await history(second, { hist_access_type: 'tail', n: 3 })).toEqual([
    [1, 1, 'const old = 1'],
    [1, 2, 'old + 1'],
    [2, 1, 'const young = 2'],
  ])
  const tails = [0, 1, 2, 3, 2.5, 1e300, -1].map((n) => history(second, { hist_access_type: 'tail', n }))
  expect((await Promise.all(tails)).map(({ length }) => length)).toEqual([0, 1, 2, 3, 2, 3, 0])
  expect(await history(second, { hist_access_type: 'range', session: -1, start: 2, stop: 3, output: true })).toEqual([
    [1, 2, ['old + 1', '2']],
  ])
  expect(await history(second, { hist_access_type: 'range', session: 1, start: 1, stop: 2 })).toEqual([
    [1, 1, 'const old = 1'],
  ])
  expect(await history(second, { hist_access_type: 'range', session: 0, start: 1 })).toEqual([
    [2, 1, 'const young = 2'],
  ])
  await second.execute('old')
  expect(await history(second, { hist_access_type: 'search', pattern: 'const*', unique: true, n: 10 })).toHaveLength(2)
})

test('without a number: ten of the tail, and all that a search finds', async ({ freshKernel }) => {
  const kernel = await freshKernel()
  await Promise.all(Array.from({ length: 12 }, (_, at) => kernel.execute(`${at}`)))
  const found = async (request: object) => (await history(kernel, request)).map(([, line]) => line)
  expect(await found({ hist_access_type: 'tail' })).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
  expect(await found({ hist_access_type: 'search', pattern: '*' })).toHaveLength(12)
  expect(await found({ hist_access_type: 'search', pattern: '*', n: 2 })).toEqual([11, 12])
})

test.for([
  { SOCKETLAB_HISTORY: '/dev/null/no/file' },
  // Node's own way to make folders goes round for ever there.
  { SOCKETLAB_HISTORY: '/proc/self/no/file' },
  { SOCKETLAB_COMPILED_CELLS: '/proc/self/no/folder' },
])('a place that cannot be used costs the kernel nothing: %o', async (place, { freshKernel }) => {
  const kernel = await freshKernel({ env: { ...process.env, SOCKETLAB_HISTORY: '/dev/null/no/file', ...place } })
  expect((await kernel.execute('1 + 1')).reply.content.status).toBe('ok')
  expect(await history(kernel, { hist_access_type: 'tail', n: 5 })).toEqual([[0, 1, '1 + 1']])
})

test('what could not be written while somebody else had the file is written with the next entry', async ({
  freshKernel,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'socketlab-history-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'history.sqlite')
  const kernel = await freshKernel({ env: { ...process.env, SOCKETLAB_HISTORY: file, SOCKETLAB_LOG: 'stderr' } })
  // The answer comes from the file: it is open then.
  await history(kernel, { hist_access_type: 'tail', n: 1 })
  const other = new DatabaseSync(file)
  other.exec('BEGIN IMMEDIATE')
  const failed = new Promise<void>((resolve) => {
    kernel.process.child.stderr?.on('data', () => {
      if (kernel.process.stderr().includes('history: database is locked')) resolve()
    })
  })
  await kernel.execute('const first = 1')
  await failed
  other.exec('COMMIT')
  await kernel.execute('first + 1')
  await kernel.stop()
  const kept = other.prepare('SELECT line, source FROM history ORDER BY line').all()
  other.close()
  expect(kept.map((row) => ({ ...row }))).toEqual([
    { line: 1, source: 'const first = 1' },
    { line: 2, source: 'first + 1' },
  ])
})

/** A user namespace of its own, in which the kernel's number is that of no user. */
const NOBODY = ['unshare', '--user', '--map-user=54321', '--']
const canBeNobody = spawnSync(NOBODY[0]!, [...NOBODY.slice(1), 'true']).status === 0

test.skipIf(!canBeNobody)('so does a user that has no home, as in a container', async ({ freshKernel }) => {
  const env = { PATH: process.env.PATH, SOCKETLAB_HISTORY: '' }
  const kernel = await freshKernel({ argv: [...NOBODY, ...kernelArgv], env })
  expect((await kernel.execute('1 + 1')).reply.content.status).toBe('ok')
  expect(await history(kernel, { hist_access_type: 'tail', n: 5 })).toEqual([[0, 1, '1 + 1']])
  expect((await kernel.execute('2 + 2')).reply.content.status).toBe('ok')
})
