/** Looking up names and addresses: as CPython. */
import * as socket from '../../../../src/socket/index.ts'
import { bad, each, same, text } from './same.ts'

/** Without the types, which ask for a port. */
const lookUp = socket.getaddrinfo as unknown as (...given: unknown[]) => unknown

same({
  'gethostbyname of special names': [
    `return [told(lambda: socket.gethostbyname(h)) for h in ('', '<broadcast>', '127.0.0.1', '127.1', '10', '0x7f.1', 'localhost', '255.255.255.255')]`,
    () =>
      each(['', '<broadcast>', '127.0.0.1', '127.1', '10', '0x7f.1', 'localhost', '255.255.255.255'], (h) =>
        socket.gethostbyname(h),
      ),
  ],
  'gethostbyname of a number': [`return socket.gethostbyname(5)`, () => socket.gethostbyname(bad(5))],
  'gethostbyname of None': [`return socket.gethostbyname(None)`, () => socket.gethostbyname(bad(null))],
  'gethostbyname of bytes': [
    `return socket.gethostbyname(b'127.0.0.1')`,
    () => socket.gethostbyname(bad(Buffer.from('127.0.0.1'))),
  ],
  'gethostbyname of IPv6': [`return socket.gethostbyname('::1')`, () => socket.gethostbyname('::1')],
  'gethostbyname with a zero': [`return socket.gethostbyname('a\\0b')`, () => socket.gethostbyname('a\0b')],
  'gethostbyname_ex of addresses': [
    `return [told(lambda: socket.gethostbyname_ex(h)) for h in ('127.0.0.1', '127.0.0.2', '10.1.2.3')]`,
    () => each(['127.0.0.1', '127.0.0.2', '10.1.2.3'], (h) => socket.gethostbynameEx(h)),
  ],
  'gethostbyname_ex of shorthand': [
    `return [told(lambda: socket.gethostbyname_ex(h)) for h in ('127.1', '10', '')]`,
    () => each(['127.1', '10', ''], (h) => socket.gethostbynameEx(h)),
  ],
  'gethostbyname_ex of a number': [`return socket.gethostbyname_ex(5)`, () => socket.gethostbynameEx(bad(5))],
  gethostbyaddr: [
    `return [told(lambda: socket.gethostbyaddr(h)) for h in ('127.0.0.1', '::1', 'localhost')]`,
    () => each(['127.0.0.1', '::1', 'localhost'], (h) => socket.gethostbyaddr(h)),
  ],
  'gethostbyaddr of a number': [`return socket.gethostbyaddr(5)`, () => socket.gethostbyaddr(bad(5))],
  'text that is no host': [
    `return [told(lambda: socket.gethostbyname(h)) for h in ('0.1.1.~1', '1+.1.1.1', '::1q', '::1::2', '1:1:1:1:1:1:1:1:1')]`,
    () => each(['0.1.1.~1', '1+.1.1.1', '::1q', '::1::2', '1:1:1:1:1:1:1:1:1'], (h) => socket.gethostbyname(h)),
  ],
  getfqdn: [
    `return [socket.getfqdn('0.0.0.0') == socket.getfqdn(''), socket.getfqdn('::') == socket.getfqdn(''), socket.getfqdn('') == socket.getfqdn(), socket.getfqdn('127.0.0.1'), socket.getfqdn('localhost'), socket.getfqdn('256.1.1.1.')]`,
    async () => [
      (await socket.getfqdn('0.0.0.0')) === (await socket.getfqdn('')),
      (await socket.getfqdn('::')) === (await socket.getfqdn('')),
      (await socket.getfqdn('')) === (await socket.getfqdn()),
      await socket.getfqdn('127.0.0.1'),
      await socket.getfqdn('localhost'),
      await socket.getfqdn('256.1.1.1.'),
    ],
  ],
  'getaddrinfo: numeric hosts and services': [
    `r = [told(lambda: socket.getaddrinfo(h, p, 0, socket.SOCK_STREAM)) for h in ('127.0.0.1', '::1', '127.1', None, '0x7f.1', 'localhost') for p in (80, '80', None, 'http', b'http', '')]
    return r`,
    () =>
      each(
        (['127.0.0.1', '::1', '127.1', null, '0x7f.1', 'localhost'] as const).flatMap((h) =>
          ([80, '80', null, 'http', Buffer.from('http'), ''] as const).map((p) => [h, p] as const),
        ),
        ([h, p]) => socket.getaddrinfo(h, bad(p), 0, socket.SOCK_STREAM),
      ),
  ],
  'getaddrinfo: every type, passive, a protocol, a flag': [
    `return [socket.getaddrinfo('127.0.0.1', 80), socket.getaddrinfo(None, 0, flags=socket.AI_PASSIVE, type=socket.SOCK_STREAM, family=socket.AF_INET), socket.getaddrinfo('127.0.0.1', 80, proto=socket.SOL_TCP), socket.getaddrinfo('127.0.0.1', None, flags=socket.AI_CANONNAME, type=1), socket.getaddrinfo(None, 'ftp', type=1, family=2), socket.getaddrinfo(b'127.0.0.1', 1, type=1)]`,
    async () => [
      await socket.getaddrinfo('127.0.0.1', 80),
      await socket.getaddrinfo(null, 0, { flags: socket.AI_PASSIVE, type: socket.SOCK_STREAM, family: socket.AF_INET }),
      await socket.getaddrinfo('127.0.0.1', 80, { proto: socket.SOL_TCP }),
      await socket.getaddrinfo('127.0.0.1', null, { flags: socket.AI_CANONNAME, type: 1 }),
      await socket.getaddrinfo(null, 'ftp', { type: 1, family: 2 }),
      await socket.getaddrinfo(Buffer.from('127.0.0.1'), 1, { type: 1 }),
    ],
  ],
  'getaddrinfo: nothing and nothing': [`return socket.getaddrinfo(None, None)`, () => socket.getaddrinfo(null, null)],
  'getaddrinfo of nothing at all': [`return socket.getaddrinfo()`, () => lookUp()],
  'getaddrinfo without a port': [`return socket.getaddrinfo('localhost')`, () => lookUp('localhost')],
  'getaddrinfo: half of a character in the service': [
    `return socket.getaddrinfo('localhost', 'ab\\ud800')`,
    () => socket.getaddrinfo('localhost', 'ab\ud800'),
  ],
  'half of a character in a host': [
    `return [text(lambda: f('ab\\udc00.com')) for f in (lambda h: socket.getaddrinfo(h, 80), socket.gethostbyname, socket.gethostbyname_ex, socket.gethostbyaddr, lambda h: socket.getnameinfo((h, 1), 0), lambda h: socket.create_connection((h, 1)))]`,
    () => {
      const calls = [
        (h: string) => socket.getaddrinfo(h, 80),
        socket.gethostbyname,
        socket.gethostbynameEx,
        socket.gethostbyaddr,
        (h: string) => socket.getnameinfo([h, 1], 0),
        (h: string) => socket.createConnection([h, 1]),
      ]
      return Promise.all(calls.map((call) => text(() => call('ab\udc00.com'))))
    },
  ],
  'getaddrinfo: flags of nonsense': [
    `return socket.getaddrinfo('127.0.0.1', 80, flags=0x7fffff00)`,
    () => socket.getaddrinfo('127.0.0.1', 80, { flags: 0x7fffff00 }),
  ],
  'getaddrinfo: family 99': [
    `return socket.getaddrinfo('127.0.0.1', 80, 99)`,
    () => socket.getaddrinfo('127.0.0.1', 80, 99),
  ],
  'getaddrinfo: type 99': [
    `return socket.getaddrinfo('127.0.0.1', 80, 0, 99)`,
    () => socket.getaddrinfo('127.0.0.1', 80, 0, 99),
  ],
  'getaddrinfo: text flags': [
    `return socket.getaddrinfo('127.0.0.1', 80, flags='x')`,
    () => socket.getaddrinfo('127.0.0.1', 80, { flags: bad('x') }),
  ],
  'getaddrinfo: scope ids': [
    `return [told(lambda: socket.getaddrinfo(h, 1234, type=socket.SOCK_DGRAM)) for h in ('ff02::1de:c0:face:8D', 'ff02::1de:c0:face:8D%1', 'ff02::1de:c0:face:8D%lo', 'fe80::1%nope')]`,
    () =>
      each(['ff02::1de:c0:face:8D', 'ff02::1de:c0:face:8D%1', 'ff02::1de:c0:face:8D%lo', 'fe80::1%nope'], (h) =>
        socket.getaddrinfo(h, 1234, { type: socket.SOCK_DGRAM }),
      ),
  ],
  getnameinfo: [
    `N = socket; return [told(lambda: socket.getnameinfo(a, f)) for a in (('127.0.0.1', 80), ('::1', 22), ('::1', 22, 0, 0), ('127.0.0.1', 64999), ('ff02::1de:c0:face:8d', 1234, 0, 1)) for f in (0, N.NI_NUMERICHOST, N.NI_NUMERICSERV, N.NI_NUMERICHOST | N.NI_NUMERICSERV, N.NI_DGRAM | N.NI_NUMERICHOST) if a[0][0] != 'f' or f & N.NI_NUMERICHOST]`,
    () =>
      each(
        (
          [
            ['127.0.0.1', 80],
            ['::1', 22],
            ['::1', 22, 0, 0],
            ['127.0.0.1', 64999],
            ['ff02::1de:c0:face:8d', 1234, 0, 1],
          ] as const
        ).flatMap((a) =>
          [
            0,
            socket.NI_NUMERICHOST,
            socket.NI_NUMERICSERV,
            socket.NI_NUMERICHOST | socket.NI_NUMERICSERV,
            socket.NI_DGRAM | socket.NI_NUMERICHOST,
          ]
            .filter((f) => !a[0].startsWith('f') || f & socket.NI_NUMERICHOST)
            .map((f) => [a, f] as const),
        ),
        ([a, f]) => socket.getnameinfo(bad(a), f),
      ),
  ],
  'getnameinfo of a list': [`return socket.getnameinfo(5, 0)`, () => socket.getnameinfo(bad(5), 0)],
  'getnameinfo of one element': [
    `return socket.getnameinfo(('127.0.0.1',), 0)`,
    () => socket.getnameinfo(bad(['127.0.0.1']), 0),
  ],
  'getnameinfo of a name': [
    `return [told(lambda: socket.getnameinfo(a, 0)) for a in (('mail.python.org', 0), ('x', 0, 0, 0))]`,
    () => each([['mail.python.org', 0] as const, ['x', 0, 0, 0] as const], (a) => socket.getnameinfo(a, 0)),
  ],
  'getnameinfo, flags too large': [
    `return socket.getnameinfo(('127.0.0.1', 80), 2**31)`,
    () => socket.getnameinfo(['127.0.0.1', 80], 2 ** 31),
  ],
  'getnameinfo of five elements': [
    `return socket.getnameinfo(('::1', 1, 2, 3, 4), 0)`,
    () => socket.getnameinfo(bad(['::1', 1, 2, 3, 4]), 0),
  ],
  'getnameinfo of a number as host': [
    `return socket.getnameinfo((5, 80), 0)`,
    () => socket.getnameinfo(bad([5, 80]), 0),
  ],
  'getnameinfo of a text port': [
    `return socket.getnameinfo(('127.0.0.1', '80'), 0)`,
    () => socket.getnameinfo(bad(['127.0.0.1', '80']), 0),
  ],
  'getnameinfo, IPv4 with four elements': [
    `return socket.getnameinfo(('127.0.0.1', 80, 0, 0), 0)`,
    () => socket.getnameinfo(['127.0.0.1', 80, 0, 0], 0),
  ],
  'getnameinfo, flowinfo too large': [
    `return socket.getnameinfo(('::1', 0, 0xffffffff), 0)`,
    () => socket.getnameinfo(['::1', 0, 0xffffffff], 0),
  ],
  'getnameinfo, flowinfo negative': [
    `return socket.getnameinfo(('::1', 0, -10), 0)`,
    () => socket.getnameinfo(['::1', 0, -10], 0),
  ],
})
