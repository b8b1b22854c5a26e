import { expect, test } from 'vitest'
import { bytes } from '../../../src/bytes/index.ts'
import * as select from '../../../src/select/index.ts'
import * as socket from '../../../src/socket/index.ts'
import { askPython } from '../socket/python.ts'

test('the constants are those of CPython', () => {
  const theirs = askPython<Record<string, number>>(
    'import select\nsay({k: getattr(select, k) for k in dir(select) if k.isupper()})',
  )
  expect(Object.fromEntries(Object.entries(select).filter(([name]) => name === name.toUpperCase()))).toEqual(theirs)
})

test('poll reports what happened with each descriptor, as in CPython', async () => {
  const theirs = askPython(`
import select
seen = []
a, b = socket.socketpair()
p = select.poll(); e = select.epoll()
def look(): seen.append([[m for _, m in p.poll(0)], [m for _, m in e.poll(0)]])
p.register(a, select.POLLIN | select.POLLOUT | select.POLLRDHUP); e.register(a, select.EPOLLIN | select.EPOLLOUT | select.EPOLLRDHUP); look()
b.send(b'x'); look(); a.recv(1); look()
p.modify(a, select.POLLIN); e.modify(a, select.EPOLLIN); look()
b.shutdown(socket.SHUT_WR); look()
a.shutdown(socket.SHUT_WR); look()
b.close(); look()
p.unregister(a); e.unregister(a); look()
fd = a.fileno(); p.register(fd); a.close(); seen.append([[m for _, m in p.poll(0)]])
say(seen)`)
  const seen: unknown[] = []
  const [a, b] = socket.socketpair()
  const poll = select.poll()
  using epoll = select.epoll()
  const masks = (ready: select.Ready[]) => ready.map(([, mask]) => mask)
  const look = async () => seen.push([masks(await poll.poll(0)), masks(await epoll.poll(0))])
  poll.register(a, select.POLLIN | select.POLLOUT | select.POLLRDHUP)
  epoll.register(a, select.EPOLLIN | select.EPOLLOUT | select.EPOLLRDHUP)
  await look()
  await b.send(bytes`x`)
  await look()
  await a.recv(1)
  await look()
  poll.modify(a, select.POLLIN)
  epoll.modify(a, select.EPOLLIN)
  await look()
  b.shutdown(socket.SHUT_WR)
  await look()
  a.shutdown(socket.SHUT_WR)
  await look()
  b.close()
  await look()
  poll.unregister(a)
  epoll.unregister(a)
  await look()
  const fd = a.fileno()
  poll.register(fd)
  a.close()
  seen.push([masks(await poll.poll(0))])
  expect(seen).toEqual(theirs)
})

test('poll waits in milliseconds, epoll in seconds', async () => {
  const [a, b] = socket.socketpair()
  using _a = a
  using _b = b
  const poll = new select.poll()
  poll.register(a, select.POLLIN)
  using epoll = new select.epoll()
  epoll.register(a, select.EPOLLIN)
  expect([await poll.poll(10), await poll.poll({ timeout: 1 }), await epoll.poll(0.01)]).toEqual([[], [], []])
  const waits = [poll.poll(10_000), epoll.poll(10), epoll.poll({ timeout: -1 })]
  await b.send(bytes`x`)
  expect(await Promise.all(waits)).toEqual([[[a.fileno(), 1]], [[a.fileno(), 1]], [[a.fileno(), 1]]])
})

test('one poll object serves one waiting task', async () => {
  const poll = select.poll()
  const stop = new AbortController()
  const waiting = poll.poll({ signal: stop.signal })
  await expect(poll.poll(0)).rejects.toThrow('concurrent poll() invocation')
  stop.abort(new Error('enough'))
  await expect(waiting).rejects.toThrow('enough')
  expect(await poll.poll(0)).toEqual([])
})

test('who waits in an epoll object that is closed gets EBADF', async () => {
  const epoll = select.epoll()
  expect(epoll.fileno()).toBeGreaterThan(2)
  const waiting = epoll.poll()
  await Promise.resolve()
  epoll.close()
  epoll.close()
  await expect(waiting).rejects.toMatchObject({
    code: 'EBADF',
    message: expect.stringContaining('the epoll object was closed while poll waited'),
  })
  expect(epoll.closed).toBe(true)
  expect(() => epoll.fileno()).toThrow(new RangeError('I/O operation on closed epoll object'))
  await expect(epoll.poll(0)).rejects.toThrow(RangeError)
})

test('closed while poll lets the other tasks have their turn, it is EBADF too', async () => {
  const epoll = select.epoll()
  // Longer than the library goes on without a turn of the loop.
  const end = performance.now() + 20
  while (performance.now() < end);
  const waiting = epoll.poll()
  epoll.close()
  await expect(waiting).rejects.toMatchObject({ code: 'EBADF' })
})

test('edge-triggered and one-shot events are reported once', async () => {
  const [a, b] = socket.socketpair()
  using _a = a
  using _b = b
  using epoll = select.epoll()
  epoll.register(a, select.EPOLLIN + select.EPOLLET)
  epoll.register(b, select.EPOLLOUT | select.EPOLLONESHOT)
  await b.send(bytes`x`)
  expect((await epoll.poll(0)).length).toBe(2)
  expect(await epoll.poll(0)).toEqual([])
  await b.send(bytes`y`)
  epoll.modify(b, select.EPOLLOUT | select.EPOLLONESHOT)
  expect((await epoll.poll(0, 1)).length).toBe(1)
  expect((await epoll.poll({ timeout: 0, maxevents: 5 })).length).toBe(1)
})
