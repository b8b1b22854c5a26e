import { afterEach, expect, test } from 'vitest'
import { hooks, type Observation } from '../../../src/socket/hooks.ts'
import * as socket from '../../../src/socket/index.ts'
import { openSockets } from '../../../src/socket/open-sockets.ts'

afterEach(() => {
  for (const name of Object.keys(hooks) as (keyof typeof hooks)[]) hooks[name] = undefined
})

test('a dialled address is translated before the system call, and shown ever after', async () => {
  using server = socket.createServer(['127.0.0.1', 0])
  const [host, port] = server.getsockname()
  hooks.dial = (dialled) => (dialled.host === '127.10.0.1' && dialled.port === 80 ? { to: { host, port } } : undefined)
  using client = await socket.createConnection(['127.10.0.1', 80])
  expect(client.getpeername()).toEqual(['127.10.0.1', 80])
  expect(`${client}`).toContain(`raddr=('127.10.0.1', 80)`)
  const row = openSockets().find((one) => one.socket === (client as socket.Socket))
  expect(row?.realPeer).toEqual([host, port])
})

test('a dial hook may refuse without a system call', async () => {
  hooks.dial = () => ({ errno: 101 })
  using client = socket.socket()
  await expect(client.connect(['198.51.100.1', 80])).rejects.toMatchObject({
    code: 'ENETUNREACH',
    syscall: 'connect',
    address: ['198.51.100.1', 80],
  })
})

test('UDP: datagrams go to the real address, and come from the dialled one', async () => {
  using server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
  server.bind(['127.0.0.1', 0])
  const [host, port] = server.getsockname()
  hooks.dial = (dialled) => (dialled.port === 53 ? { to: { host, port } } : undefined)
  hooks.undial = (real) => (real.port === port ? { host: '127.10.0.53', port: 53 } : undefined)
  using client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
  await client.sendto(Buffer.from('?'), ['127.10.0.53', 53])
  const [, from] = await server.recvfrom(10)
  await server.sendto(Buffer.from('!'), from)
  expect(await client.recvfrom(10)).toEqual([Buffer.from('!'), ['127.10.0.53', 53]])
})

test('the observer is told each call that did something, with the bytes', async () => {
  const seen: Observation[] = []
  hooks.observe = (event) => seen.push(event)
  using server = socket.createServer(['127.0.0.1', 0])
  const [client, [conn]] = await Promise.all([socket.createConnection(server.getsockname()), server.accept()])
  await client.sendall(Buffer.from('hi'))
  await conn.recv(10)
  client.shutdown(socket.SHUT_WR)
  for (const end of [client, conn]) end.close()
  const calls = seen.map(({ call, data }) => (data ? `${call} ${Buffer.from(data)}` : call))
  expect(calls.toSorted()).toEqual(
    'accept, bind, close, close, connect, listen, recv hi, sendall hi, setsockopt, shutdown, socket, socket'.split(
      ', ',
    ),
  )
  expect(seen.find(({ call }) => call === 'connect')).toMatchObject({ remote: server.getsockname(), result: 0 })
})
