/**
 * Every public function of `socket`, and every method of a Socket, with the wrong thing in each place: it says so with a
 * TypeError or RangeError in words of its own, before anything is done, and no descriptor is left open.
 */
import { readdirSync, readlinkSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import * as socket from '../../../src/socket/index.ts'
import { type Attempt, attempts, complaints, show } from '../wrong.ts'

type Kind =
  | 'file'
  | 'server'
  | 'int'
  | 'intOrNone'
  | 'intOrNamed'
  | 'bytes'
  | 'text'
  | 'address'
  | 'options'
  | 'timeout'
  | 'list'
  | 'socket'
  | 'any'

const symbol = Symbol('s')
const numbers = ['5', [], null, 1.5, Number.NaN, symbol, 5n, () => 1]
/** What each kind of parameter must refuse. */
const wrong: Record<Kind, readonly unknown[]> = {
  int: [...numbers, {}],
  /** Here, or in an object that names it and what is behind. */
  intOrNamed: numbers,
  /** Here `null` is the usual one. */
  intOrNone: numbers.filter((one) => one !== null),
  bytes: ['text', 5, null, undefined, {}, [1, 2], symbol, true],
  text: [5, null, {}, [], symbol, true],
  address: [undefined, null, 5, {}, symbol, ['127.0.0.1'], [5, 80], ['127.0.0.1', '80'], ['127.0.0.1', 70000]],
  options: ['x', 5, symbol, true, { signal: 'stop' }, { signal: 5 }, { signal: {} }],
  timeout: ['5', [], -1, Number.NaN, symbol, 5n],
  list: [undefined, null, 5, symbol],
  socket: [undefined, null, 5, 'x', {}, symbol],
  file: [undefined, null, 'x', {}, symbol, 1.5],
  server: [undefined, null, 5, 'x', {}, symbol, ['127.0.0.1'], [5, 80], ['127.0.0.1', 70000]],
  any: [],
}

/** A right argument of each call, and what the parameter is. */
type Argument = readonly [good: unknown, kind: Kind]
const int = (good: number): Argument => [good, 'int']
const named = (good: number): Argument => [good, 'intOrNamed']
const options: Argument = [{}, 'options']
const flags: Argument = [0, 'intOrNamed']
const bytes = (): Argument => [Buffer.from('x'), 'bytes']
const nowhere: Argument = [['127.0.0.1', 9], 'address']

const functions: Record<string, readonly Argument[]> = {
  socket: [int(2), int(1), int(0)].map(([good]) => [good, 'intOrNamed']),
  socketpair: [[1, 'intOrNone'], named(1), named(0)],
  createServer: [nowhere, ['none', 'any']],
  createConnection: [
    [['127.0.0.1', 9], 'server'],
    ['none', 'any'],
  ],
  fromfd: [int(99999), [2, 'any'], named(1), named(0)],
  dup: [int(99999)],
  close: [int(99999)],
  sendFds: [
    [{}, 'socket'],
    [[], 'any'],
    [[], 'list'],
  ],
  recvFds: [[{}, 'socket'], int(1), int(1)],
  getaddrinfo: [['127.0.0.1', 'any'], [80, 'any'], [0, 'intOrNamed'], named(0), named(0), named(0), options],
  gethostbyname: [['127.0.0.1', 'text']],
  gethostbynameEx: [['127.0.0.1', 'text']],
  gethostbyaddr: [['127.0.0.1', 'text']],
  getfqdn: [['127.0.0.1', 'text']],
  getnameinfo: [[['127.0.0.1', 80], 'list'], int(3), options],
  getservbyname: [
    ['http', 'text'],
    ['tcp', 'any'],
  ],
  getservbyport: [int(80), ['tcp', 'any']],
  getprotobyname: [['tcp', 'text']],
  if_nametoindex: [['lo', 'text']],
  if_indextoname: [int(1)],
  sethostname: [['x', 'text']],
  htons: [int(1)],
  ntohs: [int(1)],
  htonl: [int(1)],
  ntohl: [int(1)],
  inet_aton: [['127.0.0.1', 'text']],
  inet_ntoa: [[Buffer.alloc(4), 'bytes']],
  inet_pton: [int(2), ['127.0.0.1', 'text']],
  inet_ntop: [int(2), [Buffer.alloc(4), 'bytes']],
  setdefaulttimeout: [[null, 'timeout']],
  CMSG_LEN: [int(4)],
  CMSG_SPACE: [int(4)],
  tcpInfo: [['none', 'any']],
  gethostname: [],
  getdefaulttimeout: [],
  if_nameindex: [],
  hasDualstackIpv6: [],
}

const into: Argument = [Buffer.alloc(4), 'bytes']
const methods: Record<string, readonly Argument[]> = {
  bind: [nowhere],
  listen: [int(1)],
  accept: [options],
  connections: [['none', 'any']],
  connect: [nowhere, options],
  connectEx: [nowhere, options],
  send: [bytes(), flags, options],
  sendall: [bytes(), flags, options],
  sendto: [bytes(), nowhere],
  sendmsg: [[[Buffer.from('x')], 'list'], [[], 'any'], [0, 'intOrNamed'], [null, 'any'], options],
  sendfile: [[99999, 'file'], [0, 'intOrNamed'], ['none', 'any'], options],
  recv: [int(1), flags, options],
  recvInto: [into, [0, 'intOrNamed'], flags, options],
  recvfrom: [int(1), flags, options],
  recvfromInto: [into, [0, 'intOrNamed'], flags, options],
  recvmsg: [int(1), [0, 'intOrNamed'], [0, 'intOrNamed'], options],
  recvmsgInto: [[[Buffer.alloc(4)], 'list'], [0, 'intOrNamed'], [0, 'intOrNamed'], options],
  settimeout: [[null, 'timeout']],
  setblocking: [[true, 'any']],
  setsockopt: [int(1), int(2), [1, 'any']],
  getsockopt: [int(1), int(2), [0, 'int']],
  shutdown: [int(1)],
  setInheritable: [[true, 'int']],
  makefile: [
    ['r', 'any'],
    ['none', 'any'],
  ],
  chunks: [['none', 'any']],
  recvSync: [int(1), ['none', 'any']],
  recvIntoSync: [into, ['none', 'any']],
  recvfromSync: [int(1), ['none', 'any']],
  sendSync: [bytes(), ['none', 'any']],
  sendallSync: [bytes(), ['none', 'any']],
  sendtoSync: [bytes(), nowhere, ['none', 'any']],
  connectSync: [nowhere],
}
/** They take nothing. */
const plain =
  'acceptSync close detach dup fileno getInheritable getblocking getpeername getsockname gettimeout toString toWeb'

const attemptsAt = (name: string, args: readonly Argument[], call: (args: readonly unknown[]) => unknown): Attempt[] =>
  attempts(
    name,
    args.map(([good, kind]) => [good, wrong[kind]]),
    call,
  )

/** Sockets only: the test's runner opens files of its own. */
function openSockets(): number {
  const isSocket = (fd: string): boolean => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).startsWith('socket:')
    } catch {
      return false // the descriptor of the list itself
    }
  }
  return readdirSync('/proc/self/fd').filter(isSocket).length
}
const before = openSockets()
afterAll(() => expect(openSockets()).toBe(before))

