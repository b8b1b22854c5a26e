import { expect, test } from 'vitest'
import * as socket from '../../../src/socket/index.ts'
import { askPython } from './python.ts'

test('setsockopt and getsockopt: numbers, booleans and bytes', () => {
  using sock = socket.socket()
  const { SOL_SOCKET, SO_REUSEADDR, SO_LINGER, SO_TYPE, SO_RCVBUF, IPPROTO_TCP, TCP_NODELAY } = socket
  expect(sock.getsockopt(SOL_SOCKET, SO_REUSEADDR)).toBe(0)
  sock.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
  expect(sock.getsockopt(SOL_SOCKET, SO_REUSEADDR)).toBe(1)
  sock.setsockopt(IPPROTO_TCP, TCP_NODELAY, true)
  expect(sock.getsockopt(IPPROTO_TCP, TCP_NODELAY)).toBe(1)
  const linger = Buffer.from(Int32Array.of(1, 5).buffer)
  sock.setsockopt(SOL_SOCKET, SO_LINGER, linger)
  expect(sock.getsockopt(SOL_SOCKET, SO_LINGER, 8)).toEqual(linger)
  expect(sock.getsockopt(SOL_SOCKET, SO_LINGER, 100)).toHaveLength(8)
  expect(sock.getsockopt(SOL_SOCKET, SO_TYPE)).toBe(socket.SOCK_STREAM)
  sock.setsockopt(SOL_SOCKET, SO_RCVBUF, 20_000)
  expect(sock.getsockopt(SOL_SOCKET, SO_RCVBUF)).toBe(40_000)
})

const hasVsock = (() => {
  try {
    socket.socket(socket.AF_VSOCK).close()
    return true
  } catch {
    return false
  }
})()

test.skipIf(!hasVsock)('options of AF_VSOCK are 64 bits wide', () => {
  using sock = socket.socket(socket.AF_VSOCK, socket.SOCK_STREAM)
  const sizes = [
    socket.SO_VM_SOCKETS_BUFFER_MAX_SIZE,
    socket.SO_VM_SOCKETS_BUFFER_SIZE,
    socket.SO_VM_SOCKETS_BUFFER_MIN_SIZE,
  ].map((option) => [option, sock.getsockopt(socket.AF_VSOCK, option) * 2] as const)
  for (const [option, size] of sizes) sock.setsockopt(socket.AF_VSOCK, option, size)
  for (const [option, size] of sizes) expect(sock.getsockopt(socket.AF_VSOCK, option)).toBe(size)
  sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
  expect(sock.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR)).toBe(1)
})

test('an option is any view of memory, as data to send is', () => {
  using sock = socket.socket()
  const { SOL_SOCKET, SO_LINGER } = socket
  const within = new Uint8Array([9, 9, 9, 9, 1, 0, 0, 0, 4, 0, 0, 0, 9])
  for (const linger of [Int32Array.of(1, 4), new DataView(within.buffer, 4, 8), within.subarray(4, 12)]) {
    sock.setsockopt(SOL_SOCKET, SO_LINGER, Buffer.alloc(8))
    sock.setsockopt(SOL_SOCKET, SO_LINGER, linger as Uint8Array)
    expect(sock.getsockopt(SOL_SOCKET, SO_LINGER, 8)).toEqual(Buffer.from(within.subarray(4, 12)))
  }
})

test('inheritable or not, blocking or not', () => {
  using sock = socket.socket()
  expect(sock.getInheritable()).toBe(false)
  sock.setInheritable(true)
  expect(sock.getInheritable()).toBe(true)
  expect(sock.getblocking()).toBe(true)
  sock.setblocking(false)
  expect([sock.getblocking(), sock.gettimeout(), sock.timeout]).toEqual([false, 0, 0])
  using other = socket.socket(socket.AF_INET, socket.SOCK_STREAM | socket.SOCK_NONBLOCK)
  expect([other.gettimeout(), other.type]).toEqual([0, socket.SOCK_STREAM])
})

test('every constant of CPython has its value here', () => {
  const python = askPython<Record<string, number>>(`
say({name: int(value) for name in dir(socket) if name[0].isupper() and '_' in name
     for value in [getattr(socket, name)] if isinstance(value, int)})`)
  const ours = socket as unknown as Record<string, unknown>
  const wrong = Object.entries(python).filter(([name, value]) => ours[name] !== value)
  // Names of CPython's own build, and what is an exception's number rather than the module's.
  expect(wrong.map(([name]) => name)).toEqual([])
})

