import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { bytes } from '../../../src/bytes/index.ts'
import * as select from '../../../src/select/index.ts'
import * as selectors from '../../../src/selectors/index.ts'
import * as socket from '../../../src/socket/index.ts'
import { python } from '../socket/python.ts'

const { EVENT_READ, EVENT_WRITE } = selectors
const kinds = [
  ['SelectSelector', selectors.SelectSelector],
  ['PollSelector', selectors.PollSelector],
  ['EpollSelector', selectors.EpollSelector],
] as const

test('the default is epoll', () => {
  expect(selectors.DefaultSelector).toBe(selectors.EpollSelector)
})

// They printed as `[object Object]`, and a selector's map as `SelectorMapping {}` whatever was in it.
test('a selector, its keys and its map print what they hold, keys as Python’s named tuple', async () => {
  const selector = new selectors.DefaultSelector()
  const [a, b] = socket.socketpair()
  const key = selector.register(a, EVENT_READ, 'accept')
  const line = `SelectorKey(fileobj=${a}, fd=${a.fileno()}, events=1, data='accept')`
  expect([String(key), inspect(key)]).toEqual([line, line])
  expect([String(selector), inspect(selector)]).toEqual(
    Array(2).fill('<selectors.EpollSelector object with 1 registered>'),
  )
  expect(inspect(selector.getMap(), { breakLength: Infinity })).toBe(`Map(1) { ${a.fileno()} => ${line} }`)
  expect(String(selector.getMap())).toBe('<selectors.SelectorMapping of 1 registered>')
  selector.close()
  expect(String(selector)).toBe('<selectors.EpollSelector object closed>')
  a.close()
  b.close()
})

for (const [name, Selector] of kinds) {
  const fixture = () => {
    const selector = new Selector()
    const [rd, wr] = socket.socketpair()
    const close = () => {
      selector.close()
      rd.close()
      wr.close()
    }
    return { selector, rd, wr, [Symbol.dispose]: close }
  }

  test(`${name}: what is registered, and what may not be`, () => {
    using f = fixture()
    const { selector: s, rd } = f
    const key = s.register(rd, EVENT_READ, 'data')
    expect(key).toBeInstanceOf(selectors.SelectorKey)
    expect([...key]).toEqual([rd, rd.fileno(), EVENT_READ, 'data'])
    expect([key.fileobj, key.fd, key.events, key.data]).toEqual([...key])
    expect(() => s.register(0, 999_999)).toThrow(new RangeError('Invalid events: 999999'))
    expect(() => s.register(0, 0)).toThrow(new RangeError('Invalid events: 0'))
    expect(() => s.register(-10, EVENT_READ)).toThrow(new RangeError('Invalid file descriptor: -10'))
    expect(() => s.register('abc', EVENT_READ)).toThrow(new RangeError("Invalid file object: 'abc'"))
    const again = `${rd} (FD ${rd.fileno()}) is already registered`
    expect(() => s.register(rd, EVENT_READ)).toThrow(new select.KeyError(again))
    expect(() => s.register(rd.fileno(), EVENT_READ)).toThrow(select.KeyError)
  })

  test(`${name}: unregister, also after the file was closed`, () => {
    using f = fixture()
    const { selector: s, rd, wr } = f
    s.register(rd, EVENT_READ)
    s.unregister(rd)
    expect(() => s.unregister(999_999)).toThrow(new select.KeyError('999999 is not registered'))
    expect(() => s.unregister(rd)).toThrow(select.KeyError)
    s.register(rd.fileno(), EVENT_READ)
    s.register(wr, EVENT_WRITE)
    const fd = rd.fileno()
    rd.close()
    wr.close()
    expect(s.unregister(fd).fd).toBe(fd)
    expect(s.unregister(wr).fileobj).toBe(wr)
    expect(() => s.unregister(wr)).toThrow(new RangeError('Invalid file descriptor: -1'))
  })

  test(`${name}: modify changes events and data`, async () => {
    using f = fixture()
    const { selector: s, rd } = f
    const key = s.register(rd, EVENT_READ, 'one')
    const changed = s.modify(rd, EVENT_WRITE, 'two')
    expect([key.events, changed.events, changed.data]).toEqual([EVENT_READ, EVENT_WRITE, 'two'])
    expect(s.getKey(rd)).toBe(changed)
    expect(await s.select(0)).toEqual([[changed, EVENT_WRITE]])
    expect(s.modify(rd, EVENT_WRITE, 'three').data).toBe('three')
    expect(s.modify(rd, EVENT_WRITE).data).toBe(null)
    expect(() => s.modify(999_999, EVENT_READ)).toThrow(select.KeyError)
  })

  test(`${name}: the map follows, and is read by file or descriptor`, () => {
    using f = fixture()
    const { selector: s, rd } = f
    const map = s.getMap()
    expect([map.size, [...map]]).toEqual([0, []])
    const key = s.register(rd, EVENT_READ)
    expect([map.get(rd), map.get(rd.fileno()), map.has(rd), map.size]).toEqual([key, key, true, 1])
    expect([[...map.keys()], [...map.values()], [...map]]).toEqual([[key.fd], [key], [[key.fd, key]]])
    expect(map.get(999_999)).toBe(undefined)
    expect(() => s.getKey(999_999)).toThrow(new select.KeyError('999999 is not registered'))
    s.close()
    expect(s.getMap()).toBe(null)
    expect([map.size, map.get(rd)]).toEqual([0, undefined])
    expect(() => s.getKey(rd)).toThrow(new Error('Selector is closed'))
  })

  test(`${name}: select tells who is ready, for both directions at once`, async () => {
    using f = fixture()
    const { selector: s, rd, wr } = f
    s.register(rd, EVENT_READ)
    const wrKey = s.register(wr, EVENT_WRITE)
    expect(await s.select()).toEqual([[wrKey, EVENT_WRITE]])
    await wr.send(bytes`foo`)
    s.unregister(wr)
    const both = s.modify(rd, EVENT_READ | EVENT_WRITE)
    expect(await s.select()).toEqual([[both, EVENT_READ | EVENT_WRITE]])
  })

  test(`${name}: a time limit of 0 and below only looks, and nothing registered is no error`, async () => {
    using f = fixture()
    const { selector: s, rd, wr } = f
    expect(await s.select({ timeout: 0 })).toEqual([])
    s.register(wr, EVENT_WRITE)
    expect([(await s.select(0)).length, (await s.select(-1)).length]).toEqual([1, 1])
    s.unregister(wr)
    s.register(rd, EVENT_READ)
    expect([await s.select(0), await s.select(-1), await s.select(0.01)]).toEqual([[], [], []])
    const stop = AbortSignal.abort(new Error('enough'))
    await expect(s.select({ signal: stop })).rejects.toThrow('enough')
  })

  test(`${name}: what comes while it waits ends the wait`, async () => {
    using f = fixture()
    const { selector: s, rd, wr } = f
    const key = s.register(rd, EVENT_READ, 'mine')
    const waiting = s.select()
    await wr.send(bytes`x`)
    expect(await waiting).toEqual([[key, EVENT_READ]])
    await rd.recv(1)
    const ending = s.select(10)
    wr.close()
    expect(await ending).toEqual([[key, EVENT_READ]])
  })

  test(`${name}: using closes it`, () => {
    using f = fixture()
    let kept: selectors.BaseSelector
    {
      using s = new Selector()
      s.register(f.rd, EVENT_READ)
      kept = s
    }
    expect(() => kept.getKey(f.rd)).toThrow('Selector is closed')
  })
}

