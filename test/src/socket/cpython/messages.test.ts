/** sendmsg, recvmsg and control messages: gathering, cutting, descriptors on their way, all as CPython. */
import { closeSync, fstatSync, openSync } from 'node:fs'
import * as socket from '../../../../src/socket/index.ts'
import { pair } from './pair.ts'
import { bad, each, same, told } from './same.ts'

const { MSG_CTRUNC, SCM_RIGHTS, SOL_SOCKET } = socket
const b = (text: string) => Buffer.from(text, 'latin1')

/** Some descriptors of a file, as bytes for SCM_RIGHTS; closed with the block. */
function files(count: number): { bytes: Buffer; [Symbol.dispose](): void } {
  const fds = Array.from({ length: count }, () => openSync('/dev/null', 'r'))
  return {
    bytes: Buffer.from(Int32Array.from(fds).buffer),
    [Symbol.dispose]: () => void fds.map((fd) => closeSync(fd)),
  }
}

/** What came of control messages: level, type, and how many whole descriptors, which are closed again. */
const came = (ancdata: readonly socket.Ancillary[]) =>
  ancdata.map(([level, type, data]) => {
    const count = data.length >> 2
    for (let i = 0; i < count; i++) {
      const fd = data.readInt32LE(i * 4)
      fstatSync(fd) // It is open.
      closeSync(fd)
    }
    return [level, type, count, data.length % 4]
  })

const _PY = `
    import array
    def files(n): return array.array('i', [os.open('/dev/null', os.O_RDONLY) for _ in range(n)])
    def came(ancdata):
        out = []
        for level, type, data in ancdata:
            fds = array.array('i'); fds.frombytes(data[:len(data) - len(data) % 4])
            for fd in fds: os.fstat(fd); os.close(fd)
            out.append([level, type, len(fds), len(data) % 4])
        return out
    def passed(n, room, size=10, more=b'm'):
        a, b = socket.socketpair(); a.sendmsg([more], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, files(n))])
        data, anc, flags, address = b.recvmsg(size, room); return [data, came(anc), flags & socket.MSG_CTRUNC]
    `

async function _passed(count: number, room: number, size = 10): Promise<unknown[]> {
  const [a, c] = pair()
  using sent = files(count)
  await a.sendmsg([b('m')], [[SOL_SOCKET, SCM_RIGHTS, sent.bytes]])
  const [data, ancdata, flags] = await c.recvmsg(size, room)
  return [data, came(ancdata), flags & MSG_CTRUNC]
}

const _LENGTHS = [0, 1, 2, 3, 4, 7, 8, 9, 100, 2147483615 - 16]

