/** Receiving and sending, time limits, datagrams, UNIX names: all as CPython. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as socket from '../../../../src/socket/index.ts'
import { pair } from './pair.ts'
import { bad, each, same, told } from './same.ts'

const b = (text: string) => Buffer.from(text, 'latin1')
const udp = () => socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
const _unix = (type: number = socket.SOCK_STREAM): socket.Socket => socket.socket(socket.AF_UNIX, type)
const call = (f: unknown, self: unknown, args: readonly unknown[]) =>
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
  'recv: sizes': [
    `a, b = socket.socketpair(); a.send(b'abcdef'); return [told(lambda: b.recv(n)) for n in (0, 1, 2, -1, 1.5, '1', None)] + [b.recv(99)]`,
    async () => {
      const [a, c] = pair()
      await a.send(b('abcdef'))
      return [...(await each([0, 1, 2, -1, 1.5, '1', null], (n) => c.recv(bad(n)))), await c.recv(99)]
    },
  ],
  'recv(0) waits for nothing, also of a closed socket': [
    `a, b = socket.socketpair(); r = [b.recv(0), b.recv_into(b'' and b'' or bytearray(0))]; b.close(); return r + [b.recv(0)]`,
    async () => {
      const [, c] = pair()
      const r = [await c.recv(0), await c.recvInto(Buffer.alloc(0))]
      c.close()
      return [...r, await c.recv(0)]
    },
  ],
  'recv: flags of another kind': [
    `a, b = socket.socketpair(); return [told(lambda: b.recv(1, f)) for f in ('x', 1.5, None)]`,
    () => {
      const [, c] = pair()
      return each(['x', 1.5], (f) => c.recv(1, bad(f))).then((r) => [...r, ['TypeError', null]])
    },
  ],
  'recv_into: counts': [
    `a, b = socket.socketpair(); a.send(b'abcdefghij'); a.close(); x = bytearray(4); return [told(lambda: b.recv_into(x, *n)) for n in ((), (0,), (2,), (4,), (5,), (-1,), ('1',), (1, 'f'))][:7] + [x]`,
    async () => {
      const [a, c] = pair()
      await a.send(b('abcdefghij'))
      const x = Buffer.alloc(4)
      a.close()
      return [
        ...(await each([[], [0], [2]], (n) => call(c.recvInto, c, [x, ...n]))),
        0,
        ...(await each([[5], [-1], ['1']], (n) => call(c.recvInto, c, [x, ...n]))),
        x,
      ]
    },
  ],
  'recv_into: what is no buffer': [
    `a, b = socket.socketpair(); return [told(lambda: b.recv_into(x)) for x in (5, 'x', None, [], b'x')]`,
    async () => {
      const [, c] = pair()
      return [...(await each([5, 'x', null, []], (x) => c.recvInto(bad(x)))), ['TypeError', null]]
    },
  ],
  'recvfrom_into: counts and buffers': [
    `u = socket.socket(2, 2); u.bind(('127.0.0.1', 0)); v = socket.socket(2, 2)
    for t in (b'one', b'twotwo', b'', b'four'): v.sendto(t, u.getsockname())
    x = bytearray(4); r = [u.recvfrom_into(x)[0], x[:], u.recvfrom_into(x)[0], x[:], u.recvfrom_into(x)[0], u.recvfrom_into(memoryview(x)[1:], 2)[0], x[:]]
    return r + [told(lambda: u.recvfrom_into(x, 5)), told(lambda: u.recvfrom_into(x, -1)), told(lambda: u.recvfrom_into('x'))]`,
    async () => {
      const u = udp()
      u.bind(['127.0.0.1', 0])
      const v = udp()
      for (const t of ['one', 'twotwo', '', 'four']) await v.sendto(b(t), u.getsockname())
      const x = Buffer.alloc(4)
      const copy = () => Buffer.from(x)
      const r: unknown[] = []
      r.push(
        (await u.recvfromInto(x))[0],
        copy(),
        (await u.recvfromInto(x))[0],
        copy(),
        (await u.recvfromInto(x))[0],
        (await u.recvfromInto(x.subarray(1), 2))[0],
        copy(),
      )
      return [
        ...r,
        ...(await each([() => u.recvfromInto(x, 5), () => u.recvfromInto(x, -1), () => u.recvfromInto(bad('x'))], (f) =>
          f(),
        )),
      ]
    },
  ],
  'recvfrom_into: a buffer that is empty': [
    `u = socket.socket(2, 2); u.bind(('127.0.0.1', 0)); socket.socket(2, 2).sendto(b'x', u.getsockname()); return u.recvfrom_into(bytearray(0))[0]`,
    async () => {
      const u = udp()
      u.bind(['127.0.0.1', 0])
      await udp().sendto(b('x'), u.getsockname())
      return (await u.recvfromInto(Buffer.alloc(0)))[0]
    },
  ],
  'recvfrom of a stream': [
    `a, b = socket.socketpair(); c, d = connected(); a.send(b'x'); c.send(b'y'); return [b.recvfrom(9)[0], d.recvfrom(9)]`,
    async () => {
      const [a, c] = pair()
      const server = socket.createServer(['127.0.0.1', 0])
      const x = await socket.createConnection(server.getsockname())
      const [y] = await server.accept()
      await a.send(b('x'))
      await x.send(b('y'))
      return [(await c.recvfrom(9))[0], await y.recvfrom(9)]
    },
  ],
  'recvfrom(0) and recvfrom(-1)': [
    `u = socket.socket(2, 2); u.bind(('127.0.0.1', 0)); socket.socket(2, 2).sendto(b'x', u.getsockname()); return [u.recvfrom(0)[0], told(lambda: u.recvfrom(-1))]`,
    async () => {
      const u = udp()
      u.bind(['127.0.0.1', 0])
      await udp().sendto(b('x'), u.getsockname())
      return [(await u.recvfrom(0))[0], await told(() => u.recvfrom(-1))]
    },
  ],
  'MSG_TRUNC asks for the whole length': [
    `u = socket.socket(2, 2); u.bind(('127.0.0.1', 0)); socket.socket(2, 2).sendto(b'abcdef', u.getsockname()); x = bytearray(2); return [u.recv_into(x, 0, socket.MSG_TRUNC), x]`,
    async () => {
      const u = udp()
      u.bind(['127.0.0.1', 0])
      await udp().sendto(b('abcdef'), u.getsockname())
      const x = Buffer.alloc(2)
      return [await u.recvInto(x, 0, socket.MSG_TRUNC), x]
    },
  ],
  'what send takes': [
    `a, b = socket.socketpair(); return [told(lambda: a.send(x)) for x in (b'', b'x', bytearray(b'x'), memoryview(b'x'), 'x', None, 5, [1], 1.5)]`,
    () => {
      const [a] = pair()
      return each([b(''), b('x'), new Uint8Array(1), new DataView(new ArrayBuffer(1)), 'x', null, 5, [1], 1.5], (x) =>
        a.send(bad(x)),
      )
    },
  ],
  'what sendall takes': [
    `a, b = socket.socketpair(); return [told(lambda: a.sendall(x)) for x in (b'', b'x', 'x', None, 5)]`,
    () => {
      const [a] = pair()
      return each([b(''), b('x'), 'x', null, 5], (x) => a.sendall(bad(x)))
    },
  ],
  'what sendto takes': [
    `u = socket.socket(2, 2); at = ('127.0.0.1', 9); return [told(lambda: u.sendto(*x)) for x in ((b'x',), ('x', at), (5, at), (b'x', None), (b'x', 5), (b'x', 'at'), (b'x', 'f', at), (b'x', 0, None), (b'x', 0, at), (b'x', at), (b'x', 1.5, at))]`,
    () => {
      const u = udp()
      const at = ['127.0.0.1', 9]
      const x = b('x')
      return each(
        [
          [x],
          ['x', at],
          [5, at],
          [x, null],
          [x, 5],
          [x, 'at'],
          [x, 'f', at],
          [x, 0, null],
          [x, 0, at],
          [x, at],
          [x, 1.5, at],
        ],
        (args) => call(u.sendto, u, args),
      )
    },
  ],
  'sendto with one argument': [`socket.socket(2, 2).sendto(b'x')`, () => call(udp().sendto, udp(), [b('x')])],
  'sendto with four arguments': [
    `socket.socket(2, 2).sendto(b'x', 0, ('127.0.0.1', 9), 4)`,
    () => call(udp().sendto, udp(), [b('x'), 0, ['127.0.0.1', 9], 4]),
  ],
  'sendto(text, address)': [
    `socket.socket(2, 2).sendto('\u2620', ('127.0.0.1', 9))`,
    () => udp().sendto(bad('☠'), ['127.0.0.1', 9]),
  ],
  'sendto(bytes, number)': [`socket.socket(2, 2).sendto(b'x', 5)`, () => udp().sendto(b('x'), bad(5))],
  'sendto(bytes, None)': [`socket.socket(2, 2).sendto(b'x', None)`, () => udp().sendto(b('x'), bad(null))],
  'sendto(bytes, text, address)': [
    `socket.socket(2, 2).sendto(b'x', 'f', ('127.0.0.1', 9))`,
    () => call(udp().sendto, udp(), [b('x'), 'f', ['127.0.0.1', 9]]),
  ],
  'sendto on a connected stream: the address counts for nothing': [
    `a, b = connected(); return [told(lambda: a.sendto(b'x', ('127.0.0.1', 9))), b.recv(9)]`,
    async () => {
      const server = socket.createServer(['127.0.0.1', 0])
      const x: socket.Socket = await socket.createConnection(server.getsockname())
      const [y] = await server.accept()
      return [await told(() => x.sendto(b('x'), ['127.0.0.1', 9])), await y.recv(9)]
    },
  ],
  'sendto a datagram socket that is connected elsewhere': [
    `u, v, w = [socket.socket(2, 2) for _ in 'abc']; v.bind(('127.0.0.1', 0)); w.bind(('127.0.0.1', 0)); u.connect(v.getsockname()); return [u.sendto(b'x', w.getsockname()), w.recv(9)]`,
    async () => {
      const [u, v, w] = [udp(), udp(), udp()]
      v.bind(['127.0.0.1', 0])
      w.bind(['127.0.0.1', 0])
      await u.connect(v.getsockname())
      return [await u.sendto(b('x'), w.getsockname()), await w.recv(9)]
    },
  ],
  'recvmsg waits its time': [
    `a, b = socket.socketpair(); b.settimeout(0.02); b.recvmsg(1)`,
    () => {
      const [, c] = pair()
      c.settimeout(0.02)
      return c.recvmsg(1)
    },
  ],
  'recvmsg_into waits its time': [
    `a, b = socket.socketpair(); b.settimeout(0.02); b.recvmsg_into([bytearray(1)])`,
    () => {
      const [, c] = pair()
      c.settimeout(0.02)
      return c.recvmsgInto([Buffer.alloc(1)])
    },
  ],
  'recvmsg, non-blocking': [
    `a, b = socket.socketpair(); b.setblocking(False); b.recvmsg(1)`,
    () => {
      const [, c] = pair()
      c.setblocking(false)
      return c.recvmsg(1)
    },
  ],
  'a socket for datagrams that is shut down ends every wait, also by its copy': [
    `out = []
    for sock in (socket.socket(2, 2), socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)[0]):
        if sock.family == socket.AF_INET: sock.bind(('127.0.0.1', 0))
        copy = sock.dup(); x = bytearray(1)
        calls = [lambda: sock.recv(1), lambda: sock.recvfrom(1), lambda: sock.recv_into(x), lambda: sock.recvfrom_into(x), lambda: sock.recvmsg(1, 99)]
        out.append(told(lambda: copy.shutdown(socket.SHUT_RD))); out += [call() for call in calls]
        sock.setblocking(False); out.append(told(lambda: sock.recv(1)))
    return out`,
    async () => {
      const out: unknown[] = []
      const inet = udp()
      inet.bind(['127.0.0.1', 0])
      for (const sock of [inet, pair(socket.SOCK_DGRAM)[0]]) {
        const copy = sock.dup()
        const x = Buffer.alloc(1)
        const waiting = [sock.recv(1), sock.recvfrom(1), sock.recvInto(x), sock.recvfromInto(x), sock.recvmsg(1, 99)]
        out.push(await told(() => copy.shutdown(socket.SHUT_RD)), ...(await Promise.all<unknown>(waiting)))
        sock.setblocking(false)
        out.push(await told(() => sock.recv(1)))
      }
      return out
    },
  ],
  'shutdown at either end, and of a copy, ends every sendall that waits': [
    `out = []
    for end in ('own', 'copy', 'peer'):
        a, b = socket.socketpair(); copy = b.dup()
        def send(): out.append(told(lambda: b.sendall(b'x' * 10**6)))
        senders = [threading.Thread(target=send) for _ in range(3)]
        for sender in senders: sender.start()
        while select.select([], [b], [], 0)[1]: pass
        {'own': lambda: b.shutdown(socket.SHUT_WR), 'copy': lambda: copy.shutdown(socket.SHUT_WR), 'peer': lambda: a.shutdown(socket.SHUT_RD)}[end]()
        for sender in senders: sender.join()
    return out`,
    async () => {
      const out: unknown[] = []
      for (const end of ['own', 'copy', 'peer']) {
        const [a, c] = pair()
        const copy = c.dup()
        const sending = [1, 2, 3].map(() => told(() => c.sendall(Buffer.alloc(1e6))))
        if (end === 'peer') a.shutdown(socket.SHUT_RD)
        else (end === 'own' ? c : copy).shutdown(socket.SHUT_WR)
        out.push(...(await Promise.all(sending)))
      }
      return out
    },
  ],
})
