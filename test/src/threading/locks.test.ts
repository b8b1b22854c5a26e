import { afterEach, describe, expect, test } from 'vitest'
import { TimeoutError } from '../../../src/errors/index.ts'
import * as threading from '../../../src/threading/index.ts'
import { host, interrupt, sleep } from '../../../src/wait/index.ts'

const original = { ...host }
afterEach(() => {
  Object.assign(host, original)
})

/** Runs these beside each other, each in a thread of its own, to their end. */
async function together(...targets: (() => unknown)[]): Promise<void> {
  const threads = targets.map((target) => new threading.Thread({ target }))
  for (const thread of threads) thread.start()
  for (const thread of threads) await thread.join()
}

test('Event: who waits goes on when it is set, who comes later does not wait', async () => {
  const event = new threading.Event()
  const waiting = event.wait()
  expect(event.isSet()).toBe(false)
  event.set()
  expect(await waiting).toBe(true)
  expect(await event.wait(0)).toBe(true)
  event.clear()
  expect(await event.wait(0.01)).toBe(false)
  expect(await event.wait(-1)).toBe(false)
  expect(await event.wait({ timeout: 0.01 })).toBe(false)
})

test('Event: waiting for text seconds is a TypeError', async () => {
  // @ts-expect-error seconds are numbers
  await expect(new threading.Event().wait('5')).rejects.toThrow(TypeError)
})

test('a loop on an event that is set still lets timers run', async () => {
  const event = new threading.Event()
  event.set()
  let rang = false
  setTimeout(() => {
    rang = true
  }, 5)
  while (!rang) await event.wait()
})

test('Lock: one at a time, in the order of asking', async () => {
  const lock = new threading.Lock()
  const seen: string[] = []
  const worker = (name: string) => async () => {
    using _ = await lock.hold()
    seen.push(`${name} in`)
    await sleep(0)
    seen.push(`${name} out`)
  }
  await together(worker('a'), worker('b'), worker('c'))
  expect(seen).toEqual(['a in', 'a out', 'b in', 'b out', 'c in', 'c out'])
  expect(lock.locked()).toBe(false)
})

test('Lock: trying, time-outs, and giving up leave it as it was', async () => {
  const lock = new threading.Lock()
  expect(await lock.acquire()).toBe(true)
  expect(await lock.acquire(false)).toBe(false)
  expect(await lock.acquire(true, 0.01)).toBe(false)
  expect(await lock.acquire({ timeout: 0.01 })).toBe(false)
  const waiting = lock.acquire(true, -1)
  lock.release()
  expect(await waiting).toBe(true)
  lock.release()
  expect(lock.locked()).toBe(false)
})

test('a lock is not lost with the one who was interrupted waiting for it', async () => {
  const cell = {}
  const lock = new threading.Lock()
  await lock.acquire()
  host.scope = () => cell
  const waiting = expect(lock.acquire()).rejects.toMatchObject({ name: 'KeyboardInterrupt' })
  await sleep(0)
  interrupt(cell)
  await waiting
  lock.release()
  expect(await lock.acquire(false)).toBe(true)
})

test("locks: CPython's texts for mistakes", async () => {
  const lock = new threading.Lock()
  expect(() => lock.release()).toThrow('release unlocked lock')
  expect(() => new threading.RLock().release()).toThrow('cannot release un-acquired lock')
  await expect(lock.acquire(false, 3)).rejects.toThrow("can't specify a timeout for a non-blocking call")
  await expect(lock.acquire(true, -2)).rejects.toThrow(new RangeError('timeout value must be positive'))
})

test('RLock: its owner may take it again, another thread may not, nor release it', async () => {
  const lock = new threading.RLock()
  await lock.acquire()
  await lock.acquire()
  const seen: unknown[] = []
  const other = new threading.Thread({
    async target() {
      seen.push(await lock.acquire(false))
      try {
        lock.release()
      } catch (error) {
        seen.push((error as Error).message)
      }
      await lock.acquire()
      seen.push('mine')
      lock.release()
    },
  })
  other.start()
  await sleep(0)
  lock.release()
  await sleep(0)
  expect(seen).toEqual([false, 'cannot release un-acquired lock'])
  lock.release()
  await other.join()
  expect(seen).toEqual([false, 'cannot release un-acquired lock', 'mine'])
})

test('hold gives up after its timeout with a TimeoutError', async () => {
  const lock = new threading.Lock()
  await lock.acquire()
  await expect(lock.hold({ timeout: 0.01 })).rejects.toBeInstanceOf(TimeoutError)
})

test('hold releases once, also when released by hand first', async () => {
  const lock = new threading.Lock()
  {
    using held = await lock.hold()
    expect(lock.locked()).toBe(true)
    held[Symbol.dispose]()
    await lock.acquire()
  }
  expect(lock.locked()).toBe(true)
})

test('Condition: waitFor sees what another thread announces', async () => {
  const changed = new threading.Condition()
  const jobs: number[] = []
  const done: number[] = []
  await together(
    async () => {
      using _ = await changed.hold()
      await changed.waitFor(() => jobs.length >= 2)
      done.push(...jobs)
    },
    async () => {
      for (const job of [1, 2]) {
        using _ = await changed.hold()
        jobs.push(job)
        changed.notify()
      }
    },
  )
  expect(done).toEqual([1, 2])
})

