/** The same steps in CPython and here, the same results. Python's scenario is a function body that returns JSON. */
import { expect, test } from 'vitest'
import * as socket from '../../../src/socket/index.ts'
import { families } from './families.ts'
import { askPython } from './python.ts'

const { SOL_SOCKET } = socket

/** What a call gives: text of its bytes, or the error's number. */
async function outcome(call: () => unknown): Promise<unknown> {
  try {
    const value = await call()
    return value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : (value ?? null)
  } catch (error) {
    return error instanceof socket.OSError ? (error.errno ?? error.name) : String(error)
  }
}

async function connected(): Promise<[client: socket.Socket, conn: socket.Socket]> {
  using server = socket.createServer(['127.0.0.1', 0])
  const [client, [conn]] = await Promise.all([socket.createConnection(server.getsockname()), server.accept()])
  return [client, conn]
}

const PYTHON = `
def outcome(call):
    try: value = call()
    except OSError as error: return error.errno if error.errno is not None else type(error).__name__
    return value.decode('latin1') if isinstance(value, bytes) else value
def connected():
    with socket.create_server(('127.0.0.1', 0)) as server:
        client = socket.create_connection(server.getsockname())
        return client, server.accept()[0]
def reset(sock):
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0)); sock.close()
`

function reset(sock: socket.Socket): void {
  sock.setsockopt(SOL_SOCKET, socket.SO_LINGER, Buffer.from(Int32Array.of(1, 0).buffer))
  sock.close()
}

