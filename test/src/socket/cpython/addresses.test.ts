/** Addresses as text and bytes, byte order, interfaces, services: as CPython. */
import * as socket from '../../../../src/socket/index.ts'
import { bad, each, same, text } from './same.ts'

const IPV4 = [
  '0.0.0.0',
  '170.85.170.85',
  '255.255.255.255',
  '127.0.0.1',
  '1.2',
  '1',
  '1.2.3',
  '0x7f.1',
  '010.1',
  '1.2.3.4.5',
]
const NO_IPV4 = ['', '256.0.0.1', '-1.0.0.1', ' 1.2.3.4', '1.2.3.4 ', 'a', '::1', '1.2.3.256', '01.2.3.4', '1..2', '.1']
const IPV6 = [
  '::',
  '1::',
  '45ef:76cb:1a:56ef:afeb:bac:1924:aeae',
  '::1.2.3.4',
  'fe80::1',
  '::ffff:127.0.0.1',
  '1:2:3:4:5:6:7::',
]
const NO_IPV6 = ['0::0::0', '1:2:3:4:5:6:7:8:9', ':1', '1:', ':::', '::1%lo', '1.2.3.4', '', '1:2:3:4:5:6:7:8:', 'g::']
const py = (value: unknown) => JSON.stringify(value)

