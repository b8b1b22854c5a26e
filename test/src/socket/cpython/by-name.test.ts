/** Some arguments by position, the rest in one object behind them, as Python takes keywords; and what makes a socket. */
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import * as select from '../../../../src/select/index.ts'
import * as selectors from '../../../../src/selectors/index.ts'
import * as socket from '../../../../src/socket/index.ts'
import * as socketserver from '../../../../src/socketserver/index.ts'
import * as struct from '../../../../src/struct/index.ts'
import { same, told } from './same.ts'

const what = (sock: socket.Socket) => [sock.family, sock.type, sock.proto]

same({
  'socket, socketpair, fromfd': [
    `what = lambda s: [s.family, s.type, s.proto]
    a = socket.socket(socket.AF_INET6, type=socket.SOCK_DGRAM); b = socket.socket(socket.AF_INET, socket.SOCK_DGRAM, proto=17)
    c = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM, fileno=socket.dup(a.fileno())); d, e = socket.socketpair(socket.AF_UNIX, type=socket.SOCK_SEQPACKET)
    f = socket.fromfd(b.fileno(), socket.AF_INET, type=socket.SOCK_DGRAM)
    return [what(s) for s in (a, b, c, d, e, f)]`,
    () => {
      const a = socket.socket(socket.AF_INET6, { type: socket.SOCK_DGRAM })
      const b = socket.socket(socket.AF_INET, socket.SOCK_DGRAM, { proto: 17 })
      const c = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM, { fileno: socket.dup(a.fileno()) })
      const [d, e] = socket.socketpair(socket.AF_UNIX, { type: socket.SOCK_SEQPACKET })
      const f = socket.fromfd(b.fileno(), socket.AF_INET, { type: socket.SOCK_DGRAM })
      return [a, b, c, d, e, f].map(what)
    },
  ],
  'getaddrinfo and create_connection': [
    `rows = lambda r: [list(x) for x in r]
    s = socket.create_server(('127.0.0.1', 0)); c = socket.create_connection(s.getsockname(), 5, source_address=('127.0.0.2', 0))
    return [rows(socket.getaddrinfo('127.0.0.1', 80, socket.AF_INET, type=socket.SOCK_STREAM)), rows(socket.getaddrinfo('127.0.0.1', 80, 0, socket.SOCK_DGRAM, flags=socket.AI_NUMERICHOST)), c.getsockname()[0], c.gettimeout(), told(lambda: socket.create_connection(('127.0.0.1', 1), 5, None, all_errors=True))[0]]`,
    async () => {
      const server = socket.createServer(['127.0.0.1', 0])
      const client = await socket.createConnection(server.getsockname(), 5, { sourceAddress: ['127.0.0.2', 0] })
      const refused = await told(() => socket.createConnection(['127.0.0.1', 1], 5, null, { allErrors: true }))
      return [
        await socket.getaddrinfo('127.0.0.1', 80, socket.AF_INET, { type: socket.SOCK_STREAM }),
        await socket.getaddrinfo('127.0.0.1', 80, 0, socket.SOCK_DGRAM, { flags: socket.AI_NUMERICHOST }),
        client.getsockname()[0],
        client.gettimeout(),
        (refused as unknown[])[0],
      ]
    },
  ],
  'getaddrinfo: everything by name': [
    `rows = lambda r: [list(x) for x in r]
    return [rows(socket.getaddrinfo(host='127.0.0.1', port=None)), rows(socket.getaddrinfo('127.0.0.1', port='http', type=socket.SOCK_STREAM)), rows(socket.getaddrinfo(host=None, port=0, family=socket.AF_UNSPEC, type=socket.SOCK_STREAM, proto=0, flags=socket.AI_PASSIVE))]`,
    async () => [
      await socket.getaddrinfo({ host: '127.0.0.1', port: null }),
      await socket.getaddrinfo('127.0.0.1', { port: 'http', type: socket.SOCK_STREAM }),
      await socket.getaddrinfo({
        host: null,
        port: 0,
        family: socket.AF_UNSPEC,
        type: socket.SOCK_STREAM,
        proto: 0,
        flags: socket.AI_PASSIVE,
      }),
    ],
  ],
  'create_server, create_connection, fromfd, getfqdn: all by name': [
    `s = socket.create_server(address=('127.0.0.1', 0), backlog=3); c = socket.create_connection(address=s.getsockname(), timeout=5, source_address=('127.0.0.2', 0)); f = socket.fromfd(fd=c.fileno(), family=socket.AF_INET, type=socket.SOCK_STREAM)
    return [s.getsockname()[0], c.getsockname()[0], c.gettimeout(), [f.family, f.type, f.proto], f.getsockname() == c.getsockname(), socket.getfqdn(name='192.0.2.77')]`,
    async () => {
      const s = socket.createServer({ address: ['127.0.0.1', 0], backlog: 3 })
      const address = s.getsockname()
      const c = await socket.createConnection({ address, timeout: 5, sourceAddress: ['127.0.0.2', 0] })
      const f = socket.fromfd({ fd: c.fileno(), family: socket.AF_INET, type: socket.SOCK_STREAM })
      const same = String(f.getsockname()) === String(c.getsockname())
      const name = await socket.getfqdn({ name: '192.0.2.77' })
      return [s.getsockname()[0], c.getsockname()[0], c.gettimeout(), what(f), same, name]
    },
  ],
  'recv_into, recvfrom_into: all by name': [
    `a, b = socket.socketpair(); a.send(b'abcdefgh'); m = bytearray(4)
    return [b.recv_into(buffer=m, nbytes=2), bytes(m), b.recvfrom_into(buffer=m, nbytes=3, flags=socket.MSG_PEEK)[0], bytes(m), b.recv_into(buffer=memoryview(m)[1:]), bytes(m), text(lambda: b.recv_into(buffer=m, nbytes=5))[0]]`,
    async () => {
      const [a, b] = socket.socketpair()
      await a.send(Buffer.from('abcdefgh'))
      const m = Buffer.alloc(4)
      const seen = () => Buffer.from(m)
      return [
        await b.recvInto({ buffer: m, nbytes: 2 }),
        seen(),
        (await b.recvfromInto({ buffer: m, nbytes: 3, flags: socket.MSG_PEEK }))[0],
        seen(),
        await b.recvInto({ buffer: m.subarray(1) }),
        seen(),
        ((await told(() => b.recvInto({ buffer: m, nbytes: 5 }))) as unknown[])[0],
      ]
    },
  ],
  'set_inheritable: by name, and of what is no number': [
    `s = socket.socket(); s.set_inheritable(inheritable=True); out = [s.get_inheritable()]; s.set_inheritable(0); return out + [s.get_inheritable()] + [told(lambda: s.set_inheritable(v)) for v in ('x', None, 1.5)]`,
    async () => {
      const s = socket.socket()
      s.setInheritable({ inheritable: true })
      const out: unknown[] = [s.getInheritable()]
      s.setInheritable(0)
      out.push(s.getInheritable())
      for (const v of ['x', null, 1.5]) out.push(await told(() => s.setInheritable(v as number)))
      return out
    },
  ],
  'send_fds, recv_fds: the socket by name, too': [
    `a, b = socket.socketpair(); n = socket.send_fds(sock=a, buffers=[b'one'], fds=[0]); data, fds, flags, address = socket.recv_fds(sock=b, bufsize=2, maxfds=1); return [n, data, len(fds), flags & socket.MSG_CTRUNC]`,
    async () => {
      const [a, b] = socket.socketpair()
      const n = await socket.sendFds({ sock: a, buffers: [Buffer.from('one')], fds: [0] })
      const [data, fds, flags] = await socket.recvFds({ sock: b, bufsize: 2, maxfds: 1 })
      for (const fd of fds) closeSync(fd)
      return [n, data, fds.length, flags & socket.MSG_CTRUNC]
    },
  ],
  'send_fds, recv_fds: all behind the socket by name': [
    `a, b = socket.socketpair(); n = socket.send_fds(a, buffers=[b'one'], fds=[0]); data, fds, flags, address = socket.recv_fds(b, bufsize=2, maxfds=1); return [n, data, len(fds), flags & socket.MSG_CTRUNC]`,
    async () => {
      const [a, b] = socket.socketpair()
      const n = await socket.sendFds(a, { buffers: [Buffer.from('one')], fds: [0] })
      const [data, fds, flags] = await socket.recvFds(b, { bufsize: 2, maxfds: 1 })
      return [n, data, fds.length, flags & socket.MSG_CTRUNC]
    },
  ],
  'Struct, selectors, socketserver: all by name': [
    `a, b = socket.socketpair(); s = selectors.DefaultSelector(); k = s.register(a, events=selectors.EVENT_READ, data='x'); m = s.modify(a, events=selectors.EVENT_WRITE); n = s.modify(a, selectors.EVENT_READ, data='y')
    with socketserver.TCPServer(server_address=('127.0.0.1', 0), RequestHandlerClass=socketserver.BaseRequestHandler, bind_and_activate=False) as t: bound = t.socket.getsockname()[1]
    with socketserver.TCPServer(server_address=('127.0.0.1', 0), RequestHandlerClass=socketserver.BaseRequestHandler) as t: other = t.server_address[0]
    return [__import__('struct').Struct(format='!HI').size, k.events, k.data, m.events, m.data, n.events, n.data, bound, other]`,
    () => {
      const [a] = socket.socketpair()
      using s = new selectors.DefaultSelector()
      const k = s.register(a, { events: selectors.EVENT_READ, data: 'x' })
      const m = s.modify(a, { events: selectors.EVENT_WRITE })
      const n = s.modify(a, selectors.EVENT_READ, 'y')
      // biome-ignore lint/suspicious/noExplicitAny: the types leave this form out
      const TCPServer: any = socketserver.TCPServer
      const all = { serverAddress: ['127.0.0.1', 0], RequestHandlerClass: socketserver.BaseRequestHandler }
      using unbound = new TCPServer({ ...all, bindAndActivate: false })
      using bound = new TCPServer(all)
      const ends = [unbound.socket.getsockname()[1], bound.serverAddress[0]]
      const { size } = new struct.Struct({ format: '!HI' })
      return [size, k.events, k.data, m.events, m.data, n.events, n.data, ...ends]
    },
  ],
  'epoll: what it is made with, and how many it reports': [
    `a, b = socket.socketpair(); e = select.epoll(sizehint=4, flags=0); e.register(a, eventmask=select.EPOLLOUT); e.register(b); return [told(lambda: select.epoll(flags=12356)), told(lambda: select.epoll(sizehint=-2)), len(e.poll(0, maxevents=1)), len(e.poll(0, maxevents=4)), e.modify(b, eventmask=select.EPOLLIN), len(e.poll(timeout=0, maxevents=4))]`,
    async () => {
      const [a, b] = socket.socketpair()
      using e = select.epoll({ sizehint: 4, flags: 0 })
      e.register(a, { eventmask: select.EPOLLOUT })
      e.register(b)
      return [
        await told(() => select.epoll({ flags: 12356 })),
        await told(() => select.epoll({ sizehint: -2 })),
        (await e.poll(0, { maxevents: 1 })).length,
        (await e.poll(0, { maxevents: 4 })).length,
        e.modify(b, { eventmask: select.EPOLLIN }),
        (await e.poll({ timeout: 0, maxevents: 4 })).length,
      ]
    },
  ],
})

