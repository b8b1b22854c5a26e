import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import * as socket from '../../../src/socket/index.ts'
import { python } from './python.ts'

const CLIENT = `
with socket.socket(socket.AF_UNIX) as client:
    client.connect(bytes.fromhex(sys.argv[1])); client.sendall(b'hello'); say(client.recv(100).decode())
`

test('a path: CPython connects to it, and a second server learns who left the file there', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'unix-'))
  const path = join(folder, 'chat.sock')
  using server = socket.socket(socket.AF_UNIX)
  server.bind(path)
  server.listen()
  expect(server.getsockname()).toBe(path)
  await using peer = python(CLIENT, Buffer.from(path).toString('hex'))
  const [conn, address] = await server.accept()
  expect(address).toBe('')
  await conn.sendall(Buffer.concat([await conn.recv(100), Buffer.from(' you')]))
  expect(await peer.line()).toBe('hello you')
  // It has no name, which said: '' has closed the connection.
  await conn.recv(100)
  await expect(conn.sendall(Buffer.from('more'))).rejects.toThrow(
    '[Errno 32] Broken pipe: the other side has closed the connection, or this side has shut down',
  )
  conn.close()
  using second = socket.socket(socket.AF_UNIX)
  expect(() => second.bind(path)).toThrow(/^\[Errno 98\] Address already in use: .* remove the file/)
  rmSync(folder, { recursive: true })
})

test('a path through a file, and a folder instead of a file', async () => {
  using client = socket.socket(socket.AF_UNIX)
  const path = join(import.meta.filename, 'chat.sock')
  await expect(client.connect(path)).rejects.toBeInstanceOf(socket.NotADirectoryError)
  await expect(client.connect(path)).rejects.toMatchObject({
    name: 'NotADirectoryError',
    code: 'ENOTDIR',
    address: path,
  })
})

test('an abstract name', async () => {
  const name = `\0socketlab-test-${process.pid}`
  using server = socket.socket(socket.AF_UNIX)
  server.bind(name)
  server.listen()
  expect(server.getsockname()).toBe(name)
  await using peer = python(CLIENT, Buffer.from(name).toString('hex'))
  const [conn] = await server.accept()
  await conn.sendall(await conn.recv(100))
  expect(await peer.line()).toBe('hello')
  conn.close()
})

test('datagrams between two names, and a server whose queue is full is asked again', async () => {
  using a = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
  using b = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
  const names = ['a', 'b'].map((name) => `\0socketlab-${name}-${process.pid}`) as [string, string]
  a.bind(names[0])
  b.bind(names[1])
  await a.sendto(Buffer.from('hi'), names[1])
  expect(await b.recvfrom(10)).toEqual([Buffer.from('hi'), names[0]])

  using server = socket.socket(socket.AF_UNIX)
  const name = `\0socketlab-full-${process.pid}`
  server.bind(name)
  server.listen(0)
  const clients = [1, 2, 3].map(() => socket.socket(socket.AF_UNIX))
  const connecting = clients.map((client) => client.connect(name))
  for (const _ of clients) (await server.accept())[0].close()
  await Promise.all(connecting)
  for (const client of clients) client.close()
})

test.for([socket.SOCK_STREAM, socket.SOCK_SEQPACKET])(
  'accept on a listener that is shut down ends with EINVAL, as one that blocks: type %i',
  async (kind) => {
    using server = socket.socket(socket.AF_UNIX, kind)
    server.bind('')
    server.listen()
    const waiting = server.accept()
    server.shutdown(socket.SHUT_RDWR)
    const ended = { code: 'EINVAL', message: expect.stringContaining('was shut down') }
    await expect(waiting).rejects.toMatchObject(ended)
    server.settimeout(5)
    await expect(server.accept()).rejects.toMatchObject(ended)
  },
)

test('a last packet that comes together with the end is received before it', async () => {
  for (let round = 0; round < 200; round++) {
    const [one, other] = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    using _ = one
    const received = one.recv(10)
    await other.send(Buffer.from('last'))
    other.close()
    expect(await received).toEqual(Buffer.from('last'))
    expect((await one.recv(10)).length).toBe(0)
  }
})
