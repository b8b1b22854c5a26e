import { expect, test } from 'vitest'
import * as socket from '../../../src/socket/index.ts'
import { python } from './python.ts'

const pair = () => {
  const [a, b] = socket.socketpair()
  return { a, b, [Symbol.dispose]: () => [a, b].forEach((end) => void end.close()) }
}

test("lines to and from CPython's makefile", async () => {
  using server = socket.createServer(['127.0.0.1', 0])
  await using peer = python(
    `
with socket.create_connection((sys.argv[1], int(sys.argv[2]))) as client, client.makefile('rw', newline='') as file:
    file.write('first\\r\\nsecond: ä€\\nlast'); file.flush(); client.shutdown(socket.SHUT_WR)
    say(file.readlines())
`,
    ...server.getsockname(),
  )
  const [conn] = await server.accept()
  conn.settimeout(5)
  {
    await using file = conn.makefile('rw')
    conn.close()
    const lines: string[] = []
    for await (const line of file) lines.push(line)
    expect(lines).toEqual(['first\n', 'second: ä€\n', 'last'])
    expect(await file.write('thank you\n')).toBe(10)
    await file.writelines(['and ', 'good-bye\n'])
  }
  expect(await peer.line()).toEqual(['thank you\n', 'and good-bye\n'])
  expect(conn.fileno()).toBe(-1)
})

test('newline: which line ends are read and written', async () => {
  const text = 'a\r\nb\rc\nd'
  const expected = {
    null: ['a\n', 'b\n', 'c\n', 'd'],
    '': ['a\r\n', 'b\r', 'c\n', 'd'],
    '\n': ['a\r\n', 'b\rc\n', 'd'],
    '\r': ['a\r', '\nb\r', 'c\nd'],
    '\r\n': ['a\r\n', 'b\rc\nd'],
  }
  for (const [name, lines] of Object.entries(expected)) {
    using ends = pair()
    // One byte at a time: a line end may be cut in two.
    for (const byte of Buffer.from(text)) await ends.a.send(Buffer.of(byte))
    ends.a.shutdown(socket.SHUT_WR)
    const newline = (name === 'null' ? null : name) as '\n'
    await using file = ends.b.makefile('r', 1, { newline })
    expect(await file.readlines(), JSON.stringify(name)).toEqual(lines)
  }
  using ends = pair()
  await using file = ends.a.makefile('w', { newline: '\r\n' })
  await file.write('one\ntwo\n')
  await file.flush()
  expect((await ends.b.recv(100)).toString()).toBe('one\r\ntwo\r\n')
})

test('bytes: exact counts, lines with limits, what is there at once', async () => {
  using ends = pair()
  await ends.a.sendall(Buffer.from('0123456789line\nrest'))
  await using file = ends.b.makefile('rb')
  expect((await file.read(4)).toString()).toBe('0123')
  expect((await file.readline(3)).toString()).toBe('456')
  expect((await file.readline()).toString()).toBe('789line\n')
  expect((await file.read1(2)).toString()).toBe('re')
  const memory = Buffer.alloc(4)
  const filling = file.readinto(memory)
  await ends.a.sendall(Buffer.from('__'))
  expect([await filling, memory.toString()]).toEqual([4, 'st__'])
  ends.a.close()
  expect(await file.read()).toHaveLength(0)
  expect(await file.readline()).toHaveLength(0)
})

test('a large read and a large write go round in parts', async () => {
  using ends = pair()
  const data = Buffer.alloc(3_000_000, 'abcdefg')
  const writing = (async () => {
    await using file = ends.a.makefile('wb')
    await file.write(data)
    ends.a.close()
  })()
  await using file = ends.b.makefile('rb')
  expect((await file.read()).equals(data)).toBe(true)
  await writing
})

test('without a buffer: one read is one recv', async () => {
  using ends = pair()
  using file = ends.b.makefile('rb', 0)
  await ends.a.send(Buffer.from('abc'))
  expect(String(await file.read(10))).toBe('abc')
  expect(file.mode).toBe('rb')
  await expect(file.write(Buffer.from('x'))).rejects.toThrow('not writable')
})

test('modes, closed files and time-outs are told as CPython tells them', async () => {
  using ends = pair()
  expect(() => ends.a.makefile('x' as 'r')).toThrow("invalid mode 'x' (only r, w, b allowed)")
  expect(() => ends.a.makefile('r', 0)).toThrow('unbuffered streams must be binary')
  const file = ends.a.makefile('rb')
  ends.a.settimeout(0.01)
  await ends.b.send(Buffer.from('half a line'))
  await expect(file.readline()).rejects.toBeInstanceOf(socket.TimeoutError)
  await expect(file.readline()).rejects.toThrow('cannot read from timed out object')
  await file.close()
  await expect(file.readline()).rejects.toThrow(RangeError)
  await using text = ends.b.makefile('r')
  ends.a.settimeout(null)
  await ends.a.sendall(Buffer.from([0xff, 0x0a]))
  await expect(text.readline()).rejects.toThrow(/^'utf-8' codec can't decode bytes/)
  await using out = ends.b.makefile('w')
  await expect(out.write(Buffer.from('x') as never)).rejects.toThrow(/write\(\) argument must be str/)
})

test('a file with nothing to send is closed at once, awaited or not', async () => {
  for (const mode of ['rb', 'r', 'wb', 'w'] as const) {
    using ends = pair()
    const file = ends.a.makefile(mode as 'rb')
    const closing = file.close()
    expect([file.closed, file.name]).toEqual([true, -1])
    await closing
  }
})

// The error of the second flush would have hidden the first one in a SuppressedError.
test('the error of a flush that fails is what a block with await using throws', async () => {
  for (const mode of ['wb', 'w'] as const) {
    using ends = pair()
    ends.a.settimeout(0.02)
    const fill = async () => {
      await using file = ends.a.makefile(mode as 'w')
      for (;;) await file.write((mode === 'w' ? 'x'.repeat(5000) : Buffer.alloc(5000)) as string)
    }
    await expect(fill()).rejects.toBeInstanceOf(socket.timeout)
  }
})
