/** Every kind of server, with CPython's sockets as its clients. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { bytes } from '../../../src/bytes/index.ts'
import * as socket from '../../../src/socket/index.ts'
import * as socketserver from '../../../src/socketserver/index.ts'
import * as threading from '../../../src/threading/index.ts'
import { python } from '../socket/python.ts'

const folder = mkdtempSync(join(tmpdir(), 'socketserver-'))
afterAll(() => rmSync(folder, { recursive: true }))
let paths = 0
const path = () => join(folder, `socket.${++paths}`)

class Echo extends socketserver.StreamRequestHandler {
  override async handle() {
    await this.wfile.write(await this.rfile.readline())
  }
}

class EchoPacket extends socketserver.DatagramRequestHandler {
  override async handle() {
    for await (const line of this.rfile) await this.wfile.write(line)
  }
}

const CLIENT = `
family, kind, address = int(sys.argv[1]), int(sys.argv[2]), json.loads(sys.argv[3])
for i in range(3):
    with socket.socket(family, kind) as s:
        s.settimeout(10)
        if kind == socket.SOCK_DGRAM and family == socket.AF_UNIX: s.bind(address + '.client%d' % i)
        s.connect(tuple(address) if isinstance(address, list) else address)
        s.sendall(b'hello world\\n')
        buf = data = s.recv(100)
        while data and b'\\n' not in buf:
            data = s.recv(100); buf += data
        say(buf.decode())
`
const INET = ['127.0.0.1', 0] as const

const makers: [string, () => socketserver.TCPServer | socketserver.UDPServer][] = [
  ['TCPServer', () => new socketserver.TCPServer(INET, Echo)],
  ['ThreadingTCPServer', () => new socketserver.ThreadingTCPServer(INET, Echo)],
  ['UDPServer', () => new socketserver.UDPServer(INET, EchoPacket)],
  ['ThreadingUDPServer', () => new socketserver.ThreadingUDPServer(INET, EchoPacket)],
  ['UnixStreamServer', () => new socketserver.UnixStreamServer(path(), Echo) as never],
  ['ThreadingUnixStreamServer', () => new socketserver.ThreadingUnixStreamServer(path(), Echo) as never],
  ['UnixDatagramServer', () => new socketserver.UnixDatagramServer(path(), EchoPacket) as never],
  ['ThreadingUnixDatagramServer', () => new socketserver.ThreadingUnixDatagramServer(path(), EchoPacket) as never],
]

test.each(makers)('%s serves CPython until it is shut down', async (_, make) => {
  const server = make()
  expect(server.serverAddress).toEqual(server.socket.getsockname())
  const thread = new threading.Thread({ target: () => server.serveForever({ pollInterval: 0.01 }), daemon: true })
  thread.start()
  const address = JSON.stringify(server.serverAddress)
  await using peer = python(CLIENT, server.socket.family, server.socket.type, address)
  for (let i = 0; i < 3; i++) expect(await peer.line()).toBe('hello world\n')
  await server.shutdown()
  await thread.join()
  await server.serverClose()
  expect(server.fileno()).toBe(-1)
})

// Python's own example: Thread(target=server.serve_forever, kwargs={'poll_interval': 0.01}).
test('serveForever can be a target by its name alone, also where a subclass has its own', async () => {
  const seen: unknown[] = []
  class Own extends socketserver.TCPServer {
    override async serveForever(...all: Parameters<socketserver.TCPServer['serveForever']>) {
      seen.push(...all)
      await super.serveForever(...all)
    }
  }
  for (const server of [new socketserver.TCPServer(INET, Echo), new Own(INET, Echo)]) {
    const thread = new threading.Thread({ target: server.serveForever, kwargs: { pollInterval: 0.01 }, daemon: true })
    expect(thread.name).toMatch(/^Thread-\d+ \(serveForever\)$/)
    expect(Object.keys(server)).not.toContain('serveForever')
    thread.start()
    using client = await socket.createConnection(server.serverAddress)
    await client.sendall(bytes`hello\n`)
    expect(String(await client.recv(100))).toBe('hello\n')
    await server.shutdown()
    await thread.join()
    await server.serverClose()
  }
  expect(seen).toEqual([{ pollInterval: 0.01 }])
})

// Python's idioms: Thread(target=server.handle_request), and Thread(target=self.server.shutdown) from within a handler.
test('handleRequest and shutdown can be targets by their names alone, too', async () => {
  class Last extends socketserver.StreamRequestHandler<unknown, socketserver.TCPServer> {
    override async handle() {
      new threading.Thread({ target: this.server.shutdown }).start()
      await this.wfile.write(await this.rfile.readline())
    }
  }
  await using server = new socketserver.TCPServer(INET, Echo)
  await using ending = new socketserver.TCPServer(INET, Last)
  const targets: { asked: socketserver.TCPServer; target: () => Promise<void> }[] = [
    { asked: server, target: server.handleRequest },
    { asked: ending, target: ending.serveForever },
  ]
  for (const { asked, target } of targets) {
    const thread = new threading.Thread({ target, daemon: true })
    thread.start()
    using client = await socket.createConnection(asked.serverAddress, { timeout: 5 })
    await client.sendall(bytes`hello\n`)
    expect(String(await client.recv(100))).toBe('hello\n')
    await thread.join()
  }
})

test('a server prints what it is and where', () => {
  class Chat extends socketserver.TCPServer {}
  using server = new Chat(['127.0.0.1', 0], EchoPacket as never)
  expect(String(server)).toBe(`<socketserver.Chat object at ('127.0.0.1', ${server.serverAddress[1]})>`)
})

test('shutdown ends serveForever always, also when it has only just been started', async () => {
  const servers = Array.from({ length: 20 }, () => new socketserver.TCPServer(INET, Echo))
  const threads = servers.map((server) => new threading.Thread({ target: () => server.serveForever(), daemon: true }))
  for (const [i, thread] of threads.entries()) {
    thread.start()
    await servers[i]!.shutdown()
  }
  for (const thread of threads) await thread.join()
  for (const server of servers) await server.serverClose()
})

test('many at once: a server with threads serves who comes later first', async () => {
  const order: string[] = []
  const first = new threading.Event()
  class Patient extends socketserver.StreamRequestHandler {
    override async handle() {
      const name = (await this.rfile.readline()).toString().trim()
      if (name === 'first') await first.wait()
      order.push(name)
      await this.wfile.write(bytes`done\n`)
    }
  }
  await using server = new socketserver.ThreadingTCPServer(INET, Patient)
  const serving = server.serveForever()
  using one = await socket.createConnection(server.serverAddress)
  using two = await socket.createConnection(server.serverAddress)
  await one.sendall(bytes`first\n`)
  await two.sendall(bytes`second\n`)
  expect(await two.recv(10)).toEqual(bytes`done\n`)
  first.set()
  expect(await one.recv(10)).toEqual(bytes`done\n`)
  await server.shutdown()
  await serving
  expect(order).toEqual(['second', 'first'])
})

test('closing a server with threads waits for them, closing it at once does not', async () => {
  const go = new threading.Event()
  let ended = 0
  class Slow extends socketserver.BaseRequestHandler<socket.Socket> {
    override async handle() {
      await go.wait()
      ended += 1
    }
  }
  const server = new socketserver.ThreadingTCPServer(INET, Slow)
  using _client = await socket.createConnection(server.serverAddress)
  await server.handleRequest()
  const closing = server.serverClose()
  expect([server.fileno(), ended]).toEqual([-1, 0])
  go.set()
  await closing
  expect(ended).toBe(1)

  class Daemonic extends socketserver.ThreadingTCPServer {
    static override daemonThreads = true
  }
  go.clear()
  const careless = new Daemonic(INET, Slow)
  using _other = await socket.createConnection(careless.serverAddress)
  await careless.handleRequest()
  await careless.serverClose()
  expect(ended).toBe(1)
  go.set()
})

test('a server that is closed while it serves ends by itself', async () => {
  let serving: Promise<void>
  {
    using server = new socketserver.TCPServer(INET, Echo)
    serving = server.serveForever(60)
    await Promise.resolve()
  }
  await serving
})
