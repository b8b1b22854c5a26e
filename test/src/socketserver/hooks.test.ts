/** What may be overridden, and what happens when a handler fails. */
import { afterEach, expect, test } from 'vitest'
import { bytes } from '../../../src/bytes/index.ts'
import { host, interrupt } from '../../../src/embedding.ts'
import { KeyboardInterrupt } from '../../../src/errors/index.ts'
import * as socket from '../../../src/socket/index.ts'
import * as socketserver from '../../../src/socketserver/index.ts'

const INET = ['127.0.0.1', 0] as const
const { notice } = host
afterEach(() => {
  host.notice = notice
})

/** What the host is told, as `kind: first line`. */
function notices(): string[] {
  const told: string[] = []
  host.notice = (_, kind, text) => told.push(`${kind}: ${text}`)
  return told
}

class Bad extends socketserver.BaseRequestHandler<socket.Socket> {
  override handle() {
    throw new RangeError('Test error')
  }
}

const ended = async (client: socket.Socket) => expect(await client.recv(1)).toEqual(bytes``)

test.each([
  ['TCPServer', socketserver.TCPServer],
  ['ThreadingTCPServer', socketserver.ThreadingTCPServer],
])('%s tells the host what a handler threw, and goes on', async (_, Server) => {
  const told = notices()
  await using server = new Server(INET, Bad)
  for (let i = 0; i < 2; i++) {
    using client = await socket.createConnection(server.serverAddress)
    await server.handleRequest()
    await ended(client)
    const [, port] = client.getsockname()
    expect(told[i]).toContain(
      `thread-exception: Exception occurred during processing of request from ('127.0.0.1', ${port})\nRangeError: Test error`,
    )
    expect(told[i]).toContain('hooks.test.ts')
    expect(told[i]).not.toContain('finishRequest')
  }
})

test('setup, handle and finish run in this order, finish also after an error', async () => {
  const order: string[] = []
  class Told extends socketserver.BaseRequestHandler<socket.Socket> {
    override setup() {
      order.push('setup')
    }
    override async handle() {
      order.push('handle')
      throw new Error('no')
    }
    override async finish() {
      order.push('finish')
    }
  }
  class Quiet extends socketserver.TCPServer {
    override handleError(_request: unknown, address: unknown, error: unknown) {
      order.push(`error: ${(error as Error).message} ${Array.isArray(address)}`)
    }
  }
  using server = new Quiet(INET, Told)
  using _client = await socket.createConnection(server.serverAddress)
  await server.handleRequest()
  expect(order).toEqual(['setup', 'handle', 'finish', 'error: no true'])
})

test('a request that is not verified is closed', async () => {
  let closed = 0
  class Strict extends socketserver.TCPServer {
    override async verifyRequest() {
      return false
    }
    override shutdownRequest(request: socket.Socket<socket.AddressFamily.AF_INET>) {
      closed += 1
      return super.shutdownRequest(request)
    }
  }
  using server = new Strict(INET, Bad)
  using client = await socket.createConnection(server.serverAddress)
  await server.handleRequest()
  await ended(client)
  expect(closed).toBe(1)
})

test('handleRequest gives up after the server’s or its socket’s time limit, whichever is less', async () => {
  let timeouts = 0
  class Impatient extends socketserver.TCPServer {
    static override timeout = 0.01
    override handleTimeout() {
      timeouts += 1
    }
  }
  using server = new Impatient(INET, Bad)
  await server.handleRequest()
  server.timeout = 60
  server.socket.settimeout(0.01)
  await server.handleRequest()
  expect(timeouts).toBe(2)
})

test('serviceActions is called after each request, and when nobody comes', async () => {
  let calls = 0
  const enough = Promise.withResolvers<void>()
  class Busy extends socketserver.TCPServer {
    override serviceActions() {
      if (++calls === 3) enough.resolve()
    }
  }
  using server = new Busy(INET, Bad)
  const serving = server.serveForever(0.001)
  await enough.promise
  await server.shutdown()
  await serving
})

