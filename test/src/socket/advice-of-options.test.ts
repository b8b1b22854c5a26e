/** What an error says behind the system's own words, where an option, a group or an unusual socket is the matter. */
import { expect, test } from 'vitest'
import { EINPROGRESS } from '../../../src/errors/errno.ts'
import { select } from '../../../src/select/index.ts'
import * as socket from '../../../src/socket/index.ts'
import { pack } from '../../../src/struct/index.ts'

const message = async (call: () => unknown) => {
  try {
    await call()
  } catch (error) {
    return (error as Error).message
  }
  throw new Error('nothing failed')
}
const udp = () => socket.socket(socket.AF_INET, socket.SOCK_DGRAM)

test('a group that is joined twice, left twice, or on no interface', async () => {
  using sock = udp()
  const group = (address: string) => pack('4s4s', socket.inet_aton('224.1.1.7'), socket.inet_aton(address))
  const option = (name: number, value: Uint8Array) => message(() => sock.setsockopt(socket.IPPROTO_IP, name, value))
  sock.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, group('127.0.0.1'))
  expect(await option(socket.IP_ADD_MEMBERSHIP, group('127.0.0.1'))).toBe(
    '[Errno 98] Address already in use: this socket has joined that group there already',
  )
  sock.setsockopt(socket.IPPROTO_IP, socket.IP_DROP_MEMBERSHIP, group('127.0.0.1'))
  expect(await option(socket.IP_DROP_MEMBERSHIP, group('127.0.0.1'))).toBe(
    '[Errno 99] Cannot assign requested address: no interface of this machine has that address, or the group to leave was not joined there',
  )
  const none =
    /^\[Errno 19\] No such device: there is no such interface, or no route tells which one leads to that group/
  expect(await option(socket.IP_ADD_MEMBERSHIP, group('192.0.2.77'))).toMatch(none)
  expect(await message(() => sock.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, Buffer.from('none')))).toBe(
    '[Errno 19] No such device: there is no such interface: socket.if_nameindex() lists them',
  )
})

test('what an option takes, which the system refuses with a number alone', async () => {
  using tcp = socket.socket()
  using sock = udp()
  using local = socket.socket(socket.AF_UNIX)
  const { SOL_SOCKET, IPPROTO_IP, IPPROTO_TCP, IPPROTO_IPV6 } = socket
  const group = (text: string) => pack('4s4s', socket.inet_aton(text), socket.inet_aton('127.0.0.1'))
  const cases: [socket.Socket, level: number, option: number, value: number | Uint8Array, advice: string][] = [
    [tcp, SOL_SOCKET, socket.SO_LINGER, 1, 'SO_LINGER takes 8 bytes, not a number: struct.pack("ii", on, seconds)'],
    [tcp, SOL_SOCKET, socket.SO_LINGER, pack('hh', 1, 0), 'SO_LINGER takes 8 bytes, not 4: '],
    [tcp, SOL_SOCKET, socket.SO_RCVTIMEO, 5, 'SO_RCVTIMEO takes 16 bytes, not a number: struct.pack("ll", seconds, '],
    [
      sock,
      IPPROTO_IP,
      socket.IP_ADD_MEMBERSHIP,
      socket.inet_aton('224.1.1.1'),
      'IP_ADD_MEMBERSHIP takes 8 bytes, not 4: ',
    ],
    [sock, IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, group('10.1.2.3'), '10.1.2.3 is no multicast group: '],
    [sock, IPPROTO_IP, socket.IP_TTL, 256, 'IP_TTL takes 1 to 255, not 256'],
    [
      sock,
      IPPROTO_IP,
      socket.IP_MULTICAST_TTL,
      pack('!I', 2),
      'IP_MULTICAST_TTL takes 0 to 255, not 33554432 (an option has ',
    ],
    [tcp, IPPROTO_TCP, socket.TCP_KEEPIDLE, 0, 'TCP_KEEPIDLE takes 1 to 32767, not 0'],
    [tcp, SOL_SOCKET, socket.SO_REUSEADDR, Buffer.alloc(1), 'the option is an int of 4 bytes, not 1: give a number'],
    [sock, IPPROTO_TCP, socket.TCP_NODELAY, 1, 'the options of IPPROTO_TCP are for TCP sockets, and this is none'],
    [
      local,
      IPPROTO_TCP,
      socket.TCP_NODELAY,
      1,
      'the options of IPPROTO_TCP are for TCP sockets, and this is one of AF_UNIX',
    ],
    [
      tcp,
      IPPROTO_IPV6,
      socket.IPV6_V6ONLY,
      1,
      'the options of IPPROTO_IPV6 are for AF_INET6 sockets, and this is one of AF_INET',
    ],
    [tcp, SOL_SOCKET, socket.SO_ERROR, 1, 'SO_ERROR can only be read, by getsockopt'],
    [tcp, SOL_SOCKET, 9999, 1, 'SOL_SOCKET has no option 9999 to set here: options SO_… belong to SOL_SOCKET, '],
    [tcp, IPPROTO_TCP, socket.TCP_CONGESTION, Buffer.from('none'), 'this system has none of that name: '],
  ]
  for (const [of, level, option, value, advice] of cases)
    expect(await message(() => of.setsockopt(level, option, value))).toContain(`: ${advice}`)
  expect(await message(() => tcp.getsockopt(SOL_SOCKET, 9999))).toMatch(
    /: SOL_SOCKET has no option 9999 to read here: /,
  )
  using dual = socket.createServer(['::1', 0], { family: socket.AF_INET6 })
  expect(await message(() => dual.setsockopt(IPPROTO_IPV6, socket.IPV6_V6ONLY, 0))).toBe(
    '[Errno 22] Invalid argument: IPV6_V6ONLY is set before bind',
  )
})

