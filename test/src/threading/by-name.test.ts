/** Some arguments by position, the rest by name, as Python takes them; and time limits beyond what a clock can count. */
import { expect, test } from 'vitest'
import * as queue from '../../../src/queue/index.ts'
import * as threading from '../../../src/threading/index.ts'
import { same, text, told } from '../socket/cpython/same.ts'

const { Barrier, BoundedSemaphore, Condition, Event, Lock, RLock, Semaphore, Thread, Timer, TIMEOUT_MAX } = threading

/** The beginning of an error's text; here more may follow. */
const begins = (call: () => unknown, length: number) => text(call, (message) => message.slice(0, length))

same({
  'acquire: whether to wait by position, how long by name': [
    `return [[told(lambda: L().acquire(False, timeout=1)), L().acquire(True, timeout=0.01), told(lambda: L().acquire(True, timeout=-5))] for L in (threading.Lock, threading.RLock, threading.Condition)] + [[told(lambda: S().acquire(False, timeout=1.0)), S().acquire(True, timeout=0.01), S(0).acquire(True, timeout=0.01)] for S in (threading.Semaphore, threading.BoundedSemaphore)]`,
    async () => {
      const rows: unknown[] = []
      for (const L of [Lock, RLock, Condition]) {
        rows.push([
          await told(() => new L().acquire(false, { timeout: 1 })),
          await new L().acquire(true, { timeout: 0.01 }),
          await told(() => new L().acquire(true, { timeout: -5 })),
        ])
      }
      for (const S of [Semaphore, BoundedSemaphore]) {
        rows.push([
          await told(() => new S().acquire(false, { timeout: 1 })),
          await new S().acquire(true, { timeout: 0.01 }),
          await new S(0).acquire(true, { timeout: 0.01 }),
        ])
      }
      return rows
    },
  ],
  'queues: whether to wait by position, how long by name': [
    `q = queue.Queue(1); s = queue.SimpleQueue(); return [told(lambda: q.get(1, timeout=-1))[0], told(lambda: q.get(True, timeout=0.01))[0], q.put('x', True, timeout=0.01), told(lambda: q.put('y', True, timeout=0.01))[0], told(lambda: q.put('y', True, timeout=-1))[0], q.get(True, timeout=0.01), told(lambda: s.get(True, timeout=0.01))[0], told(lambda: s.get(True, timeout=-1))[0]]`,
    async () => {
      const q = new queue.Queue(1)
      const s = new queue.SimpleQueue()
      const name = async (call: () => unknown) => ((await told(call)) as unknown[])[0]
      return [
        await name(() => q.get(true, { timeout: -1 })),
        await name(() => q.get(true, { timeout: 0.01 })),
        await q.put('x', true, { timeout: 0.01 }),
        await name(() => q.put('y', true, { timeout: 0.01 })),
        await name(() => q.put('y', true, { timeout: -1 })),
        await q.get(true, { timeout: 0.01 }),
        await name(() => s.get(true, { timeout: 0.01 })),
        await name(() => s.get(true, { timeout: -1 })),
      ]
    },
  ],
  'wait_for and Timer: all by name': [
    `c = threading.Condition(); n = []
    with c: first = [c.wait_for(predicate=lambda: 'yes'), c.wait_for(predicate=lambda: False, timeout=0.01)]
    t = threading.Timer(interval=0.001, function=lambda *a: n.append(a), args=[1, 2]); t.start(); t.join()
    return [first, n, t.interval, t.args, t.kwargs, told(lambda: threading.Timer(interval=0.001, function=5)) is None]`,
    async () => {
      const c = new Condition()
      const n: unknown[] = []
      const first: unknown[] = []
      {
        using _held = await c.hold()
        first.push(await c.waitFor({ predicate: () => 'yes' }))
        first.push(await c.waitFor({ predicate: () => false, timeout: 0.01 }))
      }
      const t = new Timer({ interval: 0.001, function: (...a: number[]) => n.push(a), args: [1, 2] })
      t.start()
      await t.join()
      return [first, n, t.interval, t.args, t.kwargs, false]
    },
  ],
  'Barrier: action and time limit by name, behind the number': [
    `n = []; a = threading.Barrier(1, action=lambda: n.append(1)); b = threading.Barrier(2, timeout=0.01); c = threading.Barrier(2, None, timeout=0.01); return [a.wait(), n, told(b.wait)[0], b.parties, told(c.wait)[0]]`,
    async () => {
      const n: number[] = []
      const a = new Barrier(1, { action: () => n.push(1) })
      const b = new Barrier(2, { timeout: 0.01 })
      const c = new Barrier(2, null, { timeout: 0.01 })
      const name = async (call: () => unknown) => ((await told(call)) as unknown[])[0]
      return [await a.wait(), n, await name(() => b.wait()), b.parties, await name(() => c.wait())]
    },
  ],
  'Timer: args and kwargs by position; what it is made of can be seen and changed': [
    `out = []
    def keep(*args, **kwargs): out.append([list(args), kwargs])
    a = threading.Timer(0.01, keep, [1], {'x': 2}); r = [a.interval, a.args, a.kwargs, a.function is keep, a.finished.is_set()]; a.start(); a.join()
    b = threading.Timer(0.01, keep); b.args.append('late'); b.kwargs['foo'] = 'bar'; b.start(); b.join()
    c = threading.Timer(0.01, keep, None, None); d = threading.Timer(5, keep); d.cancel()
    return [r, a.finished.is_set(), out, list(c.args), c.kwargs, d.finished.is_set()]`,
    async () => {
      const out: unknown[] = []
      const keep = (...all: unknown[]) => void out.push([all.slice(0, -1), all.at(-1)])
      const a = new Timer(0.01, keep, [1], { x: 2 })
      const r = [a.interval, a.args, a.kwargs, a.function === keep, a.finished.isSet()]
      a.start()
      await a.join()
      const b = new Timer(0.01, keep)
      b.args.push('late')
      Object.assign(b.kwargs, { foo: 'bar' })
      b.start()
      await b.join()
      const c = new Timer(0.01, keep, null)
      const d = new Timer(5, keep)
      d.cancel()
      return [r, a.finished.isSet(), out, c.args, c.kwargs, d.finished.isSet()]
    },
  ],
  'time limits beyond the clock are refused, the longest is taken': [
    // The rest of the sentence is another one in 3.11.2 than in 3.11.7.
    `refused = lambda f: (lambda name, words: [name, words[:9]])(*text(f)); end = threading.Event(); t = threading.Thread(target=end.wait); t.start(); q = queue.Queue(); c = threading.Condition(); c.acquire()
    waits = [threading.Lock().acquire, threading.RLock().acquire, threading.Semaphore(0).acquire, threading.Event().wait, c.wait, q.get]
    longest = threading.TIMEOUT_MAX; l = threading.Lock()
    r = [longest, l.acquire(timeout=longest)] + [refused(lambda: w(timeout=limit)) for w in waits for limit in (longest + 1, 1e100)] + [refused(lambda: t.join(longest + 1))]; end.set(); return r`,
    async () => {
      const end = new Event()
      const t = new Thread({ target: () => end.wait() })
      t.start()
      const q = new queue.Queue()
      const c = new Condition()
      await c.acquire()
      const [l, lock, rlock, places, event] = [new Lock(), new Lock(), new RLock(), new Semaphore(0), new Event()]
      const waits = [
        (timeout: number) => lock.acquire({ timeout }),
        (timeout: number) => rlock.acquire({ timeout }),
        (timeout: number) => places.acquire({ timeout }),
        (timeout: number) => event.wait({ timeout }),
        (timeout: number) => c.wait({ timeout }),
        (timeout: number) => q.get({ timeout }),
      ]
      const rows: unknown[] = [TIMEOUT_MAX, await l.acquire({ timeout: TIMEOUT_MAX })]
      const words = 'timestamp'.length
      for (const wait of waits) {
        for (const limit of [TIMEOUT_MAX + 1, 1e100]) rows.push(await begins(() => wait(limit), words))
      }
      rows.push(await begins(() => t.join(TIMEOUT_MAX + 1), words))
      end.set()
      return rows
    },
  ],
  'Semaphore: a time limit below zero is over at once': [
    `return [[S(0).acquire(timeout=-1), S(0).acquire(timeout=-5), S(1).acquire(timeout=-1), text(lambda: S(1).acquire(False, -1))] for S in (threading.Semaphore, threading.BoundedSemaphore)]`,
    async () => {
      const rows: unknown[] = []
      for (const S of [Semaphore, BoundedSemaphore]) {
        rows.push([
          await new S(0).acquire({ timeout: -1 }),
          await new S(0).acquire({ timeout: -5 }),
          await new S(1).acquire({ timeout: -1 }),
          await begins(() => new S(1).acquire(false, -1), 100),
        ])
      }
      return rows
    },
  ],
})

