/** Every public class, function and method of `threading` and `queue` with the wrong thing in each place. */
import { describe, expect, onTestFinished, test } from 'vitest'
import * as queue from '../../../src/queue/index.ts'
import * as threading from '../../../src/threading/index.ts'
import { host } from '../../../src/wait/index.ts'
import { type Argument, attempts, complaints, type Kind, wrong } from '../wrong.ts'

const is = (good: unknown, kind: Kind): Argument => [good, wrong[kind]]
const fn = () => {}
const taking = [is(false, 'flag'), is(null, 'limit'), is({}, 'options')]
const acquire = [is(true, 'flag'), is(null, 'limit'), is({}, 'options')]
const hold = [is({}, 'options')]
const waiting = [is(0.001, 'limit'), is({}, 'options')]
const number = (name: string): Argument => [1, ['1', null, [], 1.5, Number.NaN, Symbol('s'), 5n, fn, { [name]: '1' }]]

type Calls = Record<string, readonly Argument[]>
/** A class: an object of it in the state that the calls want, what its constructor takes, and its methods. */
interface Case {
  readonly make: (...args: readonly unknown[]) => object
  readonly takes: readonly Argument[]
  readonly ready: () => object | Promise<object>
  readonly methods: Calls
  /** They take nothing. */
  readonly plain: string
}

const made =
  (Class: new (...args: never[]) => object) =>
  (...args: readonly unknown[]) =>
    new Class(...(args as never[]))

async function heldCondition() {
  const condition = new threading.Condition()
  await condition.acquire()
  return condition
}
async function filled(Class: typeof queue.Queue) {
  const jobs = new Class(2)
  await jobs.put(1)
  return jobs
}
const ofQueue: Calls = {
  put: [is('x', 'anything'), ...taking],
  get: taking,
  putNowait: [is('x', 'anything')],
  join: [[{}, wrong.options]],
  shutdown: [[true, ['x', 5, [], fn, Symbol('s'), { immediate: 'x' }]]],
}
const plainOfQueue = 'getNowait taskDone qsize empty full toString store'
const queues = (Class: typeof queue.Queue): Case => ({
  make: made(Class),
  takes: [number('maxsize')],
  ready: () => filled(Class),
  methods: ofQueue,
  plain: plainOfQueue,
})
const semaphores = (Class: typeof threading.Semaphore): Case => ({
  make: made(Class),
  takes: [number('value')],
  ready: () => new Class(),
  methods: { acquire, hold, release: [number('n')] },
  plain: 'toString',
})
const threadOptions = [
  ...['x', 5, true, [], fn, Symbol('s')],
  ...['x', 5, {}].map((target) => ({ target })),
  ...['x', 5, {}].map((args) => ({ target: fn, args })),
  ...['x', 5, fn].map((kwargs) => ({ target: fn, kwargs })),
  ...['yes', 5, {}].map((daemon) => ({ target: fn, daemon })),
]
const running = () => {
  const thread = new threading.Thread({ target: () => new threading.Event().wait(0.01) })
  thread.start()
  return thread
}

const cases: Record<string, Case> = {
  Lock: {
    make: made(threading.Lock),
    takes: [],
    ready: () => new threading.Lock(),
    methods: { acquire, hold },
    plain: 'release locked toString',
  },
  RLock: {
    make: made(threading.RLock),
    takes: [],
    ready: () => new threading.RLock(),
    methods: { acquire, hold },
    plain: 'release locked isOwned releaseAll restore toString',
  },
  Event: {
    make: made(threading.Event),
    takes: [],
    ready: () => new threading.Event(),
    methods: { wait: waiting },
    plain: 'isSet set clear toString',
  },
  Condition: {
    make: made(threading.Condition),
    takes: [[undefined, ['x', 5, true, [], fn, new threading.Event(), new threading.Semaphore(), { lock: 5 }]]],
    ready: heldCondition,
    methods: {
      acquire,
      hold,
      wait: waiting,
      waitFor: [is(() => true, 'call'), ...waiting],
      notify: [number('n')],
    },
    plain: 'release locked notifyAll toString',
  },
  Semaphore: semaphores(threading.Semaphore),
  BoundedSemaphore: semaphores(threading.BoundedSemaphore),
  Barrier: {
    make: made(threading.Barrier),
    takes: [
      [
        2,
        [
          undefined,
          '2',
          null,
          [],
          {},
          0,
          -1,
          1.5,
          Number.NaN,
          Symbol('s'),
          5n,
          { parties: '2' },
          { parties: 2, action: 5 },
        ],
      ],
      [null, ['x', 5, { action: 5 }, { timeout: '5' }, [], Symbol('s')]],
      [null, ['5', [], Number.NaN, Symbol('s'), 5n, fn, { timeout: '5' }]],
    ],
    ready: () => new threading.Barrier(2),
    methods: { wait: waiting },
    plain: 'reset abort toString',
  },
  Thread: {
    make: made(threading.Thread),
    takes: [[{}, threadOptions]],
    ready: running,
    methods: { join: waiting },
    plain: 'start run isAlive getName setName isDaemon setDaemon toString',
  },
  Timer: {
    make: made(threading.Timer),
    takes: [
      [1, [undefined, null, '1', [], {}, Number.NaN, Symbol('s'), 5n, fn]],
      is(fn, 'call'),
      [[], ['x', 5, true, Symbol('s'), fn, { args: 'x' }, { args: 5 }, { kwargs: 5 }]],
    ],
    ready: running,
    methods: { join: waiting },
    plain: 'cancel run start isAlive toString',
  },
  WorkerThread: {
    make: made(threading.WorkerThread),
    takes: [
      [
        {},
        [
          ...[undefined, null, 'x', 5, [], {}],
          ...[undefined, 5, fn, {}].map((target) => ({ module: 'x.mjs', target })),
          ...[undefined, 5, fn, {}].map((module) => ({ module, target: 'x' })),
          ...['x', 5, {}].map((args) => ({ module: 'x.mjs', target: 'x', args })),
          ...['yes', 5].map((daemon) => ({ module: 'x.mjs', target: 'x', daemon })),
        ],
      ],
    ],
    ready: () => new threading.WorkerThread({ module: 'x.mjs', target: 'x' }),
    methods: {},
    plain: 'start join stop isAlive toString',
  },
  Queue: queues(queue.Queue),
  LifoQueue: queues(queue.LifoQueue),
  PriorityQueue: queues(queue.PriorityQueue),
  SimpleQueue: {
    make: made(queue.SimpleQueue),
    takes: [],
    ready: async () => {
      const simple = new queue.SimpleQueue()
      await simple.put(1)
      return simple
    },
    methods: { put: ofQueue.put!, get: taking, putNowait: [is('x', 'anything')] },
    plain: 'getNowait qsize empty toString',
  },
}
/** They take nothing. */
const functions = 'activeCount currentThread enumerate getIdent mainThread'

