/** What a kernel leaves of the descriptors that it shares with whoever has started it. */
import { execFileSync } from 'node:child_process'
import { closeSync, constants, mkdtempSync, openSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { kernelArgv, test } from '../kernel-fixture.ts'

test('they block as before: nbconvert, which shares them, lost its last words where nobody read fast enough', async ({
  freshKernel,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'socketlab-flags-'))
  const pipe = join(folder, 'pipe')
  execFileSync('mkfifo', [pipe])
  const reader = openSync(pipe, constants.O_RDWR)
  onTestFinished(() => {
    closeSync(reader)
    rmSync(folder, { recursive: true })
  })
  const kernel = await freshKernel({ argv: ['/bin/sh', '-c', `exec "$0" "$@" >'${pipe}' 2>&1`, ...kernelArgv] })
  await kernel.execute('1 + 1')
  const proc = `/proc/${kernel.process.child.pid}`
  // What 2 was, kept for the kernel's own last words.
  const shared = readdirSync(`${proc}/fd`).filter((fd) => readlinkSync(`${proc}/fd/${fd}`) === pipe)
  expect(shared).not.toEqual([])
  for (const fd of shared) {
    const flags = Number.parseInt(/^flags:\s*(\d+)/m.exec(readFileSync(`${proc}/fdinfo/${fd}`, 'latin1'))?.[1] ?? '', 8)
    expect(flags & constants.O_NONBLOCK).toBe(0)
  }
})
