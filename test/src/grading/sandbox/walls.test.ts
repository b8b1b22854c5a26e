/**
 * What code in a sandbox sees of the machine: started as Jupyter's programs start the kernel `socketlab-sandbox`.
 */
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, networkInterfaces, tmpdir } from 'node:os'
import { join, relative, sep } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Kernel, startKernel } from '../../../../kernel/client/kernel.ts'
import { findProgram } from '../../../../src/grading/sandbox/bubblewrap.ts'
import { limitsOf } from '../../../../src/grading/sandbox/limits.ts'
import { findMeans, startSandbox } from '../../../../src/grading/sandbox/sandbox.ts'
import { root } from '../../../runner/paths.ts'

const means = findMeans({ packageRoot: root, node: process.execPath })
const argv = [process.execPath, join(root, 'dist', 'cli.mjs'), 'sandbox-kernel', '{connection_file}']

test('what cannot be started is said, and ends nobody else', async () => {
  const start = startSandbox({
    means: { bwrap: ['/there/is/no/such/program'] },
    ...{
      packageRoot: root,
      node: process.execPath,
      limits: limitsOf({ timeout: 1, memory: 300 }),
      env: {},
      secret: '',
    },
    command: () => ['true'],
  })
  await expect(start).rejects.toThrow('ENOENT')
})

describe('in a sandbox', () => {
  let kernel: Kernel
  let other: Kernel
  beforeEach(({ skip }) => {
    if (!means.bwrap) skip('bubblewrap is not here, or may not make namespaces')
  })
  beforeAll(async () => {
    if (!means.bwrap) return
    kernel = await startKernel({ argv, env: { ...process.env, TEACHERS_TOKEN: 'secret' } })
    other = await startKernel({ argv })
  })
  afterAll(async () => {
    await kernel?.stop()
    await other?.stop()
  })

  /** What the cell's value is, as JSON. */
  async function valueOfCell(code: string, where = kernel): Promise<unknown> {
    const { reply, iopub } = await where.execute(code)
    expect(reply.content).toMatchObject({ status: 'ok' })
    const data = iopub.find(({ header }) => header.msg_type === 'execute_result')?.content.data
    return JSON.parse((data as { 'text/plain': string })['text/plain'].replace(/^'|'$/g, ''))
  }

  test('each has port 8080, and a network with nobody else', async () => {
    const serve = 'const server = socket.createServer(["127.0.0.1", 8080]); server.getsockname()[1]'
    expect(await valueOfCell(serve)).toBe(8080)
    expect(await valueOfCell(serve, other)).toBe(8080)
    const names = await valueOfCell(
      'import { networkInterfaces } from "node:os"\nJSON.stringify(Object.keys(networkInterfaces()))',
    )
    expect(names).toEqual(['lo'])
    expect(Object.keys(networkInterfaces())).toContain('lo')
    const error = await valueOfCell(
      'JSON.stringify(await socket.createConnection(["192.0.2.1", 80]).catch((e) => e.code))',
    )
    expect(error).toBe('ENETUNREACH')
  })

  test("nothing of the teacher's environment, home or course", async () => {
    expect(
      await valueOfCell('JSON.stringify(Object.keys(process.env).filter((name) => name.startsWith("TEACHER")))'),
    ).toEqual([])
    const paths = [join(root, 'notebooks'), join(root, 'test'), '/var', '/etc/shadow']
    const seen = `import { existsSync, readdirSync } from "node:fs"\nJSON.stringify(${JSON.stringify(paths)}.filter((path) => existsSync(path)))`
    expect(paths.filter((path) => existsSync(path))).toEqual(paths)
    expect(await valueOfCell(seen)).toEqual([])
    // The package may lie in the home of who grades: then the way to it is there, and nothing else.
    const way = relative(homedir(), root).split(sep)
    const home = JSON.stringify(homedir())
    const inHome = `JSON.stringify(existsSync(${home}) ? readdirSync(${home}) : [])`
    expect(await valueOfCell(inHome)).toEqual(way[0] === '..' ? [] : way.slice(0, 1))
  })

  test('files can be written in its own folder only, and not without end', async () => {
    const write = (path: string, bytes: number) =>
      `import { writeFileSync } from "node:fs"\nlet said = "written"\ntry { writeFileSync(${JSON.stringify(path)}, Buffer.alloc(${bytes})) } catch (e: any) { said = e.code }\nJSON.stringify(said)`
    expect(await valueOfCell(write('mine.txt', 10))).toBe('written')
    expect(await valueOfCell(write(join(root, 'dist', 'cli.mjs'), 10))).toBe('EROFS')
    expect(await valueOfCell(write('/usr/bin/node', 10))).toBe('EROFS')
    expect(await valueOfCell(write('large', 100 * 2 ** 20))).toMatch(/ENOSPC|EFBIG/)
  })

  test('no more processes than it can be ended with, however fast it forks', async () => {
    const most = await valueOfCell(
      `import { readFileSync } from "node:fs"\nNumber(/^Max processes +(\\d+)/m.exec(readFileSync("/proc/self/limits", "utf8"))?.[1])`,
    )
    expect(most).toBeLessThanOrEqual(4096)
  })

  test('its processes only, and its own memory to nobody', async () => {
    const pids =
      'import { readdirSync } from "node:fs"\nJSON.stringify(readdirSync("/proc").filter((name) => /^\\d+$/.test(name)).length)'
    expect(await valueOfCell(pids)).toBeLessThan(6)
    const memory =
      'import { openSync } from "node:fs"\nlet code = "open"\ntry { openSync("/proc/self/mem", "r") } catch (e: any) { code = e.code }\nJSON.stringify(code)'
    expect(await valueOfCell(memory)).toBe('EACCES')
  })

  test('no signal opens a debugger', async () => {
    const asked = `process.kill(process.pid, "SIGUSR1")
      let found = false
      for (let times = 0; times < 100 && !found; times++) {
        found = await socket.createConnection(["127.0.0.1", 9229]).then((conn) => (conn.close(), true), () => false)
        await sleep(0.005)
      }
      JSON.stringify(found)`
    expect(await valueOfCell(asked)).toBe(false)
  })

  test('it ends with whoever started it, also one who was killed before bubblewrap could know', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bwrap-'))
    chmodSync(folder, 0o777)
    const real = findProgram('bwrap')
    const wrapper = `#!/bin/sh
echo $$ >> ${folder}/pids
for word; do shift; [ "$word" = --die-with-parent ] || set -- "$@" "$word"; done
exec ${real} "$@"
`
    writeFileSync(join(folder, 'bwrap'), wrapper, { mode: 0o755 })
    const orphan = await startKernel({ argv, env: { ...process.env, PATH: `${folder}:${process.env.PATH}` } })
    const [sandbox = Number.NaN] = readFileSync(join(folder, 'pids'), 'utf8')
      .trim()
      .split('\n')
      .map(Number)
      .filter((pid) => existsSync(`/proc/${pid}`))
    expect(sandbox).toBeGreaterThan(0)
    orphan.process.child.kill('SIGKILL')
    await expect.poll(() => existsSync(`/proc/${sandbox}`), { timeout: 10_000 }).toBe(false)
    await orphan.stop()
    rmSync(folder, { recursive: true })
  })
})
