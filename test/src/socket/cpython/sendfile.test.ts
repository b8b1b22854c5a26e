import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as socket from '../../../../src/socket/index.ts'
import { bad, each, same, told } from './same.ts'

const b = (text: string) => Buffer.from(text, 'latin1')
const _pair = () => socket.socketpair() as [socket.Socket, socket.Socket]

async function connected(): Promise<[a: socket.Socket, b: socket.Socket]> {
  const server = socket.createServer(['127.0.0.1', 0])
  const client = await socket.createConnection(server.getsockname())
  const [conn] = await server.accept()
  return [client, conn]
}

async function withFile(bytes: Uint8Array, steps: (fd: number) => unknown): Promise<unknown> {
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

/** What is read next. */
function readOn(fd: number): Buffer {
  const next = Buffer.alloc(4)
  return next.subarray(0, readSync(fd, next, 0, 4, null))
}

const _MODES = ['r', 'rb', 'w', 'wb', 'rw', 'rwb', 'wr', 'b', '', 'x', 'rt', 'a', 'r+', 'rr']
const _TEXT = 'Read this.\nIt has\nthree lines and no last end'
const DATA = Buffer.from(Array.from({ length: 300_000 }, (_, i) => i % 251))
const FILE = `
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

async function send(fd: number, ...args: unknown[]): Promise<unknown[]> {
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
  'sendfile: whole, parts, beyond the end': [
    `${FILE}return [send(), send(offset=5000), send(0, 3000), send(0, 200000), send(5000, 123007), send(299998, 10), send(300000), send(400000), send(0, 10**9)]`,
    () =>
      withFile(DATA, async (fd) => [
        await send(fd),
        await send(fd, { offset: 5000 }),
        await send(fd, 0, 3000),
        await send(fd, 0, 200_000),
        await send(fd, 5000, 123_007),
        await send(fd, 299_998, 10),
        await send(fd, 300_000),
        await send(fd, 400_000),
        await send(fd, 0, 1e9),
      ]),
  ],
  'sendfile leaves the file where it ended': [
    `${FILE}r = []
    for args in ((), (5000,), (0, 3000), (5000, 123007), (300000,)):
        sent = send(*args)[0]; r.append([sent, list(f.read(4))])
    return r`,
    () =>
      withFile(DATA, async (fd) => {
        const r: unknown[] = []
        for (const args of [[], [5000], [0, 3000], [5000, 123_007]]) {
          const [sent] = await send(fd, ...args)
          r.push([sent, [...readOn(fd)]])
        }
        // Where nothing is sent nothing is moved: it goes on behind the four bytes that were read.
        return [...r, [(await send(fd, 300_000))[0], [...readOn(fd)]]]
      }),
  ],
  'sendfile of an empty file': [
    `f = tempfile.TemporaryFile(); a, b = connected(); return a.sendfile(f)`,
    () => withFile(b(''), async (fd) => (await connected())[0].sendfile(fd)),
  ],
  'sendfile: counts that are none': [
    `f = tempfile.TemporaryFile(); a, b = connected(); return [told(lambda: a.sendfile(f, 0, n)) for n in (0, -1, 1.5, '3', None)]`,
    () =>
      withFile(b(''), async (fd) => {
        const [a] = await connected()
        return each([0, -1, 1.5, '3', null], (n) => a.sendfile(fd, 0, bad(n)))
      }),
  ],
  'sendfile(count=0)': [
    `f = tempfile.TemporaryFile(); a, b = connected(); a.sendfile(f, 0, 0)`,
    () => withFile(b(''), async (fd) => (await connected())[0].sendfile(fd, 0, 0)),
  ],
  'sendfile(count=1.5)': [
    `f = tempfile.TemporaryFile(); a, b = connected(); a.sendfile(f, 0, 1.5)`,
    () => withFile(b(''), async (fd) => (await connected())[0].sendfile(fd, 0, 1.5)),
  ],
  'sendfile by a datagram socket': [
    `f = tempfile.TemporaryFile(); socket.socket(2, 2).sendfile(f)`,
    () => withFile(b(''), (fd) => socket.socket(2, 2).sendfile(fd)),
  ],
  'sendfile, non-blocking': [
    `f = tempfile.TemporaryFile(); f.write(b'x'); f.flush(); a, b = connected(); a.setblocking(False); a.sendfile(f)`,
    () =>
      withFile(b('x'), async (fd) => {
        const [a] = await connected()
        a.setblocking(false)
        return a.sendfile(fd)
      }),
  ],
  'sendfile that nobody takes': [
    `f = tempfile.TemporaryFile(); f.truncate(30000000); a, b = connected(); a.settimeout(0.05); return told(lambda: a.sendfile(f))`,
    () =>
      withFile(Buffer.alloc(30_000_000), async (fd) => {
        const [a, b] = await connected()
        a.settimeout(0.05)
        const how = await told(() => a.sendfile(fd))
        b.close() // Until here somebody has to know it: a socket that is collected is closed.
        return how
      }),
  ],
})
