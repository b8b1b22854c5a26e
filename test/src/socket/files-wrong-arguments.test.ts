/** The files of `makefile()`: every method with the wrong thing in each place. */
import { expect, test } from 'vitest'
import * as socket from '../../../src/socket/index.ts'
import { type Argument, attempts, complaints, wrong } from '../wrong.ts'

/** Where it is left out, an options object may stand in its place. */
const size: Argument = [-1, ['x', [], 1.5, Number.NaN, Symbol('s'), 5n, { signal: 'x' }]]
const hint: Argument = [-1, ['x', [], 1.5, Number.NaN, Symbol('s'), 5n]]
const bytes: Argument = [Buffer.from('x'), [undefined, null, 'text', 5, {}, [], Symbol('s')]]
const pieces: Argument = [[], [undefined, null, 5, {}, 'x', ['x'], [5]]]
const text: Argument = ['x', [undefined, null, 5, {}, [], Symbol('s'), Buffer.from('x')]]
const texts: Argument = [[], [undefined, null, 5, {}, 'xyz', [5], [Buffer.from('x')]]]
const into: Argument = [Buffer.alloc(1), [undefined, null, 'x', 5, {}, []]]
const options: Argument = [{}, wrong.options]

const kinds: Record<string, Record<string, readonly Argument[]>> = {
  'raw, rb': {
    read: [size, options],
    readall: [options],
    readinto: [into, options],
    readline: [size, options],
    readlines: [hint, options],
  },
  'raw, wb': { write: [bytes, options], writelines: [pieces, options] },
  rb: {
    read: [size, options],
    read1: [size, options],
    readinto: [into, options],
    readline: [size, options],
    readlines: [hint, options],
  },
  wb: { write: [bytes, options], writelines: [pieces, options], flush: [options], close: [options] },
  r: { read: [size, options], readline: [size, options], readlines: [hint, options] },
  w: { write: [text, options], writelines: [texts, options], flush: [options], close: [options] },
}

const all = Object.entries(kinds).flatMap(([kind, methods]) =>
  Object.keys(methods).map((name) => [kind, name] as const),
)

test.each(all)('%s: %s', async (kind, name) => {
  const call = async (args: readonly unknown[]) => {
    const [a, b] = socket.socketpair()
    try {
      await b.sendall(Buffer.from('1\n'))
      b.shutdown(socket.SHUT_WR)
      const mode = kind.replace('raw, ', '') as 'rb'
      const file = kind.startsWith('raw') ? a.makefile(mode, 0) : a.makefile(mode)
      return await (file as unknown as Record<string, (...args: readonly unknown[]) => unknown>)[name]!(...args)
    } finally {
      a.close()
      b.close()
    }
  }
  expect(await complaints(attempts(name, kinds[kind]![name]!, call))).toEqual([])
})

test('how much to read stands by position, as in CPython; by name it would be left aside', async () => {
  const [a, b] = socket.socketpair()
  try {
    // biome-ignore lint/suspicious/noExplicitAny: types would refuse the names
    const file = a.makefile('r') as any
    await expect(file.readline({ limit: 5 })).rejects.toThrow(
      "readline() takes no keyword argument 'limit': write readline(100)",
    )
    await expect(file.read(1, { size: 5 })).rejects.toThrow("read() takes no keyword argument 'size'")
    await expect(file.readlines({ hint: 5 })).rejects.toThrow("readlines() takes no keyword argument 'hint'")
    await b.sendall(Buffer.from('ab'))
    expect(await file.read(2, { timeout: undefined })).toBe('ab')
  } finally {
    a.close()
    b.close()
  }
})
