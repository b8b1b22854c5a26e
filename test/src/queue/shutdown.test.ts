/** `shutdown()` of CPython 3.13: what its test_queue.py asks of it (test_shutdown_*), and this event loop. */
import { expect, test } from 'vitest'
import * as queue from '../../../src/queue/index.ts'
import { Thread } from '../../../src/threading/index.ts'
import { bad, text } from '../socket/cpython/same.ts'

const kinds = [queue.Queue, queue.LifoQueue, queue.PriorityQueue]

test.each(kinds)('%o: what is left is taken out, then nothing', async (Kind) => {
  const jobs = new Kind<string>(2)
  expect(jobs.isShutdown).toBe(false)
  await jobs.put('L')
  jobs.putNowait('O')
  jobs.shutdown()
  expect(jobs.isShutdown).toBe(true)
  expect(() => jobs.putNowait('W')).toThrow(queue.ShutDown)
  for (const put of [jobs.put('E'), jobs.put('E', { block: false }), jobs.put('E', true, 0.001)]) {
    await expect(put).rejects.toThrow(queue.ShutDown)
  }
  expect([await jobs.get(), jobs.getNowait()].sort()).toEqual(['L', 'O'])
  for (const get of [jobs.get(), jobs.get(false), jobs.get({ timeout: 0.001 })]) {
    await expect(get).rejects.toThrow(queue.ShutDown)
  }
  expect(() => jobs.getNowait()).toThrow(queue.ShutDown)
  jobs.taskDone()
  jobs.taskDone()
  await jobs.join()
  expect(() => jobs.taskDone()).toThrow(RangeError)
})

test.each(kinds)('%o: at once, what is left is gone and counted as done', async (Kind) => {
  const jobs = new Kind<string>()
  for (const item of ['taken', 'left', 'left']) await jobs.put(item)
  await jobs.get()
  const joined = jobs.join()
  jobs.shutdown()
  jobs.shutdown({ immediate: true })
  expect([jobs.qsize(), jobs.unfinishedTasks]).toEqual([0, 1])
  await expect(jobs.get()).rejects.toThrow(queue.ShutDown)
  jobs.taskDone()
  await joined
  jobs.shutdown(false)
  expect(jobs.isShutdown).toBe(true)
})

test('who waits is told, in the call: takers, givers, and who joins an empty queue', async () => {
  const empty = new queue.Queue<number>()
  const full = new queue.Queue<number>(1)
  await full.put(0)
  const told: unknown[] = []
  const workers = Array.from({ length: 6 }, (_, i) => {
    const call = () => (i % 3 === 0 ? empty.get() : i % 3 === 1 ? full.put(i) : full.join())
    return new Thread({ target: async () => told.push(((await text(call)) as string[] | undefined)?.[0]) })
  })
  for (const worker of workers) worker.start()
  await new Promise(setImmediate)
  empty.shutdown()
  full.shutdown(true)
  for (const worker of workers) await worker.join()
  expect(told.map((one) => one ?? 'joined').sort()).toEqual(
    [...Array(2).fill('joined'), ...Array(4).fill('ShutDown')].sort(),
  )
})

test('ten thousand that wait for room are told, and an item is not lost to one of them', async () => {
  const jobs = new queue.Queue<number>(1)
  await jobs.put(0)
  const waiting = Array.from({ length: 10_000 }, (_, i) => jobs.put(i))
  jobs.shutdown()
  const outcomes = await Promise.allSettled(waiting)
  expect(outcomes.every((one) => one.status === 'rejected' && one.reason instanceof queue.ShutDown)).toBe(true)
  expect([await jobs.get(), jobs.unfinishedTasks]).toEqual([0, 1])
})

test('immediate is true or false', async () => {
  const jobs = new queue.Queue()
  expect(await text(() => jobs.shutdown(bad('now')))).toEqual([
    'TypeError',
    expect.stringContaining('immediate must be'),
  ])
  expect(await text(() => jobs.shutdown(bad({ imediate: true })))).toEqual([
    'TypeError',
    expect.stringContaining('imediate'),
  ])
  expect(jobs.isShutdown).toBe(false)
})
