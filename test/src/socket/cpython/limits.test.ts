/** Time limits of each call that waits: as CPython. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as socket from '../../../../src/socket/index.ts'
import { pair } from './pair.ts'
import { each, same, told } from './same.ts'

const _b = (text: string) => Buffer.from(text, 'latin1')
const udp = () => socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
const _unix = (type: number = socket.SOCK_STREAM): socket.Socket => socket.socket(socket.AF_UNIX, type)
const _call = (f: unknown, self: unknown, args: readonly unknown[]) =>
  (f as (...all: unknown[]) => unknown).apply(self, [...args])

async function _inFolder(steps: (folder: string) => unknown): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'names-'))
  try {
    return await steps(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

same({
  'time limits: each call that waits': [
    `a, b = socket.socketpair(); b.settimeout(0.01); s = socket.create_server(('127.0.0.1', 0)); s.settimeout(0.01); u = socket.socket(2, 2); u.bind(('127.0.0.1', 0)); u.settimeout(0.01); x = bytearray(1)
    def text(f):
        try: f()
        except Exception as e: return [type(e).__name__, str(e), e.errno]
    return [text(f) for f in (lambda: b.recv(1), lambda: b.recv_into(x), lambda: s.accept(), lambda: u.recvfrom(1), lambda: u.recvfrom_into(x), lambda: u.recv(1), lambda: b.sendall(b'x' * 10**7))]`,
    async () => {
      const [, c] = pair()
      c.settimeout(0.01)
      const s = socket.createServer(['127.0.0.1', 0])
      s.settimeout(0.01)
      const u = udp()
      u.bind(['127.0.0.1', 0])
      u.settimeout(0.01)
      const x = Buffer.alloc(1)
      const all: unknown[] = []
      for (const f of [
        () => c.recv(1),
        () => c.recvInto(x),
        () => s.accept(),
        () => u.recvfrom(1),
        () => u.recvfromInto(x),
        () => u.recv(1),
        () => c.sendall(Buffer.alloc(1e7)),
      ]) {
        try {
          await f()
          all.push(null)
        } catch (error) {
          const { name, message, errno } = error as socket.OSError
          all.push([name, message.slice(0, 9), errno])
        }
      }
      return all
    },
  ],
  'limits of 0: each call that would wait': [
    `a, b = socket.socketpair(); b.setblocking(False); s = socket.create_server(('127.0.0.1', 0)); s.setblocking(False); u = socket.socket(2, 2); u.bind(('127.0.0.1', 0)); u.settimeout(0); x = bytearray(1)
    return [told(f) for f in (lambda: b.recv(1), lambda: b.recv_into(x), lambda: s.accept(), lambda: u.recvfrom(1), lambda: u.recvfrom_into(x), lambda: b.sendall(b'x' * 10**7), lambda: b.recvmsg(1))]`,
    () => {
      const [, c] = pair()
      c.setblocking(false)
      const s = socket.createServer(['127.0.0.1', 0])
      s.setblocking(false)
      const u = udp()
      u.bind(['127.0.0.1', 0])
      u.settimeout(0)
      const x = Buffer.alloc(1)
      return each(
        [
          () => c.recv(1),
          () => c.recvInto(x),
          () => s.accept(),
          () => u.recvfrom(1),
          () => u.recvfromInto(x),
          () => c.sendall(Buffer.alloc(1e7)),
          () => c.recvmsg(1),
        ],
        (f) => f(),
      )
    },
  ],
  'an accepted connection has the default limit, not its server’s': [
    `s = socket.create_server(('127.0.0.1', 0)); out = []
    for default, own in ((None, 5), (3, None), (3, 0), (None, 0)):
        socket.setdefaulttimeout(default); s.settimeout(own); c = socket.create_connection(s.getsockname(), timeout=None)
        if own == 0: select.select([s], [], [])
        conn, _ = s.accept(); out.append([conn.gettimeout(), conn.getblocking()])
    socket.setdefaulttimeout(None); return out`,
    async () => {
      const s = socket.createServer(['127.0.0.1', 0])
      const out: unknown[] = []
      try {
        for (const [fallback, own] of [
          [null, 5],
          [3, null],
          [3, 0],
          [null, 0],
        ] as const) {
          socket.setdefaulttimeout(fallback)
          s.settimeout(own)
          await socket.createConnection(s.getsockname(), { timeout: null })
          const [conn] = await s.accept()
          out.push([conn.gettimeout(), conn.getblocking()])
        }
      } finally {
        socket.setdefaulttimeout(null)
      }
      return out
    },
  ],
  'SO_RCVTIMEO and SO_SNDTIMEO limit a socket that has no time limit of its own': [
    `a, b = socket.socketpair(); s = socket.create_server(('127.0.0.1', 0)); u = socket.socket(2, 2); u.bind(('127.0.0.1', 0)); x = bytearray(1)
    a.sendall(b'abc')
    for one in (b, s, u): one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack('ll', 0, 10000))
    out = [b.recv(5, socket.MSG_WAITALL)] + [told(f) for f in (lambda: b.recv(1), lambda: b.dup().recv_into(x), lambda: b.recvmsg(1), lambda: u.recvfrom(1), lambda: s.accept())]
    c = socket.create_connection(s.getsockname()); out.append(told(lambda: s.accept()[0].recv(1)))
    b.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack('ll', 0, 10000)); out.append(told(lambda: b.sendall(b'x' * 10**7)))
    b.settimeout(0.01); out.append(told(lambda: b.recv(1)))
    b.settimeout(None); b.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack('ll', 0, 0)); a.send(b'x'); out.append(b.recv(1))
    n = socket.socket(socket.AF_UNIX); n.bind(''); n.listen(0); held = socket.socket(socket.AF_UNIX); held.connect(n.getsockname())
    m = socket.socket(socket.AF_UNIX); m.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack('ll', 0, 10000)); out.append(told(lambda: m.connect(n.getsockname())))
    return out + [told(lambda: m.connect_ex(n.getsockname()))]`,
    async () => {
      const timeval = (microseconds: bigint) => Buffer.from(BigInt64Array.of(0n, microseconds).buffer)
      const limited = (one: socket.Socket, option: number, microseconds = 10_000n) =>
        one.setsockopt(socket.SOL_SOCKET, option, timeval(microseconds))
      const [a, b] = pair()
      const s = socket.createServer(['127.0.0.1', 0])
      const u = udp()
      u.bind(['127.0.0.1', 0])
      await a.sendall(_b('abc'))
      for (const one of [b, s, u]) limited(one, socket.SO_RCVTIMEO)
      const out: unknown[] = [await b.recv(5, socket.MSG_WAITALL)]
      const copy = b.dup()
      for (const call of [
        () => b.recv(1),
        () => copy.recvInto(Buffer.alloc(1)),
        () => b.recvmsg(1),
        () => u.recvfrom(1),
        () => s.accept(),
      ])
        out.push(await told(call))
      using _client = await socket.createConnection(s.getsockname())
      const [conn] = await s.accept()
      out.push(await told(() => conn.recv(1)))
      limited(b, socket.SO_SNDTIMEO)
      out.push(await told(() => b.sendall(Buffer.alloc(1e7))))
      b.settimeout(0.01)
      out.push(await told(() => b.recv(1)))
      b.settimeout(null)
      limited(b, socket.SO_RCVTIMEO, 0n)
      await a.send(_b('x'))
      out.push(await b.recv(1))
      const n = _unix()
      n.bind('')
      n.listen(0)
      using held = _unix()
      await held.connect(n.getsockname())
      using m = _unix()
      limited(m, socket.SO_SNDTIMEO)
      out.push(await told(() => m.connect(n.getsockname())))
      return [...out, await told(() => m.connectEx(n.getsockname()))]
    },
  ],
})
