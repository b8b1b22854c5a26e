/** What an error says behind the system's own words, where the commonest mix-ups are made. */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import * as socket from '../../../src/socket/index.ts'

const message = async (call: () => unknown) => {
  try {
    await call()
  } catch (error) {
    return (error as Error).message
  }
  throw new Error('nothing failed')
}

test('the listening socket used for a conversation is named, in both directions', async () => {
  using server = socket.createServer(['127.0.0.1', 0])
  expect(await message(() => server.sendall(Buffer.from('x')))).toBe(
    '[Errno 32] Broken pipe: this socket listens: send on the one that accept() gives',
  )
  expect(await message(() => server.recv(1))).toBe(
    '[Errno 107] Transport endpoint is not connected: this socket listens: recv on the one that accept() gives',
  )
})

test('a UDP socket has nobody to wait for', async () => {
  using udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
  const advice = '[Errno 95] Operation not supported: only a stream socket, TCP, has connections to wait for'
  expect(await message(() => udp.listen())).toBe(advice)
  expect(await message(() => udp.accept())).toBe(advice)
})

test('a descriptor that was never open is not a closed socket', async () => {
  const closed = socket.socket()
  closed.close()
  expect(await message(() => closed.dup())).toBe('[Errno 9] Bad file descriptor: the socket is closed')
  expect(await message(() => socket.fromfd(99_999, socket.AF_INET, socket.SOCK_STREAM))).toBe(
    '[Errno 9] Bad file descriptor: nothing is open as descriptor 99999',
  )
  expect(await message(() => socket.close(99999))).toBe(
    '[Errno 9] Bad file descriptor: nothing is open as descriptor 99999',
  )
})

test('listen before bind, and a port that only bind understands', async () => {
  using early = socket.socket()
  early.listen()
  expect(await message(() => early.bind(['127.0.0.1', 0]))).toBe(
    '[Errno 22] Invalid argument: a socket is bound once, and before it listens or connects',
  )
  using caller = socket.socket()
  expect(await message(() => caller.connect(['127.0.0.1', 0]))).toBe(
    '[Errno 111] Connection refused: port 0 means "any" to bind alone: connect to what getsockname() of the server says',
  )
})

test('connected once more after a failure, within a time limit', async () => {
  const server = socket.createServer(['127.0.0.1', 0])
  const address = server.getsockname()
  server.close()
  using caller = socket.socket()
  caller.settimeout(10)
  await expect(caller.connect(address)).rejects.toMatchObject({ name: 'ConnectionRefusedError' })
  expect(await message(() => caller.connect(address))).toBe(
    `[Errno 103] Software caused connection abort: the connect before this one failed, and Linux says so once: call connect() for 127.0.0.1:${address[1]} again, or make a new socket`,
  )
  await expect(caller.connect(address)).rejects.toMatchObject({ name: 'ConnectionRefusedError' })
})

test('refused although somebody has the port: bound and not listening yet, or by UDP', async () => {
  using bound = socket.socket()
  bound.bind(['127.0.0.1', 0])
  using udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
  udp.bind(['127.0.0.1', 0])
  const [, first] = bound.getsockname()
  const [, second] = udp.getsockname()
  const refused = '[Errno 111] Connection refused: '
  using late = socket.socket()
  late.bind(['127.0.0.1', 0])
  using early = socket.socket()
  const dialling = message(() => early.connect(late.getsockname()))
  late.listen() // after the connect was made, and before its error is
  expect(await dialling).toMatch(
    /nothing listened on 127.0.0.1:\d+ at that moment; it does now: wait until the server is ready$/,
  )
  expect(await message(() => socket.createConnection(['127.0.0.1', first]))).toBe(
    `${refused}127.0.0.1:${first} is bound, and does not listen yet: listen() comes first`,
  )
  expect(await message(() => socket.createConnection(['127.0.0.1', second]))).toBe(
    `${refused}nothing listens on 127.0.0.1:${second} by TCP; a UDP socket has that port: is it SOCK_DGRAM and sendto that you want?`,
  )
})

test('refused where a closed server has left a connection', async () => {
  const server = socket.createServer(['127.0.0.1', 0])
  const address = server.getsockname()
  using caller = await socket.createConnection(address)
  const [conn] = await server.accept()
  using held = conn
  server.close()
  const told = `[Errno 111] Connection refused: nothing listens on 127.0.0.1:${address[1]}, where only a connection is left: has its server been closed?`
  expect(await message(() => socket.createConnection(address))).toBe(told)
  caller.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, new Uint8Array(new Int32Array([1, 0]).buffer))
  caller.close()
  await expect(held.recv(1)).rejects.toThrow('[Errno 104]')
  expect(await message(() => socket.createConnection(address))).toMatch(/nothing listens on/)
})