test('Condition: a time-out gives false, and the lock is held again', async () => {
  const changed = new threading.Condition(new threading.Lock())
  await changed.acquire()
  expect(await changed.wait(0.01)).toBe(false)
  expect(await changed.waitFor(() => 0, 0.01)).toBe(0)
  changed.release()
  await expect(changed.wait()).rejects.toThrow('cannot wait on un-acquired lock')
  expect(() => changed.notify()).toThrow('cannot notify on un-acquired lock')
})

test('Condition: an interrupted wait takes the lock back before it throws', async () => {
  const cell = {}
  host.scope = () => cell
  const changed = new threading.Condition()
  await changed.acquire()
  await changed.acquire()
  const waiting = expect(changed.wait()).rejects.toMatchObject({ name: 'KeyboardInterrupt' })
  await sleep(0)
  interrupt(cell)
  await waiting
  changed.release()
  changed.release()
  expect(() => changed.release()).toThrow('cannot release un-acquired lock')
})

test('Semaphore: as many as there are places', async () => {
  const places = new threading.Semaphore(2)
  let inside = 0
  let most = 0
  const worker = async () => {
    using _ = await places.hold()
    most = Math.max(most, ++inside)
    await sleep(0)
    inside -= 1
  }
  await together(worker, worker, worker, worker, worker)
  expect(most).toBe(2)
  expect(`${places}`).toBe('<threading.Semaphore: value=2>')
})

test("semaphores: CPython's texts for mistakes", () => {
  expect(() => new threading.Semaphore(-1)).toThrow(new RangeError('semaphore initial value must be >= 0'))
  expect(() => new threading.Semaphore().release(0)).toThrow(new RangeError('n must be one or more'))
  expect(() => new threading.BoundedSemaphore().release()).toThrow(new RangeError('Semaphore released too many times'))
})

test('Barrier: nobody goes on before all are there; each gets another number', async () => {
  const barrier = new threading.Barrier(3, () => seen.push('action'))
  const seen: unknown[] = []
  const worker = async () => {
    seen.push('here')
    seen.push(await barrier.wait(5))
  }
  await together(worker, worker, worker)
  expect(seen.slice(0, 4)).toEqual(['here', 'here', 'here', 'action'])
  expect(seen.slice(4).sort()).toEqual([0, 1, 2])
  expect([barrier.parties, barrier.nWaiting, barrier.broken]).toEqual([3, 0, false])
})

test('Barrier: one who gives up breaks it for all, until reset', async () => {
  const barrier = new threading.Barrier(3)
  const patient = expect(barrier.wait()).rejects.toThrow(threading.BrokenBarrierError)
  await expect(barrier.wait(0.01)).rejects.toThrow(threading.BrokenBarrierError)
  await patient
  await expect(barrier.wait()).rejects.toThrow(threading.BrokenBarrierError)
  barrier.reset()
  expect(barrier.broken).toBe(false)
})

test.each([
  ['RLock', () => new threading.RLock()],
  ['Condition', () => new threading.Condition()],
  ['Condition with a Lock', () => new threading.Condition(new threading.Lock())],
])('%s says whether it is taken, whoever asks', async (_, make) => {
  const lock = make()
  const before = lock.locked()
  await lock.acquire()
  const asked: boolean[] = []
  const other = new threading.Thread({ target: () => asked.push(lock.locked()) })
  other.start()
  await other.join()
  const meanwhile = lock.locked()
  lock.release()
  expect([before, ...asked, meanwhile, lock.locked()]).toEqual([false, true, true, false])
})

describe('a function that Python would let take its time may be async', () => {
  test("a barrier's action: the others go on when it has ended", async () => {
    const log: string[] = []
    const done = new threading.Event()
    const barrier = new threading.Barrier(2, async () => {
      await done.wait()
      log.push('action')
    })
    const first = barrier.wait({ timeout: 0.01 }).then((number) => log.push(`arrived ${number}`))
    const second = barrier.wait().then((number) => log.push(`arrived ${number}`))
    await new threading.Event().wait(0.02) // the first one's time is over, but all have arrived
    expect(log).toEqual([])
    done.set()
    await Promise.all([first, second])
    expect(log.toSorted()).toEqual(['action', 'arrived 0', 'arrived 1'])
    expect(log[0]).toBe('action')
    expect(barrier.broken).toBe(false)
  })

  test("a barrier's action that fails breaks it for all", async () => {
    const barrier = new threading.Barrier(2, async () => {
      throw new RangeError('no')
    })
    const ends = await Promise.allSettled([barrier.wait(), barrier.wait()])
    expect(ends.map((end) => (end as PromiseRejectedResult).reason.name)).toEqual(['BrokenBarrierError', 'RangeError'])
    expect(barrier.broken).toBe(true)
    barrier.reset()
    expect(barrier.broken).toBe(false)
  })

  test("a condition's predicate: its answer counts, not the promise", async () => {
    const changed = new threading.Condition()
    let jobs = 0
    const waiting = (async () => {
      using _held = await changed.hold()
      expect(await changed.waitFor(async () => jobs > 1, 0.01)).toBe(false)
      return await changed.waitFor(async () => jobs)
    })()
    await new threading.Event().wait(0.02)
    {
      using _held = await changed.hold()
      jobs = 2
      changed.notifyAll()
    }
    expect(await waiting).toBe(2)
  })
})
