import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { interrupt } from '../../../src/embedding.ts'
import { KeyboardInterrupt } from '../../../src/errors/index.ts'
import * as queue from '../../../src/queue/index.ts'
import * as threading from '../../../src/threading/index.ts'

const kinds = [queue.Queue, queue.LifoQueue, queue.PriorityQueue]

async function drained<T>(from: queue.Queue<T>): Promise<T[]> {
  const items: T[] = []
  while (!from.empty()) items.push(await from.get())
  return items
}

test.each([
  ['Queue', queue.Queue, [111, 333, 222]],
  ['LifoQueue', queue.LifoQueue, [222, 333, 111]],
  ['PriorityQueue', queue.PriorityQueue, [111, 222, 333]],
])('%s gives items in its order', async (_, Kind, order) => {
  const jobs = new Kind<number>()
  for (const item of [111, 333, 222]) await jobs.put(item)
  expect(jobs.qsize()).toBe(3)
  expect(await drained(jobs)).toEqual(order)
})

test.each(kinds)('a full %o refuses, and an empty one', async (Kind) => {
  const jobs = new Kind<number>(2)
  expect([jobs.empty(), jobs.full()]).toEqual([true, false])
  jobs.putNowait(1)
  await jobs.put(2, false)
  expect(jobs.full()).toBe(true)
  expect(() => jobs.putNowait(3)).toThrow(queue.Full)
  await expect(jobs.put(3, false)).rejects.toThrow(queue.Full)
  await expect(jobs.put(3, { block: false })).rejects.toThrow(queue.Full)
  await expect(jobs.put(3, { timeout: 0.01 })).rejects.toThrow(queue.Full)
  await drained(jobs)
  expect(() => jobs.getNowait()).toThrow(queue.Empty)
  await expect(jobs.get(false)).rejects.toThrow(queue.Empty)
  await expect(jobs.get(true, 0.01)).rejects.toThrow(queue.Empty)
  await expect(jobs.get({ timeout: 0 })).rejects.toThrow(queue.Empty)
  expect(jobs.empty()).toBe(true)
})

test('a time limit below zero is refused, and the queue is as it was', async () => {
  const jobs = new queue.Queue<number>(1)
  const words = "'timeout' must be a non-negative number"
  await expect(jobs.put(1, { timeout: -1 })).rejects.toThrow(new RangeError(words))
  await expect(jobs.get(true, -1)).rejects.toThrow(new RangeError(words))
  expect(jobs.qsize()).toBe(0)
})

test('who waits longest is served first, and nobody overtakes', async () => {
  const jobs = new queue.Queue<string>()
  const served: string[] = []
  const takers = ['first', 'second', 'third'].map(async (name) => served.push(`${name}: ${await jobs.get()}`))
  await new Promise(setImmediate)
  jobs.putNowait('a')
  expect(() => jobs.getNowait()).toThrow(queue.Empty)
  jobs.putNowait('b')
  jobs.putNowait('c')
  await Promise.all(takers)
  expect(served).toEqual(['first: a', 'second: b', 'third: c'])
})

test('givers wait for room in line too', async () => {
  const jobs = new queue.Queue<number>(1)
  jobs.putNowait(0)
  const givers = [1, 2, 3].map((item) => jobs.put(item))
  await new Promise(setImmediate)
  expect([await jobs.get(), await jobs.get(), await jobs.get(), await jobs.get()]).toEqual([0, 1, 2, 3])
  await Promise.all(givers)
})

test('a taker who gave up loses nobody an item', async () => {
  const jobs = new queue.Queue<string>()
  const stop = new AbortController()
  const gone = jobs.get({ signal: stop.signal })
  const late = jobs.get({ timeout: 0.001 })
  const stays = jobs.get()
  stop.abort(new Error('no longer wanted'))
  await expect(gone).rejects.toThrow('no longer wanted')
  await expect(late).rejects.toThrow(queue.Empty)
  jobs.putNowait('job')
  expect(await stays).toBe('job')
})

test('■ ends a get of the cell itself, not that of its threads', async () => {
  const jobs = new queue.Queue<string>()
  let taken: string | undefined
  const worker = new threading.Thread({
    target: async () => {
      taken = await jobs.get()
    },
  })
  worker.start()
  await new Promise(setImmediate)
  const own = jobs.get()
  await Promise.resolve()
  interrupt(undefined)
  await expect(own).rejects.toBeInstanceOf(KeyboardInterrupt)
  jobs.putNowait('job')
  await worker.join()
  expect(taken).toBe('job')
})

test('join waits until each item is reported as done', async () => {
  const jobs = new queue.Queue<number>()
  let sum = 0
  const work = async () => {
    for (let item = await jobs.get(); item >= 0; item = await jobs.get()) {
      sum += item
      jobs.taskDone()
    }
    jobs.taskDone()
  }
  const workers = [1, 2].map(() => new threading.Thread({ target: work }))
  for (const worker of workers) worker.start()
  for (let i = 0; i < 100; i++) await jobs.put(i)
  await jobs.join()
  expect([sum, jobs.unfinishedTasks]).toEqual([4950, 0])
  for (const _ of workers) await jobs.put(-1)
  await jobs.join()
  for (const worker of workers) await worker.join()
  expect(() => jobs.taskDone()).toThrow(new RangeError('task_done() called too many times'))
})

