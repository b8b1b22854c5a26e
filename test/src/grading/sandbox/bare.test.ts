/** A process without bubblewrap: what it has started ends with it, and nothing of it stays. */
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, createReadStream, existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, test, vi } from 'vitest'
import { makeHome, removeHome } from '../../../../src/grading/sandbox/home.ts'
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

test('a folder that its code has locked goes too', () => {
  using scratch = scratchFolder()
  chmodSync(scratch.folder, 0o777)
  const isRoot = process.getuid?.() === 0
  // Root may empty every folder.
  if (isRoot) process.seteuid?.(65534)
  try {
    const home = mkdtempSync(join(scratch.folder, 'home-'))
    mkdirSync(join(home, 'outer', 'inner'), { recursive: true })
    writeFileSync(join(home, 'outer', 'inner', 'file'), '')
    for (const folder of [['outer', 'inner'], ['outer'], []]) chmodSync(join(home, ...folder), 0)
    removeHome(home)
    expect(existsSync(home)).toBe(false)
  } finally {
    if (isRoot) process.seteuid?.(0)
  }
})

test('what a grader that was killed has left goes with the next; that of one that lives stays', async () => {
  using scratch = scratchFolder()
  vi.stubEnv('TMPDIR', scratch.folder)
  try {
    const { pid } = spawnSync('true')
    const [left, lives] = [join(scratch.folder, `sl-${pid}-abcdef`), join(scratch.folder, `sl-${process.pid}-abcdef`)]
    for (const folder of [left, lives]) mkdirSync(folder)
    const stray = spawn('sleep', ['300'], { env: { PATH: process.env.PATH, HOME: left }, stdio: 'ignore' })
    await once(stray, 'spawn')
    const home = makeHome()
    expect([left, lives, home].map((folder) => existsSync(folder))).toEqual([false, true, true])
    expect((await once(stray, 'exit'))[1]).toBe('SIGKILL')
  } finally {
    vi.unstubAllEnvs()
  }
})
