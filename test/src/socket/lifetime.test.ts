/** Programs of their own: when they end by themselves, and what becomes of sockets that nobody closed. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import * as socket from '../../../src/socket/index.ts'

const LIBRARY = fileURLToPath(new URL('../../../dist/socketlab.cjs', import.meta.url))

function program(script: string, flags: string[] = []): { child: ChildProcess; text: () => string } {
  const source = `const { socket, threading } = require(${JSON.stringify(LIBRARY)}); (async () => { ${script} })()`
  const child = spawn(process.execPath, [...flags, '-e', source])
  let text = ''
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (data) => (text += data))
  return { child, text: () => text }
}

async function run(script: string, flags?: string[]): Promise<string> {
  const { child, text } = program(script, flags)
  const limit = setTimeout(() => child.kill('SIGKILL'), 10_000)
  const [code, signal] = await once(child, 'close')
  clearTimeout(limit)
  return `${code ?? signal} ${text().trim()}`
}

test('a program with open connections that nobody waits on ends by itself', async () => {
  const script = `
    const server = socket.createServer(['127.0.0.1', 0])
    const client = await socket.createConnection(server.getsockname())
    const [conn] = await server.accept()
    await client.sendall(Buffer.from('x')); await conn.recv(1)
    const more = conn.recv(1); await client.sendall(Buffer.from('y')); await more
    globalThis.kept = [client, conn] // collected at the end, they would be warned of
    server.close(); console.log('done')`
  expect(await run(script)).toBe('0 done')
})

test('a pending recv keeps it running until the peer has closed', async () => {
  const script = `
    const [a, b] = socket.socketpair()
    setTimeout(() => b.close(), 50).unref()
    console.log((await a.recv(1)).length)`
  expect(await run(script)).toBe('0 0')
})

test('a listening socket keeps it running, with nobody waiting on it', async () => {
  const { child } = program(`
    const server = socket.createServer(['127.0.0.1', 0])
    process.once('SIGUSR2', () => server.close())
    console.log(server.getsockname()[1])`)
  const [line] = await once(child.stdout!, 'data')
  const client = await socket.createConnection(['127.0.0.1', Number(String(line))], { timeout: 5 })
  client.close()
  expect(child.exitCode).toBeNull()
  child.kill('SIGUSR2')
  expect(await once(child, 'exit')).toEqual([0, null])
})

// They stayed open, listening ones with their ports, as long as the program ran.
test('what a worker thread leaves open is closed when the thread ends', async () => {
  const script = `
    const { readdirSync } = require('node:fs')
    const { Worker } = require('node:worker_threads')
    const open = () => readdirSync('/proc/self/fd').filter((fd) => fd > 2 && socketed(fd)).length
    const socketed = (fd) => { try { return require('node:fs').readlinkSync('/proc/self/fd/' + fd).startsWith('socket:') } catch { return false } }
    const before = open()
    for (const end of ['', 'process.exit()', 'throw new Error("ends")']) {
      const source = 'const { socket } = require(${JSON.stringify(JSON.stringify(LIBRARY)).slice(1, -1)}); globalThis.kept = [socket.socket(), ...socket.socketpair()]; ' + end
      const worker = new Worker(source, { eval: true })
      worker.on('error', () => {})
      await new Promise((resolve) => worker.once('exit', resolve))
    }
    console.log(open() - before)`
  expect(await run(script)).toBe('0 0')
})

test('a daemon thread that accepts does not keep it running', async () => {
  const script = `
    const server = socket.createServer(['127.0.0.1', 0])
    new threading.Thread({ target: async () => { for await (const [conn] of server.connections()) conn.close() }, daemon: true }).start()
    const client = await socket.createConnection(server.getsockname(), { timeout: 5 })
    console.log((await client.recv(1)).length)
    client.close()`
  expect(await run(script)).toBe('0 0')
})

test('a socket that is collected while open is closed, with a ResourceWarning that names it', async () => {
  const script = `
    process.on('warning', (w) => console.log(w.name + ': ' + w.message.replace(/\\d+/g, 'N')))
    const { readdirSync } = require('fs')
    const count = () => readdirSync('/proc/self/fd').length
    socket.socket().close()
    const before = count();
    (() => { socket.socket(socket.AF_INET, socket.SOCK_DGRAM) })()
    for (let i = 0; i < 50 && count() > before; i++) { await new Promise((r) => setImmediate(r)); gc() }
    await new Promise((r) => setImmediate(r))
    console.log(count() - before)`
  expect(await run(script, ['--expose-gc', '--no-warnings'])).toBe(
    "0 ResourceWarning: unclosed <socket.socket fd=N, family=AF_INET, type=SOCK_DGRAM, proto=N, laddr=('N.N.N.N', N)>: " +
      "close it, or declare it with 'using'\n0",
  )
})

test('descriptors do not leak: thousands of connections broken in every way end where they began', async () => {
  const script = `
    const { readdirSync } = require('fs')
    const count = () => readdirSync('/proc/self/fd').length
    const server = socket.createServer(['127.0.0.1', 0])
    const address = server.getsockname()
    const linger = Buffer.from(Int32Array.of(1, 0).buffer)
    const round = async (i) => {
      const [client, [conn]] = await Promise.all([socket.createConnection(address), server.accept()])
      client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
      const waiting = conn.recv(1).catch((e) => e)
      if (i % 3 === 0) conn.close(); else if (i % 3 === 1) client.close(); else client.shutdown(socket.SHUT_RDWR)
      await waiting
      client.close(); conn.close()
    }
    await round(0)
    const before = count()
    for (let i = 0; i < 3000; i++) await round(i)
    console.log(count() - before)
    server.close()`
  expect(await run(script)).toBe('0 0')
})
