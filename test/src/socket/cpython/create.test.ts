/** createServer and createConnection, and what they refuse: as CPython. */
import { hooks } from '../../../../src/socket/hooks.ts'
import * as socket from '../../../../src/socket/index.ts'
import { bad, each, same, told } from './same.ts'

/** createConnection to a name of these addresses, from an IPv4 address: what is said if none of them answers. */
async function toEach(addresses: string[]): Promise<unknown> {
  using taken = socket.socket()
  taken.bind(['127.0.0.1', 0])
  hooks.resolve = ({ host }) => (host === 'several' ? { addresses } : undefined)
  try {
    return await told(() =>
      socket.createConnection(['several', taken.getsockname()[1]], { sourceAddress: ['127.0.0.1', 0] }),
    )
  } finally {
    hooks.resolve = undefined
  }
}

same({
  'create_server: addresses': [
    `return [told(lambda: socket.create_server(a).getsockname()[0]) for a in (('127.0.0.1', 0), ('', 0), ('localhost', 0), ('127.0.0.1', 65536), ('127.0.0.1', -1), 'x', ('192.0.2.7', 0))]`,
    () =>
      each(
        [['127.0.0.1', 0], ['', 0], ['localhost', 0], ['127.0.0.1', 65536], ['127.0.0.1', -1], 'x', ['192.0.2.7', 0]],
        (a) => socket.createServer(bad(a)).getsockname()[0],
      ),
  ],
  'create_server: what it is': [
    `s = socket.create_server(('127.0.0.1', 0)); r = socket.create_server(('127.0.0.1', 0), reuse_port=True); v = socket.create_server(('::1', 0), family=socket.AF_INET6); b = socket.create_server(('127.0.0.1', 0), backlog=0)
    d = socket.create_server(('', 0), family=socket.AF_INET6, dualstack_ipv6=True)
    return [s.family, s.type, s.getsockopt(1, socket.SO_REUSEPORT), s.getsockopt(1, 2), r.getsockopt(1, socket.SO_REUSEPORT), v.getsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY), d.getsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY), b.getsockopt(1, socket.SO_ACCEPTCONN), s.gettimeout()]`,
    () => {
      const s = socket.createServer(['127.0.0.1', 0])
      const r = socket.createServer(['127.0.0.1', 0], { reusePort: true })
      const v = socket.createServer(['::1', 0], { family: socket.AF_INET6 })
      const b = socket.createServer(['127.0.0.1', 0], { backlog: 0 })
      const d = socket.createServer(['', 0], { family: socket.AF_INET6, dualstackIpv6: true })
      return [
        s.family,
        s.type,
        s.getsockopt(1, socket.SO_REUSEPORT),
        s.getsockopt(1, 2),
        r.getsockopt(1, socket.SO_REUSEPORT),
        v.getsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY),
        d.getsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY),
        b.getsockopt(1, socket.SO_ACCEPTCONN),
        s.gettimeout(),
      ]
    },
  ],
  'create_connection: source address, time limit': [
    `srv = socket.create_server(('127.0.0.1', 0)); p = socket.create_server(('127.0.0.1', 0)); free = p.getsockname(); p.close(); at = srv.getsockname()
    a = socket.create_connection(at, 30, free); b = socket.create_connection(at, timeout=None); c = socket.create_connection(('localhost', at[1]), 5)
    socket.setdefaulttimeout(3); d = socket.create_connection(at); e = socket.create_connection(at, None); socket.setdefaulttimeout(None)
    return [a.getsockname() == free, a.gettimeout(), b.gettimeout(), c.gettimeout(), d.gettimeout(), e.gettimeout(), a.family, a.type]`,
    async () => {
      const srv = socket.createServer(['127.0.0.1', 0])
      const p = socket.createServer(['127.0.0.1', 0])
      const free = p.getsockname()
      p.close()
      const at = srv.getsockname()
      const a = await socket.createConnection(at, 30, free)
      const b = await socket.createConnection(at, { timeout: null })
      const c = await socket.createConnection(['localhost', at[1]], 5)
      socket.setdefaulttimeout(3)
      try {
        const d = await socket.createConnection(at)
        const e = await socket.createConnection(at, null)
        return [
          String(a.getsockname()) === String(free),
          a.gettimeout(),
          b.gettimeout(),
          c.gettimeout(),
          d.gettimeout(),
          e.gettimeout(),
          a.family,
          a.type,
        ]
      } finally {
        socket.setdefaulttimeout(null)
      }
    },
  ],
  // The second try on one socket was ConnectionAbortedError: loops that wait for a server ended there.
  'connect: refused again and again on one socket, then answered': [
    `s = socket.socket(); s.bind(('127.0.0.1', 0)); c = socket.socket(); to = s.getsockname()
    t = socket.socket(); t.settimeout(5)
    r = [told(lambda: c.connect(to)) for _ in range(3)] + [c.connect_ex(to) for _ in range(3)] + [t.connect_ex(to) for _ in range(4)]
    s.listen(); return r + [c.connect(to), c.getpeername() == to]`,
    async () => {
      const s = socket.socket()
      s.bind(['127.0.0.1', 0])
      const c = socket.socket()
      const t = socket.socket()
      t.settimeout(5)
      const to = s.getsockname()
      const r: unknown[] = []
      for (let i = 0; i < 3; i++) r.push(await told(() => c.connect(to)))
      for (let i = 0; i < 3; i++) r.push(await c.connectEx(to))
      for (let i = 0; i < 4; i++) r.push(await t.connectEx(to))
      s.listen()
      r.push(await c.connect(to), c.getpeername()[1] === to[1])
      return r
    },
  ],
  'create_connection: refused everywhere': [
    `p = socket.create_server(('127.0.0.1', 0)); port = p.getsockname()[1]; p.close()
    try: socket.create_connection(('localhost', port), all_errors=True)
    except ExceptionGroup as eg: return [type(eg.exceptions[-1]).__name__, str(eg).split(' (')[0]]`,
    async () => {
      const p = socket.createServer(['127.0.0.1', 0])
      const port = p.getsockname()[1]
      p.close()
      try {
        await socket.createConnection(['localhost', port], { allErrors: true })
        return null
      } catch (error) {
        const { errors, message } = error as AggregateError
        return [errors.at(-1).constructor.name, message]
      }
    },
  ],
  // It was the first one's.
  'create_connection: the last address’s error is told': [
    `look_up = socket.getaddrinfo
    taken = socket.socket(); taken.bind(('127.0.0.1', 0)); port = taken.getsockname()[1]
    def to(*hosts):
        socket.getaddrinfo = lambda host, *rest: [row for one in (hosts if host == 'several' else [host]) for row in look_up(one, *rest)]
        try: return told(lambda: socket.create_connection(('several', port), source_address=('127.0.0.1', 0)))
        finally: socket.getaddrinfo = look_up
    return [to('127.0.0.1', '::1'), to('::1', '127.0.0.1')]`,
    async () => [await toEach(['127.0.0.1', '::1']), await toEach(['::1', '127.0.0.1'])],
  ],
  'create_connection: addresses that are none': [
    `return [told(lambda: socket.create_connection(a)) for a in (('127.0.0.1', 'no-such'), ('127.0.0.1', 1.5), (5, 80))]`,
    () =>
      each(
        [
          ['127.0.0.1', 'no-such'],
          ['127.0.0.1', 1.5],
          [5, 80],
        ],
        (a) => socket.createConnection(bad(a)),
      ),
  ],
})
