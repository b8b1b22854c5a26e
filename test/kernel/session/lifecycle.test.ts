import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { Dealer } from 'zeromq'
import { encode, headerMaker } from '../../../kernel/protocol/codec.ts'
import { endpoint } from '../../../kernel/protocol/connection-file.ts'
import { kernelArgv, resultOf, root, test, textOf, typeOf } from '../kernel-fixture.ts'

/** Processes that are descendants of this one, by /proc. */
function descendants(pid: number): number[] {
  const parentOf = new Map<number, number>()
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      parentOf.set(Number(name), Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${name}/status`, 'utf8'))?.[1]))
    } catch {
      // It ended while we looked.
    }
  }
  const children = (of: number): number[] =>
    [...parentOf].filter(([, parent]) => parent === of).flatMap(([child]) => [child, ...children(child)])
  return children(pid)
}
const lives = (pid: number) => {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}
async function gone(pids: number[]): Promise<void> {
  while (pids.some(lives)) await new Promise((resolve) => setTimeout(resolve, 10))
}

test('kernel_info says who we are, on shell and on control', async ({ kernel }) => {
  for (const channel of ['shell', 'control'] as const) {
    const { reply, iopub } = await kernel.request('kernel_info_request', {}, { channel })
    expect(reply.content).toMatchObject({
      status: 'ok',
      protocol_version: '5.5',
      implementation: 'socketlab',
      language_info: { name: 'typescript', version: '6.0.3', file_extension: '.ts', mimetype: 'text/typescript' },
    })
    expect(iopub.map(typeOf)).toEqual(['status:busy', 'status:idle'])
  }
})

test('a client that subscribes is welcomed', async ({ freshKernel }) => {
  const kernel = await freshKernel()
  // The client subscribed before it asked anything: the welcome came before the first answer.
  expect(kernel.info.status).toBe('ok')
})

test('the heartbeat echoes, and kernel_info is answered, while a cell computes', async ({ kernel }) => {
  const began = new Promise<void>((resolve) => {
    const stop = kernel.onIopub(({ content }) => {
      if (content.text !== 'go\n') return
      stop()
      resolve()
    })
  })
  const running = kernel.execute('console.log("go"); for (;;) {}')
  await began
  expect([...(await kernel.heartbeat(Buffer.from('tick')))]).toEqual([...Buffer.from('tick')])
  expect((await kernel.request('kernel_info_request', {})).reply.content.status).toBe('ok')
  expect(
    (await kernel.request('complete_request', { code: '"x".toUp', cursor_pos: 8 })).reply.content.matches,
  ).toContain('toUpperCase')
  await kernel.interrupt()
  await running
})

test.for([
  ['idle', '1'],
  ['in an endless loop', 'console.log("go"); for (;;) {}'],
  ['awaiting for ever', 'console.log("go"); await new Promise(() => {})'],
] as const)('shutdown while %s: reply, then exit, no process left behind', async ([, code], { freshKernel }) => {
  const kernel = await freshKernel()
  const began = new Promise<void>(
    (resolve) =>
      void kernel.onIopub(({ header }) => ['stream', 'execute_result'].includes(header.msg_type) && resolve()),
  )
  kernel.execute(code).catch(() => {})
  await began
  const pids = [kernel.process.child.pid!, ...descendants(kernel.process.child.pid!)]
  expect(pids.length).toBeGreaterThan(1)
  const { reply } = await kernel.shutdown(true)
  expect(reply.content).toEqual({ status: 'ok', restart: true })
  await kernel.process.exited
  await gone(pids)
  expect(kernel.process.stderr()).toBe('')
})

test('when its parent is killed, the kernel and its compiler end by themselves', async ({ freshKernel }) => {
  // The kernel of this test is a grandchild: its parent is a Node that we kill.
  const probe = await freshKernel()
  const program = `
    const { spawn } = require('node:child_process')
    const child = spawn(process.argv[1], process.argv.slice(2), { stdio: 'ignore' })
    process.stdout.write(String(child.pid))
    setInterval(() => {}, 1000)`
  const { connection } = probe.process
  await probe.stop()
  const { mkdtempSync, writeFileSync, rmSync } = await import('node:fs')
  const folder = mkdtempSync('/tmp/socketlab-orphan-')
  const file = `${folder}/connection.json`
  const fresh = { ...connection, ip: `${folder}/k` }
  writeFileSync(file, JSON.stringify(fresh))
  const argv = kernelArgv.map((word) => word.replace('{connection_file}', file))
  const parent = spawn(process.execPath, ['-e', program, ...argv], { stdio: ['ignore', 'pipe', 'inherit'] })
  const pid = Number(await new Promise<Buffer>((resolve) => parent.stdout!.once('data', resolve)))
  const { connectKernel } = await import('../../../kernel/client/kernel-client.ts')
  const client = await connectKernel(fresh)
  await client.request('kernel_info_request', {})
  const pids = [pid, ...descendants(pid)]
  expect(pids.length).toBeGreaterThan(1)
  parent.kill('SIGKILL')
  await gone(pids)
  client.close()
  rmSync(folder, { recursive: true })
})

test('messages that are unsigned, mutilated, of unknown type or not JSON are dropped, and the kernel answers the next', async ({
  kernel,
}) => {
  const { connection } = kernel.process
  const socket = new Dealer({ linger: 0 })
  socket.connect(endpoint(connection, 'shell'))
  const newHeader = headerMaker('tester')
  const good = (type: string, content: unknown) =>
    encode(
      { identities: [], header: newHeader(type), parentHeader: {}, metadata: {}, content, buffers: [] },
      connection.key,
    ) as string[]
  const unsigned = good('kernel_info_request', {})
  unsigned[1] = 'ab'.repeat(32)
  for (const frames of [
    ['x'],
    ['<IDS|MSG>'],
    ['<IDS|MSG>', '', '{', '{', '{', '{'],
    unsigned,
    good('unheard_of_request', {}),
    good('execute_request', { code: 5 }),
  ])
    await socket.send(frames)
  // The last one is well signed and has content of the wrong type: it is answered with an error.
  const answer = (await socket.receive()).map(String)
  expect(JSON.parse(answer.at(-1)!)).toMatchObject({ status: 'error', ename: 'ProtocolError' })
  socket.close()
  expect(resultOf((await kernel.execute('1 + 2')).iopub)).toBe('3')
})

/** How a kernel ends that is started with this connection file, and what it says. */
function startedWith(file: string): Promise<[code: number | null, said: string]> {
  const argv = kernelArgv.map((word) => word.replace('{connection_file}', file))
  const child = spawn(argv[0]!, argv.slice(1), { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', (chunk) => {
    said += chunk
  })
  return new Promise((resolve) => child.on('close', (code) => resolve([code, said])))
}

test('a connection file that is missing or wrong ends the process with a sentence', async () => {
  const missing = `${root}/no-such-file.json`
  expect(await startedWith(missing)).toEqual([1, expect.stringMatching(/cannot read the connection file .*no-such-/)])
  const path = join(mkdtempSync(join(tmpdir(), 'socketlab-connection-')), 'wrong.json')
  const ports = { shell_port: 1, iopub_port: 99999, stdin_port: 3.5, control_port: 4 }
  writeFileSync(path, JSON.stringify({ ip: '127.0.0.1', key: '', ...ports }))
  expect(await startedWith(path)).toEqual([
    1,
    expect.stringContaining(
      'is wrong: iopub_port: expected a port, 0 to 65535; stdin_port: expected a port, 0 to 65535; hb_port: expected number\n',
    ),
  ])
})

test('a channel that is taken, as by another kernel with the same connection file: which, and where', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const { port } = taken.address() as AddressInfo
  const path = join(mkdtempSync(join(tmpdir(), 'socketlab-connection-')), 'taken.json')
  const ports = { shell_port: port, iopub_port: 0, stdin_port: 0, control_port: 0, hb_port: 0 }
  writeFileSync(path, JSON.stringify({ ip: '127.0.0.1', key: '', ...ports }))
  const [code, said] = await startedWith(path)
  taken.close()
  expect(said).toContain('is another kernel running with this connection file?')
  expect(said).toContain(`shell at tcp://127.0.0.1:${port}: Address already in use`)
  expect(code).toBe(1)
})

