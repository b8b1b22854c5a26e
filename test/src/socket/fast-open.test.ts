/** TCP Fast Open: a call that connects and sends at once. As in C it waits, where the server did not take the data so. */
import { expect, test } from 'vitest'
import * as socket from '../../../src/socket/index.ts'
import { same, told } from './cpython/same.ts'

const b = (text: string) => Buffer.from(text)

same({
  'to a server that knows nothing of it, and to none': [
    `with socket.create_server(('127.0.0.1', 0)) as s, socket.socket() as c:
        n = c.sendto(b'early', socket.MSG_FASTOPEN, s.getsockname()); d, _ = s.accept(); r = [n, d.recv(9)]; d.close(); where = s.getsockname()
    with socket.socket() as c: return r + [told(lambda: c.sendto(b'early', socket.MSG_FASTOPEN, where))]`,
    async () => {
      using s = socket.createServer(['127.0.0.1', 0])
      const where = s.getsockname()
      using c = socket.socket()
      const n = await c.sendto(b('early'), socket.MSG_FASTOPEN, where)
      const [d] = await s.accept()
      const r = [n, await d.recv(9)]
      d.close()
      s.close()
      using late = socket.socket()
      return [...r, await told(() => late.sendto(b('early'), socket.MSG_FASTOPEN, where))]
    },
  ],
})

test.for(['sendto', 'sendmsg', 'send'])('%s within a time limit', async (way) => {
  using server = socket.createServer(['127.0.0.1', 0])
  const address = server.getsockname()
  using client = socket.socket()
  client.settimeout(10)
  if (way === 'send') {
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_FASTOPEN_CONNECT, 1)
    await client.connect(address)
    expect(await client.send(b('early'))).toBe(5)
  } else if (way === 'sendto') expect(await client.sendto(b('early'), socket.MSG_FASTOPEN, address)).toBe(5)
  else expect(await client.sendmsg([b('early')], [], socket.MSG_FASTOPEN, address)).toBe(5)
  const [conn] = await server.accept()
  using held = conn
  expect(await held.recv(9)).toEqual(b('early'))
})

test('one who never waits is told that it goes on', async () => {
  using server = socket.createServer(['127.0.0.1', 0])
  using client = socket.socket()
  client.setblocking(false)
  await expect(client.sendto(b('early'), socket.MSG_FASTOPEN, server.getsockname())).rejects.toMatchObject({
    name: 'BlockingIOError',
    code: 'EINPROGRESS',
  })
})