/** Binds and listens as a server does that has set the option, or not. */
const listen = (port: number, reuse: boolean) => {
  using server = socket.socket()
  server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, reuse ? 1 : 0)
  server.bind(['127.0.0.1', port])
  server.listen()
}

const PYTHON = `
import socket, sys
s = socket.create_server(('127.0.0.1', 0)) if sys.argv[1] == 'tcp' else socket.socket(type=socket.SOCK_DGRAM)
if sys.argv[1] == 'udp': s.bind(('127.0.0.1', 0))
print(s.getsockname()[1], flush=True)
sys.stdin.read()
`

test.for(['tcp', 'udp'])('a %s port that another program has: which, and no word of SO_REUSEADDR', async (kind) => {
  const python = spawn('python3', ['-c', PYTHON, kind], { stdio: ['pipe', 'pipe', 'inherit'] })
  const port = Number(await once(createInterface(python.stdout), 'line'))
  const taken = async () => {
    if (kind === 'tcp') return listen(port, true)
    using sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.bind(['127.0.0.1', port])
  }
  const does = kind === 'tcp' ? 'listens there' : 'holds it'
  expect(await message(taken)).toBe(
    `[Errno 98] Address already in use: 127.0.0.1:${port} is taken: python3 (process ${python.pid}) ${does}: ` +
      'end it, or bind port 0, which takes any free one',
  )
  python.stdin.end()
  await once(python, 'exit')
})

test('a descriptor that is sent and not open: it is not the socket that is closed', async () => {
  const [a, b] = socket.socketpair()
  expect(await message(() => socket.sendFds(a, [Buffer.from('x')], [-1]))).toBe(
    '[Errno 9] Bad file descriptor: one of the descriptors to send is not open',
  )
  a.close()
  b.close()
  expect(await message(() => socket.sendFds(a, [Buffer.from('x')], [0]))).toBe(
    '[Errno 9] Bad file descriptor: the socket is closed',
  )
})

test("a port that a server of Node's own has, in this very program", async () => {
  const site = createServer()
  await new Promise<void>((ready) => site.listen(0, '127.0.0.1', ready))
  const { port } = site.address() as { port: number }
  expect(await message(() => listen(port, true))).toMatch(
    /is taken: this program listens there, by a server that is Node's own: close that/,
  )
  await new Promise((closed) => site.close(closed))
})

test('a port that is only remembered: what helps depends on whether this server has set SO_REUSEADDR', async () => {
  const remembered = async () => {
    using server = socket.socket()
    server.bind(['127.0.0.1', 0])
    server.listen()
    using client = await socket.createConnection(server.getsockname())
    const [conn] = await server.accept()
    conn.close()
    await client.recv(1)
    return server.getsockname()[1]
  }
  const port = await remembered()
  expect(await message(() => listen(port, false))).toMatch(
    /is remembered for a minute after an earlier server's connections \(TIME_WAIT\): setsockopt\(SOL_SOCKET, SO_REUSEADDR, 1\) before bind/,
  )
  const advice = await message(() => listen(port, true))
  expect(advice).toMatch(/which had not set SO_REUSEADDR: wait, or bind port 0/)
  expect(advice).not.toContain('setsockopt')
})

test('a look-up that fails for want of a descriptor does not say that the name is wrong', () => {
  const library = fileURLToPath(new URL('../../../dist/socketlab.cjs', import.meta.url))
  const script = `
    const { socket } = require(${JSON.stringify(library)})
    const all = []
    try { for (;;) all.push(socket.socket()) } catch {}
    ;(async () => {
      const calls = [
        () => socket.getaddrinfo('localhost', 80), () => all[0].connect(['localhost', 9]), () => all[0].bind(['localhost', 0]),
        () => socket.gethostbyaddr('127.0.0.1'), () => socket.getnameinfo(['127.0.0.1', 80], 0), () => socket.if_nameindex(),
      ]
      for (const call of calls) try { await call(); console.log('found') } catch (error) { console.log(error.message) }
    })()`
  const shell = 'ulimit -n 100; exec "$0" -e "$1"'
  const told = execFileSync('sh', ['-c', shell, process.execPath, script], { encoding: 'utf8', timeout: 20_000 })
  const lines = told.trim().split('\n')
  expect(lines).toHaveLength(6)
  for (const line of lines) expect(line).toMatch(/: this program has too many files and sockets open: close those/)
})

