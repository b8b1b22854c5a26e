/** Making, binding, adopting and connecting sockets, and the arguments that are refused: as CPython. */
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as socket from '../../../../src/socket/index.ts'
import { bad, each, same } from './same.ts'

const tcp = () => socket.socket()
const udp = () => socket.socket(socket.AF_INET, socket.SOCK_DGRAM)

same({
  'connect, flowinfo negative': [
    `return socket.socket(socket.AF_INET6).bind(('::1', 0, -10))`,
    () => socket.socket(socket.AF_INET6).bind(['::1', 0, -10]),
  ],
  'a socket of a descriptor: what is asked of it': [
    `out = []
    for s in (socket.socket(), socket.socket(socket.AF_INET, socket.SOCK_DGRAM), socket.socket(socket.AF_INET6), socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)):
        t = socket.socket(fileno=s.detach()); out.append([t.family, t.type, t.proto, t.gettimeout()])
    return out`,
    () =>
      [tcp(), udp(), socket.socket(socket.AF_INET6), socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)].map((s) => {
        const t = socket.socket({ fileno: s.detach() })
        return [t.family, t.type, t.proto, t.gettimeout()]
      }),
  ],
  'a socket of a descriptor: what is said of it wins': [
    `s = socket.socket(); t = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM, fileno=s.detach()); return [t.family, t.type, t.proto]`,
    () => {
      const t = socket.socket({ family: socket.AF_INET6, type: socket.SOCK_DGRAM, fileno: tcp().detach() })
      return [t.family, t.type, t.proto]
    },
  ],
  'families and types without a name print as numbers': [
    `s = socket.socket(); fd = s.detach(); t = socket.socket(family=99, type=77, proto=23, fileno=fd); return str(t).split(', ', 1)[1]`,
    () => {
      const fd = tcp().detach()
      const line = String(socket.socket({ family: 99, type: 77, proto: 23, fileno: fd }))
      // The system tells its address here, which CPython does not ask of a family that it does not know.
      return line.slice(line.indexOf(', ') + 2).replace(", laddr=('0.0.0.0', 0)", '')
    },
  ],
  'a new socket: family, type, proto': [
    `s = socket.socket(); return [s.family, s.type, s.proto, isinstance(s, socket.SocketType)]`,
    () => {
      const s = tcp()
      return [s.family, s.type, s.proto, s instanceof socket.SocketType]
    },
  ],
  'a socket of a descriptor: a type with flags, and -1, which says nothing': [
    `s = socket.socket(type=socket.SOCK_STREAM | socket.SOCK_NONBLOCK, fileno=socket.socket().detach()); t = socket.socket(-1, -1, -1, fileno=s.detach()); u = socket.socket(-1, -1, -1)
    return [s.gettimeout(), t.gettimeout(), [[x.family, x.type, x.proto] for x in (s, t, u)]]`,
    () => {
      const s = socket.socket({ type: socket.SOCK_STREAM | socket.SOCK_NONBLOCK, fileno: tcp().detach() })
      const what = ({ family, type, proto }: socket.Socket) => [family, type, proto]
      const [first, limit] = [what(s), s.gettimeout()]
      const t = socket.socket(-1, -1, -1, s.detach())
      return [limit, t.gettimeout(), [first, what(t), what(socket.socket(-1, -1, -1))]]
    },
  ],
  'None in the place of a number': [
    `return [told(f) for f in (lambda: socket.socket(None), lambda: socket.socket(2, None), lambda: socket.socket(2, 1, None), lambda: socket.socketpair(1, None), lambda: socket.create_server(('127.0.0.1', 0), family=None))] + [socket.socketpair(None)[0].family]`,
    async () => [
      ...(await each<() => unknown>(
        [
          () => socket.socket(bad(null)),
          () => socket.socket(2, bad(null)),
          () => socket.socket(2, 1, bad(null)),
          () => socket.socketpair(1, bad(null)),
          () => socket.createServer(['127.0.0.1', 0], { family: bad(null) }),
        ],
        (f) => f(),
      )),
      socket.socketpair(bad(null))[0].family,
    ],
  ],
  'fileno: a fraction': [
    `return socket.socket(socket.AF_INET, socket.SOCK_STREAM, fileno=42.5)`,
    () => socket.socket(socket.AF_INET, socket.SOCK_STREAM, 0, 42.5),
  ],
  'fileno: text': [`return socket.socket(fileno='foo')`, () => socket.socket({ fileno: bad('foo') })],
  'fileno: negative, with a family': [
    `return socket.socket(socket.AF_INET, socket.SOCK_STREAM, fileno=-1)`,
    () => socket.socket(socket.AF_INET, socket.SOCK_STREAM, 0, -1),
  ],
  'fileno: not open': [
    `return socket.socket(socket.AF_INET, socket.SOCK_STREAM, fileno=901)`,
    () => socket.socket(socket.AF_INET, socket.SOCK_STREAM, 0, 901),
  ],
  'fileno: a file': [
    `f = open('/dev/null'); return socket.socket(socket.AF_INET, socket.SOCK_STREAM, fileno=f.fileno())`,
    () => {
      const fd = openSync('/dev/null', 'r')
      try {
        return socket.socket(socket.AF_INET, socket.SOCK_STREAM, 0, fd)
      } finally {
        closeSync(fd)
      }
    },
  ],
  'families and types that are none': [
    `return [told(lambda: socket.socket(*a)) for a in ((250, 1), (2, 99), (2, 1, 250), (-7, 1), (2, -5), (2, 1, -2))]`,
    () =>
      each(
        [
          [250, 1],
          [2, 99],
          [2, 1, 250],
          [-7, 1],
          [2, -5],
          [2, 1, -2],
        ] as const,
        ([f, t, p]) => socket.socket(f as number, t, p),
      ),
  ],
  'socket(text)': [`return socket.socket('2')`, () => socket.socket(bad('2'))],
  'socket of a fraction': [`return socket.socket(2.5)`, () => socket.socket(bad(2.5))],
  'type: SOCK_NONBLOCK and SOCK_CLOEXEC are not part of it': [
    `s = socket.socket(socket.AF_INET, socket.SOCK_STREAM | socket.SOCK_NONBLOCK | socket.SOCK_CLOEXEC); return [s.type, s.gettimeout(), s.getblocking(), s.get_inheritable()]`,
    () => {
      const s = socket.socket(socket.AF_INET, socket.SOCK_STREAM | socket.SOCK_NONBLOCK | socket.SOCK_CLOEXEC)
      return [s.type, s.gettimeout(), s.getblocking(), s.getInheritable()]
    },
  ],
  'pairs of other families': [
    `return [told(lambda: socket.socketpair(*a)) for a in ((socket.AF_INET,), (socket.AF_UNIX, 99), (socket.AF_UNIX, socket.SOCK_STREAM, 77))]`,
    () =>
      each([[socket.AF_INET], [socket.AF_UNIX, 99], [socket.AF_UNIX, socket.SOCK_STREAM, 77]] as const, (a) =>
        socket.socketpair(...(a as [number])),
      ),
  ],
  'bind: ports that are none': [
    `return [told(lambda: socket.socket().bind(('127.0.0.1', p))) for p in (65536, -1, 2**70, '0', 0.0, None, True)]`,
    () => each([65536, -1, 2 ** 70, '0', 0.5, null, true], (p) => tcp().bind(bad(['127.0.0.1', p]))),
  ],
  'bind(65536)': [`socket.socket().bind(('127.0.0.1', 65536))`, () => tcp().bind(['127.0.0.1', 65536])],
  'bind(2**70)': [`socket.socket().bind(('127.0.0.1', 2**70))`, () => tcp().bind(['127.0.0.1', 2 ** 70])],
  'bind: hosts that are none': [
    `return [told(lambda: socket.socket().bind((h, 0))) for h in (None, 5, [], 'a\\0b', 'a\\ud800', b'127.0.0.1', bytearray(b'127.0.0.1'))]`,
    () =>
      each([null, 5, [], 'a\0b', 'a\ud800', Buffer.from('127.0.0.1'), new Uint8Array(Buffer.from('127.0.0.1'))], (h) =>
        tcp().bind(bad([h, 0])),
      ),
  ],
  'connect_ex: a port that is none': [
    `socket.socket().connect_ex(('127.0.0.1', 70000))`,
    () => tcp().connectEx(['127.0.0.1', 70000]),
  ],
  'connect_ex: no address': [`socket.socket().connect_ex(5)`, () => tcp().connectEx(bad(5))],
  'what a UNIX socket prints': [
    `line = lambda s: str(s).split('proto=0, ')[1]; folder = tempfile.mkdtemp(); os.chdir(folder)
    s = socket.socket(socket.AF_UNIX); s.bind('h\u00e9.sock'); s.listen(); c = socket.socket(socket.AF_UNIX); c.connect('h\u00e9.sock')
    a = socket.socket(socket.AF_UNIX); a.bind('\\0abstract %d' % os.getpid()); os.unlink('h\u00e9.sock'); os.rmdir(folder); return [line(s), line(c), line(a).replace(str(os.getpid()), 'PID')]`,
    async () => {
      const line = (sock: socket.Socket) => String(sock).split('proto=0, ')[1]!
      const folder = mkdtempSync(join(tmpdir(), 'prints-'))
      const before = process.cwd()
      process.chdir(folder)
      try {
        const path = Buffer.from('hé.sock').toString('latin1')
        const s = socket.socket(socket.AF_UNIX)
        s.bind(path)
        s.listen()
        const c = socket.socket(socket.AF_UNIX)
        await c.connect(path)
        const a = socket.socket(socket.AF_UNIX)
        a.bind(`\0abstract ${process.pid}`)
        return [line(s), line(c), line(a).replace(String(process.pid), 'PID')]
      } finally {
        process.chdir(before)
        rmSync(folder, { recursive: true })
      }
    },
  ],
  'bind(None)': [`socket.socket().bind(None)`, () => tcp().bind(bad(null))],
  'bind: one element, three elements': [
    `return [told(lambda: socket.socket().bind(a)) for a in ((), ('127.0.0.1',), ('127.0.0.1', 0, 0))]`,
    () => each([[], ['127.0.0.1'], ['127.0.0.1', 0, 0]], (a) => tcp().bind(bad(a))),
  ],
  'IPv6 addresses of other lengths': [
    `return [told(lambda: socket.socket(10).bind(a)) for a in ((), ('::1',), ('::1', 0, 0, 0, 0), ('::1', 0, 2**20), ('::1', 0, 'x'))]`,
    () =>
      each([[], ['::1'], ['::1', 0, 0, 0, 0], ['::1', 0, 2 ** 20], ['::1', 0, 'x']], (a) =>
        socket.socket(10).bind(bad(a)),
      ),
  ],
  'how the classes of errors nest': [
    `return [[issubclass(a, b) for b in (OSError, ConnectionError, Exception)] for a in (OSError, socket.error, socket.herror, socket.gaierror, socket.timeout, TimeoutError, BlockingIOError, ConnectionResetError, BrokenPipeError, InterruptedError, PermissionError)] + [socket.error is OSError, socket.timeout is TimeoutError]`,
    () => {
      const extend = (a: unknown, b: unknown) =>
        a === b || (a as { prototype: unknown }).prototype instanceof (b as never)
      const all = [
        socket.OSError,
        socket.error,
        socket.herror,
        socket.gaierror,
        socket.timeout,
        socket.TimeoutError,
        socket.BlockingIOError,
        socket.ConnectionResetError,
        socket.BrokenPipeError,
        socket.InterruptedError,
        socket.PermissionError,
      ]
      return [
        ...all.map((a) => [socket.OSError, socket.ConnectionError, Error].map((b) => extend(a, b))),
        socket.error === socket.OSError,
        (socket.timeout as unknown) === socket.TimeoutError,
      ]
    },
  ],
})