test('class variables are static, and single servers take options', async () => {
  class Mine extends socketserver.TCPServer<socket.AddressFamily.AF_INET> {
    static override allowReuseAddress = true
    static override allowReusePort = true
    static override requestQueueSize = 1
  }
  using server = new Mine(INET, Bad)
  const option = (name: number) => server.socket.getsockopt(socket.SOL_SOCKET, name)
  expect([option(socket.SO_REUSEADDR), option(socket.SO_REUSEPORT), server.requestQueueSize]).toEqual([1, 1, 1])
  using second = new Mine(server.serverAddress, Bad)
  expect(second.serverAddress).toEqual(server.serverAddress)
  using later = new socketserver.TCPServer(INET, Bad, { bindAndActivate: false })
  expect(later.socket.getsockname()[1]).toBe(0)
  later.serverBind()
  later.serverActivate()
  expect(later.serverAddress[1]).toBeGreaterThan(0)
})

test('a constructor that cannot bind leaves no socket open', () => {
  using taken = new socketserver.TCPServer(INET, Bad)
  const next = () => {
    const fd = socket.dup(taken.fileno())
    socket.close(fd)
    return fd
  }
  const before = next()
  for (let i = 0; i < 20; i++) {
    expect(() => new socketserver.TCPServer(['127.0.0.1', -1], Bad)).toThrow(RangeError)
    expect(() => new socketserver.TCPServer(taken.serverAddress, Bad)).toThrow(/Address already in use/)
  }
  expect(next()).toBe(before)
})

test('wfile sends at once and whole, or gathers with a buffer', async () => {
  class Writer extends socketserver.StreamRequestHandler {
    override async handle() {
      expect(await this.wfile.write(bytes`write data\n`)).toBe(11)
      expect(this.wfile.fileno()).toBe(this.request.fileno())
      expect(await this.rfile.readline()).toEqual(bytes`answer\n`)
      expect(await this.wfile.write(Buffer.alloc(4_000_000))).toBe(4_000_000)
    }
  }
  using server = new socketserver.TCPServer(INET, Writer)
  const serving = server.handleRequest()
  using client = await socket.createConnection(server.serverAddress)
  await using file = client.makefile('rb')
  expect(await file.readline()).toEqual(bytes`write data\n`)
  await client.sendall(bytes`answer\n`)
  expect((await file.read()).length).toBe(4_000_000)
  await serving

  class Buffered extends socketserver.StreamRequestHandler {
    override wbufsize = -1
    override timeout = 5
    override disableNagleAlgorithm = true
    override async handle() {
      expect(this.connection.gettimeout()).toBe(5)
      expect(this.connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)).not.toBe(0)
      await this.wfile.writelines([bytes`one `, bytes`two`])
    }
  }
  using other = new socketserver.TCPServer(INET, Buffered)
  using reader = await socket.createConnection(other.serverAddress)
  await other.handleRequest()
  expect(await reader.recv(100)).toEqual(bytes`one two`)
})

test('a client that has gone before the answer is no error', async () => {
  const told = notices()
  class Late extends socketserver.StreamRequestHandler {
    override wbufsize = -1
    override async handle() {
      await this.rfile.read()
      await this.wfile.write(bytes`too late`)
    }
  }
  using server = new socketserver.TCPServer(INET, Late)
  const client = await socket.createConnection(server.serverAddress)
  client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, Buffer.from([1, 0, 0, 0, 0, 0, 0, 0]))
  const serving = server.handleRequest()
  client.shutdown(socket.SHUT_WR)
  client.close()
  await serving
  expect(told.filter((text) => !/ECONNRESET|Connection reset/.test(text))).toEqual([])
})

test('■ ends serveForever with KeyboardInterrupt, and so does a signal with its reason', async () => {
  using server = new socketserver.TCPServer(INET, Bad)
  const serving = server.serveForever()
  await Promise.resolve()
  interrupt(undefined)
  await expect(serving).rejects.toBeInstanceOf(KeyboardInterrupt)
  const stop = new AbortController()
  const again = server.serveForever({ signal: stop.signal })
  await Promise.resolve()
  stop.abort(new Error('enough'))
  await expect(again).rejects.toThrow('enough')
  await server.shutdown()
})
