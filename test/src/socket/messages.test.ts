import { closeSync, fstatSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import * as socket from '../../../src/socket/index.ts'
import { askPython, python } from './python.ts'

test('sendmsg joins buffers, recvmsgInto spreads them, recvmsg tells flags and sender', async () => {
  const [a, b] = socket.socketpair()
  expect(await a.sendmsg([Buffer.from('head'), Buffer.alloc(0), Buffer.from('body')])).toBe(8)
  const parts = [Buffer.alloc(3), Buffer.alloc(10)] as const
  const [count, ancdata, flags] = await b.recvmsgInto(parts)
  expect([count, ancdata, flags]).toEqual([8, [], 0])
  expect([parts[0].toString(), parts[1].toString('latin1', 0, 5)]).toEqual(['hea', 'dbody'])
  for (const end of [a, b]) end.close()

  using receiver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
  receiver.bind(['127.0.0.1', 0])
  using sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
  await sender.sendmsg([Buffer.from('long')], { address: receiver.getsockname() })
  const [data, , msgFlags, from] = await receiver.recvmsg(2)
  expect([data.toString(), msgFlags, from]).toEqual(['lo', socket.MSG_TRUNC, ['127.0.0.1', sender.getsockname()[1]]])
})

test('a descriptor handed to CPython and back is the same open file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fds-'))
  const path = join(folder, 'note')
  writeFileSync(path, 'written here; ')
  const name = `\0socketlab-fds-${process.pid}`
  using server = socket.socket(socket.AF_UNIX)
  server.bind(name)
  server.listen()
  await using peer = python(
    `
import os
with socket.socket(socket.AF_UNIX) as client:
    client.connect(bytes.fromhex(sys.argv[1]))
    data, fds, flags, address = socket.recv_fds(client, 100, 4)
    os.lseek(fds[0], 0, os.SEEK_END); os.write(fds[0], b'and there')
    socket.send_fds(client, [data], fds)
    say(len(fds))
`,
    Buffer.from(name).toString('hex'),
  )
  const [conn] = await server.accept()
  const fd = openSync(path, 'r+')
  await socket.sendFds(conn, [Buffer.from('take it')], [fd])
  expect(await peer.line()).toBe(1)
  const [data, fds] = await socket.recvFds(conn, 100, 2)
  expect(data.toString()).toBe('take it')
  expect(fds).toHaveLength(1)
  expect(fstatSync(fds[0]!).ino).toBe(fstatSync(fd).ino)
  expect(readFileSync(path, 'utf8')).toBe('written here; and there')
  for (const one of [fd, ...fds]) closeSync(one)
  conn.close()
  rmSync(folder, { recursive: true })
})

test('a socket can be handed on', async () => {
  const [a, b] = socket.socketpair()
  const [c, d] = socket.socketpair()
  await socket.sendFds(a, [Buffer.from('x')], [c.fileno()])
  c.close()
  const [, [fd]] = await socket.recvFds(b, 10, 1)
  const again = socket.socket({ fileno: fd! })
  await again.sendall(Buffer.from('through'))
  expect((await d.recv(10)).toString()).toBe('through')
  for (const end of [a, b, d, again]) end.close()
})

test('credentials of the peer come as a control message', async () => {
  const [a, b] = socket.socketpair()
  b.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
  await a.send(Buffer.from('who'))
  const [, ancdata] = await b.recvmsg(10, socket.CMSG_SPACE(12))
  const [[level, type, data]] = ancdata as [socket.Ancillary]
  expect([level, type, data.readInt32LE(0)]).toEqual([socket.SOL_SOCKET, socket.SCM_CREDENTIALS, process.pid])
  for (const end of [a, b]) end.close()
})

test('a level or type that is no C int is refused in words of the library', async () => {
  const [a, b] = socket.socketpair()
  for (const [level, type] of [
    [2 ** 31, 1],
    [1, -(2 ** 31) - 1],
  ] as const) {
    const sending = a.sendmsg([Buffer.from('x')], [[level, type, Buffer.alloc(4)]])
    await expect(sending).rejects.toThrow(/^signed integer is (greater than maximum|less than minimum)/)
  }
  a.close()
  b.close()
})

test('CMSG_LEN and CMSG_SPACE, as CPython', () => {
  const lengths = [0, 1, 4, 8, 13, 100]
  const python = askPython(`say([[socket.CMSG_LEN(n), socket.CMSG_SPACE(n)] for n in ${JSON.stringify(lengths)}])`)
  expect(lengths.map((n) => [socket.CMSG_LEN(n), socket.CMSG_SPACE(n)])).toEqual(python)
  expect(() => socket.CMSG_LEN(-1)).toThrow(RangeError)
})
