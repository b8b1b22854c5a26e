import { open } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { bytes } from '../../../src/bytes/index.ts'
import { interrupt } from '../../../src/embedding.ts'
import { KeyboardInterrupt } from '../../../src/errors/index.ts'
import * as select from '../../../src/select/index.ts'
import * as selectors from '../../../src/selectors/index.ts'
import * as socket from '../../../src/socket/index.ts'
import { sleep } from '../../../src/wait/index.ts'
import { askPython, python } from '../socket/python.ts'

function pair(): [socket.Socket, socket.Socket] & Disposable {
  const [a, b] = socket.socketpair()
  return Object.assign([a, b] as [socket.Socket, socket.Socket], {
    [Symbol.dispose]() {
      a.close()
      b.close()
    },
  })
}

test('what is ready is given back as it was given', async () => {
  using both = pair()
  const [a, b] = both
  expect(await select.select([a], [b], [], 0)).toEqual([[], [b], []])
  await b.send(bytes`hello`)
  expect(await select.select([a.fileno(), b], [a], [a], 5)).toEqual([[a.fileno()], [a], []])
  const file = { name: 'mine', fileno: () => a.fileno() }
  expect((await select.select(new Set([file]), [], []))[0][0]).toBe(file)
})

test('it waits until something comes, and reports it again until it is taken', async () => {
  using both = pair()
  const [a, b] = both
  const waiting = select.select([a], [], [])
  await b.send(bytes`x`)
  expect(await waiting).toEqual([[a], [], []])
  expect(await select.select([a], [], [], 0)).toEqual([[a], [], []])
  await a.recv(1)
  expect(await select.select([a], [], [], 0)).toEqual([[], [], []])
})

test('the time limit, by position and by name', async () => {
  using both = pair()
  const [a] = both
  expect(await select.select([a], [], [], 0.01)).toEqual([[], [], []])
  expect(await select.select([], [], [], { timeout: 0.01 })).toEqual([[], [], []])
})

test('others may wait for the same socket meanwhile: each sees the data', async () => {
  using both = pair()
  const [a, b] = both
  const waits = [select.select([a], [], []), select.select([a], [], []), a.recv(10, socket.MSG_PEEK)]
  const one = select.poll()
  one.register(a, select.POLLIN)
  const polled = one.poll()
  await b.send(bytes`x`)
  expect(await Promise.all(waits)).toEqual([[[a], [], []], [[a], [], []], bytes`x`])
  expect(await polled).toEqual([[a.fileno(), select.POLLIN]])
})

test('a chat server for many, without a thread: CPython connects, talks, leaves', async () => {
  using server = socket.createServer(['127.0.0.1', 0])
  await using peer = python(
    `
with socket.create_connection(('127.0.0.1', int(sys.argv[1]))) as a, socket.create_connection(('127.0.0.1', int(sys.argv[1]))) as b:
    a.sendall(b'from a'); say(a.recv(100).decode()); b.sendall(b'from b'); say(b.recv(100).decode())
`,
    server.getsockname()[1],
  )
  const clients = new Set<socket.Socket>()
  let left = 0
  while (left < 2) {
    const [readable] = await select.select([server, ...clients], [], [], 10)
    expect(readable).not.toEqual([])
    for (const ready of readable) {
      if (ready === server) clients.add((await server.accept())[0])
      else {
        const data = await ready.recv(100)
        if (data.length > 0) await ready.sendall(Buffer.from(data.toString().toUpperCase()))
        else {
          clients.delete(ready)
          ready.close()
          left += 1
        }
      }
    }
  }
  expect([await peer.line(), await peer.line()]).toEqual(['FROM A', 'FROM B'])
})

test('a connection that is being made becomes writable', async () => {
  using server = socket.createServer(['127.0.0.1', 0])
  using client = socket.socket()
  client.setblocking(false)
  await client.connectEx(server.getsockname())
  expect(await select.select([], [client], [], 10)).toEqual([[], [client], []])
  expect(client.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)).toBe(0)
})

test('urgent data is what is exceptional', async () => {
  using server = socket.createServer(['127.0.0.1', 0])
  using client = await socket.createConnection(server.getsockname())
  using conn = (await server.accept())[0]
  const waiting = select.select([], [], [conn], 10)
  await client.send(bytes`!`, socket.MSG_OOB)
  expect(await waiting).toEqual([[], [], [conn]])
})

test('an event that was not asked for does not keep the processor busy', async () => {
  using both = pair()
  const [a, b] = both
  b.close()
  // The number that the descriptor of this wait is going to have: the lowest that is free.
  const inside = socket.dup(a.fileno())
  socket.close(inside)
  const stop = new AbortController()
  const waiting = select.select([], [], [a], { signal: stop.signal })
  for (let turns = 0; turns < 5; turns++) await new Promise(setImmediate)
  const poll = select.poll()
  poll.register(inside, select.POLLIN)
  expect(await poll.poll(0)).toEqual([])
  stop.abort(new Error('enough'))
  await expect(waiting).rejects.toThrow('enough')
})

test('■ and a signal end the wait, and no descriptor is left', async () => {
  using both = pair()
  const [a] = both
  const before = openDescriptors()
  const waiting = select.select([a], [], [])
  await Promise.resolve()
  interrupt(undefined)
  await expect(waiting).rejects.toBeInstanceOf(KeyboardInterrupt)
  await expect(select.select([a], [], [], { signal: AbortSignal.abort(new Error('no')) })).rejects.toThrow('no')
  expect(openDescriptors()).toBe(before)
})

