import { openSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import { bytes, embedding, lab, socket, struct, threading } from '../../../src/index.ts'
import { hooks } from '../../../src/socket/hooks.ts'

const original = { ...embedding.host }
afterEach(async () => {
  Object.assign(embedding.host, original)
  lab.closeAll()
  await lab.internet.stop()
})

/** A server, a client, and the server's end of their connection. */
async function connected() {
  const server = socket.createServer(['127.0.0.1', 0])
  const client = await socket.createConnection(server.getsockname())
  const [conn] = await server.accept()
  return { server, client, conn }
}

const datagramSocket = () => socket.socket(socket.AF_INET, socket.SOCK_DGRAM)

/** `client sendall 5`: who, what, how much, why not. */
const told = ({ events }: lab.Trace) =>
  events.map(({ who, call, bytes: count, error }) =>
    [who, call, count, error].filter((part) => part !== null).join(' '),
  )

test('an echo: who did what, in order, at both ends, and what the function returned', async () => {
  const trace = await lab.trace(async () => {
    using server = socket.createServer(['127.0.0.1', 0])
    const serving = new threading.Thread({
      async target() {
        const [conn] = await server.accept()
        using held = conn
        await held.sendall(await held.recv(1024))
      },
    })
    serving.start()
    using client = await socket.createConnection(server.getsockname())
    await client.sendall(bytes`hello`)
    const answer = await client.recv(1024)
    await serving.join()
    return answer.toString()
  })
  expect(trace.value).toBe('hello')
  const by = (who: string) => told(trace).filter((line) => line.startsWith(who))
  expect(by('client')).toEqual(['socket', 'connect', 'sendall 5', 'recv 5', 'close'].map((call) => `client ${call}`))
  expect(by('server')).toEqual(
    ['socket', 'setsockopt', 'bind', 'listen', 'accept', 'recv 5', 'sendall 5', 'close', 'close'].map(
      (call) => `server ${call}`,
    ),
  )
  const [sent, received] = ['sendall', 'recv'].map((call) => trace.events.find((event) => event.call === call)!)
  expect(sent).toMatchObject({ to: [received!.n], other: 'server', offset: 0, kind: 'TCP' })
  expect(received).toMatchObject({ from: [sent!.n], other: 'client', data: Buffer.from('hello') })
  expect(sent!.local).toEqual(received!.remote)
  expect(String(trace.payload(sent!.n))).toContain('68 65 6c 6c 6f')
})

test('one send is not one recv: which bytes of the stream each got', async () => {
  const { client, conn } = await connected()
  const { events } = await lab.trace(async () => {
    await client.sendall(bytes`abc`)
    await client.sendall(bytes`defgh`)
    await conn.recv(2)
    await conn.recv(100, socket.MSG_PEEK)
    await conn.recvInto(Buffer.alloc(4))
    await conn.recvmsg(100)
  })
  expect(events.map(({ offset, to, from }) => ({ offset, to, from }))).toEqual([
    { offset: 0, to: [3, 5], from: [] },
    { offset: 3, to: [5, 6], from: [] },
    { offset: 0, to: [], from: [1] },
    { offset: null, to: [], from: [] },
    { offset: 2, to: [], from: [1, 2] },
    { offset: 6, to: [], from: [2] },
  ])
})

test('bytes sent before the trace began are not taken for those of the trace', async () => {
  const { client, conn } = await connected()
  await client.sendall(bytes`earlier `)
  const { events } = await lab.trace(async () => {
    await conn.recv(4)
    await client.sendall(bytes`now`)
    await conn.recv(100)
  })
  expect(events.map(({ from, bytes: count }) => [count, ...from])).toEqual([[4], [3], [7, 2]])
})

test('half-close, end of stream, copies of a socket, files, sendmsg, sendfile', async () => {
  const { client, conn } = await connected()
  const copy = client.dup()
  const trace = await lab.trace(async () => {
    client.close()
    const file = copy.makefile('w')
    await file.write('a line\n')
    await file.flush()
    await conn.recv(100)
    await copy.sendmsg([bytes`one`, bytes`two`])
    await copy.sendfile(openSync(import.meta.filename, 'r'), 0, 3)
    await conn.recv(100, socket.MSG_WAITALL | socket.MSG_DONTWAIT)
    copy.shutdown(socket.SHUT_WR)
    await conn.recv(100)
    conn.detach()
  })
  expect(told(trace)).toEqual([
    'client close',
    'client sendall 7',
    'server recv 7',
    'client sendmsg 6',
    'client sendfile 3',
    'server recv 9',
    'client shutdown',
    'server recv 0',
    'server detach',
  ])
  expect(trace.events[7]).toMatchObject({ from: [7], text: 'recv: end of stream' })
  expect(trace.events[5]!.from).toEqual([4, 5])
  expect(() => trace.payload(5)).toThrow(/not kept/)
  expect(() => trace.payload(7)).toThrow(/shutdown SHUT_WR, which carries no bytes/)
  expect(() => trace.payload(10)).toThrow(/no event 10: this trace has 1 to 9/)
})

test('failures: refused, out of time, reset, closed meanwhile, unreachable', async () => {
  const { client, conn } = await connected()
  const free = socket.createServer(['127.0.0.1', 0])
  const address = free.getsockname()
  free.close()
  await lab.internet.start()
  const trace = await lab.trace(async () => {
    using sock = socket.socket()
    await expect(sock.connect(address)).rejects.toThrow()
    using again = socket.socket()
    expect(await again.connectEx(address)).toBe(111)
    conn.settimeout(0.001)
    await expect(conn.recv(1)).rejects.toThrow()
    conn.settimeout(null)
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
    client.close()
    await expect(conn.recv(1)).rejects.toThrow()
    const other = datagramSocket()
    const waiting = other.recv(1)
    other.close()
    await expect(waiting).rejects.toThrow()
    using far = socket.socket()
    await expect(far.connect(['8.8.8.8', 53])).rejects.toThrow()
  })
  expect(trace.events.filter(({ error }) => error !== null).map(({ call, error }) => `${call} ${error}`)).toEqual([
    'connect ECONNREFUSED',
    'connectEx ECONNREFUSED',
    'recv timed out',
    'recv ECONNRESET',
    'recv EBADF',
    'connect ENETUNREACH',
  ])
  expect(trace.events.find(({ error }) => error === 'timed out')!.waited).toBeGreaterThan(0)
  const reset = trace.events.find(({ error }) => error === 'ECONNRESET')!
  expect(trace.events[reset.from[0]! - 1]!.call).toBe('close')
  expect(trace.events.find(({ error }) => error === 'ECONNREFUSED')!.other).toMatch(/^nobody/)
  expect(String(trace)).toContain('connectEx ✗')
})

test('datagrams: found by address and bytes, in any order; a lost one has no receiver', async () => {
  using server = datagramSocket()
  server.bind(['', 0])
  const port = server.getsockname()[1]
  const trace = await lab.trace(async () => {
    using client = datagramSocket()
    await client.sendto(bytes`one`, ['127.0.0.1', port])
    await client.sendto(bytes``, ['127.0.0.1', port])
    const [, sender] = await server.recvfrom(100)
    await server.recvfrom(100)
    await server.sendto(bytes`answer`, sender)
    await client.recvfrom(3)
    await client.sendto(bytes`unread`, ['127.0.0.1', port])
  })
  expect(trace.events.filter(({ bytes: count }) => count !== null).map(({ n, who, to }) => [n, who, ...to])).toEqual([
    [2, 'client', 4],
    [3, 'client', 5],
    [4, 'server'],
    [5, 'server'],
    [6, 'server', 7],
    [7, 'client'],
    [8, 'client'],
  ])
  expect(String(trace)).toMatch(/sendto 6 B b'unread' ─+○│/)
})

test('UNIX sockets: pairs, and connections whose client has no name', async () => {
  const trace = await lab.trace(async () => {
    const [a, b] = socket.socketpair()
    await a.sendall(bytes`pair`)
    await b.recv(10)
    using server = socket.socket(socket.AF_UNIX)
    server.bind(`\0socketlab-trace-${process.pid}`)
    server.listen()
    using client = socket.socket(socket.AF_UNIX)
    await client.connect(server.getsockname())
    using conn = (await server.accept())[0]
    await client.sendall(bytes`path`)
    await conn.recv(10)
  })
  const carried = trace.events.filter(({ bytes: count }) => count !== null)
  expect(carried.map(({ who, other, from }) => [who, other, from.length])).toEqual([
    ['end 1', 'end 2', 0],
    ['end 2', 'end 1', 1],
    ['client', 'server', 0],
    ['server', 'client', 1],
  ])
})

test('the other end outside of this program: named as it was dialled', async () => {
  await lab.internet.start()
  const trace = await lab.trace(async () => {
    using phone = await socket.createConnection(['www.example.com', 80])
    await phone.sendall(bytes`GET / HTTP/1.0\r\n\r\n`)
    for await (const _ of phone.chunks());
  })
  const connect = trace.events.find(({ call }) => call === 'connect')!
  expect(connect).toMatchObject({ who: 'client', other: 'www.example.com' })
  expect(connect.remote).toEqual([expect.stringMatching(/^127\.10\./), 80])
})

test('only what happens meanwhile; nested ones and two at once see the same', async () => {
  const { client, conn } = await connected()
  const [outer, beside] = await Promise.all([
    lab.trace(async () => {
      await client.sendall(bytes`1`)
      const inner = await lab.trace(async () => void (await conn.recv(1)))
      expect(told(inner)).toEqual(['server recv 1'])
      await client.sendall(bytes`2`)
    }),
    lab.trace(async () => void (await client.sendall(bytes`0`))),
  ])
  expect(told(outer)).toEqual(['client sendall 1', 'client sendall 1', 'server recv 1', 'client sendall 1'])
  expect(told(beside)[0]).toBe('client sendall 1')
  expect(hooks.observe).toBeUndefined()
  await client.sendall(bytes`after`)
  expect(outer.events).toHaveLength(4)
})

test('a function that throws: what happened is shown, and goes with the error', async () => {
  const shown: unknown[] = []
  embedding.host.show = (_scope, bundle) => shown.push(bundle['text/plain'])
  const failing = lab.trace(async () => {
    socket.socket().close()
    throw new RangeError('mine')
  })
  const error = (await failing.catch((reason) => reason)) as RangeError & { trace: lab.Trace }
  expect(error.message).toBe('mine')
  expect(told(error.trace)).toEqual(['client socket', 'client close'])
  expect(shown).toEqual([String(error.trace)])
  expect(hooks.observe).toBeUndefined()
})

test('a trace of nothing says so; what is no function is explained', async () => {
  const trace = await lab.trace(() => {})
  expect(trace.events).toEqual([])
  expect(String(trace)).toMatch(/^No socket was used while the trace ran/)
  const wrong = (value: unknown) => lab.trace(value as never)
  await expect(wrong(undefined)).rejects.toThrow(/takes the function .* write await lab.trace\(async \(\) => \{ … \}\)/)
  await expect(wrong(Promise.resolve())).rejects.toThrow(/begun already/)
})

test('a hundred thousand calls: the first ten thousand are kept, the others counted', async () => {
  const { client, conn } = await connected()
  const trace = await lab.trace(async () => {
    for (let i = 0; i < 50_000; i++) {
      await client.sendall(bytes`x`)
      await conn.recv(1)
    }
  })
  expect(trace.events).toHaveLength(10_000)
  expect(String(trace)).toMatch(/Only the first 10000 calls were kept; 9000\d more were only counted: 45\d+ /)
  expect(String(trace).split('\n').length).toBeLessThan(80)
})

test('20 MiB: the first sixteen are kept, and it says so', async () => {
  const { client, conn } = await connected()
  const trace = await lab.trace(async () => {
    const sending = client.sendall(Buffer.alloc(20 * 2 ** 20))
    for (let left = 20 * 2 ** 20; left > 0; ) left -= (await conn.recv(2 ** 20)).length
    await sending
  })
  const kept = trace.events.reduce((sum, { data }) => sum + (data?.length ?? 0), 0)
  expect(kept).toBeLessThanOrEqual(16 * 2 ** 20)
  expect(String(trace)).toMatch(/Of what was carried, [\d.]+ MiB were not kept/)
})
