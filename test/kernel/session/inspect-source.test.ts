/** Inspection at detail level 1, and `name??`: how a cell has declared it. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { test } from '../kernel-fixture.ts'

test('detail level 1 and ?? bring the source, of local files too; level 0 and ? do not', async ({ freshKernel }) => {
  const cwd = mkdtempSync(join(tmpdir(), 'socketlab-inspect-'))
  writeFileSync(
    join(cwd, 'frames.ts'),
    '/** Reads one. */\nexport async function readFrame(size: number) {\n  return size\n}\n',
  )
  const kernel = await freshKernel({ cwd })
  await kernel.execute('import { readFrame } from "./frames"\nfunction recvExactly(n: number) { return n }')
  await kernel.execute('function recvExactly(n: number) { return n + 1 }')
  const look = async (code: string, detail_level: number) => {
    const { reply } = await kernel.request('inspect_request', { code, cursor_pos: code.length, detail_level })
    return (reply.content.data as Record<string, string>)['text/plain']
  }
  expect(await look('recvExactly', 0)).toBe('function recvExactly(n: number): number')
  expect(await look('recvExactly', 1)).toBe(
    'function recvExactly(n: number): number\n\nSource (cell [2]):\nfunction recvExactly(n: number) { return n + 1 }',
  )
  expect(await look('readFrame', 1)).toBe(
    'function readFrame(size: number): Promise<number>\n\nReads one.\n\nSource (frames.ts):\nexport async function readFrame(size: number) {\n  return size\n}',
  )
  const page = async (code: string) => {
    const { reply } = await kernel.execute(code)
    return 'payload' in reply.content ? JSON.stringify(reply.content.payload) : undefined
  }
  expect(await page('recvExactly?')).not.toContain('return n')
  expect(await page('recvExactly??')).toContain('return n + 1')
})