test('sendmsg, sendFds and recvFds: flags by position and by name', async () => {
  // CPython 3.11 forgets the flags of send_fds and recv_fds.
  const [a, b] = socket.socketpair()
  expect(await a.sendmsg([Buffer.from('one')], [], 0, { address: null })).toBe(3)
  expect(await socket.sendFds(a, [Buffer.from('two')], [0], 0, null)).toBe(3)
  for (const flags of [socket.MSG_PEEK, { flags: socket.MSG_PEEK }, 0]) {
    expect(String((await socket.recvFds(b, 3, 1, flags))[0])).toBe('one')
  }
  const full = { flags: socket.MSG_DONTWAIT }
  await a.sendmsg([Buffer.alloc(10_000_000)], [], full)
  const more = async () => {
    for (;;) await a.sendmsg([Buffer.from('x')], [], full)
  }
  expect(await told(more)).toEqual(['BlockingIOError', 11])
  const fds = socket.sendFds(a, [Buffer.from('x')], [0], socket.MSG_DONTWAIT)
  expect(await told(() => fds)).toEqual(['BlockingIOError', 11])
  a.close()
  b.close()
})

test('sendfile: where to begin by position, how many by name', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'by-name-'))
  writeFileSync(join(folder, 'page'), 'hello world')
  const file = openSync(join(folder, 'page'), 'r')
  const [client, server] = socket.socketpair()
  try {
    expect(await client.sendfile(file, 6, { count: 3 })).toBe(3)
    expect(String(await server.recv(100))).toBe('wor')
    expect(await client.sendfile({ file, offset: 2, count: 4 })).toBe(4)
    expect(String(await server.recv(100))).toBe('llo ')
  } finally {
    client.close()
    server.close()
    closeSync(file)
    rmSync(folder, { recursive: true })
  }
})

