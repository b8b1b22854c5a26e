/** select, poll, epoll and selectors: arguments, states, what is reported: as CPython. */
import { readFileSync } from 'node:fs'
import * as select from '../../../src/select/index.ts'
import * as selectors from '../../../src/selectors/index.ts'
import { pair } from '../socket/cpython/pair.ts'
import { bad, each, same, text, told } from '../socket/cpython/same.ts'

const x = Buffer.from('x')
const closed = () => {
  const [a, b] = pair()
  a.close()
  b.close()
  return a
}
const PY = `
    def closed():
        a, b = socket.socketpair(); a.close(); return a
    `
const KINDS = [selectors.SelectSelector, selectors.PollSelector, selectors.EpollSelector]
const PY_KINDS = '(selectors.SelectSelector, selectors.PollSelector, selectors.EpollSelector)'

same({
  'select: what is no list of files': [
    `${PY}return [told(lambda: select.select(*a)) for a in ((1, 2, 3), ([object()], [], []), ([], ['x'], []), ([], [], [None]), ([], [], [], 'x'), ([], [], [], -1), ([-1], [], [], 0), ([closed()], [], [], 0), ([2**40], [], [], 0), ([1.5], [], [], 0), ([], [], [], 0))]`,
    () =>
      each(
        [
          [1, 2, 3],
          [[{}], [], []],
          [[], ['x'], []],
          [[], [], [null]],
          [[], [], [], 'x'],
          [[], [], [], -1],
          [[-1], [], [], 0],
          [[closed()], [], [], 0],
          [[2 ** 40], [], [], 0],
          [[1.5], [], [], 0],
          [[], [], [], 0],
        ],
        (a) => (select.select as (...all: unknown[]) => unknown)(...a),
      ),
  ],
  'select: a descriptor below zero': [`select.select([-1], [], [], 0)`, () => select.select([-1], [], [], 0)],
  'select: a closed socket': [`${PY}select.select([closed()], [], [], 0)`, () => select.select([closed()], [], [], 0)],
  'select: time limits': [
    `${PY}a, b = socket.socketpair(); return [text(lambda: select.select([a], [], [], t)) for t in (0, 0.01, -1, True)]`,
    async () => {
      const [a] = pair()
      return each([0, 0.01], (t) => select.select([a], [], [], t)).then(async (r) => [
        ...r,
        await text(() => select.select([a], [], [], -1)),
        await text(() => select.select([a], [], [], bad(true))),
      ])
    },
  ],
  'select: ready ones of each kind, the other end gone': [
    `a, b = socket.socketpair(); b.send(b'x'); r, w, e = select.select([a, b], [a, b], [a, b], 1); one = [[s is a for s in l] for l in (r, w, e)]; b.close(); r, w, e = select.select([a], [a], [], 1); return [one, len(r), len(w)]`,
    async () => {
      const [a, b] = pair()
      await b.send(x)
      let [r, w, e] = await select.select([a, b], [a, b], [a, b], 1)
      const one = [r, w, e].map((list) => list.map((s) => s === a))
      b.close()
      ;[r, w, e] = await select.select([a], [a], [], 1)
      return [one, r.length, w.length]
    },
  ],
  'time limits beyond the clock': [
    `${PY}waits = [lambda n: select.select([], [], [], n), select.epoll().poll, select.poll().poll] + [S().select for S in ${PY_KINDS}]; return [told(lambda: w(n)) for w in waits for n in (1e100, 9223372037)]`,
    async () => {
      const waits = [
        (limit: number) => select.select([], [], [], limit),
        (limit: number) => select.epoll().poll(limit),
        (limit: number) => select.poll().poll(limit),
        ...KINDS.map((Kind) => (limit: number) => new Kind().select(limit)),
      ]
      const rows: unknown[] = []
      for (const wait of waits) rows.push(...(await each([1e100, 9223372037], wait)))
      return rows
    },
  ],
  'poll: registers and mistakes': [
    `${PY}p = select.poll(); a, b = socket.socketpair(); n = a.fileno(); p.register(a); p.register(a, select.POLLIN); return [p.poll(0), told(lambda: p.unregister(b)), p.modify(a, select.POLLOUT), [m for _, m in p.poll(0)], told(lambda: p.modify(b, 1)), p.unregister(n), p.poll(0), told(lambda: p.register(object())), told(lambda: p.register(-1)), told(lambda: p.register(closed())), told(lambda: p.register(a, -1)), told(lambda: p.register(a, 2**16)), told(lambda: p.register(a, 'x')), told(lambda: p.poll('x')), told(lambda: p.poll(2**40)), p.poll(-0.0)]`,
    async () => {
      const p = select.poll()
      const [a, b] = pair()
      const n = a.fileno()
      p.register(a)
      p.register(a, select.POLLIN)
      return [
        await p.poll(0),
        await told(() => p.unregister(b)),
        p.modify(a, select.POLLOUT),
        (await p.poll(0)).map(([, m]) => m),
        await told(() => p.modify(b, 1)),
        p.unregister(n),
        await p.poll(0),
        ...(await each(
          [
            () => p.register(bad({})),
            () => p.register(-1),
            () => p.register(closed()),
            () => p.register(a, -1),
            () => p.register(a, 2 ** 16),
            () => p.register(a, bad('x')),
            () => p.poll(bad('x')),
            () => p.poll(2 ** 40),
          ],
          (f) => f(),
        )),
        await p.poll(0),
      ]
    },
  ],
  'poll: a closed end, and a descriptor that is not open': [
    `p = select.poll(); a, b = socket.socketpair(); p.register(a, 1); b.close(); one = [m for _, m in p.poll(9)]; a.close(); return [one, [m for _, m in p.poll(9)]]`,
    async () => {
      const p = select.poll()
      const [a, b] = pair()
      p.register(a, 1)
      b.close()
      const one = (await p.poll(9)).map(([, m]) => m)
      a.close()
      return [one, (await p.poll(9)).map(([, m]) => m)]
    },
  ],
  'epoll: registers and mistakes': [
    `${PY}p = select.epoll(); a, b = socket.socketpair(); n = a.fileno(); p.register(a, select.EPOLLOUT); r = [told(lambda: p.register(a)), told(lambda: p.modify(b, 1)), told(lambda: p.unregister(b)), [m for _, m in p.poll(1)], p.modify(n, select.EPOLLIN), p.poll(0), p.poll(0.01, 4), told(lambda: p.poll(0, 0)), told(lambda: p.poll(0, -2)), told(lambda: p.poll('x')), told(lambda: p.register(-1)), told(lambda: p.register(object())), p.unregister(n), p.closed, p.close(), p.closed, p.close()]; return r + [text(f) for f in (p.fileno, lambda: p.poll(1), lambda: p.register(a), lambda: p.modify(a, 1), lambda: p.unregister(a))]`,
    async () => {
      const p = select.epoll()
      const [a, b] = pair()
      const n = a.fileno()
      p.register(a, select.EPOLLOUT)
      const r = [
        ...(await each([() => p.register(a), () => p.modify(b, 1), () => p.unregister(b)], (f) => f())),
        (await p.poll(1)).map(([, m]) => m),
        p.modify(n, select.EPOLLIN),
        await p.poll(0),
        await p.poll(0.01, 4),
        ...(await each(
          [
            () => p.poll(0, 0),
            () => p.poll(0, -2),
            () => p.poll(bad('x')),
            () => p.register(-1),
            () => p.register(bad({})),
          ],
          (f) => f(),
        )),
        p.unregister(n),
        p.closed,
        p.close(),
        p.closed,
        p.close(),
      ]
      for (const f of [
        () => p.fileno(),
        () => p.poll(1),
        () => p.register(a),
        () => p.modify(a, 1),
        () => p.unregister(a),
      ])
        r.push(await text(f))
      return r
    },
  ],
  'epoll: made with what is refused': [
    `return [told(lambda: select.epoll(*a)) for a in ((-2,), (-1, 4), (0,))]`,
    () =>
      each(
        [[-2], [-1, 4], [0]] as const,
        (a) => new (select.epoll as unknown as new (...all: unknown[]) => unknown)(...a),
      ),
  ],
  'epoll: what is closed is forgotten': [
    `p = select.epoll(); a, b = socket.socketpair(); n = a.fileno(); p.register(a); a.close(); return [p.poll(0), told(lambda: p.unregister(n))]`,
    async () => {
      const p = select.epoll()
      const [a] = pair()
      const n = a.fileno()
      p.register(a)
      a.close()
      return [await p.poll(0), await told(() => p.unregister(n))]
    },
  ],
  'epoll: on the descriptor of another one, and closed on exec': [
    `
    a, b = socket.socketpair(); p = select.epoll(2); q = select.epoll.fromfd(p.fileno())
    r = [type(q) is type(p), q.fileno() == p.fileno(), os.get_inheritable(p.fileno())]
    q.register(a.fileno(), select.EPOLLIN | select.EPOLLOUT); q.register(b, select.EPOLLIN | select.EPOLLOUT)
    r += [len(p.poll(1, 4)), len(q.poll(0.9, 4))]; p.close()
    return r + [q.closed, told(lambda: q.poll(1, 4)), told(lambda: select.epoll.fromfd('1')), told(lambda: select.epoll.fromfd(1.5))]`,
    async () => {
      const [a, b] = pair()
      const p = select.epoll(2)
      const q = select.epoll.fromfd(p.fileno())
      const flags = /^flags:\s*(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${p.fileno()}`, 'utf8'))![1]!
      const inheritable = (Number.parseInt(flags, 8) & 0o2000000) === 0
      const r: unknown[] = [q instanceof select.epoll, q.fileno() === p.fileno(), inheritable]
      q.register(a.fileno(), select.EPOLLIN | select.EPOLLOUT)
      q.register(b, select.EPOLLIN | select.EPOLLOUT)
      r.push((await p.poll(1, 4)).length, (await q.poll(0.9, 4)).length)
      p.close()
      r.push(q.closed, await told(() => q.poll(1, 4)))
      return [...r, await told(() => select.epoll.fromfd(bad('1'))), await told(() => select.epoll.fromfd(1.5))]
    },
  ],
  'selectors: registering': [
    `${PY}def about(K):
        s = K(); a, b = socket.socketpair(); k = s.register(a, selectors.EVENT_READ, 'data'); r = [k.fileobj is a, k.fd == a.fileno(), k.events, k.data, k is s.get_key(a) or k == s.get_key(a), len(s.get_map()), a in s.get_map(), b in s.get_map()]
        r += [told(f) for f in (lambda: s.register(0, 0), lambda: s.register(0, 4), lambda: s.register(-10, 1), lambda: s.register('text', 1), lambda: s.register(a, 1), lambda: s.register(a.fileno(), 1), lambda: s.get_key(b), lambda: s.unregister(b), lambda: s.modify(b, 1))]
        k = s.modify(a, 3, 'new'); r += [k.events, k.data, s.modify(a, 2).data, s.unregister(a).events, told(lambda: s.unregister(a)), len(s.get_map()), s.select(0), s.select(-1)]
        s.register(a, 1); a.close(); r += [s.unregister(a).events]; s.close(); s.close(); return r + [text(lambda: s.get_key(b)), s.get_map()]
    return [about(K) for K in ${PY_KINDS}]`,
    async () => {
      const all: unknown[] = []
      for (const K of KINDS) {
        const s = new K()
        const [a, b] = pair()
        const k = s.register(a, selectors.EVENT_READ, 'data')
        const map = s.getMap()
        const r: unknown[] = [
          k.fileobj === a,
          k.fd === a.fileno(),
          k.events,
          k.data,
          k === s.getKey(a),
          map.size,
          map.has(a),
          map.has(b),
        ]
        r.push(
          ...(await each(
            [
              () => s.register(0, 0),
              () => s.register(0, 4),
              () => s.register(-10, 1),
              () => s.register(bad('text'), 1),
              () => s.register(a, 1),
              () => s.register(a.fileno(), 1),
              () => s.getKey(b),
              () => s.unregister(b),
              () => s.modify(b, 1),
            ],
            (f) => f(),
          )),
        )
        const m = s.modify(a, 3, 'new')
        r.push(
          m.events,
          m.data,
          s.modify(a, 2).data,
          s.unregister(a).events,
          await told(() => s.unregister(a)),
          map.size,
          await s.select(0),
          await s.select(-1),
        )
        s.register(a, 1)
        a.close()
        r.push(s.unregister(a).events)
        s.close()
        s.close()
        all.push([...r, await text(() => s.getKey(b)), s.getMap()])
      }
      return all
    },
  ],
  'selectors: what is reported': [
    `def about(K):
        s = K(); a, b = socket.socketpair(); s.register(a, 3); r = [[e for _, e in s.select(1)]]; b.send(b'x'); r.append([e for _, e in s.select(1)]); s.modify(a, 1); r.append([e for _, e in s.select(1)]); a.recv(1); r.append(s.select(0.01)); b.close(); r.append([e for _, e in s.select(1)]); return r
    return [about(K) for K in ${PY_KINDS}]`,
    async () => {
      const all: unknown[] = []
      for (const K of KINDS) {
        const s = new K()
        const [a, b] = pair()
        const events = async () => (await s.select(1)).map(([, e]) => e)
        s.register(a, 3)
        const r: unknown[] = [await events()]
        await b.send(x)
        r.push(await events())
        s.modify(a, 1)
        r.push(await events())
        await a.recv(1)
        r.push(await s.select(0.01))
        b.close()
        r.push(await events())
        all.push(r)
      }
      return all
    },
  ],
})
