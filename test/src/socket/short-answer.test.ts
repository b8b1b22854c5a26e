/**
 * A TCP connection that has given less than it was asked for is not asked again in the same turn of the loop, unless
 * something may have come: what is promised about waiting, data and ends holds all the same.
 */
import { once } from 'node:events'
import net from 'node:net'
import { expect, test } from 'vitest'
import * as socket from '../../../src/socket/index.ts'
import { descriptorOf } from '../../../src/socket/socket-base.ts'
import { turn } from '../../../src/wait/index.ts'

const data = (text: string) => Buffer.from(text)

/** A connection's two ends, of which `conn` has just been given less than it asked for. */
async function afterShortAnswer() {
  const server = socket.createServer(['127.0.0.1', 0])
  const [client, [conn]] = await Promise.all([socket.createConnection(server.getsockname()), server.accept()])
  server.close()
  const receiving = conn.recv(100)
  // Not awaited here: that may take a turn of the loop.
  const sending = client.sendall(data('less'))
  expect(String(await receiving)).toBe('less')
  sending.catch(expect.unreachable)
  return { client, conn, asks: () => !descriptorOf(conn).empty(), [Symbol.dispose]: () => [client, conn].map(close) }
}
const close = (sock: socket.Socket) => sock.close()

test('asked no more after a short answer, also when it has sent an answer of its own', async () => {
  using ends = await afterShortAnswer()
  expect(ends.asks()).toBe(false)
  const sending = ends.conn.sendall(data('answer'))
  expect(ends.asks()).toBe(false)
  await sending
  expect(String(await ends.client.recv(100))).toBe('answer')
})

test.each<[what: string, change: (ends: Awaited<ReturnType<typeof afterShortAnswer>>) => unknown]>([
  ['another turn of the loop', () => turn()],
  ['another socket has sent', ({ client }) => void client.send(data('x'))],
  ['another socket has sent a message', ({ client }) => void client.sendmsg([data('x')])],
  ['another socket has ended its half', ({ client }) => client.shutdown(socket.SHUT_WR)],
  ['another socket was closed', ({ client }) => client.close()],
  ['it must not wait', ({ conn }) => conn.settimeout(0)],
  ['it was closed', ({ conn }) => conn.close()],
])('asked again: %s', async (_what, change) => {
  using ends = await afterShortAnswer()
  await change(ends)
  expect(ends.asks()).toBe(true)
})

test('asked again after an answer as long as it might be, and at the end', async () => {
  using server = socket.createServer(['127.0.0.1', 0])
  const [client, [conn]] = await Promise.all([socket.createConnection(server.getsockname()), server.accept()])
  await client.sendall(data('1234'))
  expect(String(await conn.recv(4))).toBe('1234')
  expect(descriptorOf(conn).empty()).toBe(false)
  client.close()
  expect(await conn.recv(4)).toHaveLength(0)
  expect(descriptorOf(conn).empty()).toBe(false)
  conn.close()
})

test('asked again: a UNIX stream, whose answer may be short because descriptors follow, and datagrams', async () => {
  const [a, b] = socket.socketpair()
  await b.sendall(data('less'))
  await a.recv(100)
  expect(descriptorOf(a).empty()).toBe(false)
  using udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
  udp.bind(['127.0.0.1', 0])
  for (const text of ['one', 'two']) await udp.sendto(data(text), udp.getsockname())
  expect(String(await udp.recv(100))).toBe('one')
  expect(descriptorOf(udp).empty()).toBe(false)
  a.close()
  b.close()
})

test('what somebody else sends in the same turn, unseen by this library, is received', async () => {
  using server = socket.createServer(['127.0.0.1', 0])
  const client = net.connect({ port: server.getsockname()[1], host: '127.0.0.1' })
  const [[conn]] = await Promise.all([server.accept(), once(client, 'connect')])
  client.write('one')
  expect(String(await conn.recv(100))).toBe('one')
  client.write('two')
  expect(String(await conn.recv(100))).toBe('two')
  client.write('three')
  expect(String(await conn.recv(100, socket.MSG_PEEK))).toBe('three')
  const buffer = Buffer.alloc(100)
  expect(await conn.recvInto(buffer)).toBe(5)
  client.write('four')
  expect(await conn.recvInto(buffer)).toBe(4)
  client.end()
  expect(await conn.recv(100)).toHaveLength(0)
  conn.close()
})

test('a wait that begins so ends as any other: time, signal, close, and who came first is served first', async () => {
  {
    using ends = await afterShortAnswer()
    ends.conn.settimeout(0.02)
    await expect(ends.conn.recv(100)).rejects.toThrow(/^timed out: nothing came .*within 0.02 s/)
  }
  {
    using ends = await afterShortAnswer()
    const stop = new AbortController()
    const receiving = ends.conn.recv(100, { signal: stop.signal })
    stop.abort(new Error('enough'))
    await expect(receiving).rejects.toThrow('enough')
  }
  {
    using ends = await afterShortAnswer()
    const receiving = ends.conn.recv(100)
    ends.conn.close()
    await expect(receiving).rejects.toMatchObject({ code: 'EBADF' })
  }
  using ends = await afterShortAnswer()
  const both = [ends.conn.recv(1), ends.conn.recv(1)]
  await ends.client.sendall(data('12'))
  expect((await Promise.all(both)).map(String)).toEqual(['1', '2'])
})

test('with a time limit of 0 it says at once that nothing is there', async () => {
  using ends = await afterShortAnswer()
  ends.conn.settimeout(0)
  await expect(ends.conn.recv(100)).rejects.toBeInstanceOf(socket.BlockingIOError)
})

test('MSG_WAITALL and MSG_DONTWAIT ask, whatever came before', async () => {
  using ends = await afterShortAnswer()
  await expect(ends.conn.recv(100, socket.MSG_DONTWAIT)).rejects.toBeInstanceOf(socket.BlockingIOError)
  const all = ends.conn.recv(6, socket.MSG_WAITALL)
  for (const text of ['12', '34', '56']) await ends.client.sendall(data(text))
  expect(String(await all)).toBe('123456')
})

test('a signal that was aborted before is noticed, a reset too', async () => {
  using ends = await afterShortAnswer()
  await expect(ends.conn.recv(100, { signal: AbortSignal.abort(new Error('no')) })).rejects.toThrow('no')
  const receiving = ends.conn.recv(100)
  ends.client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, Buffer.from(Int32Array.of(1, 0).buffer))
  ends.client.close()
  await expect(receiving).rejects.toBeInstanceOf(socket.ConnectionResetError)
})