same({
  'sendmsg gathers': [
    `a, b = socket.socketpair(); n = a.sendmsg([b'Beans ', bytearray(b'and '), memoryview(b'toast')]); return [n, b.recv(99)]`,
    async () => {
      const [a, c] = pair()
      const n = await a.sendmsg([
        b('Beans '),
        new Uint8Array(b('and ')),
        new DataView(new Uint8Array(b('toast')).buffer) as never,
      ])
      return [n, await c.recv(99)]
    },
  ],
  'sendmsg takes what can be iterated': [
    `a, b = socket.socketpair(); n = a.sendmsg(x for x in [b'one', b'two']); m = a.sendmsg([b'x'], ((l, t, d) for l, t, d in [])); return [n, m, b.recv(99)]`,
    async () => {
      const [a, c] = pair()
      const parts = (function* () {
        yield* [b('one'), b('two')]
      })()
      const none = (function* () {})()
      return [await a.sendmsg(parts), await a.sendmsg([b('x')], none), await c.recv(99)]
    },
  ],
  'sendmsg of several UDP parts is one datagram': [
    `u = socket.socket(2, 2); u.bind(('127.0.0.1', 0)); v = socket.socket(2, 2); n = v.sendmsg([b'ab', b'', b'cd'], [], 0, u.getsockname()); return [n, u.recv(99)]`,
    async () => {
      const u = socket.socket(2, 2)
      u.bind(['127.0.0.1', 0])
      const v: socket.Socket = socket.socket(2, 2)
      return [await v.sendmsg([b('ab'), b(''), b('cd')], [], 0, u.getsockname()), await u.recv(99)]
    },
  ],
  'sendmsg of UDP with nowhere to go': [
    `return told(lambda: socket.socket(2, 2).sendmsg([b'x']))`,
    () => told(() => socket.socket(2, 2).sendmsg([b('x')])),
  ],
  'sendmsg: no address said by None': [
    `a, b = socket.socketpair(); return [a.sendmsg([b'x'], [], 0, None), b.recv(9)]`,
    async () => {
      const [a, c] = pair()
      return [await a.sendmsg([b('x')], [], 0, null), await c.recv(9)]
    },
  ],
  'sendmsg: arguments of other kinds': [
    `a, b = socket.socketpair(); return [told(lambda: a.sendmsg(*x)) for x in ((), (b'x',), ('x',), (object(),), ([5],), (['x'],), ([b'x'], 5), ([b'x'], [], 'f'), ([b'x'], [], 0, 5), ([b'x'], [5]), ([b'x'], [(1, 2)]), ([b'x'], [(1, 2, 3)]), ([b'x'], [(1, 2, b'', 4)]), ([b'x'], [('1', 2, b'')]), ([b'x'], [(1, 2.5, b'')]), ([b'x'], [], None), ([b'x'], object(), 0, None), ([b'x'], [], object(), None), ([b'x'], None))][1:]`,
    () => {
      const [a] = pair()
      const x = [b('x')]
      const given: unknown[][] = [
        [b('x')],
        ['x'],
        [{}],
        [[5]],
        [['x']],
        [x, 5],
        [x, [], 'f'],
        [x, [], 0, 5],
        [x, [5]],
        [x, [[1, 2]]],
        [x, [[1, 2, 3]]],
        [x, [[1, 2, b(''), 4]]],
        [x, [['1', 2, b('')]]],
        [x, [[1, 2.5, b('')]]],
        [x, [], null],
        [x, {}, 0, null],
        [x, [], {}, ['', 1]],
        [x, null],
      ]
      return each(given, (args) => (a.sendmsg as (...all: unknown[]) => unknown)(...args))
    },
  ],
  'sendmsg: control messages that the system refuses': [
    `a, b = socket.socketpair(); return [told(lambda: a.sendmsg([b'x'], x)) for x in ([(1, 1, b'\\xff\\xff\\xff\\x7f')], [(1, 77, b'')], [(1, 1, b'ab')], [(77, 77, b'')])]`,
    () => {
      const [a] = pair()
      return each([[[1, 1, b('\xff\xff\xff\x7f')]], [[1, 77, b('')]], [[1, 1, b('ab')]], [[77, 77, b('')]]], (x) =>
        a.sendmsg([b('x')], bad(x)),
      )
    },
  ],
  'sendmsg that would have to wait': [
    `a, b = socket.socketpair(); a.settimeout(0.03)
    try:
        while True: a.sendmsg([b'a' * 4096])
    except TimeoutError as e: one = str(e)
    a.settimeout(None)
    try:
        while True: a.sendmsg([b'a' * 512], [], socket.MSG_DONTWAIT)
    except OSError as e: return [one, e.errno, type(e).__name__]`,
    async () => {
      const [a] = pair()
      a.settimeout(0.03)
      let one = ''
      try {
        for (;;) await a.sendmsg([Buffer.alloc(4096)])
      } catch (error) {
        one = (error as Error).message.slice(0, 9)
      }
      try {
        a.settimeout(null)
        for (;;) await a.sendmsg([Buffer.alloc(512)], [], socket.MSG_DONTWAIT)
      } catch (error) {
        return [one, (error as socket.OSError).errno, (error as Error).name]
      }
    },
  ],
  'recvmsg: bytes, flags, sender': [
    `a, b = socket.socketpair(); a.send(b'abcdef'); u = socket.socket(2, 2); u.bind(('127.0.0.1', 0)); v = socket.socket(2, 2); v.bind(('127.0.0.1', 0)); v.sendto(b'abcdef', u.getsockname()); v.sendto(b'next', u.getsockname())
    d, anc, f, who = u.recvmsg(3)
    return [b.recvmsg(3), b.recvmsg(99), d, anc, f == socket.MSG_TRUNC, who == v.getsockname(), u.recvmsg(99)[:3]]`,
    async () => {
      const [a, c] = pair()
      await a.send(b('abcdef'))
      const u = socket.socket(2, 2)
      u.bind(['127.0.0.1', 0])
      const v = socket.socket(2, 2)
      v.bind(['127.0.0.1', 0])
      await v.sendto(b('abcdef'), u.getsockname())
      await v.sendto(b('next'), u.getsockname())
      const [d, anc, f, who] = await u.recvmsg(3)
      return [
        await c.recvmsg(3),
        await c.recvmsg(99),
        d,
        anc,
        f === socket.MSG_TRUNC,
        String(who) === String(v.getsockname()),
        (await u.recvmsg(99)).slice(0, 3),
      ]
    },
  ],
  'recvmsg: the end of a stream, and a look ahead': [
    `a, b = socket.socketpair(); a.send(b'xyz'); a.close(); return [b.recvmsg(2, 0, socket.MSG_PEEK)[0], b.recvmsg(9)[0], b.recvmsg(9)[:3]]`,
    async () => {
      const [a, c] = pair()
      await a.send(b('xyz'))
      a.close()
      return [(await c.recvmsg(2, 0, socket.MSG_PEEK))[0], (await c.recvmsg(9))[0], (await c.recvmsg(9)).slice(0, 3)]
    },
  ],
  'recvmsg of sequenced packets: the end of a record': [
    `a, b = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET); a.send(b'abc'); r = b.recvmsg(2); return [r[0], r[2] & socket.MSG_TRUNC == socket.MSG_TRUNC]`,
    async () => {
      const [a, c] = pair(socket.SOCK_SEQPACKET)
      await a.send(b('abc'))
      const r = await c.recvmsg(2)
      return [r[0], (r[2] & socket.MSG_TRUNC) === socket.MSG_TRUNC]
    },
  ],
  'recvmsg: arguments of other kinds': [
    `a, b = socket.socketpair(); return [told(lambda: b.recvmsg(*x)) for x in ((-1,), (1, -1), ('1',), (1, '1'), (1, 0, '1'), (1.5,), (object(), 0, 0), ([bytearray(9)], 0, 0), (1, object(), 0), (1, 0, None), (1, None))]`,
    () => {
      const [, c] = pair()
      const given = [
        [-1],
        [1, -1],
        ['1'],
        [1, '1'],
        [1, 0, '1'],
        [1.5],
        [{}, 0, 0],
        [[Buffer.alloc(9)], 0, 0],
        [1, {}, 0],
        [1, 0, null],
        [1, null],
      ]
      return each(given, (x) => (c.recvmsg as (...all: unknown[]) => unknown)(...x))
    },
  ],
  'recvmsg(-1)': [`a, b = socket.socketpair(); b.recvmsg(-1)`, () => pair()[1].recvmsg(-1)],
  'recvmsg: the most room for control messages': [
    `a, b = socket.socketpair(); a.send(b'x'); return [b.recvmsg(1, 2**31 - 1)[0], told(lambda: b.recvmsg(1, 2**31))]`,
    async () => {
      const [a, c] = pair()
      await a.send(b('x'))
      return [(await c.recvmsg(1, 2 ** 31 - 1))[0], await told(() => c.recvmsg(1, 2 ** 31))]
    },
  ],
  'recvmsg(1, -1)': [`a, b = socket.socketpair(); b.recvmsg(1, -1)`, () => pair()[1].recvmsg(1, -1)],
  'recvmsg_into: spread over buffers': [
    `a, b = socket.socketpair(); a.send(b'abcdefgh'); x, y, z = bytearray(2), bytearray(3), bytearray(9); n, anc, f, who = b.recvmsg_into([x, memoryview(y)[1:2], y, z]); return [n, x, y, z, anc]`,
    async () => {
      const [a, c] = pair()
      await a.send(b('abcdefgh'))
      const [x, y, z] = [Buffer.alloc(2), Buffer.alloc(3), Buffer.alloc(9)]
      const [n, anc] = await c.recvmsgInto([x, y.subarray(1, 2), y, z])
      return [n, x, y, z, anc]
    },
  ],
  'recvmsg_into takes what can be iterated': [
    `a, b = socket.socketpair(); a.send(b'abc'); x = bytearray(9); return [b.recvmsg_into(v for v in [x])[0], x[:3]]`,
    async () => {
      const [a, c] = pair()
      await a.send(b('abc'))
      const x = Buffer.alloc(9)
      const all = (function* () {
        yield x
      })()
      return [(await c.recvmsgInto(bad(all)))[0], x.subarray(0, 3)]
    },
  ],
  'recvmsg_into: arguments of other kinds': [
    `a, b = socket.socketpair(); x = bytearray(9); return [told(lambda: b.recvmsg_into(*v)) for v in ((x,), (5,), ([5],), (['x'],), ([b'x'],), ([x, object()],), ([x], -1), ([x], 'x'), ([x], 0, 'x'), ([x], object(), 0), ([x], 0, None)) if v != ([b'x'],)]`,
    () => {
      const [, c] = pair()
      const x = Buffer.alloc(9)
      const given = [
        [x],
        [5],
        [[5]],
        [['x']],
        [[x, {}]],
        [[x], -1],
        [[x], 'x'],
        [[x], 0, 'x'],
        [[x], {}, 0],
        [[x], 0, null],
      ]
      return each(given, (v) => (c.recvmsgInto as (...all: unknown[]) => unknown)(...v))
    },
  ],
})