test('the constants that CPython has had since 3.12 and 3.13, and one that it lost by mistake', () => {
  const { ETHERTYPE_ARP, ETHERTYPE_IP, ETHERTYPE_IPV6, ETHERTYPE_VLAN, ETH_P_ALL } = socket
  expect([ETHERTYPE_ARP, ETHERTYPE_IP, ETHERTYPE_IPV6, ETHERTYPE_VLAN]).toEqual([0x0806, 0x0800, 0x86dd, 0x8100])
  expect([ETH_P_ALL, socket.TCP_CC_INFO, socket.NI_IDN, socket.CAN_RAW_ERR_FILTER]).toEqual([3, 26, 32, 2])
})

// Few builds of CPython have them: they need the headers of BlueZ. The numbers are the system's.
test('the constants of Bluetooth', () => {
  const { AF_BLUETOOTH, SOL_HCI, HCI_DATA_DIR, HCI_FILTER, HCI_TIME_STAMP, BDADDR_ANY, BDADDR_LOCAL } = socket
  expect([AF_BLUETOOTH, socket.AddressFamily[31]]).toEqual([31, 'AF_BLUETOOTH'])
  const { BTPROTO_L2CAP, BTPROTO_HCI, BTPROTO_SCO, BTPROTO_RFCOMM } = socket
  expect([BTPROTO_L2CAP, BTPROTO_HCI, BTPROTO_SCO, BTPROTO_RFCOMM]).toEqual([0, 1, 2, 3])
  expect([SOL_HCI, HCI_DATA_DIR, HCI_FILTER, HCI_TIME_STAMP]).toEqual([0, 1, 2, 3])
  expect([BDADDR_ANY, BDADDR_LOCAL]).toEqual(['00:00:00:00:00:00', '00:00:00:FF:FF:FF'])
})

test('enums name what sockets are; the one of two names that Python prints', () => {
  expect(socket.AddressFamily[socket.AF_INET]).toBe('AF_INET')
  expect(socket.AddressFamily[16]).toBe('AF_NETLINK')
  expect(socket.SocketKind[socket.SOCK_DGRAM]).toBe('SOCK_DGRAM')
  expect(socket.MsgFlag[socket.MSG_PEEK]).toBe('MSG_PEEK')
  expect(socket.AddressInfo[socket.AI_PASSIVE]).toBe('AI_PASSIVE')
})

test('each constant of an enum stands in it, under its name', () => {
  const enums = { AF_: socket.AddressFamily, SOCK_: socket.SocketKind, MSG_: socket.MsgFlag, AI_: socket.AddressInfo }
  for (const [prefix, members] of Object.entries(enums)) {
    const constants = Object.entries(socket).filter(([name]) => name.startsWith(prefix))
    expect(Object.fromEntries(Object.entries(members).filter(([name]) => name.startsWith(prefix)))).toEqual(
      Object.fromEntries(constants),
    )
  }
})

test('byte order and addresses, as CPython has them', () => {
  expect([socket.htons(80), socket.ntohs(0x1234), socket.htonl(1), socket.ntohl(0xfffefdfc)]).toEqual(
    askPython(`say([socket.htons(80), socket.ntohs(0x1234), socket.htonl(1), socket.ntohl(0xfffefdfc)])`),
  )
  const hosts = ['127.0.0.1', '127.1', '1.2.3', '0x7f.1', '255.255.255.255', '010.1.1.1', '256.1.1.1', '1.2.3.4.5', '']
  const python = askPython<(string | null)[][]>(
    `
def attempt(f, *args):
    try: return f(*args).hex()
    except OSError: return None
say([[attempt(socket.inet_aton, h), attempt(socket.inet_pton, socket.AF_INET, h)] for h in json.loads(sys.argv[1])])`,
    JSON.stringify(hosts),
  )
  const attempt = (call: () => Buffer): string | null => {
    try {
      return call().toString('hex')
    } catch (error) {
      expect(error).toBeInstanceOf(socket.OSError)
      return null
    }
  }
  const ours = hosts.map((host) => [
    attempt(() => socket.inet_aton(host)),
    attempt(() => socket.inet_pton(socket.AF_INET, host)),
  ])
  expect(ours).toEqual(python)
  for (const host of ['::', '::1', 'fe80::1', '2001:db8::ff00:42:8329', '::ffff:1.2.3.4']) {
    expect(socket.inet_ntop(socket.AF_INET6, socket.inet_pton(socket.AF_INET6, host))).toBe(host)
  }
})