test('an echo server of Python’s documentation: callbacks as data, CPython as its clients', async () => {
  using sel = new selectors.DefaultSelector<socket.Socket, (sock: socket.Socket) => Promise<void>>()
  using server = socket.createServer(['127.0.0.1', 0])
  server.setblocking(false)
  let open = 0
  const read = async (conn: socket.Socket) => {
    const data = await conn.recv(1000)
    if (data.length > 0) return conn.sendall(data)
    sel.unregister(conn)
    conn.close()
    open -= 1
  }
  const accept = async (sock: socket.Socket) => {
    const [conn] = await sock.accept()
    conn.setblocking(false)
    open += 1
    sel.register(conn, EVENT_READ, read)
  }
  sel.register(server, EVENT_READ, accept)
  await using peer = python(
    `
conns = [socket.create_connection(('127.0.0.1', int(sys.argv[1]))) for _ in range(20)]
for i, c in enumerate(conns): c.sendall(b'%d' % i)
say([c.recv(10).decode() for c in conns])
for c in conns: c.close()
`,
    server.getsockname()[1],
  )
  const said = peer.line<string[]>()
  let most = 0
  do {
    for (const [key] of await sel.select(10)) await key.data(key.fileobj)
    most = Math.max(most, open)
  } while (open > 0 || most < 20)
  expect(await said).toEqual(Array.from({ length: 20 }, (_, i) => String(i)))
  expect(sel.getMap().size).toBe(1)
})

// Python's `register(fileobj=sock, events=EVENT_READ)`.
test('the file may be given by name, too; a key is no file', () => {
  using selector = new selectors.DefaultSelector()
  const [a, b] = socket.socketpair()
  const data = { fileobj: b }
  const key = selector.register({ fileobj: a, events: EVENT_READ, data })
  expect([...key]).toEqual([a, a.fileno(), EVENT_READ, data])
  expect(selector.getKey({ fileobj: a })).toBe(key)
  expect([...selector.modify({ fileobj: a.fileno(), events: EVENT_WRITE })]).toEqual([a, a.fileno(), EVENT_WRITE, null])
  expect(selector.unregister({ fileobj: a }).fileobj).toBe(a)
  expect(() => selector.unregister(key as never)).toThrow('Invalid file object: SelectorKey(')
  expect(() => selector.register({ fileobj: a } as never)).toThrow('events must be a number, not undefined')
  expect(() => selector.register({ fileobj: a, events: 1, date: 5 } as never)).toThrow('did you mean data?')
  a.close()
  b.close()
})
