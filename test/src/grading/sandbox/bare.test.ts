/** A process without bubblewrap: what it has started ends with it. */
import { execFileSync } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { limitsOf } from '../../../../src/grading/sandbox/limits.ts'
import { startSandbox } from '../../../../src/grading/sandbox/sandbox.ts'
import { root } from '../../../runner/paths.ts'
import { scratchFolder } from '../../../setup/run.ts'

test('who has left the process group too', async () => {
  using scratch = scratchFolder()
  const pipe = join(scratch.folder, 'pipe')
  const ready = join(scratch.folder, 'ready')
  execFileSync('mkfifo', [pipe, ready])
  const stray = `echo started >&9; echo >'${ready}'; exec sleep 300`
  // It comes to its end when nobody holds the other end any more.
  const said = text(createReadStream(pipe))
  const sandbox = await startSandbox({
    means: { bwrap: undefined, warning: '' },
    ...{
      packageRoot: root,
      node: process.execPath,
      limits: limitsOf({ timeout: 60, memory: 300 }),
      env: {},
      secret: '',
    },
    command: () => ['sh', '-c', `exec 9>'${pipe}'; setsid sh -c "${stray}" & read -r line <'${ready}'`],
  })
  expect(await sandbox.ended).toBe('exited')
  expect(await said).toBe('started\n')
})
