/** Threads of the system, with calls that block: over real connections, stopped by ■, by `using`, by the program's end. */
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import * as socket from '../../../src/socket/index.ts'
import { WorkerThread } from '../../../src/threading/index.ts'
import { host, interrupt } from '../../../src/wait/index.ts'

const module = new URL('worker/functions.mjs', import.meta.url)
const library = fileURLToPath(new URL('../../../dist/socketlab.cjs', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'worker-'))
afterAll(() => rmSync(folder, { recursive: true }))

function start<R>(target: string, ...args: unknown[]): WorkerThread<R> {
  const worker = new WorkerThread<R>({ module, target, args })
  worker.start()
  return worker
}

test('its result is a copy; it runs in a thread of its own', async () => {
  const worker = start('add', 20, 22)
  expect(worker.isAlive()).toBe(true)
  await worker.join()
  expect([worker.result, worker.isAlive()]).toEqual([{ sum: 42, main: false }, false])
})

test('a connection handed over by its number is served by calls that block', async () => {
  const [mine, theirs] = socket.socketpair()
  const worker = start<number>('echo', theirs.detach())
  for (const text of ['one', 'two', 'three']) {
    await mine.sendall(Buffer.from(text))
    expect((await mine.recv(100)).toString()).toBe(text)
  }
  mine.close()
  await worker.join()
  expect(worker.result).toBe(11)
})

test('nothing can be awaited there: the thread is told so, and ends', async () => {
  const [mine, theirs] = socket.socketpair()
  const worker = start<string>('awaits', theirs.detach())
  await worker.join()
  mine.close()
  expect(worker.result).toBe('a worker thread has no event loop of ours to await on: use recvSync, acceptSync, … there')
})

test('acceptSync gives the connection and its address', async () => {
  const server = socket.createServer(['127.0.0.1', 0])
  const address = server.getsockname()
  const worker = start('serveOne', server.detach())
  using client = await socket.createConnection(address)
  await client.sendall(Buffer.from('hello'))
  await worker.join()
  expect(worker.result).toEqual({ address: client.getsockname(), said: 'hello' })
})

test('connectSync, and a sendallSync of more than the kernel takes at once', async () => {
  using server = socket.createServer(['127.0.0.1', 0])
  const worker = start('dial', server.getsockname())
  const [conn] = await server.accept()
  let count = 0
  for await (const chunk of conn.chunks()) count += chunk.length
  await conn.sendall(Buffer.from(`${count} bytes`))
  conn.close()
  await worker.join()
  expect(worker.result).toBe('1000000 bytes')
})

test('a refused connectSync throws what connect rejects with', async () => {
  using taken = socket.socket()
  taken.bind(['127.0.0.1', 0])
  const worker = start('refused', taken.getsockname())
  await worker.join()
  expect(worker.result).toBe('ECONNREFUSED')
})

test('datagrams, and a time limit', async () => {
  using peer = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
  peer.bind(['127.0.0.1', 0])
  const worker = start('datagrams', peer.getsockname())
  const [data, sender] = await peer.recvfrom(100)
  await peer.sendto(Buffer.from(data.toString().toUpperCase()), sender)
  await worker.join()
  expect(worker.result).toEqual({ data: 'PING', sender: peer.getsockname(), error: 'TimeoutError' })
})

test('datagrams: a socket that is shut down elsewhere gives the end', async () => {
  using peer = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
  const sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
  sock.bind(['127.0.0.1', 0])
  using copy = sock.dup()
  const worker = start('untilShut', sock.detach())
  await peer.sendto(Buffer.from('?'), copy.getsockname())
  await peer.recv(1)
  // An unconnected socket is shut down all the same, and told that it is none.
  expect(() => copy.shutdown(socket.SHUT_RD)).toThrow('[Errno 107]')
  await worker.join()
  expect(worker.result).toEqual([new Uint8Array(), [new Uint8Array(), null], 0])
})

test('MSG_DONTWAIT never waits, nor does who wants nothing', async () => {
  const [mine, theirs] = socket.socketpair()
  const worker = start('neverWaits', theirs.detach())
  await worker.join()
  expect(worker.result).toEqual([...Array(6).fill('EAGAIN'), 0])
  mine.close()
})