const exported = socket as unknown as Record<string, (...args: unknown[]) => unknown>

test('no function of the module, and no method of a Socket, is missing here', () => {
  const names = Object.keys(exported).filter(
    (name) => typeof exported[name] === 'function' && !/^[A-Z](?!MSG)|[eE]rror$|^timeout$/.test(name),
  )
  expect(Object.keys(functions).sort()).toEqual(names.sort())
  const found = new Set<string>()
  for (let at = socket.Socket.prototype as object; at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(at))) {
      if (typeof value === 'function' && name !== 'constructor' && name !== 'around') found.add(name)
    }
  }
  expect([...Object.keys(methods), ...plain.split(' ')].sort()).toEqual([...found].sort())
})

test.each(Object.keys(functions))('socket.%s', async (name) => {
  const all = attemptsAt(name, functions[name]!, (args) => exported[name]!(...args))
  expect(await complaints(all)).toEqual([])
})

test.each(Object.keys(methods))('sock.%s', async (name) => {
  const datagrams = /sendto|recvfrom/.test(name)
  const all = attemptsAt(name, methods[name]!, async (args) => {
    using sock = socket.socket(socket.AF_INET, datagrams ? socket.SOCK_DGRAM : socket.SOCK_STREAM)
    return await (sock as unknown as typeof exported)[name]!(...args)
  })
  expect(await complaints(all)).toEqual([])
})

