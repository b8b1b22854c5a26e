/** Set-up on machines where something is missing: each time one message that says what, and what to do. */
import { chmodSync, cpSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { root } from '../runner/paths.ts'
import { plainEnv, run, scratchFolder } from './run.ts'

const scratch = scratchFolder()
afterAll(() => scratch[Symbol.dispose]())

/** A checkout as git leaves it, as far as set-up looks before its first step; and a folder to be the PATH. */
function freshCheckout() {
  const folder = mkdtempSync(join(scratch.folder, 'checkout '))
  for (const part of ['package.json', 'package-lock.json', 'setup'])
    cpSync(join(root, part), join(folder, part), { recursive: true })
  mkdirSync(join(folder, 'src'))
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  return { folder, bin }
}

const setup = (folder: string, env: NodeJS.ProcessEnv) =>
  run(process.execPath, [join(folder, 'setup', 'setup.mjs')], { cwd: '/', env })

/** A program of this name that is a shell script. */
function script(bin: string, name: string, body: string): void {
  writeFileSync(join(bin, name), `#!/bin/sh\n${body}\n`)
  chmodSync(join(bin, name), 0o755)
}

/** The Python that set-up found on this machine, by way of the environment that it made. */
async function realPython(): Promise<string> {
  const { output } = await run(join(root, '.venv', 'bin', 'python'), ['-c', 'import sys; print(sys._base_executable)'])
  return output.trim()
}

test('no Python at all', async () => {
  const { folder, bin } = freshCheckout()
  const { code, output } = await setup(folder, plainEnv({ PATH: bin }))
  expect(code).toBe(1)
  expect(output).toContain('there is no Python on the PATH')
  expect(output).toContain('apt install python3')
})

test('a Python whose ensurepip is missing, as on Debian without python3-venv', async () => {
  const { folder, bin } = freshCheckout()
  // A real Python that does not find the module: what is on Debian in a package of its own is hidden from it here.
  const hide =
    'import importlib.util as u; f = u.find_spec; u.find_spec = lambda n, p=None: None if n == "ensurepip" else f(n, p)'
  writeFileSync(join(folder, 'sitecustomize.py'), hide)
  script(bin, 'python3', `PYTHONPATH='${folder}' exec '${await realPython()}' "$@"`)
  const { code, output } = await setup(folder, plainEnv({ PATH: bin }))
  expect(code).toBe(1)
  expect(output).toMatch(/Python 3\.\d+\.\d+ \(.*\) has no ensurepip module/)
  expect(output).toContain('apt install python3-venv')
})

test("another user's checkout, whose Python lies where this one may not look", async () => {
  const { folder } = freshCheckout()
  const home = join(folder, 'home')
  mkdirSync(join(home, 'bin'), { recursive: true })
  mkdirSync(join(folder, '.venv', 'bin'), { recursive: true })
  symlinkSync(join(home, 'bin', 'python3'), join(folder, '.venv', 'bin', 'python'))
  // Nobody stands for the other user where root runs the tests; else its owner may not look either.
  const isRoot = process.getuid?.() === 0
  if (isRoot) chmodSync(scratch.folder, 0o755)
  chmodSync(folder, 0o555)
  chmodSync(home, 0)
  const { code, output } = await run(process.execPath, [join(folder, 'setup', 'setup.mjs')], {
    ...{ cwd: '/', env: plainEnv(), uid: isRoot ? 65534 : undefined },
  })
  chmodSync(home, 0o755)
  chmodSync(folder, 0o755)
  expect(output.trim()).toMatch(/^socketlab: .* cannot be written to by this user/)
  expect(code).toBe(1)
})

test('a Python that is too old, or named and none', async () => {
  const { folder, bin } = freshCheckout()
  script(bin, 'python3', `echo '{"version": [3, 7, 1], "path": "/old/python3", "missing": []}'`)
  const old = await setup(folder, plainEnv({ PATH: bin }))
  expect(old.output).toContain('Python 3.7.1 (/old/python3) is too old')
  const none = await setup(folder, plainEnv({ PATH: bin, SOCKETLAB_PYTHON: '/nowhere/python' }))
  expect(none.output).toContain('SOCKETLAB_PYTHON is /nowhere/python, which is not a Python 3')
  expect([old.code, none.code]).toEqual([1, 1])
})

test('the Python registry does not answer: says so, and the next run goes on there', { timeout: 90_000 }, async () => {
  const { folder, bin } = freshCheckout()
  // Port 9 of this machine: nobody listens, so the refusal is at once and no packet leaves.
  const offline = {
    PIP_INDEX_URL: 'http://127.0.0.1:9/simple',
    PIP_RETRIES: '0',
    PIP_FIND_LINKS: '',
    PIP_NO_CACHE_DIR: '1',
  }
  const path = [bin, dirname(await realPython())].join(delimiter)
  const first = await setup(folder, plainEnv({ PATH: path, ...offline }))
  expect(first.output).toMatch(/The Python package registry does not .*answer/)
  expect(first.code).toBe(1)
  const second = await setup(folder, plainEnv({ PATH: path, ...offline }))
  expect(second.output).toContain('[1/5] virtual environment in .venv: already there')
  expect(second.code).toBe(1)
})