test('a priority queue orders numbers, bigints, text, bytes and arrays as Python does', async () => {
  const order = async (items: unknown[]) => {
    const jobs = new queue.PriorityQueue()
    for (const item of items) jobs.putNowait(item)
    return drained(jobs)
  }
  expect(await order([3, 2n, 1.5, true, -1])).toEqual([-1, true, 1.5, 2n, 3])
  expect(await order(['b', 'B', 'a', 'aa', '', '😀', 'ﬀ'])).toEqual(['', 'B', 'a', 'aa', 'b', 'ﬀ', '😀'])
  expect(await order([Buffer.from('b'), Buffer.from('ab')])).toEqual([Buffer.from('ab'), Buffer.from('b')])
  const rows = [
    [2, 'a'],
    [1, 'b'],
    [1, 'a', 0],
    [1, 'a'],
    [1n, 'A'],
  ]
  expect(await order(rows)).toEqual([
    [1n, 'A'],
    [1, 'a'],
    [1, 'a', 0],
    [1, 'b'],
    [2, 'a'],
  ])
})

test('objects say themselves which comes first', () => {
  class Job {
    constructor(readonly urgency: number) {}
    lessThan(other: Job): boolean {
      return this.urgency > other.urgency
    }
  }
  const jobs = new queue.PriorityQueue<Job>()
  for (const urgency of [1, 3, 2]) jobs.putNowait(new Job(urgency))
  expect([1, 2, 3].map(() => jobs.getNowait().urgency)).toEqual([3, 2, 1])
})

test('what cannot be compared is refused in Python’s words, and the queue is as it was', async () => {
  const jobs = new queue.PriorityQueue(2)
  jobs.putNowait([1, { name: 'a' }])
  expect(() => jobs.putNowait([1, { name: 'b' }])).toThrow(
    /^'<' not supported between instances of 'Object' and 'Object': put \[priority, number, item\]/,
  )
  await expect(jobs.put('text')).rejects.toThrow(TypeError)
  expect([jobs.qsize(), jobs.unfinishedTasks]).toEqual([1, 1])
  jobs.putNowait([2, 'b'])
  const waits = jobs.put('text')
  const next = jobs.put([3, 'c'])
  await new Promise(setImmediate)
  expect(await jobs.get()).toEqual([1, { name: 'a' }])
  await expect(waits).rejects.toThrow(TypeError)
  await next
  expect(await drained(jobs)).toEqual([
    [2, 'b'],
    [3, 'c'],
  ])
})

test('10,000 items through a heap come out sorted', async () => {
  const jobs = new queue.PriorityQueue<number>()
  let state = 1
  for (let i = 0; i < 10_000; i++) {
    state = (state * 48_271) % 2_147_483_647
    jobs.putNowait(state)
  }
  const items = await drained(jobs)
  expect(items).toEqual(items.toSorted((a, b) => a - b))
})

test('a simple queue is never full', async () => {
  const jobs = new queue.SimpleQueue<number>()
  const waits = jobs.get()
  for (let i = 0; i < 4998; i++) await jobs.put(i)
  // As in CPython: both are for likeness only.
  await jobs.put(4998, true, -1)
  await jobs.put(4999, { block: false })
  expect(await waits).toBe(0)
  expect(jobs.qsize()).toBe(4999)
  for (let i = 1; i < 5000; i++) expect(jobs.getNowait()).toBe(i)
  expect(() => jobs.getNowait()).toThrow(queue.Empty)
  await expect(jobs.get({ block: false })).rejects.toThrow(queue.Empty)
  await expect(jobs.get({ timeout: 0.001 })).rejects.toThrow(queue.Empty)
  expect(jobs.empty()).toBe(true)
})

test('a loop that never has to wait lets timers run', async () => {
  const jobs = new queue.Queue<number>()
  let fired = false
  setTimeout(() => {
    fired = true
  }, 1)
  for (let i = 0; !fired; i++) {
    await jobs.put(i)
    await jobs.get()
  }
  expect(fired).toBe(true)
})

test('every kind of queue prints how much is in it', async () => {
  const kinds = [new queue.Queue(3), new queue.LifoQueue(), new queue.SimpleQueue()]
  for (const one of kinds) await one.put('x')
  const lines = ['<queue.Queue 1 of 3 items, 1 unfinished>', '<queue.LifoQueue 1 items, 1 unfinished>']
  expect(kinds.map(String)).toEqual([...lines, '<queue.SimpleQueue 1 items>'])
  expect(kinds.map((one) => inspect(one))).toEqual(kinds.map(String))
})