same({
  inet_aton: [
    `return [told(lambda: socket.inet_aton(a)) for a in ${py([...IPV4, ...NO_IPV4])}]`,
    () => each([...IPV4, ...NO_IPV4], (a) => socket.inet_aton(a)),
  ],
  'inet_pton of IPv4': [
    `return [told(lambda: socket.inet_pton(socket.AF_INET, a)) for a in ${py([...IPV4, ...NO_IPV4])}]`,
    () => each([...IPV4, ...NO_IPV4], (a) => socket.inet_pton(socket.AF_INET, a)),
  ],
  'inet_pton of IPv6': [
    `return [told(lambda: socket.inet_pton(socket.AF_INET6, a)) for a in ${py([...IPV6, ...NO_IPV6])}]`,
    () => each([...IPV6, ...NO_IPV6], (a) => socket.inet_pton(socket.AF_INET6, a)),
  ],
  'inet_ntop of IPv6': [
    `return [socket.inet_ntop(socket.AF_INET6, socket.inet_pton(socket.AF_INET6, a)) for a in ${py(IPV6)}]`,
    () => IPV6.map((a) => socket.inet_ntop(socket.AF_INET6, socket.inet_pton(socket.AF_INET6, a))),
  ],
  'inet_ntoa, inet_ntop of other lengths': [
    `return [told(lambda: f(b'x' * n)) for n in (0, 3, 4, 5, 16, 17) for f in (socket.inet_ntoa, lambda b: socket.inet_ntop(2, b), lambda b: socket.inet_ntop(10, b))]`,
    () =>
      each(
        [0, 3, 4, 5, 16, 17].flatMap((n) =>
          [socket.inet_ntoa, (b: Uint8Array) => socket.inet_ntop(2, b), (b: Uint8Array) => socket.inet_ntop(10, b)].map(
            (f) => () => f(Buffer.alloc(n, 'x')),
          ),
        ),
        (f) => f(),
      ),
  ],
  'text that is more than C reads, or less than a character': [
    `calls = [socket.inet_aton, lambda t: socket.inet_pton(2, t), lambda t: socket.inet_pton(10, t), socket.getservbyname, lambda t: socket.getservbyname('http', t), lambda t: socket.getservbyport(80, t), socket.getprotobyname]
    return [text(lambda: f(t)) for f in calls for t in ('1\\x002', 'tcp\\x00', 'a\\ud800')]`,
    () =>
      each(
        [
          socket.inet_aton,
          (t: string) => socket.inet_pton(socket.AF_INET, t),
          (t: string) => socket.inet_pton(socket.AF_INET6, t),
          socket.getservbyname,
          (t: string) => socket.getservbyname('http', t),
          (t: string) => socket.getservbyport(80, t),
          socket.getprotobyname,
        ].flatMap((f) => ['1\x002', 'tcp\0', 'a\ud800'].map((t) => () => f(t))),
        (f) => text(f),
      ),
  ],
  'inet_pton of another family': [
    `return socket.inet_pton(socket.AF_UNIX, '1.2.3.4')`,
    () => socket.inet_pton(socket.AF_UNIX, '1.2.3.4'),
  ],
  'inet_aton of a number': [`return socket.inet_aton(5)`, () => socket.inet_aton(bad(5))],
  'inet_aton of bytes': [`return socket.inet_aton(b'1.2.3.4')`, () => socket.inet_aton(bad(Buffer.from('1.2.3.4')))],
  'inet_ntoa of text': [`return socket.inet_ntoa('1234')`, () => socket.inet_ntoa(bad('1234'))],
  'inet_pton with a text family': [
    `return socket.inet_pton('2', '1.2.3.4')`,
    () => socket.inet_pton(bad('2'), '1.2.3.4'),
  ],
  'byte order': [
    `return [f(n) for f in (socket.htons, socket.ntohs) for n in (0, 1, 0xffff, 0x1234)] + [f(n) for f in (socket.htonl, socket.ntohl) for n in (0, 1, 0xffffffff, 0x12345678)]`,
    () => [
      ...[socket.htons, socket.ntohs].flatMap((f) => [0, 1, 0xffff, 0x1234].map(f)),
      ...[socket.htonl, socket.ntohl].flatMap((f) => [0, 1, 0xffffffff, 0x12345678].map(f)),
    ],
  ],
  'ntohs(-1)': [`return socket.ntohs(-1)`, () => socket.ntohs(-1)],
  'ntohs(65536)': [`return socket.ntohs(65536)`, () => socket.ntohs(65536)],
  'htonl(-1)': [`return socket.htonl(-1)`, () => socket.htonl(-1)],
  'htonl(2**32)': [`return socket.htonl(2**32)`, () => socket.htonl(2 ** 32)],
  'ntohl(2**40)': [`return socket.ntohl(2**40)`, () => socket.ntohl(2 ** 40)],
  'htons(float)': [`return socket.htons(1.5)`, () => socket.htons(1.5)],
  'htons(text)': [`return socket.htons('5')`, () => socket.htons(bad('5'))],
  'htonl(text)': [`return socket.htonl('5')`, () => socket.htonl(bad('5'))],
  'ntohl(float)': [`return socket.ntohl(1.5)`, () => socket.ntohl(1.5)],
  interfaces: [
    `return [[i, n, socket.if_nametoindex(n), socket.if_indextoname(i)] for i, n in socket.if_nameindex()]`,
    () => socket.if_nameindex().map(([i, n]) => [i, n, socket.if_nametoindex(n), socket.if_indextoname(i)]),
  ],
  'if_indextoname(0)': [`return socket.if_indextoname(0)`, () => socket.if_indextoname(0)],
  'if_indextoname(-1)': [`return socket.if_indextoname(-1)`, () => socket.if_indextoname(-1)],
  'if_indextoname(text)': [`return socket.if_indextoname('lo')`, () => socket.if_indextoname(bad('lo'))],
  'if_nametoindex(number)': [`return socket.if_nametoindex(0)`, () => socket.if_nametoindex(bad(0))],
  'if_nametoindex of a long name': [
    `return socket.if_nametoindex('x' * 200)`,
    () => socket.if_nametoindex('x'.repeat(200)),
  ],
  'if_nametoindex of nothing': [`return socket.if_nametoindex('')`, () => socket.if_nametoindex('')],
  'if_nametoindex with a zero': [`return socket.if_nametoindex('l\\0o')`, () => socket.if_nametoindex('l\0o')],
  services: [
    `return [told(lambda: socket.getservbyname(*a)) for a in (('http',), ('http', 'tcp'), ('domain', 'udp'), ('ssh', 'udp'), ('',))] + [told(lambda: socket.getservbyport(*a)) for a in ((80,), (53, 'udp'), (443, 'tcp'), (22, 'sctp'), (0,))]`,
    async () => [
      ...(await each([['http'], ['http', 'tcp'], ['domain', 'udp'], ['ssh', 'udp'], ['']] as const, ([n, p]) =>
        socket.getservbyname(n, p),
      )),
      ...(await each([[80], [53, 'udp'], [443, 'tcp'], [22, 'sctp'], [0]] as const, ([n, p]) =>
        socket.getservbyport(n, p),
      )),
    ],
  ],
  'getservbyname(number)': [`return socket.getservbyname(5)`, () => socket.getservbyname(bad(5))],
  'getservbyport(port, None)': [`return socket.getservbyport(80, None)`, () => socket.getservbyport(80, bad(null))],
  'getservbyname(name, number)': [`return socket.getservbyname('http', 5)`, () => socket.getservbyname('http', bad(5))],
  'getservbyport(text)': [`return socket.getservbyport('80')`, () => socket.getservbyport(bad('80'))],
  'getservbyport(-1)': [`return socket.getservbyport(-1)`, () => socket.getservbyport(-1)],
  getprotobyname: [
    `return [told(lambda: socket.getprotobyname(n)) for n in ('icmp', 'tcp', 'udp', 'ipv6', 'TCP', '')]`,
    () => each(['icmp', 'tcp', 'udp', 'ipv6', 'TCP', ''], (n) => socket.getprotobyname(n)),
  ],
  'getprotobyname(6)': [`return socket.getprotobyname(6)`, () => socket.getprotobyname(bad(6))],
  gethostname: [`return socket.gethostname()`, () => socket.gethostname()],
})
