/** makefile: modes, buffers, ends, time limits, who closes whom: as CPython. */
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as socket from '../../../../src/socket/index.ts'
import { pair } from './pair.ts'
import { bad, each, same, told } from './same.ts'

const b = (text: string) => Buffer.from(text, 'latin1')

async function connected(): Promise<[a: socket.Socket, b: socket.Socket]> {
  const server = socket.createServer(['127.0.0.1', 0])
  const client = await socket.createConnection(server.getsockname())
  const [conn] = await server.accept()
  return [client, conn]
}

async function _withFile(bytes: Uint8Array, steps: (fd: number) => unknown): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'files-'))
  writeFileSync(join(folder, 'f'), bytes)
  const fd = openSync(join(folder, 'f'), 'r')
  try {
    return await steps(fd)
  } finally {
    closeSync(fd)
    rmSync(folder, { recursive: true })
  }
}

const MODES = ['r', 'rb', 'w', 'wb', 'rw', 'rwb', 'wr', 'b', '', 'x', 'rt', 'a', 'r+', 'rr']
const WIDE = '😀\n\nab\n😀'
const TEXT = 'Read this.\nIt has\nthree lines and no last end'
const _DATA = Buffer.from(Array.from({ length: 300_000 }, (_, i) => i % 251))
const _FILE = `
    f = tempfile.TemporaryFile(); f.write(bytes(i % 251 for i in range(300000))); f.flush(); f.seek(0)
    def send(*args, **options):
        a, b = connected(); got = []
        def read():
            while True:
                x = b.recv(65536)
                if not x: break
                got.append(x)
        t = threading.Thread(target=read); t.start()
        try: n = a.sendfile(f, *args, **options)
        finally: a.close(); t.join()
        data = b''.join(got); return [n, len(data), data[:5], data[-5:]]
    `

async function _send(fd: number, ...args: unknown[]): Promise<unknown[]> {
  const [a, c] = await connected()
  const got: Buffer[] = []
  const reading = (async () => {
    for await (const chunk of c.chunks()) got.push(chunk)
  })()
  let n: number
  try {
    n = await (a.sendfile as (...all: unknown[]) => Promise<number>)(fd, ...args)
  } finally {
    a.close()
    await reading
  }
  const data = Buffer.concat(got)
  return [n, data.length, data.subarray(0, 5), data.subarray(-5)]
}

