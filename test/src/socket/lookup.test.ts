import { execFileSync, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test } from 'vitest'
import { hooks } from '../../../src/socket/hooks.ts'
import * as socket from '../../../src/socket/index.ts'
import { askPython } from './python.ts'

afterEach(() => {
  hooks.resolve = undefined
  hooks.reverse = undefined
})

/** Python's answers to the same questions on this machine. */
const python = <T>(code: string): T => askPython<T>(`say(${code})`)

describe('as CPython on this machine', () => {
  test.each([
    [`'127.0.0.1', 80`, () => socket.getaddrinfo('127.0.0.1', 80)],
    [`None, 80`, () => socket.getaddrinfo(null, 80)],
    [`None, 80, flags=socket.AI_PASSIVE`, () => socket.getaddrinfo(null, 80, { flags: socket.AI_PASSIVE })],
    [`'::1', 80, 0, socket.SOCK_STREAM`, () => socket.getaddrinfo('::1', 80, 0, socket.SOCK_STREAM)],
    [`'127.1', None, 0, socket.SOCK_DGRAM`, () => socket.getaddrinfo('127.1', null, { type: socket.SOCK_DGRAM })],
    [`'localhost', 80, 0, 0, socket.IPPROTO_TCP`, () => socket.getaddrinfo('localhost', 80, 0, 0, socket.IPPROTO_TCP)],
    [
      `'localhost', 80, flags=socket.AI_CANONNAME`,
      () => socket.getaddrinfo('localhost', 80, { flags: socket.AI_CANONNAME }),
    ],
    [`b'localhost', '53', socket.AF_INET`, () => socket.getaddrinfo(Buffer.from('localhost'), '53', socket.AF_INET)],
  ])('getaddrinfo(%s)', async (args, ours) => {
    expect(await ours()).toEqual(python(`socket.getaddrinfo(${args})`))
  })

  test('gethostbyname and its kin', async () => {
    expect(await socket.gethostbyname('localhost')).toBe(python(`socket.gethostbyname('localhost')`))
    expect(await socket.gethostbyname('')).toBe('0.0.0.0')
    expect(await socket.gethostbynameEx('localhost')).toEqual(python(`socket.gethostbyname_ex('localhost')`))
    expect(await socket.gethostbynameEx('127.0.0.1')).toEqual(python(`socket.gethostbyname_ex('127.0.0.1')`))
    expect(await socket.gethostbyaddr('127.0.0.1')).toEqual(python(`socket.gethostbyaddr('127.0.0.1')`))
    expect(socket.gethostname()).toBe(python(`socket.gethostname()`))
    expect(await socket.getfqdn()).toBe(python(`socket.getfqdn()`))
    expect(await socket.getfqdn('127.0.0.1')).toBe(python(`socket.getfqdn('127.0.0.1')`))
  })

  test('getnameinfo', async () => {
    for (const [address, flags] of [
      [['127.0.0.1', 80], 0],
      [['127.0.0.1', 80], socket.NI_NUMERICHOST | socket.NI_NUMERICSERV],
      [['127.0.0.1', 53], socket.NI_DGRAM],
      [['::1', 443, 0, 0], socket.NI_NUMERICHOST],
    ] as const) {
      const tuple = JSON.stringify(address).replace('[', '(').replace(']', ')')
      expect(await socket.getnameinfo(address, flags)).toEqual(python(`socket.getnameinfo(${tuple}, ${flags})`))
    }
  })

  test('services, protocols and interfaces', () => {
    const answer = (code: string) => python(`(lambda f: f())(lambda: [${code}])`)
    expect(socket.if_nameindex()).toEqual(python(`socket.if_nameindex()`))
    const [[index, name]] = socket.if_nameindex() as [[number, string]]
    expect(socket.if_nametoindex(name)).toBe(index)
    expect(socket.if_indextoname(index)).toBe(name)
    let missing: unknown
    try {
      // Where the machine has these files, they are read as CPython reads them.
      expect([
        socket.getservbyname('http'),
        socket.getservbyname('domain', 'udp'),
        socket.getservbyport(443, 'tcp'),
        socket.getprotobyname('udp'),
      ]).toEqual(
        answer(
          `socket.getservbyname('http'), socket.getservbyname('domain', 'udp'), socket.getservbyport(443, 'tcp'), socket.getprotobyname('udp')`,
        ),
      )
    } catch (error) {
      missing = error
    }
    if (missing) expect(missing).toMatchObject({ name: 'OSError', message: expect.stringMatching(/not found$/) })
  })
})

/** A program in a namespace of its own, where the machine's name may be changed. */
const ELSEWHERE = ['unshare', '--user', '--map-root-user', '--uts', '--']
const canBeElsewhere = spawnSync(ELSEWHERE[0]!, [...ELSEWHERE.slice(1), 'true']).status === 0