test('texts that are addresses, and texts that are not: as CPython', () => {
  const texts =
    '1.2.3.4|255.255.255.255|0.0.0.0|00.0.0.0|1.2.3|1.2.3.4.|.1.2.3.4|1..2.3|1.2.3.256|1.2.3.4 | 1.2.3.4|+1.2.3.4|1.2.3.x|' +
    '::|::1|1::|fe80::|0:0:0:0:0:0:0:0|1:2:3:4:5:6:7:8|1:2:3:4:5:6:7:8:9|1:2:3:4:5:6:7|::ffff:1.2.3.4|::1.2.3.256|1:::2|' +
    '1::2::3|:1|1:|g::|12345::|::%1|fe80::1%lo|[::1]|1.2.3.4:80|::ABCD|2001:DB8::1'
  const python = askPython<(string | null)[][]>(
    `
def attempt(family, text):
    try: return socket.inet_ntop(family, socket.inet_pton(family, text))
    except OSError: return None
say([[attempt(socket.AF_INET, t), attempt(socket.AF_INET6, t)] for t in sys.argv[1].split('|')])`,
    texts,
  )
  const attempt = (family: number, text: string): string | null => {
    try {
      return socket.inet_ntop(family, socket.inet_pton(family, text))
    } catch {
      return null
    }
  }
  const ours = texts.split('|').map((text) => [attempt(socket.AF_INET, text), attempt(socket.AF_INET6, text)])
  expect(ours).toEqual(python)
})

test('what is no socket, no file, no host is named instead of failing inside', async () => {
  expect(() => socket.tcpInfo({} as never)).toThrow('tcpInfo() argument 1 must be a socket, not Object')
  await expect(socket.sendFds(null as never, [], [])).rejects.toThrow('sendFds() argument 1 must be a socket')
  const [a, b] = socket.socketpair()
  await expect(socket.sendFds(a, [], 5 as never)).rejects.toThrow(
    'sendFds() argument 3 must be an array of numbers, not int',
  )
  await expect(socket.recvFds(5 as never, 1, 1)).rejects.toThrow('recvFds() argument 1 must be a socket, not int')
  await expect(a.sendfile('page.html' as never)).rejects.toThrow(
    'sendfile() wants an open file, not str: open it first',
  )
  await expect(a.sendfile(901)).rejects.toMatchObject({ name: 'OSError', code: 'EBADF' })
  await expect(socket.getfqdn(5 as never)).rejects.toThrow('getfqdn() argument 1 must be str')
  await expect(socket.getnameinfo([5, 80] as never, 0)).rejects.toThrow('getnameinfo(): illegal sockaddr argument')
  for (const one of [a, b]) one.close()
})

test('wrong arguments are rejected with what to write instead', async () => {
  using sock = socket.socket()
  const wrong: [call: () => unknown, message: RegExp][] = [
    [() => sock.send('Hello' as never), /^a bytes-like object is required, not 'str': .*bytes`text` or Buffer\.from/],
    [() => sock.connect('127.0.0.1' as never), /write \["127\.0\.0\.1", 5000\], host and port$/],
    [() => sock.bind([80, 'localhost'] as never), /the host comes first, then the port/],
    [() => sock.settimeout('5' as never), /a time limit is a number of seconds, or null$/],
    [() => new socket.Socket(undefined as never), /made without new: write socket\.socket\(/],
    [() => socket.getaddrinfo('x', {} as never), /^Int or String expected/],
  ]
  for (const [call, message] of wrong) await expect(async () => call()).rejects.toThrow(message)
})

test('of a listening socket tcpInfo tells how many connections wait to be accepted, and how many may', async () => {
  using server = socket.createServer(['127.0.0.1', 0], { backlog: 7 })
  using first = await socket.createConnection(server.getsockname())
  using second = await socket.createConnection(server.getsockname())
  const waiting = () => {
    const { state, unacked, sacked } = socket.tcpInfo(server)
    return { state: socket.TcpState[state], waiting: unacked, backlog: sacked }
  }
  expect(waiting()).toEqual({ state: 'LISTEN', waiting: 2, backlog: 7 })
  const [conn] = await server.accept()
  expect(waiting()).toMatchObject({ waiting: 1 })
  conn.close()
  expect([first, second].map((sock) => socket.tcpInfo(sock).notsentBytes)).toEqual([0, 0])
})
