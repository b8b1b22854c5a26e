/** Options, time limits, backlogs, shutdown, and calls on closed sockets: as CPython. */
import * as socket from '../../../../src/socket/index.ts'
import { pair } from './pair.ts'
import { bad, each, same, told } from './same.ts'

const tcp = () => socket.socket()
const udp = () => socket.socket(socket.AF_INET, socket.SOCK_DGRAM)

same({
  'SOCK_NONBLOCK and a default time limit': [
    `out = []
    def check(s): out.append([s.gettimeout(), s.getblocking()])
    socket.setdefaulttimeout(None); check(socket.socket(socket.AF_INET, socket.SOCK_STREAM | socket.SOCK_NONBLOCK))
    socket.setdefaulttimeout(2); check(socket.socket()); check(socket.socket(socket.AF_INET, socket.SOCK_STREAM | socket.SOCK_NONBLOCK)); check(socket.socketpair()[0])
    socket.setdefaulttimeout(None); return out + [socket.getdefaulttimeout()]`,
    () => {
      const out: unknown[] = []
      const check = (s: socket.Socket) => out.push([s.gettimeout(), s.getblocking()])
      const nonblocking = () => socket.socket(socket.AF_INET, socket.SOCK_STREAM | socket.SOCK_NONBLOCK)
      try {
        check(nonblocking())
        socket.setdefaulttimeout(2)
        check(tcp())
        check(nonblocking())
        check(socket.socketpair()[0])
      } finally {
        socket.setdefaulttimeout(null)
      }
      return [...out, socket.getdefaulttimeout()]
    },
  ],
  'setdefaulttimeout(text)': [`socket.setdefaulttimeout('spam')`, () => socket.setdefaulttimeout(bad('spam'))],
  'setdefaulttimeout(-1)': [`socket.setdefaulttimeout(-1)`, () => socket.setdefaulttimeout(-1)],
  'time limits that are none': [
    `return [told(lambda: socket.socket().settimeout(t)) for t in (-1, -0.001, 'x', [], {}, b'', float('nan'), float('inf'), 1e300, 2**70, True, 0.5)]`,
    () =>
      each([-1, -0.001, 'x', [], {}, Buffer.alloc(0), Number.NaN, Infinity, 1e300, 2 ** 70, true, 0.5], (t) => {
        tcp().settimeout(bad(t))
      }),
  ],
  'settimeout(-0.5)': [`socket.socket().settimeout(-0.5)`, () => tcp().settimeout(-0.5)],
  'a tiny time limit is no zero': [
    `s = socket.socket(); s.settimeout(1e-12); return [s.gettimeout() > 0, s.getblocking()]`,
    () => {
      const s = tcp()
      s.settimeout(1e-12)
      return [s.gettimeout()! > 0, s.getblocking()]
    },
  ],
  'setblocking of other values': [
    `s = socket.socket(); out = []
    for v in (1, 0, True, False, 2, -1, 2**31, 2**32): s.setblocking(v); out.append(s.gettimeout())
    return out`,
    () => {
      const s = tcp()
      return [1, 0, true, false, 2, -1, 2 ** 31, 2 ** 32].map((v) => {
        s.setblocking(v)
        return s.gettimeout()
      })
    },
  ],
  'setblocking(text)': [`socket.socket().setblocking('no')`, () => tcp().setblocking(bad('no'))],
  'setblocking on a closed socket': [
    `s = socket.socket(); s.close(); s.setblocking(False)`,
    () => {
      const s = tcp()
      s.close()
      s.setblocking(false)
    },
  ],
  'setblocking and settimeout where another socket has closed the descriptor': [
    `a = socket.socket(); s = socket.socket(fileno=a.fileno()); a.close(); r = [told(lambda: s.setblocking(False)), told(lambda: s.settimeout(5))]; s.detach(); return r`,
    async () => {
      const a = tcp()
      const s = socket.socket({ fileno: a.fileno() })
      a.close()
      const r = [await told(() => s.setblocking(false)), await told(() => s.settimeout(5))]
      s.detach()
      return r
    },
  ],
  'settimeout on a closed socket': [
    `s = socket.socket(); s.close(); s.settimeout(5)`,
    () => {
      const s = tcp()
      s.close()
      s.settimeout(5)
    },
  ],
  'a detached socket answers EBADF': [
    `s = socket.socket(); t = socket.socket(fileno=s.detach()); return [s.fileno(), told(s.getsockname), told(s.getpeername), told(lambda: s.listen()), told(lambda: s.bind(('127.0.0.1', 0))), told(lambda: s.getsockopt(1, 3)), told(lambda: s.setsockopt(1, 2, 1)), told(lambda: s.shutdown(2)), told(s.dup), told(s.get_inheritable), told(lambda: s.set_inheritable(True)), s.close(), s.detach(), s.timeout, s.family, s.type]`,
    async () => {
      const s = tcp()
      const t = socket.socket({ fileno: s.detach() })
      return [
        s.fileno(),
        ...(await each(
          [
            () => s.getsockname(),
            () => s.getpeername(),
            () => s.listen(),
            () => s.bind(['127.0.0.1', 0]),
            () => s.getsockopt(1, 3),
            () => s.setsockopt(1, 2, 1),
            () => s.shutdown(2),
            () => s.dup(),
            () => s.getInheritable(),
            () => s.setInheritable(true),
          ],
          (f) => f(),
        )),
        s.close(),
        s.detach(),
        s.timeout,
        s.family,
        s.type,
        ...(t ? [] : []),
      ]
    },
  ],
  'closed sockets: every call that waits': [
    `s = socket.socket(); u = socket.socket(2, 2); s.close(); u.close()
    return [told(f) for f in (lambda: s.accept(), lambda: s.connect(('127.0.0.1', 9)), lambda: s.connect_ex(('127.0.0.1', 9)), lambda: s.recv(1), lambda: s.recv_into(bytearray(1)), lambda: u.recvfrom(1), lambda: u.recvfrom_into(bytearray(1)), lambda: s.recvmsg(1), lambda: s.recvmsg_into([bytearray(1)]), lambda: s.send(b''), lambda: s.sendall(b''), lambda: s.sendall(b'x'), lambda: u.sendto(b'', ('127.0.0.1', 9)), lambda: s.sendmsg([b'x']), lambda: s.recv(0))]`,
    () => {
      const s: socket.Socket = tcp()
      const u = udp()
      s.close()
      u.close()
      const x = Buffer.from('x')
      const o = Buffer.alloc(0)
      return each(
        [
          () => s.accept(),
          () => s.connect(['127.0.0.1', 9]),
          () => s.connectEx(['127.0.0.1', 9]),
          () => s.recv(1),
          () => s.recvInto(x),
          () => u.recvfrom(1),
          () => u.recvfromInto(x),
          () => s.recvmsg(1),
          () => s.recvmsgInto([x]),
          () => s.send(o),
          () => s.sendall(o),
          () => s.sendall(x),
          () => u.sendto(o, ['127.0.0.1', 9]),
          () => s.sendmsg([x]),
          () => s.recv(0),
        ],
        (f) => f(),
      )
    },
  ],
  'socket.close(fd)': [
    `s = socket.socket(); fd = s.fileno(); socket.close(fd); return [told(lambda: s.listen(1)), told(lambda: s.close()), told(lambda: socket.close(fd))]`,
    async () => {
      const s = tcp()
      const fd = s.fileno()
      socket.close(fd)
      const listening = await told(() => s.listen(1))
      return [listening, await told(() => s.close()), await told(() => socket.close(fd))]
    },
  ],
  'socket.close of no number': [`socket.close('x')`, () => socket.close(bad('x'))],
  'socket.close(-1)': [`socket.close(-1)`, () => socket.close(-1)],
  'socket.dup(-1)': [`socket.dup(-1)`, () => socket.dup(-1)],
  'socket.dup': [
    `s = socket.socket(); fd = socket.dup(s.fileno()); t = socket.socket(fileno=fd); return [fd != s.fileno(), t.family, os.get_inheritable(fd)]`,
    () => {
      const s = tcp()
      const fd = socket.dup(s.fileno())
      const t = socket.socket({ fileno: fd })
      return [fd !== s.fileno(), t.family, t.getInheritable()]
    },
  ],
  inheritable: [
    `s = socket.socket(); out = [s.get_inheritable(), s.dup().get_inheritable()]; s.set_inheritable(True); out += [s.get_inheritable(), s.dup().get_inheritable()]; s.set_inheritable(False); a, b = socket.socketpair()
    srv = socket.create_server(('127.0.0.1', 0)); c = socket.create_connection(srv.getsockname()); conn, _ = srv.accept()
    return out + [s.get_inheritable(), a.get_inheritable(), b.get_inheritable(), conn.get_inheritable(), socket.fromfd(s.fileno(), 2, 1).get_inheritable()]`,
    async () => {
      const s = tcp()
      const out = [s.getInheritable(), s.dup().getInheritable()]
      s.setInheritable(true)
      out.push(s.getInheritable(), s.dup().getInheritable())
      s.setInheritable(false)
      const [a, b] = socket.socketpair()
      const srv = socket.createServer(['127.0.0.1', 0])
      await socket.createConnection(srv.getsockname())
      const [conn] = await srv.accept()
      return [
        ...out,
        s.getInheritable(),
        a.getInheritable(),
        b.getInheritable(),
        conn.getInheritable(),
        socket.fromfd(s.fileno(), 2, 1).getInheritable(),
      ]
    },
  ],
  'listen: any backlog': [
    `return [told(lambda: (s := socket.socket(), s.bind(('127.0.0.1', 0)), s.listen(n))[2]) for n in (0, -1, 1, 5, 65536, 2**31 - 1)]`,
    () =>
      each([0, -1, 1, 5, 65536, 2 ** 31 - 1], (n) => {
        const s = tcp()
        s.bind(['127.0.0.1', 0])
        s.listen(n)
      }),
  ],
  'listen(2**31)': [
    `s = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen(2**31)`,
    () => {
      const s = tcp()
      s.bind(['127.0.0.1', 0])
      s.listen(2 ** 31)
    },
  ],
  'listen(text)': [`socket.socket().listen('5')`, () => tcp().listen(bad('5'))],
  'listen(fraction)': [`socket.socket().listen(1.5)`, () => tcp().listen(1.5)],
  'listen twice': [
    `s = socket.socket(); s.listen(); s.listen(3); return s.getsockname()[0]`,
    () => {
      const s = tcp()
      s.listen()
      s.listen(3)
      return s.getsockname()[0]
    },
  ],
  SO_REUSEADDR: [
    `s = socket.socket(); out = [s.getsockopt(1, 2)]; s.setsockopt(1, 2, 1); out.append(s.getsockopt(1, 2)); return out`,
    () => {
      const s = tcp()
      const out = [s.getsockopt(1, 2)]
      s.setsockopt(1, 2, 1)
      return [...out, s.getsockopt(1, 2)]
    },
  ],
  'setsockopt: values': [
    `s = socket.socket(); L = socket.SOL_SOCKET, socket.SO_REUSEADDR
    return [told(lambda: s.setsockopt(*L, v)) for v in (True, False, 0, 1, -1, b'\\1\\0\\0\\0', b'', b'\\1', bytearray(4), None, 1.5, 'x', [], -2**31)]`,
    () => {
      const s = tcp()
      return each(
        [
          true,
          false,
          0,
          1,
          -1,
          Buffer.from([1, 0, 0, 0]),
          Buffer.alloc(0),
          Buffer.from([1]),
          new Uint8Array(4),
          null,
          1.5,
          'x',
          [],
          -(2 ** 31),
        ],
        (v) => s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, bad(v)),
      )
    },
  ],
  'setsockopt(None, length)': [`socket.socket().setsockopt(1, 2, None, 4)`, () => tcp().setsockopt(1, 2, null, 4)],
  'setsockopt(value, length)': [`socket.socket().setsockopt(1, 2, 1, 4)`, () => tcp().setsockopt(1, 2, bad(1), 4)],
  'setsockopt(text level)': [`socket.socket().setsockopt('1', 2, 1)`, () => tcp().setsockopt(bad('1'), 2, 1)],
  'setsockopt(level of 2**40)': [`socket.socket().setsockopt(2**40, 2, 1)`, () => tcp().setsockopt(2 ** 40, 2, 1)],
  'getsockopt: lengths': [
    `s = socket.socket(); return [told(lambda: s.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, n)) for n in (0, 4, 8, 100, 1024, 1025, -1)]`,
    () => {
      const s = tcp()
      return each([0, 4, 8, 100, 1024, 1025, -1], (n) => s.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, n))
    },
  ],
  'getsockopt of nonsense': [`socket.socket().getsockopt(77, 77)`, () => tcp().getsockopt(77, 77)],
  'SO_LINGER there and back': [
    `s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 7)); return s.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, 8)`,
    () => {
      const s = tcp()
      s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, Buffer.from(Int32Array.of(1, 7).buffer))
      return s.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, 8)
    },
  ],
  'shutdown of nonsense': [
    `a, b = socket.socketpair(); return [told(lambda: a.shutdown(h)) for h in (3, -1, 0, 1, 2, 1.5, 'x')]`,
    () => {
      const [a] = pair()
      return each([3, -1, 0, 1, 2, 1.5, 'x'], (h) => a.shutdown(bad(h)))
    },
  ],
})
