import { afterEach, expect, test } from 'vitest'
import * as threading from '../../../src/threading/index.ts'
import { host, interrupt, sleep } from '../../../src/wait/index.ts'

const original = { ...host }
afterEach(() => {
  Object.assign(host, original)
})

/** Collects what would be shown to the learner. */
function notices(): { kind: string; text: string; scope: unknown }[] {
  const list: { kind: string; text: string; scope: unknown }[] = []
  host.notice = (scope, kind, text) => list.push({ kind, text, scope })
  return list
}

test('start returns before the target runs, and targets start in the order of start()', async () => {
  const seen: string[] = []
  const threads = ['a', 'b', 'c'].map(
    (name) => new threading.Thread({ target: (x: string) => seen.push(x), args: [name] }),
  )
  for (const thread of threads) thread.start()
  seen.push('started')
  for (const thread of threads) await thread.join()
  expect(seen).toEqual(['started', 'a', 'b', 'c'])
})

test('args and kwargs reach the target', async () => {
  const seen: unknown[] = []
  const target = (first: number, options: { last: string }) => seen.push(first, options)
  const thread = new threading.Thread({ target, args: [1], kwargs: { last: 'z' } })
  thread.start()
  await thread.join()
  expect(seen).toEqual([1, { last: 'z' }])
})

test('names are Thread-N (target), as in CPython', () => {
  async function serve() {}
  const numbered = new threading.Thread({ target: serve }).name
  expect(numbered).toMatch(/^Thread-\d+ \(serve\)$/)
  const [, number] = /(\d+)/.exec(numbered)!
  expect(new threading.Thread().name).toBe(`Thread-${Number(number) + 1}`)
  expect(new threading.Thread({ target: serve.bind(null) }).name).toBe(`Thread-${Number(number) + 2} (serve)`)
  expect(new threading.Thread({ target: serve, name: 'ears' }).name).toBe('ears')
  const renamed = new threading.Thread({ target: serve })
  renamed.name = 'mouth'
  expect(renamed.name).toBe('mouth')
})

test('a thread is alive, listed and counted from start() to its end', async () => {
  const stop = new threading.Event()
  const before = threading.activeCount()
  const thread = new threading.Thread({ target: () => stop.wait() })
  expect([thread.isAlive(), thread.ident]).toEqual([false, null])
  thread.start()
  expect(thread.isAlive()).toBe(true)
  expect(thread.ident).toBeGreaterThan(1)
  expect(threading.activeCount()).toBe(before + 1)
  expect(threading.enumerate()).toContain(thread)
  stop.set()
  await thread.join()
  expect(thread.isAlive()).toBe(false)
  expect(threading.activeCount()).toBe(before)
})

test('currentThread follows the task over its awaits, and starts anew in a thread of a thread', async () => {
  const seen: unknown[] = []
  const inner = new threading.Thread({ target: () => seen.push(threading.currentThread()) })
  const outer = new threading.Thread({
    async target() {
      await sleep(0)
      inner.start()
      await inner.join()
      seen.push(threading.currentThread(), threading.getIdent())
    },
  })
  outer.start()
  await outer.join()
  expect(seen).toEqual([inner, outer, outer.ident])
  expect(threading.currentThread()).toBe(threading.mainThread())
  expect(threading.mainThread()).toMatchObject({ name: 'MainThread', daemon: false, ident: 1 })
})

// CPython's test_joining_current_thread; and what every Python program does at its end.
test('the main thread is a Thread: it can be named, told apart and joined as one, and does not end', async () => {
  const main: threading.Thread = threading.mainThread()
  expect(main).toBeInstanceOf(threading.Thread)
  expect(String(main)).toBe('<_MainThread(MainThread, started 1)>')
  main.name = 'stage'
  expect(threading.currentThread().name).toBe('stage')
  main.name = 'MainThread'
  await expect(threading.currentThread().join()).rejects.toThrow('cannot join current thread')
  await expect(threading.currentThread().join(0.1)).rejects.toThrow('cannot join current thread')
  expect(() => main.start()).toThrow('threads can only be started once')
  expect(() => main.setDaemon(true)).toThrow('cannot set daemon status of active thread')
  const results: unknown[] = []
  const worker = new threading.Thread({
    async target() {
      results.push(await main.join(0.01), main.isAlive(), await main.join().catch((error: Error) => error.message))
    },
  })
  worker.start()
  for (const thread of threading.enumerate()) if (thread !== main) await thread.join()
  const message = 'cannot join the main thread without a time limit: it does not end before the program does'
  expect(results).toEqual([undefined, true, message])
})

test('a subclass runs its own run()', async () => {
  class Counter extends threading.Thread {
    count = 0
    override async run() {
      await sleep(0)
      this.count += 1
    }
  }
  const thread = new Counter({ name: 'counter' })
  thread.start()
  await thread.join()
  expect(thread.count).toBe(1)
})

test('join gives up after its timeout, in both ways of writing it', async () => {
  const stop = new threading.Event()
  const thread = new threading.Thread({ target: () => stop.wait(), daemon: true })
  thread.start()
  await thread.join(0.01)
  await thread.join({ timeout: 0.01 })
  expect(thread.isAlive()).toBe(true)
  stop.set()
  await thread.join()
})

