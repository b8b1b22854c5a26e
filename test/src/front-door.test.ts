/**
 * The documents' examples as a cell would hold them: `tsc` checks that they compile, these tests that they run.
 * Also a beginner's mistakes that the types alone catch.
 */
import { expect, test } from 'vitest'
import { bytes, ConnectionError, lab, OSError, repr, socket, TimeoutError, threading } from '../../src/index.ts'

test('the threaded echo', async () => {
  async function echoServer(server: socket.Socket, ready: threading.Event) {
    ready.set()
    const [conn] = await server.accept()
    using _held = conn
    for await (const chunk of conn.chunks(1024)) await conn.sendall(chunk)
  }
  using server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
  server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
  server.bind(['127.0.0.1', 0])
  server.listen()
  const ready = new threading.Event()
  const thread = new threading.Thread({ target: echoServer, args: [server, ready], daemon: true })
  thread.start()
  expect(await ready.wait(5)).toBe(true)
  {
    using client = await socket.createConnection(server.getsockname(), { timeout: 5 })
    await client.sendall(bytes`Hello, sockets!`)
    expect(repr(await client.recv(1024))).toBe("b'Hello, sockets!'")
  }
  await thread.join()
})

test('the call with a time limit', async () => {
  await lab.internet.start()
  async function dial(host: string): Promise<string> {
    try {
      using phone = await socket.createConnection([host, 80], { timeout: 0.3 })
      await phone.sendall(bytes`GET / HTTP/1.1\r\nHost: www.google.com\r\nConnection: close\r\n\r\n`)
      return (await phone.recv(4096)).toString('utf8').slice(0, 15)
    } catch (error) {
      if (error instanceof TimeoutError) return 'nobody picked up'
      if (error instanceof socket.gaierror) return 'no such name'
      throw error
    }
  }
  try {
    expect(await dial('www.google.com')).toBe('HTTP/1.1 200 OK')
    expect(await dial('blackhole.example')).toBe('nobody picked up')
    expect(await dial('nosuch.example')).toBe('no such name')
  } finally {
    await lab.internet.stop()
  }
})

test('UDP', async () => {
  using receiver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
  receiver.bind(['127.0.0.1', 0])
  using sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
  sender.settimeout(1)
  await sender.sendto(bytes`ping`, receiver.getsockname())
  const [data, from] = await receiver.recvfrom(1024)
  await receiver.sendto(Buffer.from(data.toString().toUpperCase()), from)
  expect((await sender.recv(10)).toString()).toBe('PING')
})

test('look-ups', async () => {
  const rows = await socket.getaddrinfo('127.0.0.1', 80, { type: socket.SOCK_STREAM })
  const [family, type, , , address] = rows[0]!
  expect([socket.AddressFamily[family], socket.SocketKind[type], address]).toEqual([
    'AF_INET',
    'SOCK_STREAM',
    ['127.0.0.1', 80],
  ])
})

test('one class, bare and on the module', () => {
  expect(socket.error).toBe(OSError)
  expect(socket.timeout).toBe(TimeoutError)
  expect(new ConnectionError('closed early').message).toBe('closed early')
})

test("a beginner's mistakes do not compile", () => {
  // Never called: each line is a mistake, and the compiler must say so.
  const mistakes = async (s: socket.Socket<socket.AddressFamily.AF_INET>) => {
    const ADDRESS = ['127.0.0.1', 50000]
    // @ts-expect-error an array of strings and numbers is no address
    s.bind(ADDRESS)
    // @ts-expect-error a path is for AF_UNIX
    s.bind('chat.sock')
    // @ts-expect-error text is not bytes
    await s.sendall('text')
    // @ts-expect-error the host comes first
    s.bind([80, 'localhost'])
    // @ts-expect-error there may be no time limit: null
    const t: number = s.gettimeout()
    // @ts-expect-error one argument is missing
    new threading.Thread({ target: async (_a: socket.Socket, _e: threading.Event) => {}, args: [s] })
    // @ts-expect-error all arguments are missing
    new threading.Thread({ target: async (_a: socket.Socket) => {} })
    new threading.Thread({ target: async () => {} })
    return t
  }
  expect(mistakes).toBeTypeOf('function')
})
