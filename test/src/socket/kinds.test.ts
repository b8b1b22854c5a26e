/** Sockets other than TCP and UDP, and what the kernel tells of a connection. */
import { expect, test } from 'vitest'
import * as socket from '../../../src/socket/index.ts'
import { askPython } from './python.ts'

test('tcpInfo: the state by name, and numbers that fit what was sent', async () => {
  using server = socket.createServer(['127.0.0.1', 0])
  const [client, [conn]] = await Promise.all([socket.createConnection(server.getsockname()), server.accept()])
  await client.sendall(Buffer.alloc(1000))
  await conn.recv(1000, socket.MSG_WAITALL)
  const info = socket.tcpInfo(client)
  expect(socket.TcpState[info.state]).toBe('ESTABLISHED')
  expect(info.rtt).toBeGreaterThan(0)
  expect(info.sndMss).toBeGreaterThan(500)
  expect(info.totalRetrans).toBe(0)
  expect(socket.tcpInfo(conn).bytesReceived).toBe(1000)
  expect(socket.TcpState[socket.tcpInfo(server).state]).toBe('LISTEN')
  client.close()
  expect(await conn.recv(1)).toHaveLength(0)
  expect(socket.tcpInfo(conn).state).toBe(socket.TcpState.CLOSE_WAIT)
  conn.close()
  using udp: socket.Socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
  expect(() => socket.tcpInfo(udp)).toThrow(socket.OSError)
})

test('sequenced packets: connected, and messages keep their borders', async () => {
  using server = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
  const name = `\0socketlab-seq-${process.pid}`
  server.bind(name)
  server.listen()
  using client = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
  await client.connect(name)
  const [conn] = await server.accept()
  await client.send(Buffer.from('one'))
  await client.send(Buffer.from('two'))
  expect((await conn.recv(100)).toString()).toBe('one')
  expect((await conn.recv(100)).toString()).toBe('two')
  expect(`${conn}`).toContain('type=SOCK_SEQPACKET')
  conn.close()
})

test('raw: an ICMP echo over loopback where permitted; a PermissionError that says why elsewhere', async () => {
  const permitted = askPython<boolean>(`
try: socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP); say(True)
except PermissionError: say(False)`)
  if (!permitted) {
    const open = () => socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
    expect(open).toThrow(socket.PermissionError)
    expect(open).toThrow('[Errno 1] Operation not permitted: raw sockets need the right CAP_NET_RAW: run as root')
    return
  }
  using raw = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
  raw.settimeout(5)
  // Type 8 (echo request), code 0, checksum 0xf7ff - id, id, sequence 0: RFC 792.
  const id = process.pid & 0x7fff
  const request = Buffer.from([8, 0, 0, 0, id >> 8, id & 0xff, 0, 0])
  request.writeUInt16BE(0xf7ff - id, 2)
  await raw.sendto(request, ['127.0.0.1', 0])
  for (;;) {
    const [packet, from] = await raw.recvfrom(1024)
    const icmp = packet.subarray((packet[0]! & 15) * 4)
    if (icmp[0] !== 0 || icmp.readUInt16BE(4) !== id) continue
    expect(from[0]).toBe('127.0.0.1')
    break
  }
})

test('multicast over loopback: who joined receives', async () => {
  using receiver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
  receiver.bind(['', 0])
  const group = socket.inet_aton('239.1.2.3')
  const loopback = socket.inet_aton('127.0.0.1')
  receiver.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, Buffer.concat([group, loopback]))
  using sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
  sender.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, loopback)
  await sender.sendto(Buffer.from('all of you'), ['239.1.2.3', receiver.getsockname()[1]])
  receiver.settimeout(5)
  expect((await receiver.recv(100)).toString()).toBe('all of you')
})