test('join ends with the reason of its signal', async () => {
  const stop = new threading.Event()
  const thread = new threading.Thread({ target: () => stop.wait() })
  thread.start()
  await expect(thread.join({ signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough')
  stop.set()
  await thread.join()
})

test('an error of the target ends that thread only and is reported as Python does, to who started it', async () => {
  const list = notices()
  const cell = { cell: 1 }
  host.scope = () => cell
  async function serve() {
    await sleep(0)
    throw new RangeError('too far')
  }
  const thread = new threading.Thread({ target: serve, name: 'Thread-9 (serve)' })
  thread.start()
  await thread.join()
  expect(list).toHaveLength(1)
  expect(list[0]).toMatchObject({ kind: 'thread-exception', scope: cell })
  expect(list[0]!.text).toMatch(/^Exception in thread Thread-9 \(serve\):\nRangeError: too far\n {4}at serve/)
  expect(list[0]!.text).not.toMatch(/Thread\.run|bootstrap/)
  expect(thread.isAlive()).toBe(false)
})

test('a thrown value that is no Error is reported too', async () => {
  const list = notices()
  const thread = new threading.Thread({
    target: () => {
      throw 'just text'
    },
    name: 't',
  })
  thread.start()
  await thread.join()
  expect(list[0]!.text).toBe("Exception in thread t:\nthrown: 'just text'")
})

test("mistakes get CPython's texts", async () => {
  const thread = new threading.Thread({ target: async () => {} })
  await expect(thread.join()).rejects.toThrow('cannot join thread before it is started')
  thread.start()
  expect(() => thread.start()).toThrow('threads can only be started once')
  expect(() => {
    thread.daemon = true
  }).toThrow('cannot set daemon status of active thread')
  await thread.join()
  let message = ''
  const self: threading.Thread = new threading.Thread({
    target: async () => {
      await self.join().catch((error: Error) => {
        message = error.message
      })
    },
  })
  self.start()
  await self.join()
  expect(message).toBe('cannot join current thread')
})

test('a target that was called instead of given is named as such', () => {
  const serve = async () => {}
  // @ts-expect-error a promise is not a function
  expect(() => new threading.Thread({ target: serve() })).toThrow('not target: serve(…)')
  // It was made without its target, and did nothing.
  const serving = () => {}
  expect(() => Reflect.construct(threading.Thread, [null, serving, 'x'])).toThrow(
    "new threading.Thread({ target: serving, name: 'x' })",
  )
  // @ts-expect-error one object
  expect(() => new threading.Thread(null, serving)).toThrow('new threading.Thread({ target: serving })')
  // @ts-expect-error an argument without its brackets
  expect(() => new threading.Thread({ target: (n: number) => n, args: 5 })).toThrow('args must be an array, not number')
})

test('args may be a constant tuple; what its target does not take is still found', async () => {
  const given: unknown[] = []
  const keep = (n: number, word?: string) => void given.push([n, word])
  const pair = [1, 'one'] as const
  const frozen: readonly [number] = Object.freeze([2] as const)
  const swapped = ['one', 1] as const
  const threads = [
    new threading.Thread({ target: keep, args: pair }),
    new threading.Thread({ target: keep, args: frozen }),
    // @ts-expect-error the wrong way round
    new threading.Thread({ target: keep, args: swapped }),
    // @ts-expect-error one too many
    new threading.Thread({ target: keep, args: [...pair, 3] as const }),
    new threading.Timer(0, keep, pair),
    new threading.Timer(0, keep, { args: frozen }),
  ]
  for (const thread of threads) thread.start()
  for (const thread of threads) await thread.join()
  expect(given).toHaveLength(6)
  expect(given).toEqual(
    expect.arrayContaining([
      [1, 'one'],
      [2, undefined],
      ['one', 1],
    ]),
  )
})

test('daemon is inherited from the thread that makes it', async () => {
  let inner: threading.Thread | undefined
  const outer = new threading.Thread({
    target() {
      inner = new threading.Thread()
    },
    daemon: true,
  })
  outer.start()
  await outer.join()
  expect(inner!.daemon).toBe(true)
  expect(new threading.Thread().daemon).toBe(false)
})

test('an interrupt ends what the cell awaits, and leaves its threads alone', async () => {
  const cell = {}
  host.scope = () => cell
  const stop = new threading.Event()
  const thread = new threading.Thread({ target: () => stop.wait() })
  thread.start()
  const joining = thread.join()
  const outcome = expect(joining).rejects.toMatchObject({ name: 'KeyboardInterrupt' })
  await sleep(0)
  expect(interrupt(cell)).toBe(1)
  await outcome
  expect(thread.isAlive()).toBe(true)
  stop.set()
  await thread.join()
})

test('a thread prints itself as in Python', async () => {
  const thread = new threading.Thread({ name: 'ears', daemon: true })
  expect(`${thread}`).toBe('<Thread(ears, initial daemon)>')
  thread.start()
  expect(`${thread}`).toBe(`<Thread(ears, started daemon ${thread.ident})>`)
  await thread.join()
  expect(`${thread}`).toBe(`<Thread(ears, stopped daemon ${thread.ident})>`)
})

test('a timer calls after its interval, or not at all when cancelled', async () => {
  const seen: string[] = []
  const kept = new threading.Timer(0.01, (text: string) => seen.push(text), { args: ['rang'] })
  const byPosition = new threading.Timer(0.03, (text: string, n: number) => seen.push(text + n), ['again', 2])
  const cancelled = new threading.Timer(0.01, () => seen.push('never'))
  byPosition.start()
  kept.start()
  cancelled.start()
  cancelled.cancel()
  await kept.join()
  await cancelled.join()
  await byPosition.join()
  expect(seen).toEqual(['rang', 'again2'])
})