same({
  modes: [
    `def about(mode):
        a, b = socket.socketpair()
        with a.makefile(mode) as f: return [f.readable(), f.writable(), hasattr(f, 'encoding')]
    return [told(lambda: about(m)) for m in ${JSON.stringify(MODES)}]`,
    () =>
      each(MODES, (mode) => {
        const [a] = pair()
        using f = a.makefile(bad(mode)) as unknown as socket.TextFile
        return [f.readable(), f.writable(), 'encoding' in f]
      }),
  ],
  'a mode that is none': [`socket.socketpair()[0].makefile('rt')`, () => pair()[0].makefile(bad('rt'))],
  'the mode of a text file is the one it was given': [
    `return [socket.socketpair()[0].makefile(mode).mode for mode in ['', 'r', 'w', 'rw', 'wr']]`,
    () => ['', 'r', 'w', 'rw', 'wr'].map((mode) => pair()[0].makefile(mode as 'r').mode),
  ],
  'text without a buffer': [`socket.socketpair()[0].makefile('r', 0)`, () => pair()[0].makefile('r', 0)],
  'what a closed raw file tells': [
    `a, b = socket.socketpair(); f = a.makefile('rb', 0); f.close(); return [f.closed] + [told(g) for g in (f.fileno, f.readable, f.writable, f.seekable, lambda: f.read(1), lambda: f.readinto(bytearray(1)))] + [f.close()]`,
    async () => {
      const [a] = pair()
      const f = a.makefile('rb', 0)
      f.close()
      return [
        f.closed,
        ...(await each(
          [
            () => f.fileno(),
            () => f.readable(),
            () => f.writable(),
            () => f.seekable(),
            () => f.read(1),
            () => f.readinto(Buffer.alloc(1)),
          ],
          (g) => g(),
        )),
        f.close(),
      ]
    },
  ],
  'what a raw file is': [
    `a, b = socket.socketpair(); f = a.makefile('rb', 0); g = a.makefile('wb', 0); h = a.makefile('rwb', 0); return [f.mode, g.mode, h.mode, f.readable(), f.writable(), f.seekable(), f.fileno() == a.fileno(), f.closed]`,
    () => {
      const [a] = pair()
      const [f, g, h] = [a.makefile('rb', 0), a.makefile('wb', 0), a.makefile('rwb', 0)]
      return [f.mode, g.mode, h.mode, f.readable(), f.writable(), f.seekable(), f.fileno() === a.fileno(), f.closed]
    },
  ],
  'reading where only writing is allowed, and the other way round': [
    `a, b = socket.socketpair(); r, w = a.makefile('rb'), a.makefile('wb'); x, y = a.makefile('rb', 0), a.makefile('wb', 0); t, u = a.makefile('r'), a.makefile('w'); return [type(e).__mro__[-4 if False else 0].__name__ and isinstance(e, OSError) for e in [caught(g) for g in (lambda: r.write(b'x'), lambda: w.read(1), lambda: x.write(b'x'), lambda: y.read(1), lambda: t.write('x'), lambda: u.read(1), lambda: w.readline(), lambda: u.readline())]]`.replace(
      'a, b =',
      `
    def caught(g):
        try: g()
        except Exception as e: return e
    a, b =`,
    ),
    async () => {
      const [a] = pair()
      const [r, w, x, y, t, u] = [
        a.makefile('rb'),
        a.makefile('wb'),
        a.makefile('rb', 0),
        a.makefile('wb', 0),
        a.makefile('r'),
        a.makefile('w'),
      ]
      const calls = [
        () => r.write(b('x')),
        () => w.read(1),
        () => x.write(b('x')),
        () => y.read(1),
        () => t.write('x'),
        () => u.read(1),
        () => w.readline(),
        () => u.readline(),
      ]
      return Promise.all(
        calls.map((g) =>
          g().then(
            () => null,
            (error) => error instanceof socket.OSError,
          ),
        ),
      )
    },
  ],
  'read: counts, rests, the end': [
    `a, b = socket.socketpair(); a.sendall(b'abcdefghij'); a.close(); f = b.makefile('rb'); return [f.read(3), f.read(0), f.read1(2), f.peek(1)[:1] and f.read(1), f.readinto(x := bytearray(2)), x, f.read(), f.read(), f.read(5), f.readline()]`,
    async () => {
      const [a, c] = pair()
      await a.sendall(b('abcdefghij'))
      a.close()
      const f = c.makefile('rb')
      const x = Buffer.alloc(2)
      return [
        await f.read(3),
        await f.read(0),
        await f.read1(2),
        await f.read(1),
        await f.readinto(x),
        x,
        await f.read(),
        await f.read(),
        await f.read(5),
        await f.readline(),
      ]
    },
  ],
  'lines: bytes and text, with limits, a last one without an end': [
    `def get(mode, g, **o):
        a, b = socket.socketpair(); a.sendall(${JSON.stringify(TEXT)}.encode()); a.close(); return g(b.makefile(mode, **o))
    return [get('rb', lambda f: f.readlines()), get('r', lambda f: f.readlines()), get('rb', lambda f: [f.readline(4), f.readline(), f.readline(-1), f.readline()]), get('r', lambda f: [f.readline(4), f.readline(), f.read(3), list(f)]), get('rb', lambda f: [f.readline(0), f.readline(4), f.readline(100)], buffering=2), get('rb', lambda f: [f.readline(), f.read(5), f.read()], buffering=1)]`,
    async () => {
      const get = async (mode: 'rb' | 'r', g: (f: never) => Promise<unknown>, buffering?: number) => {
        const [a, c] = pair()
        await a.sendall(b(TEXT))
        a.close()
        return g(c.makefile(mode as 'rb', buffering) as never)
      }
      type B = socket.BinaryFile
      type T = socket.TextFile
      const rest = async (f: T) => {
        const all: string[] = []
        for await (const line of f) all.push(line)
        return all
      }
      return [
        await get('rb', (f: B) => f.readlines()),
        await get('r', (f: T) => f.readlines()),
        await get('rb', async (f: B) => [
          await f.readline(4),
          await f.readline(),
          await f.readline(-1),
          await f.readline(),
        ]),
        await get('r', async (f: T) => [await f.readline(4), await f.readline(), await f.read(3), await rest(f)]),
        await get('rb', async (f: B) => [await f.readline(0), await f.readline(4), await f.readline(100)], 2),
        await get('rb', async (f: B) => [await f.readline(), await f.read(5), await f.read()], 1),
      ]
    },
  ],
  'lines up to a hint: until they hold more together': [
    `def get(mode, hint, buffering=-1):
        a, b = socket.socketpair(); a.sendall(${JSON.stringify(TEXT)}.encode()); a.close(); return b.makefile(mode, buffering).readlines(hint)
    return [get('rb', 1), get('rb', 5), get('rb', 0), get('rb', -1), get('rb', None), get('rb', 1000), get('r', 1), get('r', 6), get('rb', 1, 0), get('rb', 7, 0)]`,
    async () => {
      const get = async (mode: 'rb' | 'r', hint: number | null, buffering?: 0) => {
        const [a, c] = pair()
        await a.sendall(b(TEXT))
        a.close()
        return c.makefile(mode as 'rb', buffering as 0).readlines(hint)
      }
      return [
        ...[await get('rb', 1), await get('rb', 5), await get('rb', 0), await get('rb', -1), await get('rb', null)],
        ...[await get('rb', 1000), await get('r', 1), await get('r', 6), await get('rb', 1, 0), await get('rb', 7, 0)],
      ]
    },
  ],
  'lines up to every hint, of bytes and of characters beyond 0xFFFF; and counts below -1': [
    `def get(call, mode, buffering=-1):
        a, b = socket.socketpair(); a.sendall(${JSON.stringify(WIDE)}.encode()); a.close(); return told(lambda: call(b.makefile(mode, buffering)))
    files = (('rb',), ('r',), ('rb', 0)); r = [[len(get(lambda f: f.readlines(hint), *file)) for hint in range(16)] for file in files]
    return r + [get(lambda f: f.read(-2), *file) for file in files] + [get(lambda f: f.readline(-2), 'rb')]`,
    async () => {
      const get = async (call: (f: socket.BinaryFile) => unknown, mode: string, buffering?: number) => {
        const [a, c] = pair()
        await a.sendall(Buffer.from(WIDE))
        a.close()
        return told(() => call(c.makefile(mode as 'rb', buffering)))
      }
      const files: [mode: string, buffering?: number][] = [['rb'], ['r'], ['rb', 0]]
      const r: unknown[] = []
      for (const file of files) {
        const found: number[] = []
        for (let hint = 0; hint < 16; hint++) {
          found.push(((await get((f) => f.readlines(hint), ...file)) as unknown[]).length)
        }
        r.push(found)
      }
      for (const file of files) r.push(await get((f) => f.read(-2), ...file))
      return [...r, await get((f) => f.readline(-2), 'rb')]
    },
  ],
  'a raw file reads what is there': [
    `a, b = socket.socketpair(); a.send(b'abcdef'); f = b.makefile('rb', 0); x = bytearray(2); r = [f.read(3), f.readinto(x), x]; a.close(); return r + [f.read(9), f.read(9), f.readinto(x)]`,
    async () => {
      const [a, c] = pair()
      await a.send(b('abcdef'))
      const f = c.makefile('rb', 0)
      const x = Buffer.alloc(2)
      const r = [await f.read(3), await f.readinto(x), x]
      a.close()
      return [...r, await f.read(9), await f.read(9), await f.readinto(x)]
    },
  ],
  'a raw file that would have to wait gives None': [
    `a, b = socket.socketpair(); b.setblocking(False); f = b.makefile('rb', 0); w = b.makefile('wb', 0); r = [f.read(1), f.readinto(bytearray(1))]
    while (n := w.write(b'x' * 65536)) is not None: pass
    return r + [n]`,
    async () => {
      const [, c] = pair()
      c.setblocking(false)
      const f = c.makefile('rb', 0)
      const w = c.makefile('wb', 0)
      const r: unknown[] = [await f.read(1), await f.readinto(Buffer.alloc(1))]
      let n: unknown
      do n = await w.write(Buffer.alloc(65536))
      while (n !== null)
      return [...r, n]
    },
  ],
  'after a time-out a file is not read any more': [
    `a, b = socket.socketpair(); b.settimeout(0.02); f = b.makefile('rb'); g = b.makefile('rb', 0); r = [told(lambda: f.read(1)), told(lambda: g.read(1))]; a.send(b'late')
    def text(h):
        try: return h()
        except OSError as e: return str(e)
    return r + [text(lambda: f.read(1)), text(lambda: g.read(1)), b.recv(9)]`,
    async () => {
      const [a, c] = pair()
      c.settimeout(0.02)
      const f = c.makefile('rb')
      const g = c.makefile('rb', 0)
      const r = [await told(() => f.read(1)), await told(() => g.read(1))]
      await a.send(b('late'))
      const text = (h: () => Promise<unknown>) => h().catch((error: Error) => error.message)
      return [...r, await text(() => f.read(1)), await text(() => g.read(1)), await c.recv(9)]
    },
  ],
})
