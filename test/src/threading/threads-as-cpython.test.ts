/** Threads, timers, and queues: arguments, states and orders as CPython. */
import * as queue from '../../../src/queue/index.ts'
import * as threading from '../../../src/threading/index.ts'
import { bad, same, text, told } from '../socket/cpython/same.ts'

const { Thread, Timer } = threading

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
  'Thread: states and mistakes': [
    `${PY}t = threading.Thread(target=lambda: None, name='one', daemon=True); r = [t.name, t.daemon, t.ident, t.is_alive(), text(t.join), t.start(), t.join(), t.is_alive(), text(t.start), t.join(0.1), t.ident is not None, text(lambda: setattr(t, 'daemon', False)) if False else None]; m = threading.main_thread(); return r + [m.name, m.daemon, m.is_alive(), threading.current_thread() is m, threading.active_count() >= 1]`,
    async () => {
      const t = new Thread({ target: () => null, name: 'one', daemon: true })
      const r = [
        t.name,
        t.daemon,
        t.ident,
        t.isAlive(),
        await text(() => t.join()),
        t.start(),
        await t.join(),
        t.isAlive(),
        await text(() => t.start()),
        await t.join(0.1),
        t.ident !== null,
        null,
      ]
      const m = threading.mainThread()
      return [...r, m.name, m.daemon, m.isAlive(), threading.currentThread() === m, threading.activeCount() >= 1]
    },
  ],
  'Thread: a thread that joins itself, and one that changes its daemon': [
    `${PY}r = []; t = threading.Thread(target=lambda: r.append([text(t.join), text(lambda: setattr(t, 'daemon', True))])); t.start(); t.join(); return r`,
    async () => {
      const r: unknown[] = []
      const t: threading.Thread = new Thread({
        target: async () => {
          r.push([
            await text(() => t.join()),
            await text(() => {
              t.daemon = true
            }),
          ])
        },
      })
      t.start()
      await t.join()
      return r
    },
  ],
  'Thread: a target that is falsy or none': [
    `${PY}t = threading.Thread(target=None); t.start(); t.join(); return [t.is_alive(), told(lambda: threading.Thread(name=5).name)]`,
    async () => {
      const t = new Thread({ target: null })
      t.start()
      await t.join()
      return [t.isAlive(), new Thread({ name: bad(5) }).name]
    },
  ],
  'the older names': [
    `t = threading.Thread(); t.setDaemon(True); t.setName('name'); e = threading.Event(); c = threading.Condition(); c.acquire(); return [t.isDaemon(), t.daemon, t.getName(), t.name, e.isSet(), c.notifyAll(), threading.activeCount() >= 1, threading.currentThread().name]`,
    () => {
      const t = new Thread()
      t.setDaemon(true)
      t.setName('name')
      return [
        ...[t.isDaemon(), t.daemon, t.getName(), t.name, new threading.Event().isSet(), null],
        ...[threading.activeCount() >= 1, threading.currentThread().name],
      ]
    },
  ],
  Timer: [
    `out = []; t = threading.Timer(0.01, lambda *a, **k: out.append([list(a), k]), (1, 2), {'x': 3}); t.start(); t.join(); u = threading.Timer(5, lambda: out.append('never')); u.start(); u.cancel(); u.join(); v = threading.Timer(0, lambda: out.append('zero')); v.start(); v.join(); return [out, t.is_alive(), u.is_alive()]`,
    async () => {
      const out: unknown[] = []
      const t = new Timer(0.01, (...all: unknown[]) => out.push([all.slice(0, -1), all.at(-1)]), {
        args: [1, 2],
        kwargs: { x: 3 },
      } as never)
      t.start()
      await t.join()
      const u = new Timer(5, () => out.push('never'))
      u.start()
      u.cancel()
      await u.join()
      const v = new Timer(0, () => out.push('zero'))
      v.start()
      await v.join()
      return [out, t.isAlive(), u.isAlive()]
    },
  ],
  Local: [
    `m = threading.local(); m.x = 1; seen = []
    def f():
        seen.append(hasattr(m, 'x')); m.x = 2; seen.append(m.x); del m.x; seen.append(hasattr(m, 'x'))
    t = threading.Thread(target=f); t.start(); t.join(); return [seen, m.x, list(m.__dict__)]`,
    async () => {
      const m = new threading.Local<{ x: number }>()
      m.x = 1
      const seen: unknown[] = []
      await inThread(() => {
        seen.push('x' in m)
        m.x = 2
        seen.push(m.x)
        delete m.x
        seen.push('x' in m)
      })
      return [seen, m.x, Object.keys(m)]
    },
  ],
  'queues: what is in them, and what is refused': [
    `${PY}def about(q):
        r = [q.qsize(), q.empty(), q.full(), q.put(3), q.put(1), q.put_nowait(2) if q.maxsize != 2 else None, q.qsize(), q.full()]
        return r + [text(lambda: q.put_nowait(9))[0], text(lambda: q.put(9, timeout=0.01))[0], text(lambda: q.put(9, False))[0], q.get(), q.get_nowait(), q.get(timeout=1), text(q.get_nowait)[0], text(lambda: q.get(timeout=0.01))[0], text(lambda: q.get(False))[0]]
    return [about(k(3)) for k in (queue.Queue, queue.LifoQueue, queue.PriorityQueue)]`,
    async () => {
      const first = async (call: () => unknown) => ((await text(call)) as string[])[0]
      const about = async (q: queue.Queue<number>) => {
        const r = [q.qsize(), q.empty(), q.full(), await q.put(3), await q.put(1), q.putNowait(2), q.qsize(), q.full()]
        return [
          ...r,
          await first(() => q.putNowait(9)),
          await first(() => q.put(9, { timeout: 0.01 })),
          await first(() => q.put(9, false)),
          await q.get(),
          q.getNowait(),
          await q.get({ timeout: 1 }),
          await first(() => q.getNowait()),
          await first(() => q.get({ timeout: 0.01 })),
          await first(() => q.get(false)),
        ]
      }
      return Promise.all([queue.Queue, queue.LifoQueue, queue.PriorityQueue].map((Kind) => about(new Kind<number>(3))))
    },
  ],
  'queues: time limits below zero, jobs done too often': [
    `${PY}q = queue.Queue(1); s = queue.SimpleQueue(); return [text(lambda: q.get(timeout=-1)), text(lambda: q.put(1, timeout=-1)), text(q.task_done), q.join(), q.put(1), q.task_done(), text(q.task_done), q.get(), text(lambda: s.get(timeout=-1)), s.put(1, False, -5), s.get(False, -1), text(s.get_nowait)[0], q.maxsize, queue.Queue(-3).full()]`,
    async () => {
      const q = new queue.Queue<number>(1)
      const s = new queue.SimpleQueue<number>()
      return [
        await text(() => q.get({ timeout: -1 })),
        await text(() => q.put(1, { timeout: -1 })),
        await text(() => q.taskDone()),
        await q.join(),
        await q.put(1),
        q.taskDone(),
        await text(() => q.taskDone()),
        await q.get(),
        await text(() => s.get({ timeout: -1 })),
        await s.put(1, false, -5),
        await s.get(false, -1),
        ((await text(() => s.getNowait())) as string[])[0],
        q.maxsize,
        new queue.Queue(-3).full(),
      ]
    },
  ],
  'ThreadError is what a lock throws that nobody holds': [
    `${PY}l = threading.Lock(); r = []
    try: l.release()
    except threading.ThreadError as error: r.append(str(error))
    return r + [threading.ThreadError is RuntimeError]`,
    () => {
      try {
        new threading.Lock().release()
      } catch (error) {
        if (error instanceof threading.ThreadError) return [error.message, threading.ThreadError === Error]
      }
      return []
    },
  ],
})