test('nothing is missing here', () => {
  const exported = { ...threading, ...queue } as Record<string, unknown>
  const names = Object.keys(exported).filter((name) => !/Error$|^(Empty|Full|ShutDown|Local|TIMEOUT_MAX)$/.test(name))
  expect([...Object.keys(cases), ...functions.split(' ')].sort()).toEqual(names.sort())
})

describe.each(Object.keys(cases))('%s', (name) => {
  const { make, takes, ready, methods, plain } = cases[name]!

  test('its methods are all here', () => {
    const known = [...Object.keys(methods), ...plain.split(' ')]
    const prototype = (exported(name) as { prototype: object }).prototype
    const found = Object.entries(Object.getOwnPropertyDescriptors(prototype))
      .filter(([key, { value }]) => typeof value === 'function' && key !== 'constructor')
      .map(([key]) => key)
    expect(known).toEqual(expect.arrayContaining(found))
  })

  test('its constructor', async () => {
    expect(await complaints(attempts(`new ${name}`, takes, (args) => String(make(...args))))).toEqual([])
  })

  test.each(Object.keys(methods))('%s', async (method) => {
    const call = async (args: readonly unknown[]) => {
      const object = (await ready()) as Record<string, (...args: readonly unknown[]) => unknown>
      return await object[method]!(...args)
    }
    expect(await complaints(attempts(method, methods[method]!, call))).toEqual([])
  })
})

function exported(name: string): unknown {
  return ({ ...threading, ...queue } as Record<string, unknown>)[name]
}

test('who writes the time limit where Python has `block` is told how to write it', async () => {
  const jobs = new queue.Queue<number>()
  // biome-ignore lint/suspicious/noExplicitAny: what no type lets pass is what is tried here
  const five = 5 as any
  await expect(jobs.get(five)).rejects.toThrow('block must be true or false, not 5: write { timeout: 5 }')
  await expect(new threading.Lock().acquire(five)).rejects.toThrow(
    'blocking must be true or false, not 5: write { timeout: 5 }',
  )
})

test('what Python takes for true and false is taken: 0 and 1', async () => {
  // biome-ignore lint/suspicious/noExplicitAny: Python's own habit
  const [no, yes] = [0 as any, 1 as any]
  const lock = new threading.Lock()
  expect(await lock.acquire(yes)).toBe(true)
  expect(await lock.acquire(no)).toBe(false)
  await expect(new queue.Queue().get(no)).rejects.toBeInstanceOf(queue.Empty)
})

test('a wait whose signal was aborted before it began is rejected, whether it had to wait or not', async () => {
  const options = { signal: AbortSignal.abort(new Error('no')) }
  const set = new threading.Event()
  set.set()
  const jobs = new queue.Queue<number>()
  await jobs.put(1)
  const calls = [set.wait(options), new threading.Lock().acquire(options), jobs.get(options), jobs.put(2, options)]
  for (const call of calls) await expect(call).rejects.toThrow('no')
  expect(jobs.qsize()).toBe(1)
})

test('a method that was given without its object is told so, and no other function', async () => {
  const list: string[] = []
  const { notice } = host
  onTestFinished(() => {
    host.notice = notice
  })
  host.notice = (_scope, _kind, text) => list.push(text)
  class Store {
    readonly #items: string[] = []
    count = 0
    put(item: string) {
      this.#items.push(item)
    }
    async add() {
      this.count += 1
    }
  }
  const store = new Store()
  const arrow = async () => (undefined as unknown as Store).add()
  const targets: (() => unknown)[] = [store.put.bind(undefined as never, 'x'), store.add, arrow]
  targets.unshift(store.put as () => unknown)
  for (const target of targets) {
    const thread = new threading.Thread({ target, name: 't' })
    thread.start()
    await thread.join()
  }
  const advice = list.map((text) => /^\w+ is a method.*$/m.exec(text)?.[0])
  const told = (name: string) =>
    `${name} is a method, and was given without its object: write target: () => object.${name}()`
  expect(advice).toEqual([told('put'), undefined, told('add'), undefined])
})
