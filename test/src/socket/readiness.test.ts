import { expect, test } from 'vitest'
import * as socket from '../../../src/socket/index.ts'
import { Place, READ, watch } from '../../../src/socket/readiness.ts'
import { turn } from '../../../src/wait/index.ts'

// A terminated cell: V8 drops the microtasks that were to run, so the code of a woken waiter never goes on.
test('a waiter that was woken and never went on does not keep the others from their data', async () => {
  const [a, b] = socket.socketpair()
  const watcher = watch(a.fileno())
  const lost = new Place(READ, 'recv')
  watcher.enter(lost)
  const woken = watcher.ready(lost)
  await b.send(Buffer.from('x'))
  expect(await woken).toBe(true)
  const receiving = a.recv(1)
  await turn()
  await b.send(Buffer.from('y'))
  expect(await Promise.race([receiving.then(String), new Promise((r) => setTimeout(r, 5000, 'stuck'))])).toBe('x')
  // The one that was lost comes back after all: it is served too.
  const again = watcher.ready(lost)
  expect(await again).toBe(true)
  watcher.leave(lost)
  expect(String(await a.recv(1))).toBe('y')
  for (const end of [a, b]) end.close()
})

test('an error wakes readers and writers: both learn what happened from their own call', async () => {
  using server = socket.createServer(['127.0.0.1', 0])
  const [client, [conn]] = await Promise.all([socket.createConnection(server.getsockname()), server.accept()])
  const reading = conn.recv(1).catch((error: unknown) => error)
  const writing = conn.sendall(Buffer.alloc(20_000_000)).catch((error: unknown) => error)
  await turn()
  client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, Buffer.from(Int32Array.of(1, 0).buffer))
  client.close()
  const [reader, writer] = await Promise.all([reading, writing])
  const codes = [reader, writer].map((result) => (result instanceof socket.OSError ? result.code : `${result}`))
  // The reset is told once, to whoever asks first; the other sees a connection that has ended.
  expect(codes).toContain('ECONNRESET')
  conn.close()
})
