import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { lab, socket } from '../../../../src/index.ts'
import { python } from '../../socket/python.ts'

const ECHO = `
import hashlib
with socket.create_server(('127.0.0.1', 0)) as server:
    say(server.getsockname())
    conn, _ = server.accept()
    with conn:
        whole = hashlib.sha256()
        while data := conn.recv(65536):
            whole.update(data)
            conn.sendall(data)
        say(whole.hexdigest())
`
const SEND = `
import hashlib
with socket.create_connection((sys.argv[1], int(sys.argv[2])), timeout=20) as conn:
    data = bytes(range(256)) * 1024
    conn.sendall(data)
    conn.shutdown(socket.SHUT_WR)
    back = b''
    while part := conn.recv(65536): back += part
    say(back == data)
`

const sha256 = (data: Uint8Array) => createHash('sha256').update(data).digest('hex')

test('CPython at both ends: every byte arrives, both ways, and the end of the stream too', {
  timeout: 60_000,
}, async () => {
  await using server = python(ECHO)
  using link = await lab.link({ to: await server.line<[string, number]>(), type: 'tcp', jitter: 0.001 })
  await using client = python(SEND, ...link.address)
  expect(await server.line()).toBe(sha256(Buffer.from(Array.from({ length: 256 * 1024 }, (_, n) => n % 256))))
  expect(await client.line()).toBe(true)
})

/** What a reader in this program receives, one line a recv. */
async function received(split: number, seed: number): Promise<string[]> {
  using server = socket.createServer(['127.0.0.1', 0])
  using link = await lab.link({ to: server, split, seed })
  using client = await socket.createConnection(link.address, { timeout: 5 })
  const accepting = server.accept()
  const parts: string[] = []
  const reading = accepting.then(async ([conn]) => {
    using held = conn
    for await (const part of held.chunks()) parts.push(part.toString())
  })
  await client.sendall(Buffer.from('one send is not one recv, whatever it looks like'))
  client.shutdown(socket.SHUT_WR)
  await reading
  expect(link.fates.rows.map(({ bytes }) => bytes)).toEqual(parts.map(({ length }) => length))
  return parts
}

test('one send is many recvs: each piece by itself, at most as long as asked, and cut at the same places', async () => {
  const parts = await received(5, 1)
  expect(parts.join('')).toBe('one send is not one recv, whatever it looks like')
  expect(parts.length).toBeGreaterThan(9)
  for (const part of parts) expect(part.length).toBeLessThanOrEqual(5)
  expect(await received(5, 1)).toEqual(parts)
  expect(await received(5, 2)).not.toEqual(parts)
  expect(new Set((await received(1, 1)).map(({ length }) => length))).toEqual(new Set([1]))
})

test('a reset is passed on, and a server that refuses is one', async () => {
  using server = socket.createServer(['127.0.0.1', 0])
  using link = await lab.link({ to: server })
  using client = await socket.createConnection(link.address, { timeout: 5 })
  const [conn] = await server.accept()
  conn.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, Buffer.from([1, 0, 0, 0, 0, 0, 0, 0]))
  conn.close()
  await expect(client.recv(1)).rejects.toMatchObject({ code: 'ECONNRESET' })
  const address = server.getsockname()
  server.close()
  using nowhere = await lab.link({ to: address, type: 'tcp' })
  using refused = await socket.createConnection(nowhere.address, { timeout: 5 })
  await expect(refused.recv(1)).rejects.toMatchObject({ code: 'ECONNRESET' })
})

test('closing the link ends its conversations', async () => {
  using server = socket.createServer(['127.0.0.1', 0])
  const link = await lab.link({ to: server })
  using client = await socket.createConnection(link.address, { timeout: 5 })
  const [conn] = await server.accept()
  using held = conn
  link.close()
  expect(await held.recv(1).catch((error) => error.code)).toSatisfy((end) => end === 'ECONNRESET' || end.length === 0)
  await expect(socket.createConnection(link.address)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  expect(await client.recv(1).catch((error) => error.code)).toSatisfy((end) => end === 'ECONNRESET' || end.length === 0)
})

test('a name of the simulated internet may be its end', async () => {
  await lab.internet.start()
  try {
    using link = await lab.link({ to: ['echo.example', 7], type: 'tcp', split: 3 })
    using client = await socket.createConnection(link.address, { timeout: 5 })
    await client.sendall(Buffer.from('over the link'))
    let text = ''
    while (text.length < 13) text += (await client.recv(100)).toString()
    expect(text).toBe('over the link')
  } finally {
    await lab.internet.stop()
  }
})
