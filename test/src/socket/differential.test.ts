/** The same mistakes in CPython and here: same class (by api.md's mapping), and messages that begin alike. */
import { openSync } from 'node:fs'
import { expect, test } from 'vitest'
import * as socket from '../../../src/socket/index.ts'
import { askPython } from './python.ts'

/** Python first, then the same here. Each makes its own sockets; 9 is a port nobody listens on. */
const cases: Record<string, readonly [python: string, ours: () => unknown]> = {
  'connect, nobody listens': [`s.connect(('127.0.0.1', 9))`, () => tcp().connect(['127.0.0.1', 9])],
  'recv after timeout': [
    `a, b = socket.socketpair(); a.settimeout(0.01); a.recv(1)`,
    () => {
      const [a] = keep(...socket.socketpair())
      a.settimeout(0.01)
      return a.recv(1)
    },
  ],
  'recv, non-blocking': [
    `a, b = socket.socketpair(); a.setblocking(False); a.recv(1)`,
    () => {
      const [a] = keep(...socket.socketpair())
      a.setblocking(false)
      return a.recv(1)
    },
  ],
  'connect, non-blocking': [
    `s.setblocking(False); s.connect(('127.0.0.1', 9))`,
    () => {
      const s = tcp()
      s.setblocking(false)
      return s.connect(['127.0.0.1', 9])
    },
  ],
  'bind, taken': [
    `s.bind(('127.0.0.1', 0)); t = socket.socket(); t.bind(s.getsockname())`,
    () => {
      const s = tcp()
      s.bind(['127.0.0.1', 0])
      tcp().bind(s.getsockname())
    },
  ],
  'recv on closed': [`s.close(); s.recv(1)`, () => closed().recv(1)],
  'send on closed': [`s.close(); s.send(b'x')`, () => closed().send(Buffer.from('x'))],
  'accept on closed': [`s.close(); s.accept()`, () => closed().accept()],
  'recv unconnected': [`s.recv(1)`, () => tcp().recv(1)],
  'send unconnected TCP': [`s.send(b'x')`, () => tcp().send(Buffer.from('x'))],
  'send unconnected UDP': [`u.send(b'x')`, () => udp().send(Buffer.from('x'))],
  'accept without listen': [`s.accept()`, () => tcp().accept()],
  'listen on UDP': [`u.listen()`, () => udp().listen()],
  'getpeername unconnected': [`s.getpeername()`, () => tcp().getpeername()],
  'shutdown unconnected': [`s.shutdown(socket.SHUT_WR)`, () => tcp().shutdown(socket.SHUT_WR)],
  'bind to a foreign address': [`s.bind(('192.0.2.7', 0))`, () => tcp().bind(['192.0.2.7', 0])],
  'bind twice': [
    `s.bind(('127.0.0.1', 0)); s.bind(('127.0.0.1', 0))`,
    () => {
      const s = tcp()
      s.bind(['127.0.0.1', 0])
      s.bind(['127.0.0.1', 0])
    },
  ],
  'send text': [`s.send('text')`, () => tcp().send('text' as never)],
  'sendall number': [`s.sendall(5)`, () => tcp().sendall(5 as never)],
  'connect text': [`s.connect('host')`, () => tcp().connect('host' as never)],
  'connect 3 values': [`s.connect(('127.0.0.1', 9, 0))`, () => tcp().connect(['127.0.0.1', 9, 0] as never)],
  'connect port text': [`s.connect(('127.0.0.1', '9'))`, () => tcp().connect(['127.0.0.1', '9'] as never)],
  'connect port 70000': [`s.connect(('127.0.0.1', 70000))`, () => tcp().connect(['127.0.0.1', 70000])],
  'connect port -1': [`s.connect(('127.0.0.1', -1))`, () => tcp().connect(['127.0.0.1', -1])],
  'bind host number': [`s.bind((5, 0))`, () => tcp().bind([5, 0] as never)],
  'bind port float': [`s.bind(('127.0.0.1', 1.5))`, () => tcp().bind(['127.0.0.1', 1.5])],
  'sendto without an address': [`u.sendto(b'x')`, () => udp().sendto(Buffer.from('x'), undefined as never)],
  'AF_UNIX bind pair': [
    `socket.socket(socket.AF_UNIX).bind(('x', 1))`,
    () => keep(socket.socket(socket.AF_UNIX))[0].bind(['x', 1] as never),
  ],
  'AF_UNIX long path': [
    `socket.socket(socket.AF_UNIX).bind('x' * 200)`,
    () => keep(socket.socket(socket.AF_UNIX))[0].bind('x'.repeat(200)),
  ],
  'AF_UNIX connect to nothing': [
    `socket.socket(socket.AF_UNIX).connect('/no/such/socket')`,
    () => keep(socket.socket(socket.AF_UNIX))[0].connect('/no/such/socket'),
  ],
  'recv(-1)': [`s.recv(-1)`, () => tcp().recv(-1)],
  'recv text': [`s.recv('1')`, () => tcp().recv('1' as never)],
  'recvfrom(-1)': [`u.recvfrom(-1)`, () => udp().recvfrom(-1)],
  'recv_into too many': [`s.recv_into(bytearray(2), 3)`, () => tcp().recvInto(Buffer.alloc(2), 3)],
  'recv_into -1': [`s.recv_into(bytearray(2), -1)`, () => tcp().recvInto(Buffer.alloc(2), -1)],
  'settimeout(-1)': [`s.settimeout(-1)`, () => tcp().settimeout(-1)],
  'settimeout text': [`s.settimeout('5')`, () => tcp().settimeout('5' as never)],
  'settimeout NaN': [`s.settimeout(float('nan'))`, () => tcp().settimeout(Number.NaN)],
  'htons(70000)': [`socket.htons(70000)`, () => socket.htons(70000)],
  'htons(-1)': [`socket.htons(-1)`, () => socket.htons(-1)],
  'inet_aton bad': [`socket.inet_aton('x')`, () => socket.inet_aton('x')],
  'inet_pton bad': [`socket.inet_pton(socket.AF_INET, '1.2.3')`, () => socket.inet_pton(socket.AF_INET, '1.2.3')],
  'inet_pton bad 6': [`socket.inet_pton(socket.AF_INET6, ':::')`, () => socket.inet_pton(socket.AF_INET6, ':::')],
  'inet_ntoa 3 bytes': [`socket.inet_ntoa(b'123')`, () => socket.inet_ntoa(Buffer.from('123'))],
  'inet_ntop 3 bytes': [
    `socket.inet_ntop(socket.AF_INET, b'123')`,
    () => socket.inet_ntop(socket.AF_INET, Buffer.from('123')),
  ],
  'inet_ntop family': [`socket.inet_ntop(99, b'1234')`, () => socket.inet_ntop(99, Buffer.from('1234'))],
  'getaddrinfo numeric only': [
    `socket.getaddrinfo('localhost', 80, flags=socket.AI_NUMERICHOST)`,
    () => socket.getaddrinfo('localhost', 80, { flags: socket.AI_NUMERICHOST }),
  ],
  'getaddrinfo bad service': [
    `socket.getaddrinfo('127.0.0.1', 'no-such-service')`,
    () => socket.getaddrinfo('127.0.0.1', 'no-such-service'),
  ],
  'getaddrinfo family': [
    `socket.getaddrinfo('127.0.0.1', 80, socket.AF_INET6)`,
    () => socket.getaddrinfo('127.0.0.1', 80, socket.AF_INET6),
  ],
  'getaddrinfo port': [`socket.getaddrinfo('127.0.0.1', 1.5)`, () => socket.getaddrinfo('127.0.0.1', 1.5)],
  'getaddrinfo host': [`socket.getaddrinfo(5, 80)`, () => socket.getaddrinfo(5 as never, 80)],
  'connect IPv4 on AF_INET6': [
    `socket.socket(socket.AF_INET6).connect(('127.0.0.1', 9))`,
    () => keep(socket.socket(socket.AF_INET6))[0].connect(['127.0.0.1', 9]),
  ],
  'getservbyname(x)': [`socket.getservbyname('x')`, () => socket.getservbyname('x')],
  'getservbyname of the wrong protocol': [
    `socket.getservbyname('http', 'sctp')`,
    () => socket.getservbyname('http', 'sctp'),
  ],
  'getservbyport(70000)': [`socket.getservbyport(70000)`, () => socket.getservbyport(70000)],
  'getservbyport(1)': [`socket.getservbyport(65000)`, () => socket.getservbyport(65000)],
  'getprotobyname(x)': [`socket.getprotobyname('x')`, () => socket.getprotobyname('x')],
  'getnameinfo name': [`socket.getnameinfo(('localhost', 80), 0)`, () => socket.getnameinfo(['localhost', 80], 0)],
  if_nametoindex: [`socket.if_nametoindex('nope')`, () => socket.if_nametoindex('nope')],
  if_indextoname: [`socket.if_indextoname(9999)`, () => socket.if_indextoname(9999)],
  'socket(fileno=-1)': [`socket.socket(fileno=-1)`, () => socket.socket({ fileno: -1 })],
  'socket(fileno=closed)': [`socket.socket(fileno=999)`, () => socket.socket({ fileno: 999 })],
  'socket(fileno=file)': [
    `f = open('/dev/null'); socket.socket(fileno=f.fileno())`,
    () => socket.socket({ fileno: openSync('/dev/null', 'r') }),
  ],
  'socket(250, 1)': [`socket.socket(250, 1)`, () => socket.socket(250, 1)],
  'getsockopt buflen': [
    `s.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, 2000)`,
    () => tcp().getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, 2000),
  ],
  'setsockopt unknown': [
    `s.setsockopt(socket.SOL_SOCKET, 9999, 1)`,
    () => tcp().setsockopt(socket.SOL_SOCKET, 9999, 1),
  ],
  'setsockopt text': [
    `s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 'x')`,
    () => tcp().setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 'x' as never),
  ],
  'sendto too big': [
    `u.sendto(b'x' * 70000, ('127.0.0.1', 9))`,
    () => udp().sendto(Buffer.alloc(70000), ['127.0.0.1', 9]),
  ],
  'sendto broadcast': [
    `u.sendto(b'x', ('127.255.255.255', 9))`,
    () => udp().sendto(Buffer.from('x'), ['127.255.255.255', 9]),
  ],
  'create_server dual v4': [
    `socket.create_server(('', 0), dualstack_ipv6=True)`,
    () => socket.createServer(['', 0], { dualstackIpv6: true }),
  ],
  'create_server taken': [
    `s.bind(('127.0.0.1', 0)); s.listen(); socket.create_server(s.getsockname())`,
    () => {
      const s = tcp()
      s.bind(['127.0.0.1', 0])
      s.listen()
      socket.createServer(s.getsockname())
    },
  ],
  'create_connection, nobody listens': [
    `socket.create_connection(('127.0.0.1', 9))`,
    () => socket.createConnection(['127.0.0.1', 9]),
  ],
  'fromfd bad': [`socket.fromfd(999, 2, 1)`, () => socket.fromfd(999, 2, 1)],
}

