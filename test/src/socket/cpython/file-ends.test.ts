/** Who closes whom, and when what is written is sent: as CPython. */
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BlockingIOError } from '../../../../src/errors/index.ts'
import * as socket from '../../../../src/socket/index.ts'
import { pair } from './pair.ts'
import { bad, same, told } from './same.ts'

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

const _MODES = ['r', 'rb', 'w', 'wb', 'rw', 'rwb', 'wr', 'b', '', 'x', 'rt', 'a', 'r+', 'rr']
const _TEXT = 'Read this.\nIt has\nthree lines and no last end'
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

/** How many bytes are there, of a non-blocking socket; they are taken. */
async function drained(sock: socket.Socket): Promise<number> {
  let n = 0
  for (;;) {
    try {
      n += (await sock.recv(1 << 20)).length
    } catch {
      return n
    }
  }
}

same({
  'the socket lives as long as its files': [
    `a, b = socket.socketpair(); f = b.makefile('rb'); b.close(); a.send(b'still'); a.close(); r = [f.read(2), b.fileno() >= 0, '[closed]' in repr(b)]; f.close(); return r + [b.fileno(), told(lambda: b.recv(1))]`,
    async () => {
      const [a, c] = pair()
      const f = c.makefile('rb')
      c.close()
      await a.send(b('still'))
      a.close()
      const r = [await f.read(2), c.fileno() >= 0, String(c).includes('[closed]')]
      await f.close()
      return [...r, c.fileno(), await told(() => c.recv(1))]
    },
  ],
  'a file closed first leaves the socket open': [
    `a, b = socket.socketpair(); f = b.makefile('rwb'); f.write(b'x'); f.close(); g = b.makefile('rb'); r = [a.recv(1), b.fileno() >= 0, f.closed, g.closed]; b.close(); g.close(); return r + [b.fileno()]`,
    async () => {
      const [a, c] = pair()
      const f = c.makefile('rwb')
      await f.write(b('x'))
      await f.close()
      const g = c.makefile('rb')
      const r = [await a.recv(1), c.fileno() >= 0, f.closed, g.closed]
      c.close()
      await g.close()
      return [...r, c.fileno()]
    },
  ],
  'a file of a closed socket': [
    `a, b = socket.socketpair(); b.close(); f = b.makefile('rb'); return told(lambda: f.read(1))`,
    () => {
      const [, c] = pair()
      c.close()
      const f = c.makefile('rb')
      return told(() => f.read(1))
    },
  ],
  'a closed file gives nothing, also of what lies in its buffer, and a file to write gives nothing at all': [
    `
    r = []
    for mode, close in [('rb', True), ('r', True), ('wb', False), ('w', False)]:
        a, b = socket.socketpair(); a.send(b'one\\ntwo\\n'); f = b.makefile(mode)
        if close: f.readline(); f.close()
        r += [told(g)[0] in ('RangeError', 'UnsupportedOperation') for g in (lambda: f.read(0), lambda: f.read(1), lambda: f.read(), lambda: f.readline(), lambda: f.readlines(), lambda: next(f))]
        if mode != 'wb': r += [told(lambda: f.readline(0))[0] in ('RangeError', 'UnsupportedOperation')]
        if 'b' in mode: r += [told(g)[0] in ('RangeError', 'UnsupportedOperation') for g in (lambda: f.readinto(bytearray(0)), lambda: f.read1(0), lambda: f.read1(1))]
        f.close(); r += [told(lambda: f.writelines([]))[0] == 'RangeError']
    return r`,
    async () => {
      const r: boolean[] = []
      const refused = async (call: () => unknown) => {
        const [name] = (await told(call)) as [string]
        r.push(name === 'RangeError' || name === 'OSError')
      }
      for (const [mode, close] of [
        ['rb', true],
        ['r', true],
        ['wb', false],
        ['w', false],
      ] as const) {
        const [a, c] = pair()
        await a.send(b('one\ntwo\n'))
        const f = c.makefile(mode as 'rb')
        if (close) {
          await f.readline()
          await f.close()
        }
        const calls = [() => f.read(0), () => f.read(1), () => f.read(), () => f.readline()]
        for (const call of [...calls, () => f.readlines(), () => f[Symbol.asyncIterator]().next()]) await refused(call)
        if (mode !== 'wb') await refused(() => f.readline(0))
        if (mode.includes('b')) {
          for (const call of [() => f.readinto(Buffer.alloc(0)), () => f.read1(0), () => f.read1(1)])
            await refused(call)
        }
        await f.close()
        const [name] = (await told(() => f.writelines([]))) as [string]
        r.push(name === 'RangeError')
      }
      return r
    },
  ],
  'read1(0) does not wait': [
    `a, b = socket.socketpair(); f = b.makefile('rb'); return f.read1(0)`,
    () => pair()[1].makefile('rb').read1(0),
  ],
  'what a non-blocking socket does not take is kept, as far as the buffer has room, and sent later': [
    `
    a, b = socket.socketpair(); a.setblocking(False); b.setblocking(False); f = a.makefile('wb'); got = 0
    def drain():
        n = 0
        while True:
            try: n += len(b.recv(1 << 20))
            except BlockingIOError: return n
    try: f.write(bytes(1000000))
    except BlockingIOError as error: taken = error.characters_written
    r = [told(f.flush), 0 < taken < 1000000]; got += drain(); f.flush(); got += drain()
    return r + [got == taken, f.write(bytes(100)), f.flush(), drain()]`,
    async () => {
      const [a, c] = pair()
      a.setblocking(false)
      c.setblocking(false)
      const f = a.makefile('wb')
      const drain = () => drained(c)
      const error = await f.write(Buffer.alloc(1000000)).catch((e: BlockingIOError) => e)
      const taken = (error as BlockingIOError).charactersWritten!
      const r: unknown[] = [await told(() => f.flush()), 0 < taken && taken < 1000000]
      let got = await drain()
      await f.flush()
      got += await drain()
      return [...r, got === taken, await f.write(Buffer.alloc(100)), await f.flush(), await drain()]
    },
  ],
  'after a time-out what was written before is sent by the next flush, and not the write that failed': [
    `
    a, b = socket.socketpair(); a.settimeout(0.05); b.setblocking(False); f = a.makefile('wb'); taken = got = 0
    def drain():
        n = 0
        while True:
            try: n += len(b.recv(1 << 20))
            except BlockingIOError: return n
    try:
        while True: taken += f.write(bytes(4000))
    except TimeoutError: pass
    r = [told(f.flush), told(f.flush)]; got += drain(); f.flush(); got += drain()
    return r + [got == taken, f.close(), drain()]`,
    async () => {
      const [a, c] = pair()
      a.settimeout(0.05)
      c.setblocking(false)
      const f = a.makefile('wb')
      const drain = () => drained(c)
      let taken = 0
      try {
        for (;;) taken += await f.write(Buffer.alloc(4000))
      } catch {}
      const r = [await told(() => f.flush()), await told(() => f.flush())]
      let got = await drain()
      await f.flush()
      got += await drain()
      return [...r, got === taken, await f.close(), await drain()]
    },
  ],
  'writing: what is given back, when it is sent': [
    `a, b = socket.socketpair(); f = b.makefile('wb'); g = b.makefile('w'); h = b.makefile('wb', 0); a.setblocking(False); r = [f.write(b'abc'), told(lambda: a.recv(9))]; f.flush(); r += [a.recv(9), g.write('h\\u00e9\\n'), told(lambda: a.recv(9))]; g.flush(); return r + [a.recv(9), h.write(b'now'), a.recv(9), f.writelines([b'x', b'y']), f.flush(), a.recv(9), told(lambda: f.write('text')), told(lambda: g.write(b'bytes'))]`,
    async () => {
      const [a, c] = pair()
      const f = c.makefile('wb')
      const g = c.makefile('w')
      const h = c.makefile('wb', 0)
      a.setblocking(false)
      const r: unknown[] = [await f.write(b('abc')), await told(() => a.recv(9))]
      await f.flush()
      r.push(await a.recv(9), await g.write('h\u00e9\n'), await told(() => a.recv(9)))
      await g.flush()
      return [
        ...r,
        await a.recv(9),
        await h.write(b('now')),
        await a.recv(9),
        await f.writelines([b('x'), b('y')]),
        await f.flush(),
        await a.recv(9),
        await told(() => f.write(bad('text'))),
        await told(() => g.write(bad(b('bytes')))),
      ]
    },
  ],
})
