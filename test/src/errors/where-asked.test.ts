/** An error tells the line that asked, also right behind a call that had not to wait: V8 follows `await`s alone. */
import { expect, test } from 'vitest'
import { queue, socket, threading } from '../../../src/index.ts'

const here = 'where-asked.test.ts'

/** What each line throws, awaited where it stands. */
const FAILING: Record<string, () => Promise<void>> = {
  async 'queue.get'() {
    const jobs = new queue.Queue<number>()
    await jobs.put(1)
    await jobs.get()
    await jobs.get(false)
  },
  async 'queue.get of a SimpleQueue'() {
    const jobs = new queue.SimpleQueue<number>()
    await jobs.put(1)
    await jobs.get()
    await jobs.get(false)
  },
  async 'queue.put'() {
    const jobs = new queue.Queue<number>(1)
    await jobs.put(1)
    await jobs.put(2, false)
  },
  async recv() {
    const [one, other] = socket.socketpair()
    using _ = one
    using held = other
    await one.send(Buffer.from('x'))
    held.setblocking(false)
    await held.recv(1)
    await held.recv(1)
  },
  async 'readline of a file'() {
    const [one, other] = socket.socketpair()
    using _ = one
    using held = other
    await one.send(Buffer.from('x\n'))
    held.setblocking(false)
    const lines = held.makefile('r')
    await lines.readline()
    await lines.close()
    await lines.readline()
  },
  async recvmsgInto() {
    const [one, other] = socket.socketpair()
    using _ = one
    using held = other
    await one.send(Buffer.from('x'))
    held.setblocking(false)
    await held.recvmsgInto([Buffer.alloc(1)])
    await held.recvmsgInto([Buffer.alloc(1)])
  },
  async 'condition.wait'() {
    const condition = new threading.Condition()
    using held = await condition.hold()
    held[Symbol.dispose]()
    await condition.wait()
  },
}

for (const [name, ask] of Object.entries(FAILING))
  test(name, async () => {
    const error: unknown = await ask().then(
      () => undefined,
      (reason: unknown) => reason,
    )
    expect(error).toBeInstanceOf(Error)
    expect((error as Error).stack).toContain(here)
  })
