import { describe, expect, test } from 'vitest'
import * as socket from '../../../src/socket/index.ts'
import { turn } from '../../../src/wait/index.ts'
import { families } from './families.ts'
import { python } from './python.ts'

/** More than any socket buffer: must be sent and received in parts. */
const LARGE = 5_000_000

const ECHO_SERVER = `
family = getattr(socket, sys.argv[1])
with socket.socket(family) as server:
    server.bind((sys.argv[2], 0)); server.listen(); say(server.getsockname())
    conn, address = server.accept()
    with conn:
        say(address)
        while data := conn.recv(65536): conn.sendall(data)
`

const CLIENT = `
with socket.create_connection((sys.argv[1], int(sys.argv[2]))) as client:
    say([client.getsockname(), client.getpeername()])
    client.sendall(b'x' * int(sys.argv[3])); client.shutdown(socket.SHUT_WR)
    total = 0
    while data := client.recv(65536): total += len(data)
    say(total)
`

describe.each(families)('TCP over $name', ({ family, loopback }) => {
  test("our client and CPython's server: bytes come back, addresses agree, the end is seen", async () => {
    await using peer = python(ECHO_SERVER, socket.AddressFamily[family], loopback)
    const address = (await peer.line()) as [string, number]
    using client = socket.socket(family as socket.AddressFamily.AF_INET)
    await client.connect(address)
    expect(await peer.line()).toEqual(client.getsockname())
    expect(client.getpeername()).toEqual(address)
    await client.sendall(Buffer.from('Hello, sockets!'))
    expect((await client.recv(1024)).toString()).toBe('Hello, sockets!')
    client.shutdown(socket.SHUT_WR)
    expect(await client.recv(1024)).toHaveLength(0)
    await peer.ended()
  })

  test("CPython's client and our server: a large message goes round in parts", async () => {
    using server: socket.Socket = socket.socket(family)
    server.bind([loopback, 0])
    server.listen()
    const [host, port] = server.getsockname() as [string, number]
    await using peer = python(CLIENT, host, port, LARGE)
    const [conn, address] = await server.accept()
    using held = conn
    expect(await peer.line()).toEqual([address, server.getsockname()])
    expect(held.getpeername()).toEqual(address)
    for await (const chunk of held.chunks()) await held.sendall(chunk)
    held.shutdown(socket.SHUT_WR)
    expect(await peer.line()).toBe(LARGE)
  })

  test('both ends here: sendall waits for the reader, and every byte arrives in order', async () => {
    using server = socket.createServer([loopback, 0], { family })
    const sent = Buffer.alloc(LARGE)
    for (let i = 0; i < LARGE; i += 4) sent.writeUInt32LE(i, i)
    const [client, [conn]] = await Promise.all([
      socket.createConnection(server.getsockname() as socket.InetAddress),
      server.accept(),
    ])
    const sending = client.sendall(sent).then(() => client.close())
    const parts: Buffer[] = []
    for await (const chunk of conn.chunks()) parts.push(chunk)
    await sending
    conn.close()
    expect(Buffer.concat(parts).equals(sent)).toBe(true)
  })

  test('nobody listens: ConnectionRefusedError that names the address', async () => {
    const server = socket.createServer([loopback, 0], { family })
    const [host, port] = server.getsockname() as [string, number]
    server.close()
    using client = socket.socket(family as number)
    const shown = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
    const error = await client.connect([host, port]).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(socket.ConnectionRefusedError)
    expect(error).toMatchObject({
      errno: 111,
      code: 'ECONNREFUSED',
      strerror: 'Connection refused',
      syscall: 'connect',
      message: `[Errno 111] Connection refused: nothing listens on ${shown}: has the server been started?`,
    })
  })
})

test('connections() gives each connection, and ends when the server is closed', async () => {
  using server = socket.createServer(['127.0.0.1', 0])
  const address = server.getsockname()
  const served = (async () => {
    let count = 0
    for await (const [conn] of server.connections()) {
      conn.close()
      count++
    }
    return count
  })()
  for (let i = 0; i < 3; i++) {
    using client = await socket.createConnection(address)
    expect(await client.recv(1)).toHaveLength(0)
  }
  server.close()
  expect(await served).toBe(3)
})

test('recvInto fills memory we have; recv with MSG_PEEK leaves the data there; MSG_WAITALL waits for all of it', async () => {
  const [a, b] = socket.socketpair()
  await a.sendall(Buffer.from('abcdef'))
  expect((await b.recv(3, socket.MSG_PEEK)).toString()).toBe('abc')
  const memory = Buffer.alloc(8)
  expect(await b.recvInto(memory, 4)).toBe(4)
  expect(memory.toString('latin1')).toBe('abcd\0\0\0\0')
  const all = b.recv(4, socket.MSG_WAITALL)
  await a.sendall(Buffer.from('gh'))
  expect((await all).toString()).toBe('efgh')
  await expect(b.recvInto(memory, 9)).rejects.toThrow(/^buffer too small for requested bytes/)
  for (const end of [a, b]) end.close()
})