const open: socket.Socket[] = []
function keep<T extends socket.Socket[]>(...sockets: T): T {
  open.push(...sockets)
  return sockets
}
const tcp = () => keep(socket.socket())[0]
const udp = () => keep(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))[0]
function closed() {
  const sock = tcp()
  sock.close()
  return sock
}

type Outcome = [className: string, text: string] | null

const SCRIPT = `
results = {}
for name, code in json.loads(sys.argv[1]).items():
    s = socket.socket(); u = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try: exec(code); results[name] = None
    except Exception as error: results[name] = [type(error).__name__, str(error)]
say(results)
`
const codes = Object.fromEntries(Object.entries(cases).map(([name, [code]]) => [name, code]))
const python = askPython<Record<string, Outcome>>(SCRIPT, JSON.stringify(codes))

/** Python's exceptions that have another name here. */
const CLASSES: Record<string, string> = { ValueError: 'RangeError', OverflowError: 'RangeError' }

test.each(Object.keys(cases))('%s: as CPython', async (name) => {
  const expected = python[name]
  expect(expected, 'CPython did not complain').toBeTruthy()
  const [className, text] = expected!
  let error: unknown
  try {
    await cases[name]![1]()
  } catch (reason) {
    error = reason
  } finally {
    for (const sock of open.splice(0)) sock.close()
  }
  expect(error).toBeInstanceOf(Error)
  const { name: ours, message } = error as Error
  // The same beginning (port numbers aside), then what helps.
  const plain = (line: string) => line.replaceAll(/\b\d{4,5}\b/g, 'N')
  expect([ours, plain(message).slice(0, plain(text).length)]).toEqual([CLASSES[className] ?? className, plain(text)])
})
