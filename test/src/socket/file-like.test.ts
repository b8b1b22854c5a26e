import { execFileSync } from 'node:child_process'
import { closeSync, constants, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, expect, test } from 'vitest'
import * as socket from '../../../src/socket/index.ts'
import { python } from './python.ts'

const folder = mkdtempSync(join(tmpdir(), 'sendfile-'))
const path = join(folder, 'file')
const content = Buffer.alloc(2_500_000, 'file content ')
writeFileSync(path, content)
afterAll(() => rmSync(folder, { recursive: true }))

test('sendfile: whole, from an offset, a count; while the other side reads slowly', async () => {
  using server = socket.createServer(['127.0.0.1', 0])
  await using peer = python(
    `
import hashlib
with socket.create_connection((sys.argv[1], int(sys.argv[2]))) as client:
    digest = hashlib.sha1(); total = 0
    while data := client.recv(10000): digest.update(data); total += len(data)
    say([total, digest.hexdigest()])
`,
    ...server.getsockname(),
  )
  const [conn] = await server.accept()
  await using file = await open(path)
  expect(await conn.sendfile(file)).toBe(content.length)
  expect(await conn.sendfile(file, 10, 100)).toBe(100)
  expect(await conn.sendfile(file, { offset: content.length - 5 })).toBe(5)
  conn.close()
  const { createHash } = await import('node:crypto')
  const all = Buffer.concat([content, content.subarray(10, 110), content.subarray(-5)])
  expect(await peer.line()).toEqual([all.length, createHash('sha1').update(all).digest('hex')])
})

test('sendfile says what it cannot do', async () => {
  const fd = openSync(path, 'r')
  using udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
  await expect(udp.sendfile(fd)).rejects.toThrow(/^only SOCK_STREAM type sockets are supported/)
  const [a, b] = socket.socketpair()
  await expect(a.sendfile(fd, 0, 0)).rejects.toThrow('count must be a positive integer (got 0)')
  a.setblocking(false)
  await expect(a.sendfile(fd)).rejects.toThrow(/^non-blocking sockets are not supported/)
  for (const end of [a, b]) end.close()
})

// It said that nothing was open as the descriptor of the socket.
test('sendfile of a file that is open for writing only names the file', async () => {
  const [a, b] = socket.socketpair()
  const only = openSync(path, 'a')
  await expect(a.sendfile(only)).rejects.toThrow(
    `[Errno 9] Bad file descriptor: descriptor ${only} is not open for reading`,
  )
  closeSync(only)
  a.close()
  b.close()
})

test('sendfile of a file that has been closed says it of the file, not of the socket', async () => {
  const [a, b] = socket.socketpair()
  using _both = { [Symbol.dispose]: () => [a, b].map((end) => end.close()) }
  const file = await open(path)
  await file.close()
  await expect(a.sendfile(file)).rejects.toThrow('[Errno 9] Bad file descriptor: the file is closed')
})

test('sendfile of a pipe: read and sent piece by piece', async () => {
  const pipe = join(folder, 'pipe')
  execFileSync('mkfifo', [pipe])
  const fd = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK)
  writeFileSync(pipe, 'from a pipe')
  const [a, b] = socket.socketpair()
  expect(await a.sendfile(fd)).toBe(11)
  expect(String(await b.recv(99))).toBe('from a pipe')
  await expect(a.sendfile(fd, 5)).rejects.toThrow('[Errno 29] Illegal seek')
  for (const end of [a, b]) end.close()
  closeSync(fd)
})

test('toWeb: the web’s streams both ways, closed when both have ended', async () => {
  const [a, b] = socket.socketpair()
  const { readable, writable } = a.toWeb()
  const writer = writable.getWriter()
  await writer.write(Buffer.from('question'))
  expect((await b.recv(100)).toString()).toBe('question')
  await b.sendall(Buffer.from('answer'))
  await writer.close()
  expect(await b.recv(10)).toHaveLength(0)
  b.close()
  const parts: Uint8Array[] = []
  for await (const part of readable) parts.push(part)
  expect(Buffer.concat(parts).toString()).toBe('answer')
  expect(a.fileno()).toBe(-1)
})

test('a large body is piped through both streams without loss', async () => {
  const [a, b] = socket.socketpair()
  const source = Readable.toWeb(Readable.from([content])) as unknown as ReadableStream<Uint8Array>
  const sending = source.pipeTo(a.toWeb().writable)
  const parts: Buffer[] = []
  for await (const chunk of b.chunks()) parts.push(chunk)
  await sending
  expect(Buffer.concat(parts).equals(content)).toBe(true)
  for (const end of [a, b]) end.close()
})

test('toWeb: streams that fail have ended; the socket does not stay open behind them', async () => {
  using server = socket.createServer(['127.0.0.1', 0])
  const cut = async () => {
    const client = await socket.createConnection(server.getsockname())
    const [conn] = await server.accept()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, new Uint8Array(Int32Array.of(1, 0).buffer))
    client.close()
    return { conn, ...conn.toWeb() }
  }
  const echo = await cut()
  await expect(echo.readable.pipeTo(echo.writable)).rejects.toThrow('[Errno 104]')
  expect(echo.conn.fileno()).toBe(-1)
  const reader = await cut()
  await expect(reader.readable.getReader().read()).rejects.toThrow('[Errno 104]')
  await reader.writable.close()
  expect(reader.conn.fileno()).toBe(-1)
  const writer = await cut()
  await expect(writer.writable.getWriter().write(Buffer.from('x'))).rejects.toThrow(socket.ConnectionError)
  await writer.readable.cancel()
  expect(writer.conn.fileno()).toBe(-1)
  const closer = await cut()
  await expect(closer.writable.close()).rejects.toThrow('[Errno 107]')
  await closer.readable.cancel()
  expect(closer.conn.fileno()).toBe(-1)
})

test('toWeb: what was cancelled waits no more, and takes nothing that comes later', async () => {
  const [a, b] = socket.socketpair()
  const { readable, writable } = a.toWeb()
  const reader = readable.getReader()
  const waits = reader.read()
  await reader.cancel()
  expect((await waits).done).toBe(true)
  await b.sendall(Buffer.from('later'))
  expect((await a.recv(10)).toString()).toBe('later')
  await writable.close()
  expect(a.fileno()).toBe(-1)
  b.close()
})
