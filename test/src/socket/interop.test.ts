/** With what others have at the other end: Node's own net and dgram, curl. */
import { execFile } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import net from 'node:net'
import { expect, test } from 'vitest'
import * as socket from '../../../src/socket/index.ts'

test("Node's net: our client, our server, and a descriptor that changes hands", async () => {
  const theirs = net.createServer((conn) => conn.pipe(conn)).listen(0, '127.0.0.1')
  await once(theirs, 'listening')
  const { port } = theirs.address() as net.AddressInfo
  const client = await socket.createConnection(['127.0.0.1', port], { timeout: 5 })
  await client.sendall(Buffer.from('to net'))
  expect((await client.recv(100)).toString()).toBe('to net')

  const plain = new net.Socket({ fd: client.detach(), readable: true, writable: true })
  plain.write('from net')
  const [data] = await once(plain, 'data')
  expect(String(data)).toBe('from net')
  plain.destroy()
  theirs.close()

  using server = socket.createServer(['127.0.0.1', 0])
  const other = net.connect(server.getsockname()[1], '127.0.0.1')
  const [conn] = await server.accept()
  other.end('hello')
  const parts: Buffer[] = []
  for await (const chunk of conn.chunks()) parts.push(chunk)
  expect(Buffer.concat(parts).toString()).toBe('hello')
  conn.close()
})

test("Node's dgram, both ways", async () => {
  const theirs = createSocket('udp4')
  theirs.bind(0, '127.0.0.1')
  await once(theirs, 'listening')
  using ours = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
  const received = once(theirs, 'message')
  await ours.sendto(Buffer.from('ping'), ['127.0.0.1', theirs.address().port])
  const [message, from] = await received
  expect(String(message)).toBe('ping')
  theirs.send('pong', from.port, from.address)
  expect(await ours.recvfrom(100)).toEqual([Buffer.from('pong'), ['127.0.0.1', theirs.address().port]])
  theirs.close()
})

test('curl fetches a page from a server of ours', async (context) => {
  using server = socket.createServer(['127.0.0.1', 0])
  const [host, port] = server.getsockname()
  const page = new Promise<{ code: unknown; text: string }>((resolve) =>
    execFile('curl', ['-s', '-m', '5', `http://${host}:${port}/page`], (error, text) =>
      resolve({ code: error?.code, text }),
    ),
  )
  const served = server.accept().catch(() => undefined)
  const first = await Promise.race([page, served])
  if (first && 'code' in first && first.code === 'ENOENT') return context.skip('there is no curl on this machine')
  const [conn] = (await served)!
  await using file = conn.makefile('rw', { newline: '\r\n' })
  expect(await file.readline()).toBe('GET /page HTTP/1.1\r\n')
  while ((await file.readline()) !== '\r\n');
  await file.write('HTTP/1.1 200 OK\nContent-Length: 6\nConnection: close\n\nHello!')
  await file.close()
  conn.close()
  expect((await page).text).toBe('Hello!')
})
