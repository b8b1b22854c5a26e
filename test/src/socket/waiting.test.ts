import { AsyncLocalStorage } from 'node:async_hooks'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import * as socket from '../../../src/socket/index.ts'
import { host, interrupt, runInTask, turn } from '../../../src/wait/index.ts'

async function pair() {
  const [a, b] = socket.socketpair()
  return { a, b, [Symbol.dispose]: () => [a, b].forEach((end) => void end.close()) }
}

/** The cell whose code runs, as a kernel would know it. */
const cells = new AsyncLocalStorage<string>()
const plainHost = { ...host }
beforeEach(() => Object.assign(host, { scope: () => cells.getStore(), describe: (scope: unknown) => scope }))
afterEach(() => Object.assign(host, plainHost))

describe('close while others wait', () => {
  test('recv rejects with EBADF when the socket is closed while it waits', async () => {
    using ends = await pair()
    const waiting = ends.a.recv(1)
    await turn()
    ends.a.close()
    await expect(waiting).rejects.toMatchObject({
      code: 'EBADF',
      syscall: 'recv',
      message: '[Errno 9] Bad file descriptor: the socket was closed while recv waited',
    })
  })

  test('the end of a using is told from a close', async () => {
    using ends = await pair()
    const early = () => {
      using conn = ends.a
      return conn.recv(1)
    }
    // So that nothing else is due before it waits.
    await turn()
    await expect(early()).rejects.toMatchObject({
      code: 'EBADF',
      message:
        '[Errno 9] Bad file descriptor: its `using` ended while recv waited: await the call inside that block (in a function: `return await …`)',
    })
    await expect(ends.a.recv(1)).rejects.toThrow('the socket is closed: its `using` has ended')
  })

  test('readers and writers alike, and a second close does no harm', async () => {
    using ends = await pair()
    const { a } = ends
    const calls = [a.recv(1), a.recv(1), a.sendall(Buffer.alloc(10_000_000))]
    await turn()
    a.close()
    a.close()
    for (const call of calls) await expect(call).rejects.toMatchObject({ code: 'EBADF' })
  })

  test('a descriptor that the system uses again belongs to its new socket alone', async () => {
    using ends = await pair()
    const old = ends.a
    const fd = old.fileno()
    const waiting = old.recv(1)
    await turn()
    old.close()
    const [fresh, other] = socket.socketpair()
    expect([fresh.fileno(), other.fileno()]).toContain(fd)
    await expect(waiting).rejects.toMatchObject({ code: 'EBADF' })
    const receiving = fresh.recv(10)
    await other.sendall(Buffer.from('new'))
    expect((await receiving).toString()).toBe('new')
    for (const end of [fresh, other]) end.close()
  })

  test('calls on a closed socket: EBADF at once', async () => {
    const sock = socket.socket()
    sock.close()
    await expect(sock.recv(1)).rejects.toMatchObject({ code: 'EBADF' })
    await expect(sock.connect(['127.0.0.1', 1])).rejects.toMatchObject({ code: 'EBADF' })
    expect(() => sock.getsockname()).toThrow('[Errno 9] Bad file descriptor')
    expect(() => sock.listen()).toThrow('[Errno 9] Bad file descriptor')
  })
})

describe('time limits', () => {
  test('TimeoutError after the seconds of settimeout, and not before', async () => {
    using ends = await pair()
    ends.a.settimeout(0.05)
    const start = performance.now()
    const error = await ends.a.recv(1).catch((reason: unknown) => reason)
    expect(performance.now() - start).toBeGreaterThanOrEqual(50)
    expect(error).toBeInstanceOf(socket.timeout)
    expect(error).toMatchObject({ errno: null, code: 'ETIMEDOUT', syscall: 'recv' })
    expect((error as Error).message).toBe('timed out: nothing came within 0.05 s')
  })

  test('data that came in time is given although the program was too busy to look', async () => {
    using ends = await pair()
    ends.a.settimeout(0.02)
    const receiving = ends.a.recv(10)
    await turn()
    await ends.b.send(Buffer.from('in time'))
    const busyUntil = performance.now() + 60
    while (performance.now() < busyUntil);
    expect((await receiving).toString()).toBe('in time')
  })

  test('after a time-out the socket works on', async () => {
    using ends = await pair()
    ends.a.settimeout(0.01)
    await expect(ends.a.recv(1)).rejects.toBeInstanceOf(socket.TimeoutError)
    await ends.b.send(Buffer.from('x'))
    expect((await ends.a.recv(1)).toString()).toBe('x')
  })

  test('settimeout(0): BlockingIOError instead of waiting', async () => {
    using ends = await pair()
    ends.a.setblocking(false)
    expect(ends.a.gettimeout()).toBe(0)
    const error = await ends.a.recv(1).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(socket.BlockingIOError)
    expect((error as Error).message).toMatch(/^\[Errno 11\] Resource temporarily unavailable: /)
  })

  test('sendall: one limit for all parts', async () => {
    using ends = await pair()
    ends.a.settimeout(0.03)
    await expect(ends.a.sendall(Buffer.alloc(10_000_000))).rejects.toMatchObject({ code: 'ETIMEDOUT' })
  })

  test('accept, recvfrom and connect keep to it as well; connectEx gives EAGAIN', async () => {
    using server = socket.createServer(['127.0.0.1', 0], { backlog: 0 })
    server.settimeout(0.02)
    await expect(server.accept()).rejects.toThrow('timed out: nobody connected within 0.02 s')
    using udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    udp.bind(['127.0.0.1', 0])
    udp.settimeout(0.02)
    await expect(udp.recvfrom(1)).rejects.toThrow(/^timed out/)
    // One connection fills a queue of none: the next one waits for ever.
    const address = server.getsockname()
    using first = await socket.createConnection(address)
    const [host, port] = address
    await expect(socket.createConnection(address, { timeout: 0.05 })).rejects.toThrow(
      `timed out: no answer from ${host}:${port} within 0.05 s`,
    )
    using other = socket.socket()
    other.settimeout(0.05)
    expect(await other.connectEx(address)).toBe(11)
    expect(first.gettimeout()).toBeNull()
  })

  test('setdefaulttimeout holds for sockets made later', () => {
    socket.setdefaulttimeout(1.5)
    using sock = socket.socket()
    socket.setdefaulttimeout(null)
    using later = socket.socket()
    expect([sock.gettimeout(), later.gettimeout(), socket.getdefaulttimeout()]).toEqual([1.5, null, null])
  })
})

