import * as threading from '../../../src/threading/index.ts'
import { bad, each, same, text, told } from '../socket/cpython/same.ts'

const { Barrier, BoundedSemaphore, Condition, Event, Lock, RLock, Semaphore, Thread } = threading

/** Runs it in a thread of its own, to its end. */
async function inThread(target: () => unknown): Promise<unknown> {
  let result: unknown
  const thread = new Thread({
    target: async () => {
      result = await told(target)
    },
  })
  thread.start()
  await thread.join()
  return result
}

const PY = `
    def in_thread(f):
        out = []
        t = threading.Thread(target=lambda: out.append(told(f))); t.start(); t.join(); return out[0]
    `
same({
  'Lock: taking, trying, freeing': [
    `${PY}l = threading.Lock(); r = [l.locked(), l.acquire(), l.locked(), l.acquire(False), l.acquire(True, 0.01), l.acquire(timeout=0.01), in_thread(lambda: l.acquire(False)), in_thread(l.release), l.locked(), text(l.release)]; return r`,
    async () => {
      const l = new Lock()
      return [
        l.locked(),
        await l.acquire(),
        l.locked(),
        await l.acquire(false),
        await l.acquire(true, 0.01),
        await l.acquire({ timeout: 0.01 }),
        await inThread(() => l.acquire(false)),
        await inThread(() => l.release()),
        l.locked(),
        await text(() => l.release()),
      ]
    },
  ],
  'Lock: time limits that are none': [
    `${PY}l = threading.Lock(); return [text(lambda: l.acquire(False, 1)), text(lambda: l.acquire(timeout=-2)), text(lambda: l.acquire(False, -1)), text(lambda: l.acquire(timeout='x'))[0]]`,
    async () => {
      const l = new Lock()
      return [
        await text(() => l.acquire(false, 1)),
        await text(() => l.acquire({ timeout: -2 })),
        await text(() => l.acquire(false, -1)),
        ((await text(() => l.acquire({ timeout: bad('x') }))) as string[])[0],
      ]
    },
  ],
  'RLock: depth and owner': [
    `${PY}l = threading.RLock(); r = [text(l.release), l.acquire(), l.acquire(), in_thread(lambda: l.acquire(False)), in_thread(l.release), l.release(), in_thread(lambda: l.acquire(False)), l.release(), in_thread(lambda: (l.acquire(False), l.release())), text(l.release)]; return r`,
    async () => {
      const l = new RLock()
      return [
        await text(() => l.release()),
        await l.acquire(),
        await l.acquire(),
        await inThread(() => l.acquire(false)),
        await inThread(() => l.release()),
        l.release(),
        await inThread(() => l.acquire(false)),
        l.release(),
        await inThread(async () => [await l.acquire(false), l.release()]),
        await text(() => l.release()),
      ]
    },
  ],
  Event: [
    `e = threading.Event(); r = [e.is_set(), e.wait(0), e.wait(0.01), e.wait(-1), e.set(), e.is_set(), e.wait(), e.wait(0), e.set(), e.clear(), e.wait(0.0)]; return r`,
    async () => {
      const e = new Event()
      return [
        e.isSet(),
        await e.wait(0),
        await e.wait(0.01),
        await e.wait(-1),
        e.set(),
        e.isSet(),
        await e.wait(),
        await e.wait(0),
        e.set(),
        e.clear(),
        await e.wait(0),
      ]
    },
  ],
  'Condition without its lock': [
    `${PY}c = threading.Condition(); return [text(c.wait), text(c.notify), text(c.notify_all), text(lambda: c.wait_for(lambda: False)), c.wait_for(lambda: 5), text(c.release)]`,
    async () => {
      const c = new Condition()
      return [
        await text(() => c.wait()),
        await text(() => c.notify()),
        await text(() => c.notifyAll()),
        await text(() => c.waitFor(() => false)),
        await c.waitFor(() => 5),
        await text(() => c.release()),
      ]
    },
  ],
  'Condition: time limits, and what the predicate gives': [
    `c = threading.Condition(threading.Lock()); r = [c.acquire(), c.wait(0.01), c.wait(0), c.wait_for(lambda: 0, 0.01), c.wait_for(lambda: [1], 0.01), c.notify(3), c.notify_all(), c.release()]; return r`,
    async () => {
      const c = new Condition(new Lock())
      return [
        await c.acquire(),
        await c.wait(0.01),
        await c.wait(0),
        await c.waitFor(() => 0, 0.01),
        await c.waitFor(() => [1], 0.01),
        c.notify(3),
        c.notifyAll(),
        c.release(),
      ]
    },
  ],
  'Condition: as many as notified go on, longest first': [
    `c = threading.Condition(); got = []; waiting = []
    def wait(n):
        with c: waiting.append(n); got.append([n, c.wait(5)])
    ts = []
    for n in range(5):
        t = threading.Thread(target=wait, args=(n,)); t.start(); ts.append(t)
        while len(waiting) <= n or not c.acquire(False): time.sleep(0.001)
        c.release()
    with c: c.notify(2)
    while len(got) < 2: time.sleep(0.001)
    two = sorted(g[0] for g in got)
    with c: c.notify_all()
    for t in ts: t.join()
    return [two, sorted(got)]`,
    async () => {
      const c = new Condition()
      const got: [number, boolean][] = []
      const ts = [0, 1, 2, 3, 4].map(
        (n) =>
          new Thread({
            target: async () => {
              using _ = await c.hold()
              got.push([n, await c.wait(5)])
            },
          }),
      )
      for (const t of ts) {
        t.start()
        await inThread(() => null)
      }
      {
        using _ = await c.hold()
        c.notify(2)
      }
      while (got.length < 2) await inThread(() => null)
      const two = got.map(([n]) => n).sort()
      {
        using _ = await c.hold()
        c.notifyAll()
      }
      for (const t of ts) await t.join()
      return [two, got.sort(([a], [b]) => a - b)]
    },
  ],
  Semaphore: [
    `${PY}s = threading.Semaphore(2); r = [s.acquire(), s.acquire(False), s.acquire(False), s.acquire(timeout=0.01), s.release(), s.release(2), s.acquire(), s.acquire(), s.acquire(), s.acquire(False)]; return r + [text(lambda: threading.Semaphore(-1)), text(lambda: s.release(0)), text(lambda: s.acquire(False, 1)), threading.Semaphore().acquire(False), threading.Semaphore(0).acquire(False)]`,
    async () => {
      const s = new Semaphore(2)
      return [
        await s.acquire(),
        await s.acquire(false),
        await s.acquire(false),
        await s.acquire({ timeout: 0.01 }),
        s.release(),
        s.release(2),
        await s.acquire(),
        await s.acquire(),
        await s.acquire(),
        await s.acquire(false),
        await text(() => new Semaphore(-1)),
        await text(() => s.release(0)),
        await text(() => s.acquire(false, 1)),
        await new Semaphore().acquire(false),
        await new Semaphore(0).acquire(false),
      ]
    },
  ],
  BoundedSemaphore: [
    `${PY}s = threading.BoundedSemaphore(); r = [text(s.release), s.acquire(), s.release(), text(s.release), text(lambda: s.release(2)), text(lambda: threading.BoundedSemaphore(-1))]; return r`,
    async () => {
      const s = new BoundedSemaphore()
      return [
        await text(() => s.release()),
        await s.acquire(),
        s.release(),
        await text(() => s.release()),
        await text(() => s.release(2)),
        await text(() => new BoundedSemaphore(-1)),
      ]
    },
  ],
  'Barrier: made, passed, aborted, reset': [
    `${PY}b = threading.Barrier(1); r = [b.parties, b.n_waiting, b.broken, b.wait(), b.wait(), b.abort(), b.broken, text(b.wait)[0], b.reset(), b.broken, b.wait()]; c = threading.Barrier(2, timeout=0.01); return r + [text(c.wait)[0], c.broken, text(c.wait)[0], c.reset(), c.broken, text(lambda: threading.Barrier(2).wait(0))[0]]`,
    async () => {
      const b = new Barrier(1)
      const first = async (call: () => unknown) => ((await text(call)) as string[])[0]
      const r = [
        b.parties,
        b.nWaiting,
        b.broken,
        await b.wait(),
        await b.wait(),
        b.abort(),
        b.broken,
        await first(() => b.wait()),
        b.reset(),
        b.broken,
        await b.wait(),
      ]
      const c = new Barrier({ parties: 2, timeout: 0.01 })
      return [
        ...r,
        await first(() => c.wait()),
        c.broken,
        await first(() => c.wait()),
        c.reset(),
        c.broken,
        await first(() => new Barrier(2).wait(0)),
      ]
    },
  ],
  'Barrier: numbers, and an action that fails': [
    `n = []; b = threading.Barrier(4, lambda: n.append(1)); out = []
    ts = [threading.Thread(target=lambda: out.append(b.wait())) for _ in range(4)]; [t.start() for t in ts]; [t.join() for t in ts]
    def fail(): raise ValueError('no')
    c = threading.Barrier(2, fail); errors = []
    ts = [threading.Thread(target=lambda: errors.append(told(c.wait)[0])) for _ in range(2)]; [t.start() for t in ts]; [t.join() for t in ts]
    return [sorted(out), len(n), sorted(errors), c.broken]`,
    async () => {
      const n: number[] = []
      const b = new Barrier(4, () => n.push(1))
      const out: number[] = []
      const run = async (count: number, target: () => Promise<unknown>) => {
        const ts = Array.from({ length: count }, () => new Thread({ target }))
        for (const t of ts) t.start()
        for (const t of ts) await t.join()
      }
      await run(4, async () => out.push(await b.wait()))
      const c = new Barrier(2, () => {
        throw new RangeError('no')
      })
      const errors: string[] = []
      await run(2, async () => errors.push(((await text(() => c.wait())) as string[])[0]!))
      return [out.sort(), n.length, errors.sort(), c.broken]
    },
  ],
  'arguments by their place': [
    `s = threading.Semaphore(1); e = threading.Event(); return [s.acquire(True, 0.01), s.acquire(True, 0.01), e.wait(None) if e.set() is None and e.is_set() else 0, each_of() if False else None]`,
    async () => {
      const s = new Semaphore(1)
      const e = new Event()
      e.set()
      return [
        await s.acquire(true, 0.01),
        await s.acquire(true, 0.01),
        await e.wait(null),
        (await each([], () => null)).length ? 0 : null,
      ]
    },
  ],
})
