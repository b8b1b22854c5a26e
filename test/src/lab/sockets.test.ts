import { afterEach, expect, test } from 'vitest'
import { bytes, embedding, lab, socket } from '../../../src/index.ts'

const original = { ...embedding.host }
afterEach(async () => {
  Object.assign(embedding.host, original)
  lab.closeAll()
  await lab.internet.stop()
})

test('lists who is open, with both ends, the state and the cell that opened it', async () => {
  const cell = { number: 3 }
  embedding.host.scope = () => cell
  embedding.host.describe = (scope) => (scope === cell ? 'cell [3]' : undefined)
  using server = socket.socket()
  server.bind(['127.0.0.1', 0])
  server.listen()
  using client = await socket.createConnection(server.getsockname())
  const [conn] = await server.accept()
  using udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
  const [port, clientPort] = [server.getsockname()[1], client.getsockname()[1]]
  const table = lab.sockets()
  expect(table.rows.map(({ fd, ...row }) => row)).toEqual([
    {
      kind: 'TCP',
      local: `127.0.0.1:${port}`,
      remote: '',
      leadsTo: '',
      state: 'LISTEN',
      openedBy: 'cell [3]',
    },
    {
      kind: 'TCP',
      local: `127.0.0.1:${clientPort}`,
      remote: `127.0.0.1:${port}`,
      leadsTo: '',
      state: 'ESTABLISHED',
      openedBy: 'cell [3]',
    },
    {
      kind: 'TCP',
      local: `127.0.0.1:${port}`,
      remote: `127.0.0.1:${clientPort}`,
      leadsTo: '',
      state: 'ESTABLISHED',
      openedBy: 'cell [3]',
    },
    expect.objectContaining({ kind: 'UDP', remote: '', state: 'unconnected' }),
  ])
  expect(table.rows.map(({ fd }) => fd)).toEqual([server, client, conn, udp].map((sock) => sock.fileno()))
})

test('shows the state in which TCP is', async () => {
  using server = socket.socket()
  server.bind(['127.0.0.1', 0])
  server.listen()
  using client = await socket.createConnection(server.getsockname())
  const [conn] = await server.accept()
  conn.close()
  await client.recv(1)
  expect(lab.sockets().rows.map(({ state }) => state)).toEqual(['LISTEN', 'CLOSE_WAIT'])
})

test('shows both where a call was dialled to and where it leads', async () => {
  await lab.internet.start()
  using sock = await socket.createConnection(['www.google.com', 80])
  const [row] = lab.sockets().rows
  expect(row).toMatchObject({ remote: '127.10.0.10:80', leadsTo: expect.stringMatching(/^127\.0\.0\.1:\d+$/) })
  expect(`${lab.sockets()}`).toMatch(/^1 open socket:\n\nfd +kind +local +remote +leads to +state +opened by\n/)
  await sock.sendall(bytes`x`)
})

test('closeAll closes them all, says how many, and leaves an empty table', async () => {
  const server = socket.socket()
  server.bind(['127.0.0.1', 0])
  server.listen()
  const waiting = expect(server.accept()).rejects.toMatchObject({ code: 'EBADF' })
  socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
  expect(lab.closeAll()).toBe(2)
  await waiting
  expect(server.fileno()).toBe(-1)
  expect(lab.sockets()).toHaveLength(0)
  expect(`${lab.sockets()}`).toBe('No socket is open.')
})

// A loop over a file that was left with `break` kept its socket open for good.
test('closeAll closes a socket that a file of makefile would keep open', async () => {
  using server = socket.createServer(['127.0.0.1', 0])
  const client = await socket.createConnection(server.getsockname())
  const lines = client.makefile('r')
  client.close()
  expect(client.fileno()).not.toBe(-1)
  lab.closeAll()
  expect(client.fileno()).toBe(-1)
  await lines.close()
  expect(lab.sockets()).toHaveLength(0)
})

test('a file that keeps a closed connection open is told to whoever waits for its end, and in the table', async () => {
  using server = socket.createServer(['127.0.0.1', 0])
  using client = await socket.createConnection(server.getsockname(), { timeout: 0.02 })
  const [conn] = await server.accept()
  const file = conn.makefile('rw')
  const kept =
    '; the other end was closed, but a file of its makefile() keeps it open: close that, too (`using file = …`)'
  await expect(client.recv(1)).rejects.toThrow(/within 0.02 s$/)
  conn.close()
  await expect(client.recv(1)).rejects.toThrow(`within 0.02 s${kept}`)
  await expect(client.makefile('r').readline()).rejects.toThrow(kept)
  expect(lab.sockets().rows.map(({ state }) => state)).toEqual([
    'LISTEN',
    'ESTABLISHED',
    'ESTABLISHED, closed but for a file',
  ])
  await file.close()
  expect(await client.recv(1)).toEqual(bytes``)
})
