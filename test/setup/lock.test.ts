/** The lock that keeps two set-ups apart: among real processes, some of which are killed. */
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { root } from '../runner/paths.ts'
import { run, scratchFolder } from './run.ts'

const scratch = scratchFolder()
afterAll(() => scratch[Symbol.dispose]())

const part = (name: string) => JSON.stringify(pathToFileURL(join(root, 'setup', 'parts', name)).href)

/** A program that does `work` under the lock of this folder. */
function program(folder: string, work: string): string {
  const path = join(folder, `${Math.random()}.mjs`)
  writeFileSync(
    path,
    `import { appendFileSync } from 'node:fs'
     import { setTimeout as sleep } from 'node:timers/promises'
     import { withLock } from ${part('lock.mjs')}
     import { runQuietly } from ${part('run.mjs')}
     const log = (text) => appendFileSync(${JSON.stringify(join(folder, 'log'))}, text + ' ')
     await withLock(${JSON.stringify(join(folder, 'lock'))}, async () => { ${work} })`,
  )
  return path
}

const newFolder = () => mkdtempSync(join(scratch.folder, 'lock '))
const logOf = (folder: string) => readFileSync(join(folder, 'log'), 'utf8').trim().split(' ')

test('of many at once one works at a time, also when the lock was left by a process that is gone', async () => {
  const folder = newFolder()
  writeFileSync(join(folder, 'lock'), '999999:1\n')
  const work = program(folder, `log('in'); await sleep(20); log('out')`)
  const all = await Promise.all(Array.from({ length: 6 }, () => run(process.execPath, [work])))
  expect(all.map(({ code }) => code)).toEqual([0, 0, 0, 0, 0, 0])
  expect(logOf(folder)).toEqual(Array.from({ length: 6 }, () => ['in', 'out']).flat())
  expect(existsSync(join(folder, 'lock'))).toBe(false)
})

test.runIf(process.platform === 'linux')(
  'a killed owner’s npm still holds it; when that ends, the next one works',
  async () => {
    const folder = newFolder()
    const child = `const { appendFileSync } = require('node:fs'); setTimeout(() => appendFileSync('log', 'npm-ended '), 700)`
    const owner = program(
      folder,
      `process.chdir(${JSON.stringify(folder)})
     const working = runQuietly(process.execPath, ['-e', ${JSON.stringify(child)}])
     console.log('started')
     await working`,
    )
    const killed = await run(process.execPath, [owner], {
      onOutput: (output, process) => output.includes('started') && process.kill('SIGKILL'),
    })
    expect(killed.code).not.toBe(0)
    expect((await run(process.execPath, [program(folder, `log('next')`)])).code).toBe(0)
    expect(logOf(folder)).toEqual(['npm-ended', 'next'])
  },
)