test('a name that is empty is none: the thread gets one of its own, as in CPython', () => {
  expect(new Thread({ name: '' }).name).toMatch(/^Thread-\d+$/)
})

test('a method bound to its object is a target, and its arguments are checked', async () => {
  const calls: unknown[] = []
  class Client {
    async call(host: string, port: number): Promise<void> {
      calls.push([this === client, host, port])
    }
  }
  const client = new Client()
  const thread: threading.Thread = new threading.Thread({ target: client.call.bind(client), args: ['h', 1] })
  thread.start()
  await thread.join()
  const timer = new threading.Timer(0, client.call.bind(client), ['t', 2])
  timer.start()
  await timer.join()
  expect(calls).toEqual([
    [true, 'h', 1],
    [true, 't', 2],
  ])
  const mistakes = () => [
    // @ts-expect-error the host comes first
    new threading.Thread({ target: client.call.bind(client), args: [1, 'h'] }),
    // @ts-expect-error the arguments are missing
    new threading.Thread({ target: client.call.bind(client) }),
  ]
  expect(mistakes).toBeTypeOf('function')
})

test('a name that a call does not know is refused, as in CPython; objects with a signal may be one for several calls', async () => {
  // As JavaScript: types would refuse the names.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  const [t, q] = [threading, queue] as any[]
  const condition = new Condition()
  await condition.acquire()
  const cases: [text: string, call: () => unknown][] = [
    [
      "Thread() got an unexpected keyword argument 'tarket': did you mean target?",
      () => new t.Thread({ tarket: Date }),
    ],
    ["Timer() got an unexpected keyword argument 'arg': did you mean args?", () => new t.Timer(1, Date, { arg: [1] })],
    ["Timer() got an unexpected keyword argument 'func'", () => new t.Timer({ interval: 1, func: Date })],
    ["Barrier() got an unexpected keyword argument 'count'", () => new t.Barrier({ parties: 1, count: 2 })],
    [
      "Semaphore() got an unexpected keyword argument 'valeu': did you mean value?",
      () => new t.Semaphore({ valeu: 3 }),
    ],
    ["BoundedSemaphore() got an unexpected keyword argument 'places'", () => new t.BoundedSemaphore({ places: 3 })],
    ["release() got an unexpected keyword argument 'count'", () => new t.Semaphore().release({ count: 3 })],
    [
      "Condition() got an unexpected keyword argument 'look': did you mean lock?",
      () => new t.Condition({ look: new Lock() }),
    ],
    ["notify() got an unexpected keyword argument 'count'", () => (condition as typeof t).notify({ count: 3 })],
    ["WorkerThread() got an unexpected keyword argument 'file'", () => new t.WorkerThread({ file: 'x', target: 'y' })],
    [
      "acquire() got an unexpected keyword argument 'timeOut': did you mean timeout?",
      () => new t.Lock().acquire({ timeOut: 1 }),
    ],
    ["acquire() got an unexpected keyword argument 'block'", () => new t.Semaphore().acquire({ block: false })],
    [
      "hold() got an unexpected keyword argument 'tiemout': did you mean timeout?",
      () => new t.Lock().hold({ tiemout: 1 }),
    ],
    ["wait() got an unexpected keyword argument 'time'", () => new t.Event().wait({ time: 1 })],
    ["wait() got an unexpected keyword argument 'seconds'", () => new t.Barrier(1).wait({ seconds: 1 })],
    [
      "waitFor() got an unexpected keyword argument 'timout'",
      () => (condition as typeof t).waitFor(() => true, { timout: 1 }),
    ],
    ["join() got an unexpected keyword argument 'timout'", () => new t.Thread().join({ timout: 1 })],
    ["Queue() got an unexpected keyword argument 'maxSize': did you mean maxsize?", () => new q.Queue({ maxSize: 1 })],
    ["put() got an unexpected keyword argument 'blok'", () => new q.Queue().put(1, { blok: false })],
    ["get() got an unexpected keyword argument 'timout'", () => new q.Queue().get({ timout: 0 })],
    ["get() got an unexpected keyword argument 'timout'", () => new q.SimpleQueue().get(true, { timout: 0 })],
  ]
  for (const [text, call] of cases) {
    const complaint = await Promise.resolve()
      .then(call)
      .catch((error: Error) => `${error.name}: ${error.message}`)
    expect(complaint).toContain(`TypeError: ${text}`)
  }
  // These do not wait: no signal ends them, and no other call of theirs sets a time limit.
  const timeout = 5
  expect(() => new t.Thread({ timeout })).toThrow(/It takes target, args, kwargs, name, daemon$/)
  expect(() => new t.Timer({ timeout })).toThrow(/It takes interval, function, args, kwargs$/)
  expect(() => new t.WorkerThread({ timeout })).toThrow(/It takes module, target, args, name, daemon$/)
  expect(() => new q.Queue({ timeout })).toThrow(/It takes maxsize$/)
  const shared = { signal: new AbortController().signal, retries: 3 }
  expect(await t.Lock.prototype.acquire.call(new Lock(), shared)).toBe(true)
})