test('two sendall at once do not mix their bytes, and several receivers are served in turn', async () => {
  const [a, b] = socket.socketpair()
  const first = a.sendall(Buffer.alloc(2_000_000, 'a'))
  const second = a.sendall(Buffer.alloc(10, 'b'))
  let text = 0
  while (text < 2_000_000) {
    const part = await b.recv(65536)
    expect(part[0]).toBe(97)
    text += part.length
    if (text > 2_000_000) expect(part.subarray(part.length - 10).toString()).toBe('b'.repeat(10))
  }
  await Promise.all([first, second])
  if (text === 2_000_000) expect((await b.recv(10)).toString()).toBe('b'.repeat(10))
  const waiting = [b.recv(1), b.recv(1), b.recv(1)]
  await a.sendall(Buffer.from('123'))
  expect((await Promise.all(waiting)).map(String)).toEqual(['1', '2', '3'])
  for (const end of [a, b]) end.close()
})

test('a connection cut by the peer: ConnectionResetError, then BrokenPipeError', async () => {
  using server = socket.createServer(['127.0.0.1', 0])
  await using peer = python(
    `
client = socket.create_connection((sys.argv[1], int(sys.argv[2])))
client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
client.close(); say(True)
`,
    ...server.getsockname(),
  )
  const [conn, address] = await server.accept()
  using held = conn
  await peer.line()
  const error = await held.recv(1).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(socket.ConnectionResetError)
  expect(String(error)).toMatch(/^ConnectionResetError: \[Errno 104\] Connection reset by peer: /)
  await expect(held.send(Buffer.from('x'))).rejects.toBeInstanceOf(socket.BrokenPipeError)
  expect(address[0]).toBe('127.0.0.1')
})

test('a socket prints as in Python, with names', async () => {
  using server = socket.createServer(['127.0.0.1', 0])
  const port = server.getsockname()[1]
  const sock = await socket.createConnection(server.getsockname())
  const own = sock.getsockname()[1]
  const fd = sock.fileno()
  expect(`${sock}`).toBe(
    `<socket.socket fd=${fd}, family=AF_INET, type=SOCK_STREAM, proto=6, ` +
      `laddr=('127.0.0.1', ${own}), raddr=('127.0.0.1', ${port})>`,
  )
  sock.close()
  expect(sock.toString()).toBe('<socket.socket [closed] fd=-1, family=AF_INET, type=SOCK_STREAM, proto=6>')
  expect(sock.fileno()).toBe(-1)
})

test('dup, detach and fileno: one connection, several descriptors', async () => {
  const [a, b] = socket.socketpair()
  const copy = a.dup()
  a.close()
  await copy.sendall(Buffer.from('still open'))
  expect((await b.recv(100)).toString()).toBe('still open')
  const fd = copy.detach()
  expect(copy.fileno()).toBe(-1)
  const again = socket.socket({ fileno: fd })
  expect([again.family, again.type, again.fileno()]).toEqual([socket.AF_UNIX, socket.SOCK_STREAM, fd])
  const other = socket.fromfd(fd, socket.AF_UNIX, socket.SOCK_STREAM)
  expect(other.fileno()).not.toBe(fd)
  again.close()
  await other.sendall(Buffer.from('x'))
  expect(await b.recv(10)).toHaveLength(1)
  for (const end of [other, b]) end.close()
})

// A connection within one machine is made at once. Were the next one begun at once too, the queue would overflow, and
// the system would let a second pass before it asked again.
test('a loop of connects leaves a server in the same program its turns', async () => {
  using server = socket.createServer(['127.0.0.1', 0], { backlog: 4 })
  const accepted: socket.Socket[] = []
  const serving = (async () => {
    for await (const [conn] of server.connections()) accepted.push(conn)
  })()
  const clients: socket.Socket[] = []
  for (let i = 0; i < 100; i++) clients.push(await socket.createConnection(server.getsockname(), { timeout: 0.8 }))
  // The last one may still lie in the queue: what it is sent comes when it has been taken out.
  const last = clients[99]!.recv(1)
  while (accepted.length < 100) await turn()
  await accepted[99]!.send(Buffer.from('x'))
  expect(await last).toHaveLength(1)
  server.close()
  await serving
  for (const end of [...clients, ...accepted]) end.close()
})

test('connectEx of a connect that went well gives 0, not -0, to a stream and to datagrams', async () => {
  using server = socket.createServer(['127.0.0.1', 0])
  using client = socket.socket()
  using asker = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
  expect(await client.connectEx(server.getsockname())).toBe(0)
  expect(await asker.connectEx(server.getsockname())).toBe(0)
})