test('an address on a link needs the link; a name behind % is one', async () => {
  using tcp = socket.socket(socket.AF_INET6)
  const advice =
    "is an address on a link: say on which: [host, port, 0, socket.if_nametoindex('eth0')] or 'fe80::1%eth0'"
  expect(await message(() => tcp.connect(['fe80::1', 9]))).toBe(`[Errno 22] Invalid argument: [fe80::1]:9 ${advice}`)
  expect(await message(() => tcp.bind(['fe80::1', 0]))).toContain(advice)
  expect(await message(() => tcp.bind(['ff02::1', 0]))).toContain(advice)
  // The loopback interface has none of its own; that it was looked for there is what the answer shows.
  expect(await message(() => tcp.bind(['fe80::1%lo', 0]))).toMatch(/^\[Errno 99\]/)
})

test('datagrams between UNIX sockets are not UDP', async () => {
  const [a, b] = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
  expect(await message(() => a.send(Buffer.alloc(10_000_000)))).toBe(
    "[Errno 90] Message too long: 10000000 bytes do not fit into the sender's buffer at once: SO_SNDBUF says how many do",
  )
  b.close()
  expect(await message(() => a.send(Buffer.from('x')))).toBe('[Errno 111] Connection refused: the other side is closed')
  a.close()
})

test('a port that another Node program has: it is called node', async () => {
  const script =
    'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => console.log(s.address().port)); process.stdin.on("end", () => s.close()).resume()'
  const node = spawn(process.execPath, ['-e', script], { stdio: ['pipe', 'pipe', 'inherit'] })
  const port = Number(await once(createInterface(node.stdout), 'line'))
  expect(await message(() => listen(port, true))).toContain(`is taken: node (process ${node.pid}) listens there`)
  node.stdin.end()
  await once(node, 'exit')
})

test('IPv6: this machine by its IPv6 address, and the length of a datagram', async () => {
  using sock = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
  expect(await message(() => sock.bind(['2001:db8::9', 0]))).toBe(
    "[Errno 99] Cannot assign requested address: this machine has no address 2001:db8::9: '::1' means this machine alone, '' every address it has",
  )
  expect(await message(() => sock.sendto(Buffer.alloc(65528), ['::1', 9]))).toBe(
    '[Errno 90] Message too long: a UDP datagram carries at most 65527 bytes over IPv6, not 65528',
  )
  expect(await message(() => sock.sendto(Buffer.alloc(65508), ['::ffff:127.0.0.1', 9]))).toBe(
    '[Errno 90] Message too long: a UDP datagram carries at most 65507 bytes over IPv4, not 65508',
  )
})

test('a server that was shut down has called listen', async () => {
  using server = socket.createServer(['127.0.0.1', 0])
  const waiting = message(() => server.accept())
  server.shutdown(socket.SHUT_RDWR)
  expect(await waiting).toBe('[Errno 22] Invalid argument: this socket was shut down: make a new one')
})

test('sendto on a TCP socket that is not connected: nobody has closed anything', async () => {
  using tcp = socket.socket()
  expect(await message(() => tcp.sendto(Buffer.from('x'), ['127.0.0.1', 9]))).toBe(
    '[Errno 32] Broken pipe: a stream socket (TCP) sends over its connection, which is closed or was never made: ' +
      'connect() first, or make a SOCK_DGRAM socket',
  )
})

test('UNIX names: a folder that is not there, a name that is no file, a socket that does not listen', async () => {
  using first = socket.socket(socket.AF_UNIX)
  using second = socket.socket(socket.AF_UNIX)
  expect(await message(() => first.bind('/nowhere/chat.sock'))).toBe(
    "[Errno 2] No such file or directory: the folder of '/nowhere/chat.sock' does not exist",
  )
  const name = `\0advice-${process.pid}`
  first.bind(name)
  expect(await message(() => second.bind(name))).toBe(
    `[Errno 98] Address already in use: '\\0advice-${process.pid}' is still held by a socket of this program (fd=${first.fileno()}): close it first`,
  )
  expect(await message(() => second.connect(name))).toBe(
    `[Errno 111] Connection refused: '\\0advice-${process.pid}' is bound, and does not listen yet: listen() comes first`,
  )
  using datagrams = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
  datagrams.bind(`${name}-d`)
  expect(await message(() => second.connect(`${name}-d`))).toContain('a SOCK_DGRAM one has that name')
})

test('a UNIX socket without a name: no empty quotes behind the text', async () => {
  const [one, other] = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
  using _both = { [Symbol.dispose]: () => [one, other].map((end) => end.close()) }
  expect(await message(() => one.send(Buffer.from('x'), socket.MSG_OOB))).toBe('[Errno 95] Operation not supported')
})