test('processes that cells have started end with the kernel, but for detached ones', async ({ freshKernel }) => {
  const kernel = await freshKernel()
  const { iopub } = await kernel.execute(
    `import { spawn } from "node:child_process"
const started = ["sleep 1000; true", "sleep 1000 & wait"].map((line) => spawn("sh", ["-c", line]))
const detached = spawn("sleep", ["1000"], { detached: true })
console.log(JSON.stringify([...started, detached].map(({ pid }) => pid)))`,
  )
  const [first, second, detached] = JSON.parse(textOf(iopub)) as [number, number, number]
  await kernel.shutdown()
  await kernel.process.exited
  await expect.poll(() => [first, second, detached].map(lives)).toEqual([false, false, true])
  process.kill(detached)
})

test('history: the tail, a range, a search', async ({ freshKernel }) => {
  const kernel = await freshKernel()
  for (const code of ['let a = 1', 'a + 1', 'a + 2']) await kernel.execute(code)
  const history = async (request: object) =>
    (await kernel.request('history_request', { output: false, raw: true, ...request })).reply.content.history
  expect(await history({ hist_access_type: 'tail', n: 2 })).toEqual([
    [0, 2, 'a + 1'],
    [0, 3, 'a + 2'],
  ])
  expect(await history({ hist_access_type: 'range', session: 0, start: 1, stop: 2 })).toEqual([[0, 1, 'let a = 1']])
  expect(await history({ hist_access_type: 'search', pattern: 'a +*', n: 10, output: true })).toEqual([
    [0, 2, ['a + 1', '2']],
    [0, 3, ['a + 2', '3']],
  ])
})
