/** Control messages: lengths, descriptors on their way, cut where the room ends: as CPython. */
import { closeSync, fstatSync, openSync } from 'node:fs'
import * as socket from '../../../../src/socket/index.ts'
import { pair } from './pair.ts'
import { bad, each, same } from './same.ts'

const { MSG_CTRUNC, SCM_RIGHTS, SOCK_DGRAM, SOL_SOCKET } = socket
const b = (text: string) => Buffer.from(text, 'latin1')

/** Some descriptors of a file for SCM_RIGHTS, as Python's array('i') and as bytes; closed with the block. */
function files(count: number): { numbers: Int32Array; bytes: Buffer; [Symbol.dispose](): void } {
  const fds = Array.from({ length: count }, () => openSync('/dev/null', 'r'))
  const numbers = Int32Array.from(fds)
  return {
    numbers,
    bytes: Buffer.from(numbers.buffer),
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

const PY = `
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

async function passed(count: number, room: number, size = 10): Promise<unknown[]> {
  const [a, c] = pair()
  using sent = files(count)
  await a.sendmsg([b('m')], [[SOL_SOCKET, SCM_RIGHTS, sent.numbers]])
  const [data, ancdata, flags] = await c.recvmsg(size, room)
  return [data, came(ancdata), flags & MSG_CTRUNC]
}

const LENGTHS = [0, 1, 2, 3, 4, 7, 8, 9, 100, 2147483615 - 16]

same({
  'CMSG_LEN and CMSG_SPACE': [
    `return [told(lambda: f(n)) for f in (socket.CMSG_LEN, socket.CMSG_SPACE) for n in ${JSON.stringify(LENGTHS)}]`,
    () =>
      each(
        [socket.CMSG_LEN, socket.CMSG_SPACE].flatMap((f) => LENGTHS.map((n) => () => f(n))),
        (f) => f(),
      ),
  ],
  'CMSG_LEN(-1)': ['return socket.CMSG_LEN(-1)', () => socket.CMSG_LEN(-1)],
  'CMSG_SPACE(2**31)': ['return socket.CMSG_SPACE(2**31)', () => socket.CMSG_SPACE(2 ** 31)],
  'CMSG_LEN(text)': [
    `return [told(lambda: socket.CMSG_LEN('5')), told(lambda: socket.CMSG_LEN(1.5))]`,
    () => each([bad('5'), 1.5], socket.CMSG_LEN),
  ],
  'descriptors: room for all of them, by space and by length': [
    `${PY}return [passed(1, socket.CMSG_SPACE(4)), passed(1, socket.CMSG_LEN(4)), passed(3, socket.CMSG_LEN(12)), passed(3, 10240), passed(0, 10240)]`,
    async () => [
      await passed(1, socket.CMSG_SPACE(4)),
      await passed(1, socket.CMSG_LEN(4)),
      await passed(3, socket.CMSG_LEN(12)),
      await passed(3, 10240),
      await passed(0, 10240),
    ],
  ],
  'descriptors: cut wherever the room ends': [
    `${PY}return [passed(2, room) for room in (0, 1, 4, socket.CMSG_LEN(0) - 1, socket.CMSG_LEN(0), socket.CMSG_LEN(0) + 1, socket.CMSG_LEN(4) - 1, socket.CMSG_LEN(4), socket.CMSG_LEN(8) - 1, socket.CMSG_LEN(8), socket.CMSG_SPACE(8))]`,
    async () => {
      const rooms = [
        0,
        1,
        4,
        socket.CMSG_LEN(0) - 1,
        socket.CMSG_LEN(0),
        socket.CMSG_LEN(0) + 1,
        socket.CMSG_LEN(4) - 1,
        socket.CMSG_LEN(4),
        socket.CMSG_LEN(8) - 1,
        socket.CMSG_LEN(8),
        socket.CMSG_SPACE(8),
      ]
      const all: unknown[] = []
      for (const room of rooms) all.push(await passed(2, room))
      return all
    },
  ],
  'descriptors in two messages arrive': [
    `${PY}a, b = socket.socketpair(); fds = files(2); a.sendmsg([b'm'], [(1, 1, fds[:1]), (1, 1, fds[1:])]); d, anc, f, _ = b.recvmsg(9, 10240); return [d, sum(x[2] for x in came(anc))]`,
    async () => {
      const [a, c] = pair()
      using sent = files(2)
      await a.sendmsg(
        [b('m')],
        [
          [1, 1, sent.bytes.subarray(0, 4)],
          [1, 1, sent.bytes.subarray(4)],
        ],
      )
      const [d, anc] = await c.recvmsg(9, 10240)
      return [d, came(anc).reduce((n, [, , count]) => n + count!, 0)]
    },
  ],
  'a part of a descriptor at the end of the message': [
    `${PY}a, b = socket.socketpair(); a.sendmsg([b'm'], [(1, 1, files(2).tobytes()[:-1])]); d, anc, f, _ = b.recvmsg(9, 10240); return [d, came(anc)]`,
    async () => {
      const [a, c] = pair()
      using sent = files(2)
      await a.sendmsg([b('m')], [[1, 1, sent.bytes.subarray(0, 7)]])
      const [d, anc] = await c.recvmsg(9, 10240)
      return [d, came(anc)]
    },
  ],
  'send_fds and recv_fds': [
    `${PY}a, b = socket.socketpair(); fds = files(3); n = socket.send_fds(a, [b'text', b'more'], list(fds)); d, got, f, who = socket.recv_fds(b, 99, 10); return [n, d, len(got), all(os.fstat(x) for x in got), f]`,
    async () => {
      const [a, c] = pair()
      using sent = files(3)
      const fds = [...new Int32Array(sent.bytes.buffer, sent.bytes.byteOffset, 3)]
      const n = await socket.sendFds(a, [b('text'), b('more')], fds)
      const [d, got, f] = await socket.recvFds(c, 99, 10)
      const open = got.every((fd) => fstatSync(fd))
      for (const fd of got) closeSync(fd)
      return [n, d, got.length, open, f]
    },
  ],
  'hop limits and traffic classes of IPv6 datagrams': [
    `s = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM); s.bind(('::1', 0)); c = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM); L = socket.IPPROTO_IPV6
    for o in (socket.IPV6_RECVHOPLIMIT, socket.IPV6_RECVTCLASS): s.setsockopt(L, o, 1)
    c.sendmsg([b'm'], [(L, socket.IPV6_TCLASS, struct.pack('i', 17)), (L, socket.IPV6_HOPLIMIT, struct.pack('i', 33))], 0, s.getsockname())
    out = [s.recvmsg(9, 10240)[1]]
    for room in (0, 1, 4, socket.CMSG_LEN(0) - 1, socket.CMSG_LEN(4) - 1, socket.CMSG_SPACE(4), socket.CMSG_SPACE(4) + 4, socket.CMSG_SPACE(4) + socket.CMSG_LEN(4) - 1, socket.CMSG_SPACE(4) + socket.CMSG_LEN(4)):
        c.sendto(b'm', s.getsockname()); d, anc, f, _ = s.recvmsg(9, room); out.append([room, d, anc, f & socket.MSG_CTRUNC])
    return out`,
    async () => {
      const [L, four] = [socket.IPPROTO_IPV6, (n: number) => Buffer.from(Int32Array.of(n).buffer)]
      const s = socket.socket(socket.AF_INET6, SOCK_DGRAM)
      s.bind(['::1', 0])
      const c = socket.socket(socket.AF_INET6, SOCK_DGRAM)
      for (const option of [socket.IPV6_RECVHOPLIMIT, socket.IPV6_RECVTCLASS]) s.setsockopt(L, option, 1)
      await c.sendmsg(
        [b('m')],
        [
          [L, socket.IPV6_TCLASS, four(17)],
          [L, socket.IPV6_HOPLIMIT, four(33)],
        ],
        0,
        s.getsockname(),
      )
      const out: unknown[] = [(await s.recvmsg(9, 10240))[1]]
      const { CMSG_LEN, CMSG_SPACE } = socket
      for (const room of [
        0,
        1,
        4,
        CMSG_LEN(0) - 1,
        CMSG_LEN(4) - 1,
        CMSG_SPACE(4),
        CMSG_SPACE(4) + 4,
        CMSG_SPACE(4) + CMSG_LEN(4) - 1,
        CMSG_SPACE(4) + CMSG_LEN(4),
      ]) {
        await c.sendto(b('m'), s.getsockname())
        const [d, anc, f] = await s.recvmsg(9, room)
        out.push([room, d, anc, f & MSG_CTRUNC])
      }
      return out
    },
  ],
})