test('what socket(), poll() and epoll() make is an instance of them, as in Python', () => {
  using sock = socket.socket()
  using epoll = select.epoll()
  expect(sock instanceof socket.socket).toBe(true)
  expect(epoll instanceof select.epoll).toBe(true)
  expect(select.poll() instanceof select.poll).toBe(true)
  expect(epoll instanceof socket.socket).toBe(false)
})

test('names as Python writes them are told how they are written here: they were left aside', async () => {
  // biome-ignore lint/suspicious/noExplicitAny: a cell without types
  const untyped: any = socket
  const address = ['127.0.0.1', 0]
  const unexpected = "createServer() got an unexpected keyword argument 'reuse_port': write reusePort"
  expect(() => untyped.createServer(address, { reuse_port: true })).toThrow(new TypeError(unexpected))
  expect(() => untyped.createServer({ address, reuse_port: true })).toThrow(new TypeError(unexpected))
  for (const [named, ours] of [
    [{ source_address: address }, 'sourceAddress'],
    [{ all_errors: true }, 'allErrors'],
  ] as const) {
    await expect(untyped.createConnection(['127.0.0.1', 1], 5, named)).rejects.toThrow(`write ${ours}`)
  }
})

test('a name that the call does not know is refused, as in Python: it was left aside', async () => {
  // biome-ignore lint/suspicious/noExplicitAny: a cell without types
  const untyped: any = socket
  const address = ['127.0.0.1', 0]
  const [a, b] = untyped.socketpair()
  const calls: [expected: string, call: () => unknown][] = [
    ["socket() got an unexpected keyword argument 'famly': did you mean family?", () => untyped.socket({ famly: 2 })],
    ["'tpye': did you mean type?", () => untyped.socket(socket.AF_INET, { tpye: socket.SOCK_DGRAM })],
    [
      "createServer() got an unexpected keyword argument 'reuse': did",
      () => untyped.createServer(address, { reuse: 1 }),
    ],
    ["'colour': It takes address, family, backlog, ", () => untyped.createServer({ address, colour: 1 })],
    [
      "createConnection() got an unexpected keyword argument 'timeot'",
      () => untyped.createConnection(address, { timeot: 1 }),
    ],
    [
      "makefile() got an unexpected keyword argument 'encodng': did you mean encoding?",
      () => a.makefile('r', { encodng: 'x' }),
    ],
    ["getaddrinfo() got an unexpected keyword argument 'famili'", () => untyped.getaddrinfo('::1', 80, { famili: 10 })],
    [
      "recv() got an unexpected keyword argument 'timeout': It takes flags, signal; settimeout",
      () => a.recv(1, { timeout: 1 }),
    ],
    ["recv() got an unexpected keyword argument 'flag': did you mean flags?", () => a.recv(1, 0, { flag: 2 })],
    ["recv_into() got an unexpected keyword argument 'nbyte'", () => a.recvInto(Buffer.alloc(9), { nbyte: 2 })],
    ["recvmsg() got an unexpected keyword argument 'ancbufsiz'", () => a.recvmsg(1, { ancbufsiz: 2 })],
    ["sendall() got an unexpected keyword argument 'flag'", () => a.sendall(Buffer.alloc(1), { flag: 2 })],
    ["sendmsg() got an unexpected keyword argument 'adress'", () => a.sendmsg([Buffer.alloc(1)], { adress: 2 })],
    ["connect() got an unexpected keyword argument 'timeout'", () => a.connect('x', { timeout: 2 })],
    ["accept() got an unexpected keyword argument 'sgnal': did you mean signal?", () => a.accept({ sgnal: 2 })],
  ]
  for (const [expected, call] of calls) {
    const failure = await (async () => call())().catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(TypeError)
    expect((failure as Error).message).toContain(expected)
  }
  a.close()
  b.close()
})

test('an object with a signal may be one for several calls, and one of a class holds what it likes', async () => {
  const { signal } = new AbortController()
  const limits = { signal, timeout: 5, log: 'all' }
  class Task {
    readonly number = 1
    readonly signal = signal
  }
  using server = socket.createServer(['127.0.0.1', 0])
  using client = await socket.createConnection(server.getsockname(), limits)
  const [conn] = await server.accept(limits)
  using held = conn
  await client.sendall(Buffer.from('hello\n'), limits)
  expect(String(await held.recv(2, limits))).toBe('he')
  expect(String(await held.recv(1, 0, new Task()))).toBe('l')
  await using file = held.makefile('r')
  expect(await file.readline(limits)).toBe('lo\n')
})