function openDescriptors(): number {
  let open = 0
  for (let fd = 0; fd < 200; fd++) {
    try {
      socket.close(socket.dup(fd))
      open += 1
    } catch {
      // Not open: not counted.
    }
  }
  return open
}

test('a loop that never has to wait lets timers run', async () => {
  using both = pair()
  let fired = false
  setTimeout(() => {
    fired = true
  }, 1)
  while (!fired) await select.select([], [both[0]], [], 0)
  expect(fired).toBe(true)
})

const closed = () => {
  const sock = socket.socket()
  sock.close()
  return sock
}
const named = (fd: unknown) => ({ fileno: () => fd }) as never

test('mistakes are told in CPython’s words', async () => {
  const script = `
import select
def told(f):
    try: f()
    except Exception as e: return [type(e).__name__, str(e)]
class F:
    def __init__(self, fd): self.fd = fd
    def fileno(self): return self.fd
c = socket.socket(); c.close()
s = select.select
p = select.poll()
say([told(f) for f in [lambda: s([c],[],[],0), lambda: s([-1],[],[],0), lambda: s([60],[],[],0), lambda: s([5000],[],[],0),
  lambda: s(['a'],[],[],0), lambda: s([F('a')],[],[],0), lambda: s(1,[],[],0), lambda: s([],[],[],'a'), lambda: s([],[],[],-1),
  lambda: s([],[],[],float('nan')), lambda: p.register(c), lambda: p.register('a'), lambda: p.modify(900, 1),
  lambda: p.unregister(900), lambda: p.register(1, -1), lambda: p.register(1, 65536), lambda: p.register(1, 'x'),
  lambda: p.poll('a'), lambda: p.poll(2**40), lambda: select.epoll(0), lambda: select.epoll(-1, 5),
  lambda: select.epoll().register(1000), lambda: select.epoll().unregister(0), lambda: select.epoll().poll(0, 0)]])
`
  const s = select.select
  const p = select.poll()
  const calls: (() => unknown)[] = [
    () => s([closed()], [], [], 0),
    () => s([-1], [], [], 0),
    () => s([60], [], [], 0),
    () => s([5000], [], [], 0),
    () => s(['a' as never], [], [], 0),
    () => s([named('a')], [], [], 0),
    () => s(1 as never, [], [], 0),
    () => s([], [], [], 'a' as never),
    () => s([], [], [], -1),
    () => s([], [], [], Number.NaN),
    () => p.register(closed()),
    () => p.register('a' as never),
    () => p.modify(900, 1),
    () => p.unregister(900),
    () => p.register(1, -1),
    () => p.register(1, 65536),
    () => p.register(1, 'x' as never),
    () => p.poll('a' as never),
    () => p.poll(2 ** 40),
    () => select.epoll(0),
    () => select.epoll(-1, 5),
    () => select.epoll().register(1000),
    () => select.epoll().unregister(0),
    () => select.epoll().poll(0, 0),
  ]
  const classes: Record<string, string> = { ValueError: 'RangeError', OverflowError: 'RangeError' }
  for (const [i, [name, text]] of askPython<[string, string][]>(script).entries()) {
    const error: Error = await (async () => calls[i]!())().then(
      () => new Error('no error'),
      (reason) => reason,
    )
    expect({ name: error.name, text: error.message.slice(0, text.length) }, String(calls[i])).toEqual({
      name: classes[name] ?? name,
      text,
    })
  }
})

// Python's select.select([sys.stdin, sock], [], []) stands in every chat client.
test('a file or stream of Node is told to be given by its number', async () => {
  await using file = await open('/dev/null')
  const told = "Node's files and streams are given by their number, their .fd: here "
  await expect(select.select([process.stderr as never], [], [], 0)).rejects.toThrow(`fileno() method. ${told}2`)
  expect(() => select.poll().register(file as never)).toThrow(`fileno() method. ${told}${file.fd}`)
  using selector = new selectors.DefaultSelector()
  const invalid = new RangeError(`Invalid file object: ${told}2`)
  expect(() => selector.register(process.stderr as never, selectors.EVENT_READ)).toThrow(invalid)
})

test('a socket that is closed while select waits for it: EBADF, though its number is taken again at once', async () => {
  const [a, b] = socket.socketpair()
  const waiting = select.select([a], [], []).catch((error: unknown) => error)
  await sleep(0)
  a.close()
  const [c, d] = socket.socketpair()
  await d.send(Buffer.from('for another'))
  expect(await waiting).toMatchObject({ code: 'EBADF', message: expect.stringContaining('was closed while') })
  for (const one of [b, c, d]) one.close()
})

test('poll reports POLLNVAL of it, and goes on with the others; epoll forgets it, as the system does', async () => {
  const [a, b] = socket.socketpair()
  const fd = a.fileno()
  const poll = select.poll()
  for (const one of [a, b]) poll.register(one, select.POLLPRI)
  using epoll = select.epoll()
  epoll.register(a, select.EPOLLPRI)
  const [polled, epolled] = [poll.poll(), epoll.poll(0.05)]
  await sleep(0)
  a.close()
  const again = socket.socketpair()
  expect(await polled).toContainEqual([fd, select.POLLNVAL])
  expect(await epolled).toEqual([])
  for (const one of [b, ...again]) one.close()
})
