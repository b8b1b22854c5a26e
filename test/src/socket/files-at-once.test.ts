/** Several reads of one file at once: each gets its part, in the order they were asked for. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { bytes } from '../../../src/bytes/index.ts'
import * as socket from '../../../src/socket/index.ts'

const kinds = [
  ['rb', -1],
  ['r', -1],
  ['rb', 0],
] as const

for (const [mode, buffering] of kinds) {
  const fixture = () => {
    const [a, b] = socket.socketpair()
    b.settimeout(10)
    const file = b.makefile(mode as 'rb', buffering)
    const close = () => {
      file[Symbol.dispose]()
      a.close()
      b.close()
    }
    return { a, socket: b, file, [Symbol.dispose]: close }
  }
  const name = buffering === 0 ? `${mode}, unbuffered` : mode

  test(`${name}: reads that wait end when the file is closed, and the socket reads on`, async () => {
    using held = fixture()
    const [a, b] = [held.a, held.socket]
    const first = held.file.readline()
    const second = held.file.read(3)
    const told = Promise.allSettled([first, second])
    await nextTurn()
    await held.file.close()
    const message = expect.stringMatching(/^I\/O operation on closed file/)
    const refused = { status: 'rejected', reason: expect.objectContaining({ name: 'RangeError', message }) }
    expect(await told).toEqual([refused, refused])
    await a.sendall(bytes`still`)
    expect(await b.recv(10)).toEqual(bytes`still`)
  })

  // All waited for bytes of their own, though those of the second lay in the buffer already: it never ended.
  test(`${name}: lines`, async () => {
    using held = fixture()
    const lines = [1, 2, 3].map(() => held.file.readline())
    await held.a.sendall(bytes`1\n2\n3\n`)
    expect((await Promise.all(lines)).map(String)).toEqual(['1\n', '2\n', '3\n'])
  })

  test(`${name}: counts that do not fit the pieces that come`, async () => {
    using held = fixture()
    const parts = [held.file.read(1), held.file.read(1), held.file.readline()]
    await held.a.sendall(bytes`1`)
    await held.a.sendall(bytes`2three\n`)
    expect((await Promise.all(parts)).map(String)).toEqual(['1', '2', 'three\n'])
  })

  test(`${name}: a signal ends one wait, as the only argument too, and the others are served`, async () => {
    using held = fixture()
    const [first, second] = [new AbortController(), new AbortController()]
    const lines = [
      held.file.readline({ signal: first.signal }),
      held.file.readline(-1, { signal: second.signal }),
      held.file.readline(),
    ]
    second.abort(new Error('second'))
    await expect(lines[1]).rejects.toThrow('second')
    first.abort(new Error('first'))
    await expect(lines[0]).rejects.toThrow('first')
    await held.a.sendall(bytes`third\n`)
    expect(String(await lines[2])).toBe('third\n')
    await expect(held.file.read({ signal: AbortSignal.abort(new Error('no')) })).rejects.toThrow('no')
  })

  test(`${name}: who waits for data keeps its turn while the event loop goes round`, async () => {
    using held = fixture()
    const lines = [1, 2, 3].map(() => held.file.readline())
    for (let rounds = 0; rounds < 20; rounds++) await new Promise((resolve) => setImmediate(resolve))
    lines.push(held.file.readline())
    for (const piece of buffering === 0 ? ['1\n', '2\n', '3\n', '4\n'] : ['1', '\n2\n', '3\n4', '\n']) {
      await held.a.sendall(Buffer.from(piece))
      for (let rounds = 0; rounds < 20; rounds++) await new Promise((resolve) => setImmediate(resolve))
    }
    expect((await Promise.all(lines)).map(String)).toEqual(['1\n', '2\n', '3\n', '4\n'])
  })

  test(`${name}: closing the socket ends them all`, async () => {
    using held = fixture()
    const lines = [1, 2, 3].map(() => held.file.readline())
    held.a.close()
    expect((await Promise.all(lines)).map(String)).toEqual(['', '', ''])
  })
}

const SIZE = 1 << 22

/** A file whose first flush fails for want of time, with a part of its bytes sent, and what comes out at the other end. */
function failing() {
  const [a, b] = socket.socketpair()
  b.settimeout(10)
  const file = a.makefile('wb', SIZE)
  const first = Buffer.alloc(SIZE - 1, 'a')
  const begun = file.write(first).then(() => {
    a.settimeout(0.02)
    const flushed = file.flush()
    a.settimeout(10)
    return { flushed }
  })
  const close = () => {
    file[Symbol.dispose]()
    a.close()
    b.close()
  }
  const received = async (count: number) => {
    using other = b.makefile('rb')
    return String(await other.read(count)).replace(/(.)\1*/g, (run, one) => `${run.length}${one}`)
  }
  return { file, begun, received, [Symbol.dispose]: close }
}

// The second one's bytes waited in the socket's queue, and went out before the rest of the first.
test('the rest of a flush that failed goes out before the bytes of the one that waits behind it', async () => {
  using held = failing()
  const { flushed } = await held.begun
  const failed = expect(flushed).rejects.toBeInstanceOf(socket.timeout)
  await held.file.write(bytes`b`)
  const second = held.file.flush()
  await failed
  expect(await held.received(SIZE)).toBe(`${SIZE - 1}a1b`)
  await second
})

test('so it does before those of a write that fills the buffer, and a close waits for both', async () => {
  using held = failing()
  const { flushed } = await held.begun
  const failed = expect(flushed).rejects.toBeInstanceOf(socket.timeout)
  const written = held.file.write(Buffer.alloc(SIZE, 'b'))
  const small = held.file.write(bytes`c`)
  const closed = held.file.close()
  await failed
  expect(await held.received(2 * SIZE)).toBe(`${SIZE - 1}a${SIZE}b1c`)
  expect([await written, await small]).toEqual([SIZE, 1])
  await closed
  expect(held.file.closed).toBe(true)
})

test('a write that waits behind a flush is not kept once its signal ends it', async () => {
  using held = failing()
  const { flushed } = await held.begun
  const failed = expect(flushed).rejects.toBeInstanceOf(socket.timeout)
  const aborter = new AbortController()
  const written = held.file.write(Buffer.alloc(SIZE, 'b'), { signal: aborter.signal })
  const small = held.file.write(bytes`c`)
  aborter.abort(new Error('enough'))
  await expect(written).rejects.toThrow('enough')
  await failed
  expect(await small).toBe(1)
  const second = held.file.flush()
  expect(await held.received(SIZE)).toBe(`${SIZE - 1}a1c`)
  await second
})