describe('ended from outside', () => {
  test('an AbortSignal rejects the call with its reason, and the next call is not harmed', async () => {
    using ends = await pair()
    const stop = new AbortController()
    const receiving = ends.a.recv(1, { signal: stop.signal })
    await turn()
    stop.abort(new Error('enough'))
    await expect(receiving).rejects.toThrow('enough')
    await expect(ends.a.recv(1, 0, { signal: stop.signal })).rejects.toThrow('enough')
    await ends.b.send(Buffer.from('y'))
    expect((await ends.a.recv(1)).toString()).toBe('y')
  })

  test("interrupt rejects what a cell's own code waits for with KeyboardInterrupt, and leaves its threads alone", async () => {
    using ends = await pair()
    using others = await pair()
    const [own, thread] = cells.run('cell [1]', () => [
      ends.a.recv(1),
      runInTask({ name: 'Thread-1', daemon: false }, () => others.a.recv(1)),
    ])
    await turn()
    expect(interrupt('cell [2]')).toBe(0)
    expect(interrupt('cell [1]')).toBe(1)
    await expect(own).rejects.toBeInstanceOf(socket.KeyboardInterrupt)
    await others.b.send(Buffer.from('z'))
    expect((await thread).toString()).toBe('z')
  })
})

test('two cells that wait for the same socket are served in turn, and told of each other', async () => {
  using ends = await pair()
  const notices: string[] = []
  host.notice = (_scope, _kind, text) => void notices.push(text)
  const waiting = ['cell [1]', 'cell [2]'].map((cell) => cells.run(cell, () => ends.a.recv(1)))
  await turn()
  await ends.b.send(Buffer.from('12'))
  expect((await Promise.all(waiting)).map(String)).toEqual(['1', '2'])
  expect(notices).toEqual([
    expect.stringMatching(/^cell \[1\] and cell \[2\] both wait for recv on <socket\.socket fd=/),
  ])
})

test('what was sent before close() arrives, also where nobody awaited it and the loop was long busy', async () => {
  using ends = await pair()
  const busyUntil = performance.now() + 20
  while (performance.now() < busyUntil);
  const sending = ends.a.sendall(Buffer.from('bye'))
  ends.a.close()
  expect((await ends.b.recv(10)).toString()).toBe('bye')
  await sending
})

test('a flood of calls that never wait still lets timers have their turn every 10 ms', async () => {
  using ends = await pair()
  const gaps: number[] = []
  // Our own computing time, not the clock's: a busy machine may stop the whole process for a while.
  const spent = () => process.cpuUsage().user / 1000
  let last = spent()
  const timer = setInterval(() => {
    gaps.push(spent() - last)
    last = spent()
  }, 1)
  const data = Buffer.alloc(100)
  const end = spent() + 5000
  while (gaps.length <= 10 && spent() < end) {
    await ends.b.send(data)
    await ends.a.recv(100)
  }
  clearInterval(timer)
  expect(gaps.length).toBeGreaterThan(10)
  // The usual gap: a collection of garbage may fall into one.
  expect(gaps.sort((x, y) => x - y)[Math.floor(gaps.length / 2)]).toBeLessThan(10)
})

// It queued behind the accept, and so never said that it was wrong.
test('recv on a listening socket fails at once, also while accept waits there', async () => {
  using server = socket.createServer(['127.0.0.1', 0])
  const accepting = server.accept()
  await turn()
  await expect(server.recv(1)).rejects.toMatchObject({ code: 'ENOTCONN' })
  using client = await socket.createConnection(server.getsockname())
  const [conn] = await accepting
  expect(conn.getpeername()).toEqual(client.getsockname())
  conn.close()
})
