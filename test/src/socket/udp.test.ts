import { describe, expect, test } from 'vitest'
import * as socket from '../../../src/socket/index.ts'
import { families } from './families.ts'
import { python } from './python.ts'

const ECHO = `
with socket.socket(getattr(socket, sys.argv[1]), socket.SOCK_DGRAM) as sock:
    sock.bind((sys.argv[2], 0)); say(sock.getsockname())
    for _ in range(2):
        data, sender = sock.recvfrom(65535)
        say(sender); sock.sendto(data.upper(), sender)
`

const ASK = `
with socket.socket(getattr(socket, sys.argv[1]), socket.SOCK_DGRAM) as sock:
    sock.sendto(b'ping', (sys.argv[2], int(sys.argv[3])))
    data, sender = sock.recvfrom(100)
    say([sock.getsockname()[1], data.decode(), sender])
`

describe.each(families)('UDP over $name', ({ family, loopback }) => {
  test("our datagrams and CPython's receiver: answered to the address they came from", async () => {
    await using peer = python(ECHO, socket.AddressFamily[family], loopback)
    const address = (await peer.line()) as [string, number]
    using sock: socket.Socket = socket.socket(family, socket.SOCK_DGRAM)
    sock.settimeout(5)
    expect(await sock.sendto(Buffer.from('ping'), address)).toBe(4)
    expect(((await peer.line()) as [string, number])[1]).toBe(sock.getsockname()[1])
    const [data, from] = await sock.recvfrom(1024)
    expect([data.toString(), from]).toEqual(['PING', address])
    await sock.sendto(Buffer.from('pong'), 0, address)
    const memory = Buffer.alloc(16)
    expect(await sock.recvfromInto(memory)).toEqual([4, address])
    expect(memory.toString('latin1', 0, 4)).toBe('PONG')
  })

  test("CPython's datagram and our receiver", async () => {
    using sock: socket.Socket = socket.socket(family, socket.SOCK_DGRAM)
    sock.bind([loopback, 0])
    await using peer = python(ASK, socket.AddressFamily[family], loopback, sock.getsockname()[1])
    const [data, sender] = await sock.recvfrom(100)
    await sock.sendto(Buffer.concat([data, data]), sender)
    expect(await peer.line()).toEqual([sender[1], 'pingping', sock.getsockname()])
  })

  test('a connected socket: send, recv, and the news that nobody is there', async () => {
    using receiver: socket.Socket = socket.socket(family, socket.SOCK_DGRAM)
    receiver.bind([loopback, 0])
    using sender: socket.Socket = socket.socket(family, socket.SOCK_DGRAM)
    await sender.connect(receiver.getsockname())
    await sender.send(Buffer.from('one'))
    expect((await receiver.recv(100)).toString()).toBe('one')
    receiver.close()
    await sender.send(Buffer.from('two'))
    await expect(sender.recv(100)).rejects.toBeInstanceOf(socket.ConnectionRefusedError)
  })
})

test('a datagram that is longer than bufsize is cut, and the next one is whole', async () => {
  using receiver = socket.socket({ type: socket.SOCK_DGRAM })
  receiver.bind(['127.0.0.1', 0])
  using sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
  for (const text of ['abcdef', 'xyz']) await sender.sendto(Buffer.from(text), receiver.getsockname())
  expect((await receiver.recv(2)).toString()).toBe('ab')
  expect((await receiver.recv(20)).toString()).toBe('xyz')
})

test('an empty datagram is a datagram', async () => {
  using receiver = socket.socket({ type: socket.SOCK_DGRAM })
  receiver.bind(['127.0.0.1', 0])
  using sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
  await sender.sendto(Buffer.alloc(0), receiver.getsockname())
  const [data, from] = await receiver.recvfrom(10)
  expect(data).toHaveLength(0)
  expect(from).toEqual(['127.0.0.1', sender.getsockname()[1]])
})
