/** Files without a buffer: they take from the socket what they are asked for, and nothing more. */
import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { sleep } from '../../../../src/wait/index.ts'
import { pair } from './pair.ts'
import { same, told } from './same.ts'

same({
  'lines, and not a byte behind them': [
    `a, b = socket.socketpair(); a.sendall(b'A. one\\nB. two\\n\\nlong line\\nrest'); f = b.makefile('rb', 0); r = [f.readline()]; g = b.makefile('rb', 0); r += [g.readline(), f.readline(), f.readline(4), f.readline(0), f.readline(-1), b.recv(2)]; a.close(); return r + [f.readline(), f.readline()]`,
    async () => {
      const [a, b] = pair()
      await a.sendall(Buffer.from('A. one\nB. two\n\nlong line\nrest'))
      const f = b.makefile('rb', 0)
      const r = [await f.readline()]
      const g = b.makefile('rb', 0)
      r.push(await g.readline(), await f.readline(), await f.readline(4), await f.readline(0), await f.readline(-1))
      r.push(await b.recv(2))
      a.close()
      return [...r, await f.readline(), await f.readline()]
    },
  ],
  'all up to the end, however it came': [
    `r = []
    for ask in (lambda f: f.read(), lambda f: f.read(-1), lambda f: f.readall(), lambda f: f.readlines(), lambda f: list(f)):
        a, b = socket.socketpair(); f = b.makefile('rb', 0)
        def send(): a.sendall(b'one\\ntw'); time.sleep(0.01); a.sendall(b'o\\nthree'); a.close()
        t = threading.Thread(target=send); t.start(); r.append(ask(f)); t.join()
    return r`,
    async () => {
      type File = ReturnType<typeof open>
      const open = () => {
        const [a, b] = pair()
        return Object.assign(b.makefile('rb', 0), { other: a })
      }
      const r: unknown[] = []
      const asks = [
        (f: File) => f.read(),
        (f: File) => f.read(-1),
        (f: File) => f.readall(),
        (f: File) => f.readlines(),
        (f: File) => Array.fromAsync(f),
      ]
      for (const ask of asks) {
        const f = open()
        const answer = ask(f)
        await f.other.sendall(Buffer.from('one\ntw'))
        await sleep(0.01)
        await f.other.sendall(Buffer.from('o\nthree'))
        f.other.close()
        r.push(await answer)
      }
      return r
    },
  ],
  'a non-blocking socket: what is there, or nothing': [
    `a, b = socket.socketpair(); b.setblocking(False); f = b.makefile('rb', 0); r = [f.read(), f.readall()]; a.sendall(b'one\\ntwo'); r += [f.readline(), f.readall(), f.readall()]; a.close(); return r + [f.readall(), f.read()]`,
    async () => {
      const [a, b] = pair()
      b.setblocking(false)
      const f = b.makefile('rb', 0)
      const r = [await f.read(), await f.readall()]
      await a.sendall(Buffer.from('one\ntwo'))
      r.push(await f.readline(), await f.readall(), await f.readall())
      a.close()
      return [...r, await f.readall(), await f.read()]
    },
  ],
  'writing: several pieces, and a flush that has nothing to do': [
    `a, b = socket.socketpair(); f = a.makefile('wb', 0); r = [f.write(b'one'), f.writelines([b'two', b'three']), f.flush(), b.recv(99)]; f.close(); return r + [told(f.flush), told(lambda: f.writelines([b'x']))]`,
    async () => {
      const [a, b] = pair()
      const f = a.makefile('wb', 0)
      const pieces = [Buffer.from('two'), Buffer.from('three')]
      const r = [await f.write(Buffer.from('one')), await f.writelines(pieces), await f.flush(), await b.recv(99)]
      f.close()
      return [...r, await told(() => f.flush()), await told(() => f.writelines([Buffer.from('x')]))]
    },
  ],
  'names, while open and closed': [
    `a, b = socket.socketpair(); r = []
    for f in (a.makefile('rb', 0), a.makefile('rb'), a.makefile('wb'), a.makefile('r'), a.makefile('w')):
        r += [[f.name == a.fileno(), f.seekable(), f.isatty()]]; f.close(); r += [[f.name, f.mode, told(f.seekable), told(f.isatty)]]
    return r`,
    async () => {
      const [a] = pair()
      const r: unknown[] = []
      const files = [a.makefile('rb', 0), a.makefile('rb'), a.makefile('wb'), a.makefile('r'), a.makefile('w')]
      for (const f of files) {
        r.push([f.name === a.fileno(), f.seekable(), f.isatty()])
        await f.close()
        r.push([f.name, f.mode, await told(() => f.seekable()), await told(() => f.isatty())])
      }
      return r
    },
  ],
})

test('a file prints as in Python, closed too', async () => {
  const [a] = pair()
  const fd = a.fileno()
  const files = [a.makefile('rb'), a.makefile('wb'), a.makefile('rwb'), a.makefile('r'), a.makefile('rb', 0)]
  expect(files.map((file) => inspect(file))).toEqual([
    `<_io.BufferedReader name=${fd}>`,
    `<_io.BufferedWriter name=${fd}>`,
    `<_io.BufferedRWPair name=${fd}>`,
    `<_io.TextIOWrapper name=${fd} mode='r' encoding='utf-8'>`,
    `<socket.SocketIO name=${fd} mode='rb'>`,
  ])
  for (const file of files) await file.close()
  expect(`${files[0]} ${files[3]}`).toBe(
    "<_io.BufferedReader name=-1> <_io.TextIOWrapper name=-1 mode='r' encoding='utf-8'>",
  )
})