test.skipIf(!canBeElsewhere)('sethostname takes text and bytes', () => {
  const library = fileURLToPath(new URL('../../../dist/socketlab.cjs', import.meta.url))
  const source = `const { socket } = require(${JSON.stringify(library)})
    for (const name of ['new', Buffer.from('bar')]) { socket.sethostname(name); console.log(socket.gethostname()) }
    for (const name of [5, 'a\\0b', Buffer.from('a\\0b'), 'x'.repeat(65)])
      try { socket.sethostname(name) } catch ({ name, message }) { console.log(name, message) }`
  const [command, ...args] = [...ELSEWHERE, process.execPath, '-e', source]
  expect(execFileSync(command!, args, { encoding: 'utf8' }).trim().split('\n')).toEqual([
    'new',
    'bar',
    'TypeError expected str, bytes or os.PathLike object, not int',
    'RangeError embedded null character',
    'RangeError embedded null byte',
    'OSError [Errno 22] Invalid argument',
  ])
})

test('a look-up that a signal ends rejects at once, and the program goes on', async () => {
  const stop = new AbortController()
  // Of the look-ups that wait for another thread, one that asks no name server.
  const looking = socket.gethostbyaddr('127.0.0.1', { signal: stop.signal })
  stop.abort(new Error('never mind'))
  await expect(looking).rejects.toThrow('never mind')
})

test('an unknown name: gaierror with its code, and what to look at', async () => {
  hooks.resolve = () => ({ error: socket.EAI_NONAME })
  const error = await socket.getaddrinfo('gogle.example', 80).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(socket.gaierror)
  expect(error).toMatchObject({
    errno: -2,
    code: 'EAI_NONAME',
    message:
      "[Errno -2] Name or service not known: 'gogle.example' is neither in /etc/hosts nor known to a name server: is it spelled right?",
  })
})

test('a name that has perhaps an IPv4 address is not called unknown to whom wants an IPv6 one', async () => {
  hooks.resolve = () => ({ error: socket.EAI_NONAME })
  using sock = socket.socket(socket.AF_INET6)
  await expect(sock.connect(['known.example', 5000])).rejects.toThrow(
    "'known.example' has no IPv6 address, neither in /etc/hosts nor by a name server: is it spelled right?",
  )
})

test('a name where only an address is read is not called unknown; a protocol of another type is no service', async () => {
  const advice = "'localhost' is no numeric address, and no name is looked up here"
  await expect(socket.getnameinfo(['localhost', 80], 0)).rejects.toThrow(advice)
  const flags = socket.AI_NUMERICHOST
  await expect(socket.getaddrinfo('localhost', 80, { flags })).rejects.toThrow(advice)
  await expect(socket.getaddrinfo('127.0.0.1', 80, { proto: 99 })).rejects.toThrow(
    'that protocol (proto) does not go with that type of socket',
  )
})

test.each([
  ['http://127.0.0.1/index.html', "'http://127.0.0.1/index.html' is a URL: the host alone is '127.0.0.1'"],
  ['server.example:8080', "the port is no part of the host: ['server.example', 8080]"],
  ['server.example/index.html', "has a path in it: the host alone is 'server.example'"],
  ['127.0.0.256', "'127.0.0.256' is no IPv4 address: each of its four numbers is 0 to 255"],
  ['server.example\n', 'has white space around it'],
])('what is no host is told apart from an unknown one: %j', async (host, told) => {
  for (const error of [socket.EAI_NONAME, socket.EAI_AGAIN]) {
    hooks.resolve = () => ({ error })
    await expect(socket.createConnection([host, 80])).rejects.toThrow(told)
    using server = socket.socket()
    expect(() => server.bind([host, 0])).toThrow(told)
  }
})

test('a datagram to port 0 says what the port is for', async () => {
  using sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
  await expect(sock.sendto(Buffer.from('x'), ['127.0.0.1', 0])).rejects.toThrow('getsockname() of the receiver')
})

describe('the resolve hook', () => {
  test('names its addresses for every kind of look-up; numeric hosts do not ask it', async () => {
    const asked: string[] = []
    hooks.resolve = ({ host }) => {
      asked.push(host)
      return host === 'www.example.com' ? { addresses: ['127.10.0.1', '::1'], canonicalName: 'example.com' } : undefined
    }
    hooks.reverse = (address) => (address === '127.10.0.1' ? 'www.example.com' : undefined)
    const type = socket.SOCK_STREAM
    expect(await socket.getaddrinfo('www.example.com', 80, { type })).toEqual([
      [socket.AF_INET, type, 6, '', ['127.10.0.1', 80]],
      [socket.AF_INET6, type, 6, '', ['::1', 80, 0, 0]],
    ])
    expect(await socket.getaddrinfo('www.example.com', 80, { family: socket.AF_INET, type })).toHaveLength(1)
    expect(await socket.gethostbyname('www.example.com')).toBe('127.10.0.1')
    expect(await socket.gethostbynameEx('www.example.com')).toEqual([
      'example.com',
      ['www.example.com'],
      ['127.10.0.1'],
    ])
    expect(await socket.gethostbyaddr('127.10.0.1')).toEqual(['www.example.com', [], ['127.10.0.1']])
    expect(await socket.getnameinfo(['127.10.0.1', 80], socket.NI_NUMERICSERV)).toEqual(['www.example.com', '80'])
    await socket.getaddrinfo('127.0.0.1', 80)
    expect(asked).not.toContain('127.0.0.1')
  })
})