const scenarios: Record<string, readonly [python: string, ours: () => Promise<unknown>]> = {
  'a half that is shut down; the other half goes on': [
    `a, b = connected(); a.sendall(b'question'); a.shutdown(socket.SHUT_WR)
    got = [b.recv(100).decode(), outcome(lambda: b.recv(1)), b.send(b'answer'), a.recv(100).decode()]
    return got + [outcome(lambda: a.send(b'more')), outcome(lambda: a.shutdown(socket.SHUT_WR))]`,
    async () => {
      const [a, b] = await connected()
      await a.sendall(Buffer.from('question'))
      a.shutdown(socket.SHUT_WR)
      const got = [String(await b.recv(100)), await outcome(() => b.recv(1)), await b.send(Buffer.from('answer'))]
      got.push(String(await a.recv(100)))
      got.push(await outcome(() => a.send(Buffer.from('more'))), await outcome(() => a.shutdown(socket.SHUT_WR)))
      return got
    },
  ],
  'reading shut down: nothing more comes, although it was sent': [
    `a, b = connected(); b.shutdown(socket.SHUT_RD); return [outcome(lambda: b.recv(10)), a.send(b'x')]`,
    async () => {
      const [a, b] = await connected()
      b.shutdown(socket.SHUT_RD)
      return [await outcome(() => b.recv(10)), await a.send(Buffer.from('x'))]
    },
  ],
  'reset by the peer: told once, then the end': [
    `a, b = connected(); reset(a)
    return [outcome(lambda: b.recv(1)), outcome(lambda: b.recv(1)), outcome(lambda: b.send(b'x')), outcome(b.getpeername)]`,
    async () => {
      const [a, b] = await connected()
      reset(a)
      const told = [await outcome(() => b.recv(1)), await outcome(() => b.recv(1))]
      return [...told, await outcome(() => b.send(Buffer.from('x'))), await outcome(() => b.getpeername())]
    },
  ],
  'closed with data unread: the sender is told by a reset': [
    `a, b = connected(); a.sendall(b'unread'); b.recv(1); b.close(); return [outcome(lambda: a.recv(1))]`,
    async () => {
      const [a, b] = await connected()
      await a.sendall(Buffer.from('unread'))
      await b.recv(1)
      b.close()
      return [await outcome(() => a.recv(1))]
    },
  ],
  'connectEx: refused, connected, connected already; non-blocking': [
    `s = socket.socket(); server = socket.create_server(('127.0.0.1', 0)); at = server.getsockname()
    got = [socket.socket().connect_ex(('127.0.0.1', 9)), s.connect_ex(at), s.connect_ex(at)]
    n = socket.socket(); n.setblocking(False)
    return got + [n.connect_ex(at), outcome(lambda: s.connect(at))]`,
    async () => {
      const s: socket.Socket = socket.socket()
      using server = socket.createServer(['127.0.0.1', 0])
      const at = server.getsockname()
      using refused = socket.socket()
      const got = [await refused.connectEx(['127.0.0.1', 9]), await s.connectEx(at), await s.connectEx(at)]
      using n = socket.socket()
      n.setblocking(false)
      return [...got, await n.connectEx(at), await outcome(() => s.connect(at))]
    },
  ],
  'who connected and left is accepted still': [
    `server = socket.create_server(('127.0.0.1', 0)); socket.create_connection(server.getsockname()).close()
    conn, address = server.accept(); return [address[0], outcome(lambda: conn.recv(1)), conn.send(b'x')]`,
    async () => {
      using server = socket.createServer(['127.0.0.1', 0])
      ;(await socket.createConnection(server.getsockname())).close()
      const [conn, address] = await server.accept()
      return [address[0], await outcome(() => conn.recv(1)), await conn.send(Buffer.from('x'))]
    },
  ],
  'options that tell what a socket is': [
    `server = socket.create_server(('127.0.0.1', 0)); u = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    names = ['SO_TYPE', 'SO_DOMAIN', 'SO_PROTOCOL', 'SO_ACCEPTCONN', 'SO_ERROR', 'SO_REUSEADDR', 'SO_KEEPALIVE']
    return [[s.getsockopt(socket.SOL_SOCKET, getattr(socket, n)) for n in names] for s in (server, u)]`,
    async () => {
      using server: socket.Socket = socket.createServer(['127.0.0.1', 0])
      using u: socket.Socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
      const { SO_TYPE, SO_DOMAIN, SO_PROTOCOL, SO_ACCEPTCONN, SO_ERROR, SO_REUSEADDR, SO_KEEPALIVE } = socket
      const names = [SO_TYPE, SO_DOMAIN, SO_PROTOCOL, SO_ACCEPTCONN, SO_ERROR, SO_REUSEADDR, SO_KEEPALIVE]
      return [server, u].map((sock) => names.map((name) => sock.getsockopt(SOL_SOCKET, name)))
    },
  ],
  'a pair of datagram sockets keeps borders, cuts, and knows empty ones': [
    `a, b = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    for text in (b'abcdef', b'', b'xy'): a.send(text)
    return [b.recv(3).decode(), b.recv(3).decode(), b.recvfrom(9)[0].decode()]`,
    async () => {
      const [a, b] = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
      for (const text of ['abcdef', '', 'xy']) await a.send(Buffer.from(text))
      return [String(await b.recv(3)), String(await b.recv(3)), String((await b.recvfrom(9))[0])]
    },
  ],
  'urgent data': [
    `a, b = connected(); a.send(b'normal'); a.send(b'!', socket.MSG_OOB); b.recv(100)
    return [b.recv(1, socket.MSG_OOB).decode(), outcome(lambda: b.recv(1, socket.MSG_OOB))]`,
    async () => {
      const [a, b] = await connected()
      await a.send(Buffer.from('normal'))
      await a.send(Buffer.from('!'), socket.MSG_OOB)
      await b.recv(100)
      return [String(await b.recv(1, socket.MSG_OOB)), await outcome(() => b.recv(1, socket.MSG_OOB))]
    },
  ],
  'time limits, as they are told': [
    `s = socket.socket(); got = [s.gettimeout(), s.getblocking()]
    for t in (2.5, 0, None, 0.0): s.settimeout(t); got += [s.gettimeout(), s.getblocking()]
    s.setblocking(True); return got + [s.gettimeout(), s.timeout]`,
    async () => {
      using s = socket.socket()
      const got: unknown[] = [s.gettimeout(), s.getblocking()]
      for (const t of [2.5, 0, null, 0]) {
        s.settimeout(t)
        got.push(s.gettimeout(), s.getblocking())
      }
      s.setblocking(true)
      return [...got, s.gettimeout(), s.timeout]
    },
  ],
  'a copy: shutting one down shuts both, closing one leaves the other': [
    `a, b = connected(); copy = a.dup(); a.close(); got = [copy.send(b'x'), b.recv(1).decode()]
    again = copy.dup(); again.shutdown(socket.SHUT_WR); return got + [outcome(lambda: copy.send(b'x')), b.recv(1).decode()]`,
    async () => {
      const [a, b] = await connected()
      const copy = a.dup()
      a.close()
      const got: unknown[] = [await copy.send(Buffer.from('x')), String(await b.recv(1))]
      copy.dup().shutdown(socket.SHUT_WR)
      got.push(await outcome(() => copy.send(Buffer.from('x'))), String(await b.recv(1)))
      return got
    },
  ],
  'special hosts to bind to': [
    `def at(host):
        with socket.socket() as s: s.bind((host, 0)); return s.getsockname()[0]
    u = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); u.bind(('<broadcast>', 0))
    l = socket.socket(); l.listen()
    return [at(''), at('localhost'), at('0.0.0.0'), at('127.1'), u.getsockname()[0], l.getsockname()[1] > 0]`,
    async () => {
      const at = (host: string): string => {
        using s = socket.socket()
        s.bind([host, 0])
        return s.getsockname()[0]
      }
      using u = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
      u.bind(['<broadcast>', 0])
      using l = socket.socket()
      l.listen()
      const hosts = [at(''), at('localhost'), at('0.0.0.0'), at('127.1')]
      return [...hosts, u.getsockname()[0], l.getsockname()[1] > 0]
    },
  ],
  'nothing to send, nothing to receive': [
    `a, b = connected(); return [a.send(b''), a.sendall(b''), a.sendmsg([]), a.sendmsg([b'', b''])]`,
    async () => {
      const [a] = await connected()
      const none = Buffer.alloc(0)
      return [await a.send(none), (await a.sendall(none)) ?? null, await a.sendmsg([]), await a.sendmsg([none, none])]
    },
  ],
  'connect of a datagram socket, to one and then to another': [
    `u = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(3)]
    for s in u: s.bind(('127.0.0.1', 0))
    u[0].connect(u[1].getsockname()); u[2].sendto(b'stranger', u[0].getsockname()); u[1].sendto(b'friend', u[0].getsockname())
    first = u[0].recv(100).decode(); u[0].connect(u[2].getsockname()); u[0].send(b'hello')
    return [first, u[2].recv(100).decode(), u[0].getpeername() == u[2].getsockname()]`,
    async () => {
      const u = [1, 2, 3].map(() => socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as [udp, udp, udp]
      for (const s of u) s.bind(['127.0.0.1', 0])
      await u[0].connect(u[1].getsockname())
      await u[2].sendto(Buffer.from('stranger'), u[0].getsockname())
      await u[1].sendto(Buffer.from('friend'), u[0].getsockname())
      const first = String(await u[0].recv(100))
      await u[0].connect(u[2].getsockname())
      await u[0].send(Buffer.from('hello'))
      return [first, String(await u[2].recv(100)), `${u[0].getpeername()}` === `${u[2].getsockname()}`]
    },
  ],
  'closed and given away': [
    `s = socket.socket(); fd = s.detach(); again = socket.socket(fileno=fd)
    got = [s.fileno(), again.family, again.type, again.fileno() == fd]; again.close(); again.close()
    return got + [outcome(s.getsockname), outcome(lambda: socket.close(fd)), s.detach()]`,
    async () => {
      const s = socket.socket()
      const fd = s.detach()
      const again = socket.socket({ fileno: fd })
      const got = [s.fileno(), again.family, again.type, again.fileno() === fd]
      again.close()
      again.close()
      return [...got, await outcome(() => s.getsockname()), await outcome(() => socket.close(fd)), s.detach()]
    },
  ],
}

type udp = socket.Socket<socket.AddressFamily.AF_INET>

const inet6 = families.some(({ family }) => family === socket.AF_INET6)
if (inet6) {
  scenarios['IPv6: four elements, mapped IPv4 at a server for both, two servers on one port'] = [
    `both = socket.create_server(('', 0), family=socket.AF_INET6, dualstack_ipv6=True); port = both.getsockname()[1]
    client = socket.create_connection(('127.0.0.1', port)); conn, address = both.accept()
    only = socket.create_server(('::1', 0), family=socket.AF_INET6)
    four = socket.create_server(('127.0.0.1', only.getsockname()[1]))
    six = socket.create_connection(only.getsockname()[:2])
    return [address[0], len(address), both.getsockname()[0], six.getpeername()[2:], int(six.family), four.getsockname()[0],
            socket.has_dualstack_ipv6()]`,
    async () => {
      const both = socket.createServer(['', 0], { family: socket.AF_INET6, dualstackIpv6: true })
      const port = both.getsockname()[1]
      await socket.createConnection(['127.0.0.1', port])
      const [, address] = await both.accept()
      const only = socket.createServer(['::1', 0], { family: socket.AF_INET6 })
      const four = socket.createServer(['127.0.0.1', only.getsockname()[1]])
      const [host, number] = only.getsockname()
      const six: socket.Socket = await socket.createConnection([host, number])
      return [
        address[0],
        address.length,
        both.getsockname()[0],
        six.getpeername().slice(2),
        six.family,
        four.getsockname()[0],
        socket.hasDualstackIpv6(),
      ]
    },
  ]
}

const bodies = Object.values(scenarios).map(([body], i) => `def scenario_${i}():\n    ${body}\n`)
const python = askPython<unknown[]>(`${PYTHON}
import warnings; warnings.simplefilter('ignore')
${bodies.join('')}
say([f() for f in [${bodies.map((_, i) => `scenario_${i}`).join(', ')}]])`)

test.each(Object.keys(scenarios).map((name, i) => [name, i] as const))('%s: as in CPython', async (name, i) => {
  const { closeAll } = await import('../../../src/socket/open-sockets.ts')
  try {
    expect(JSON.parse(JSON.stringify(await scenarios[name]![1]()))).toEqual(python[i])
  } finally {
    closeAll()
  }
})
