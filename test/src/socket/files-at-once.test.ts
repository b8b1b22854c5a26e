/** Several reads of one file at once: each gets its part, in the order they were asked for. */
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
    return { a, file, [Symbol.dispose]: close }
  }
  const name = buffering === 0 ? `${mode}, unbuffered` : mode

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