test('what stands in an options object is looked at too', async () => {
  const named = (name: string, key: string, values: readonly unknown[], call: (value: unknown) => unknown): Attempt[] =>
    values.map((value) => ({ what: `${name}: ${key} = ${show(value)}`, call: () => call(value) }))
  using sock = socket.socket()
  const [a, b] = socket.socketpair()
  using server = socket.createServer(['127.0.0.1', 0])
  const at = server.getsockname()
  // biome-ignore lint/suspicious/noExplicitAny: what no type lets pass is what is tried here
  const any = (value: unknown) => value as any
  const all = [
    ...named('createServer', 'options', [null, 5, 'x'], (v) => socket.createServer(at, any(v))),
    ...named('createServer', 'family', ['x', {}, 1.5], (v) => socket.createServer(at, { family: any(v) })),
    ...named('createServer', 'backlog', ['x', {}, 1.5], (v) =>
      socket.createServer(['127.0.0.1', 0], { backlog: any(v) }),
    ),
    ...named('createConnection', 'timeout', wrong.timeout, (v) => socket.createConnection(at, { timeout: any(v) })),
    ...named('createConnection', 'signal', ['stop', 5, {}], (v) => socket.createConnection(at, { signal: any(v) })),
    ...named('createConnection', 'sourceAddress', ['x', 5, {}], (v) =>
      socket.createConnection(at, { sourceAddress: any(v) }),
    ),
    ...named('getaddrinfo', 'family', [null, 'x', 1.5], (v) => socket.getaddrinfo('::1', 80, { family: any(v) })),
    ...named('getaddrinfo', 'signal', ['stop', 5], (v) => socket.getaddrinfo('localhost', 80, { signal: any(v) })),
    ...named('recv', 'flags', [null, 'x', 1.5], (v) => sock.recv(1, { flags: any(v) })),
    ...named('recvmsg', 'ancbufsize', [null, 'x', -1], (v) => sock.recvmsg(1, { ancbufsize: any(v) })),
    ...named('sendmsg', 'ancdata', [5, [1], [[1, 2]], [['x', 1, Buffer.alloc(1)]]], (v) =>
      a.sendmsg([Buffer.from('x')], { ancdata: any(v) }),
    ),
    ...named('makefile', 'mode', [5, 'x', symbol, true], (v) => a.makefile({ mode: any(v) })),
    ...named('makefile', 'buffering', ['x', 1.5, symbol], (v) => a.makefile({ buffering: any(v) })),
    ...named('makefile', 'encoding', ['klingon', 5, symbol, 'hex', 'binary'], (v) => a.makefile({ encoding: any(v) })),
    ...named('makefile', 'errors', ['quietly', 5], (v) => a.makefile({ errors: any(v) })),
    ...named('makefile', 'newline', ['\t', 5], (v) => a.makefile({ newline: any(v) })),
    ...named('makefile', 'options', [5, 'x'], (v) => a.makefile('r', -1, any(v))),
    ...named('chunks', 'bufsize', ['x', -1], (v) => a.chunks(any(v)).next()),
    ...named('close', 'fd', [true], (v) => socket.close(any(v))),
  ]
  expect(await complaints(all)).toEqual([])
  a.close()
  b.close()
})

test('an options object is the last argument, as keywords are: what stands behind it is not left aside', async () => {
  const [a, b] = socket.socketpair()
  const buffer = Buffer.alloc(4)
  // biome-ignore lint/suspicious/noExplicitAny: the types let none of it pass
  const [from, to, { createConnection, sendFds }] = [b as any, a as any, socket as any]
  const calls: Record<string, () => unknown> = {
    recv: () => from.recv(1, {}, 0),
    recvInto: () => from.recvInto(buffer, {}, 0),
    recvmsg: () => from.recvmsg(1, {}, 0),
    recvmsgInto: () => from.recvmsgInto([buffer], {}, 0),
    send: () => to.send(buffer, {}, 0),
    sendmsg: () => to.sendmsg([buffer], {}, 0),
    'sendmsg, an address': () => to.sendmsg([buffer], [], {}, '/tmp/nobody'),
    sendFds: () => sendFds(a, [buffer], [0], {}, '/tmp/nobody'),
    'createConnection, a source address': () => createConnection(['127.0.0.1', 9], {}, ['127.0.0.1', 0]),
  }
  const all = Object.entries(calls).map(([what, call]) => ({ what, call }))
  expect(await complaints(all)).toEqual([])
  await expect((async () => to.sendmsg([buffer], {}, 0))()).rejects.toThrow(
    'positional argument follows keyword argument: the options object comes last, no int behind it',
  )
  a.close()
  b.close()
})

// It read "'int' object cannot be interpreted as an integer".
test('a bigint, which struct gives for eight bytes, is told from a number', async () => {
  const [a, b] = socket.socketpair()
  await expect(a.recv(5n as never)).rejects.toThrow(
    new TypeError(
      "'bigint' object cannot be interpreted as an integer: bufsize must be a number, not a bigint: Number(value)",
    ),
  )
  expect(() => socket.htonl(5n as never)).toThrow(/^expected int, bigint found/)
  a.close()
  b.close()
})

// getaddrinfo, which they ask, and recv's parameter were named.
test('a wrong port or size is told in the names of the call that was made', async () => {
  const [a, b] = socket.socketpair()
  const port = (call: string) => new RangeError(`${call}(): port must be 0-65535.`)
  await expect(socket.getnameinfo(['127.0.0.1', -1], 0)).rejects.toThrow(port('getnameinfo'))
  await expect(socket.getnameinfo(['127.0.0.1', 'x' as never], 0)).rejects.toThrow(/: port must be a whole number/)
  await expect(socket.createConnection(['127.0.0.1', 70000])).rejects.toThrow(port('createConnection'))
  await expect(socket.getaddrinfo('127.0.0.1', -1)).rejects.toThrow(port('getaddrinfo'))
  // 80.5 was told to stand without quotes, which it does.
  using inet = socket.socket()
  await expect(inet.connect(['127.0.0.1', 80.5])).rejects.toThrow(/: write a whole number$/)
  await expect(inet.connect(['127.0.0.1', '80' as never])).rejects.toThrow(/: write a number without quotes$/)
  const nbytes = "'str' object cannot be interpreted as an integer: nbytes must be a whole number"
  await expect(a.recvInto(Buffer.alloc(1), 'x' as never)).rejects.toThrow(new TypeError(nbytes))
  await expect(a.recvfromInto(Buffer.alloc(1), { nbytes: 'x' as never })).rejects.toThrow(new TypeError(nbytes))
  a.close()
  b.close()
})
