/**
 * The library's own tests on the oldest and the newest Node that it promises, and the packed tarball there.
 *
 * Minutes and a package registry are needed: `npm run test:full` only.
 */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { full, root } from '../../runner/paths.ts'
import { plainEnv, run, scratchFolder } from '../../setup/run.ts'
import { bringNode, otherNodes } from './other-nodes.ts'

const notFull = 'takes minutes and a package registry: npm run test:full'

const scratch = scratchFolder()
afterAll(() => scratch[Symbol.dispose]())
const project = join(scratch.folder, 'project')
const registry = ['--no-audit', '--no-fund', '--ignore-scripts', '--omit=dev', '--prefer-offline']
let installed: { reason: string } | undefined

beforeAll(async () => {
  if (!full) return
  mkdirSync(project)
  const npm = (args: string[], cwd: string) => run('npm', args, { cwd, env: plainEnv(), timeoutMs: 240_000 })
  const packed = await npm(['pack', '--ignore-scripts', '--pack-destination', scratch.folder], root)
  expect(packed.code, packed.output).toBe(0)
  const tarball = readdirSync(scratch.folder).find((name) => name.endsWith('.tgz'))!
  writeFileSync(join(project, 'package.json'), '{ "private": true }')
  const { code, output } = await npm(['install', ...registry, join(scratch.folder, tarball)], project)
  if (code !== 0) installed = { reason: `the tarball could not be installed: ${output.slice(0, 300)}` }
}, 300_000)

const echo = `
  const server = socket.createServer(['127.0.0.1', 0])
  const client = await socket.createConnection(server.getsockname())
  const [conn] = await server.accept()
  const waiting = conn.recv(10)
  await client.sendall(Buffer.from('hello'))
  console.log((await waiting).toString(), process.version)
  for (const one of [client, conn, server]) one.close()
`

describe.each(otherNodes)('on Node %s', (version) => {
  test('an echo over TCP with the packed package, as ES module and as CommonJS', async (context) => {
    if (!full) return context.skip(notFull)
    if (installed) return context.skip(installed.reason)
    const brought = await bringNode(version)
    if ('reason' in brought) return context.skip(brought.reason)
    writeFileSync(join(project, 'echo.mjs'), `import { socket } from 'socketlab'\n${echo}`)
    writeFileSync(join(project, 'echo.cjs'), `const { socket } = require('socketlab')\n;(async () => {${echo}})()`)
    for (const file of ['echo.mjs', 'echo.cjs']) {
      const { code, output } = await run(brought.node, [file], { cwd: project, env: plainEnv(), timeoutMs: 20_000 })
      expect([code, output.trim()], file).toEqual([0, `hello v${version}`])
    }
  }, 240_000)

  test('the tests of src', async (context) => {
    if (!full) return context.skip(notFull)
    const brought = await bringNode(version)
    if ('reason' in brought) return context.skip(brought.reason)
    const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
    // What starts kernels needs Node 24: the commands and grading on a Node of their own, the checks of exercises on this.
    const kernels = Number.parseInt(version, 10) < 24 ? ['lab/check/**', 'lab/hands/**', 'lab/measure/**'] : []
    const without = ['cli/**', 'notebook/**', 'grading/**', 'socket/other-nodes.test.ts', ...kernels]
    const args = [vitest, 'run', 'test/src', ...without.flatMap((pattern) => ['--exclude', `test/src/${pattern}`])]
    const { code, output } = await run(brought.node, args, {
      cwd: root,
      env: plainEnv({ NO_COLOR: '1' }),
      timeoutMs: 540_000,
    })
    const failures = output.split('\n').filter((line) => /^\s*FAIL/.test(line))
    expect(failures, output.slice(-3000)).toEqual([])
    expect(code, output.slice(-3000)).toBe(0)
    expect(output.trim().split('\n').at(-1)).toMatch(/^[1-9]\d+ passed, 0 failed/)
  }, 900_000)
})