test('MSG_WAITALL waits for all', async () => {
  const [mine, theirs] = socket.socketpair()
  using copy = theirs.dup()
  const isUnread = () => copy.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT).catch(() => undefined)
  const worker = start('waitsForAll', theirs.detach())
  await mine.recv(1)
  for (const byte of 'abcdefgh') {
    await mine.sendall(Buffer.from(byte))
    // Read as it came: the rest was not there yet.
    while (await isUnread()) await new Promise(setImmediate)
  }
  mine.close()
  await worker.join()
  expect(worker.result).toEqual(['abcdef', 'gh'])
})

test('on the main thread a call that blocks throws, and says what to write', () => {
  const [a, b] = socket.socketpair()
  expect(() => a.recvSync(1)).toThrow('write await recv(…)')
  a.close()
  b.close()
})

test('what the function throws is told to the host; join resolves as a Thread’s does', async () => {
  const told: string[] = []
  const { notice } = host
  host.notice = (_scope, _kind, text) => told.push(text)
  onTestFinished(() => {
    host.notice = notice
  })
  const worker = start('fail')
  await worker.join()
  const missing = start('nobody')
  await missing.join()
  expect(told[0]).toMatch(/^Exception in thread Worker-\d+ \(fail\):\nRangeError: too far\n +at .*functions\.mjs/)
  expect(told[1]).toContain('exports no function nobody')
})

test('■ stops a thread of the interrupted cell, and of the cell that joins it: its finally runs', async () => {
  const { scope } = host
  onTestFinished(() => {
    host.scope = scope
  })
  for (const [by, interrupted] of [
    ['starter', 'starter'],
    ['starter', 'joiner'],
  ] as const) {
    const [mine, theirs] = socket.socketpair()
    const path = join(folder, interrupted)
    host.scope = () => by
    const worker = start('blocks', theirs.detach(), path)
    await mine.recv(1)
    host.scope = () => 'joiner'
    const joined = worker.join().catch((error) => error.name)
    interrupt(interrupted)
    if (interrupted === 'joiner') expect(await joined).toBe('KeyboardInterrupt')
    await worker.join()
    expect(readFileSync(path, 'utf8')).toBe('KeyboardInterrupt')
    // Closed with the thread.
    expect((await mine.recv(1)).length).toBe(0)
    mine.close()
  }
})

test('a thread that computes on is ended too', async () => {
  const [mine, theirs] = socket.socketpair()
  {
    using worker = start('spins', theirs.detach())
    await mine.recv(1)
    expect(worker.isAlive()).toBe(true)
    setImmediate(() => worker.stop())
    await worker.join()
    expect(worker.isAlive()).toBe(false)
  }
  mine.close()
})

test('a socket that the function leaves open is closed with the thread', async () => {
  const [mine, theirs] = socket.socketpair()
  const worker = start('leavesOpen', theirs.detach())
  expect((await mine.recv(1)).length).toBe(0)
  await worker.join()
  mine.close()
})

test.each([
  ['process.exit(0)', false],
  ['', true],
])('the program ends while a thread blocks: %j, daemon %j', async (end, daemon) => {
  const script = `
    const { socket, threading } = require(${JSON.stringify(library)});
    (async () => {
      const [mine, theirs] = socket.socketpair()
      const worker = new threading.WorkerThread({
        module: ${JSON.stringify(module.href)}, target: 'blocks', args: [theirs.detach(), '/dev/null'], daemon: ${daemon} })
      worker.start()
      await mine.recv(1)
      console.log('started')
      ${end}
    })()`
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', script], {
    timeout: 20_000,
    killSignal: 'SIGKILL',
  })
  expect(stdout).toBe('started\n')
})

test('wrong arguments are named', () => {
  // biome-ignore lint/suspicious/noExplicitAny: a cell without types
  const make = (options: any) => () => new WorkerThread(options)
  expect(make({ target: 'x' })).toThrow("module must be a file's path or URL, not undefined")
  expect(make({ module, target: () => 1 })).toThrow('target must be the name of a function that the module exports')
  expect(make({ module, target: 'add', args: 3 })).toThrow('args must be an array, not number')
})