test('a datagram that is not to be cut into packets, and one that is too long for any', async () => {
  using sock = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
  sock.bind(['::1', 0])
  await sock.connect(sock.getsockname())
  sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MTU_DISCOVER, socket.IPV6_PMTUDISC_DO)
  const fits = sock.getsockopt(socket.IPPROTO_IPV6, socket.IPV6_MTU) - 48
  expect(await sock.send(Buffer.alloc(fits))).toBe(fits)
  expect(await message(() => sock.send(Buffer.alloc(fits + 1)))).toBe(
    `[Errno 90] Message too long: ${fits + 1} bytes do not fit into one packet on that way, and IPV6_MTU_DISCOVER lets none be cut: ` +
      'once connected, getsockopt(IPPROTO_IPV6, IPV6_MTU) - 48 says how many do',
  )
  expect(await message(() => sock.send(Buffer.alloc(65528)))).toBe(
    '[Errno 90] Message too long: a UDP datagram carries at most 65527 bytes over IPv6, not 65528',
  )
})

test('a connect without waiting that was refused, told by the call after it', async () => {
  const server = socket.createServer(['127.0.0.1', 0])
  const address = server.getsockname()
  server.close()
  using client = socket.socket()
  client.setblocking(false)
  expect(await client.connectEx(address)).toBe(EINPROGRESS)
  await select([], [client], [])
  expect(await message(() => client.recv(1))).toMatch(
    new RegExp(`^\\[Errno 111\\] Connection refused: nothing listens on 127.0.0.1:${address[1]}: `),
  )
})

test('whom an accepted connection was with, when it was reset before anybody asked', async () => {
  using server = socket.createServer(['127.0.0.1', 0])
  const client = await socket.createConnection(server.getsockname())
  const [, port] = client.getsockname()
  const [conn] = await server.accept()
  using held = conn
  client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, pack('ii', 1, 0))
  client.close()
  await expect(held.recv(1)).rejects.toMatchObject({ code: 'ECONNRESET' })
  expect(await message(() => held.getpeername())).toBe(
    `[Errno 107] Transport endpoint is not connected: the connection with 127.0.0.1:${port} has ended, or is not made yet`,
  )
})

test('pings without a raw socket', async (context) => {
  const ping = (): unknown => socket.socket(socket.AF_INET, socket.SOCK_DGRAM, socket.IPPROTO_ICMP)
  const said = await message(() => ping()).catch(() => context.skip('this system lets everybody ping'))
  expect(said).toBe(
    "[Errno 13] Permission denied: pings by SOCK_DGRAM are for the groups that the system's net.ipv4.ping_group_range names",
  )
})

test("a raw socket's protocol is no port that it holds", async (context) => {
  const raw = (() => {
    try {
      return socket.socket(socket.AF_INET, socket.SOCK_RAW, 253)
    } catch {
      return context.skip('raw sockets need root')
    }
  })()
  using held = raw
  expect(held.getsockname()).toEqual(['0.0.0.0', 253])
  expect(await message(() => socket.createConnection(['127.0.0.1', 253]))).toMatch(/nothing listens on 127.0.0.1:253:/)
})
