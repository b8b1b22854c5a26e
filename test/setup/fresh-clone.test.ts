/**
 * A newcomer's clone, in a folder whose path has a space and an umlaut, taken through everything that happens to
 * checkouts: broken off, set up twice at once, its environment spoilt, moved. It needs the package registries.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root } from '../runner/paths.ts'
import { runCell } from './drive-kernel.ts'
import { type Outcome, plainEnv, type RunOptions, run, scratchFolder } from './run.ts'

const scratch = scratchFolder()
afterAll(() => scratch[Symbol.dispose]())

let clone = join(scratch.folder, 'klön')
/** From another folder than the clone's: nothing is to be looked for where somebody happens to stand. */
const setup = (options: RunOptions = {}): Promise<Outcome> =>
  run(process.execPath, [join(clone, 'setup', 'setup.mjs')], {
    cwd: scratch.folder,
    env: plainEnv(),
    timeoutMs: 280_000,
    ...options,
  })

/** Starts a set-up and kills it, as kill -9 does, as soon as it says `text`. */
async function breakOffAt(text: string): Promise<void> {
  const { output } = await setup({
    onOutput: (output, child) => {
      if (output.includes(text)) child.kill('SIGKILL')
    },
  })
  expect(output).toContain(text)
  expect(output).not.toContain('socketlab: ready')
}

const minutes = (count: number) => ({ timeout: count * 60_000 })

beforeAll(() => {
  execFileSync('git', ['clone', '--quiet', root, clone])
})

test('broken off at any step, the next set-up goes on and gets there', minutes(5), async () => {
  await breakOffAt('[1/5]')
  await breakOffAt('[2/5]')
  await breakOffAt('[3/5]')
  const { code, output } = await setup()
  expect(output).toContain('socketlab: ready')
  expect(code).toBe(0)
})

test('with everything in place it is done in less than a second', async () => {
  const { code, output, seconds } = await setup()
  expect(output).toContain('everything is in place')
  expect(code).toBe(0)
  expect(seconds).toBeLessThan(1)
})

test('two at once: one works, the other waits, both end well', minutes(1), async () => {
  rmSync(join(clone, 'dist'), { recursive: true })
  const both = await Promise.all([setup(), setup()])
  expect(both.map(({ code }) => code)).toEqual([0, 0])
  expect(both.map(({ output }) => output).join('')).toContain('another set-up is running')
})

test('an environment whose Python has gone is made again', minutes(3), async () => {
  const python = join(clone, '.venv', 'bin', 'python')
  rmSync(python)
  symlinkSync('/nowhere/python3', python)
  const { code, output } = await setup()
  expect(output).toMatch(/\[1\/5\].*: done in/)
  expect(code).toBe(0)
})

test('the npm registry does not answer: says so, and the next run goes on there', minutes(2), async () => {
  rmSync(join(clone, 'node_modules'), { recursive: true })
  const cache = join(scratch.folder, 'npm-cache')
  // Port 9 of this machine: nobody listens, so the refusal is at once and no packet leaves.
  const offline = { npm_config_registry: 'http://127.0.0.1:9', npm_config_fetch_retries: '0', npm_config_cache: cache }
  const without = await setup({ env: plainEnv(offline) })
  expect(without.output).toContain('The npm registry does not answer')
  expect(without.code).toBe(1)
  const { code, output } = await setup()
  expect(output).toMatch(/\[3\/5\].*: done in/)
  expect(code).toBe(0)
})

test('a checkout that was moved works where it is now', minutes(2), async () => {
  const moved = join(scratch.folder, 'another place')
  renameSync(clone, moved)
  clone = moved
  expect(await setup()).toMatchObject({ code: 0 })
  const data = join(clone, '.venv', 'share', 'jupyter')
  const spec = readFileSync(join(data, 'kernels', 'socketlab', 'kernel.json'), 'utf8')
  expect(spec).toContain(join(clone, 'dist', 'kernel', 'main.cjs'))
  expect(await runCell('socketlab', '1 + 1', data, scratch.folder)).toMatchObject({ status: 'ok', results: ['2'] })
})
