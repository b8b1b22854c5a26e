/**
 * Tasks that only wait for each other never leave the microtask queue by themselves: timers and ■ must run all the same.
 */
import { expect, test } from 'vitest'
import * as queue from '../../../src/queue/index.ts'
import * as socket from '../../../src/socket/index.ts'
import * as threading from '../../../src/threading/index.ts'

/** A loop that keeps the timer out would never end: so many rounds take a second or more. */
const MOST = 300_000

/** Runs the tasks beside each other, round after round, until a timer has rung. */
async function untilRung(...tasks: (() => Promise<unknown>)[]): Promise<void> {
  let rang = false
  setTimeout(() => {
    rang = true
  }, 5)
  const loop = async (task: () => Promise<unknown>) => {
    for (let round = 0; !rang && round < MOST; round++) await task()
  }
  // Threads: who holds a lock is a matter of which one it is.
  const threads = tasks.map((task) => new threading.Thread({ target: loop, args: [task], daemon: true }))
  for (const thread of threads) thread.start()
  await Promise.race(threads.map((thread) => thread.join()))
  expect(rang).toBe(true)
}

const none = () => {}

for (const [what, tasks] of Object.entries({
  'threads that are started and joined': () => [
    () => {
      const thread = new threading.Thread({ target: none })
      thread.start()
      return thread.join()
    },
  ],
  'a thread that has ended, joined again and again': () => {
    const thread = new threading.Thread({ target: none })
    thread.start()
    return [() => thread.join()]
  },
  'two tasks that set each other’s event': () => {
    const [ping, pong] = [new threading.Event(), new threading.Event()]
    const turns = (mine: threading.Event, other: threading.Event) => async () => {
      await mine.wait()
      mine.clear()
      other.set()
    }
    ping.set()
    return [turns(ping, pong), turns(pong, ping)]
  },
  'two tasks at a barrier': () => {
    const barrier = new threading.Barrier(2)
    return [() => barrier.wait(), () => barrier.wait()]
  },
  'two tasks that notify each other': () => {
    const condition = new threading.Condition()
    let turn = 0
    const takes = (mine: number) => async () => {
      using _ = await condition.hold()
      await condition.waitFor(() => turn === mine)
      turn = 1 - mine
      condition.notify()
    }
    return [takes(0), takes(1)]
  },
  'two tasks with one lock': () => {
    const lock = new threading.Lock()
    const holds = async () => {
      using _ = await lock.hold()
      await null
    }
    return [holds, holds]
  },
  'two tasks that hand items over': () => {
    const jobs = new queue.Queue<number>(1)
    return [() => jobs.put(1), () => jobs.get()]
  },
  'a queue whose items are all done': () => {
    const jobs = new queue.Queue<number>()
    return [() => jobs.join()]
  },
  'a queue that is joined by who does its work': () => {
    const jobs = new queue.Queue<number>()
    return [
      () => {
        jobs.putNowait(1)
        const done = jobs.join()
        jobs.getNowait()
        jobs.taskDone()
        return done
      },
    ]
  },
}))
  test(`${what}: a timer rings`, () => untilRung(...tasks()))

test('nobody overtakes who lets the others have their turn: a lock and a queue keep the order', async () => {
  for (let round = 0; round < 10; round++) await nobodyOvertakes()
})

async function nobodyOvertakes(): Promise<void> {
  const lock = new threading.Lock()
  const items = new queue.Queue<string>()
  const order: string[] = []
  const [conn, far] = socket.socketpair()
  const holds = async (who: string) => {
    using _ = await lock.hold()
    order.push(who)
    await null
  }
  const both = (who: string) => [holds(who), items.put(who)]
  const second = far.recv(1).then(() => both('second')) // called when the system tells of its byte
  const first = await new Promise<Promise<void>[]>((resolve) => {
    setTimeout(() => {
      const until = performance.now() + 10
      while (performance.now() < until); // the others are owed a turn now
      void conn.send(Buffer.from('x'))
      resolve(both('first'))
    }, 1)
  })
  await Promise.all([...first, ...(await second)])
  expect(order).toEqual(['first', 'second'])
  expect([await items.get(), await items.get()]).toEqual(['first', 'second'])
  for (const end of [conn, far]) end.close()
}
