/** A trace across a link: both sides of the link are one lifeline, between the clients and the server. */
import { afterEach, expect, test } from 'vitest'
import { bytes, lab, socket, threading } from '../../../src/index.ts'

afterEach(() => void lab.closeAll())

const datagramSocket = () => socket.socket(socket.AF_INET, socket.SOCK_DGRAM)

/** The lifelines from left to right, as the drawing in characters has them. */
const lifelines = (trace: lab.Trace) => String(trace).split('\n')[2]!.trim().split(/ {2,}/)

/** `client → link`: whom each call that carried bytes concerned. */
const carried = ({ events }: lab.Trace) =>
  events.filter(({ bytes: count }) => count !== null).map(({ who, call, other }) => `${who} ${call} ${other}`)

test('datagrams: there and back through the same lifeline, also what is lost in it', async () => {
  const trace = await lab.trace(async () => {
    using server = datagramSocket()
    server.bind(['127.0.0.1', 0])
    server.settimeout(5)
    using link = await lab.link({ to: server, loss: 0 })
    using client = datagramSocket()
    client.settimeout(5)
    await client.sendto(bytes`ping`, link.address)
    const [data, from] = await server.recvfrom(100)
    await server.sendto(data, from)
    await client.recvfrom(100)
    using deaf = await lab.link({ to: server, loss: 1 })
    await client.sendto(bytes`lost`, deaf.address)
  })
  expect(lifelines(trace)).toEqual(['client', 'link 1', 'link 2', 'server'])
  expect(carried(trace)).toEqual([
    'client sendto link 1',
    'server recvfrom link 1',
    'server sendto link 1',
    'client recvfrom link 1',
    'client sendto link 2',
  ])
  expect(String(trace)).toContain('UDP, a bad network')
})

test('streams: dialled, accepted, cut and closed through one lifeline', async () => {
  const trace = await lab.trace(async () => {
    using server = socket.createServer(['127.0.0.1', 0])
    using link = await lab.link({ to: server, split: 3, seed: 1 })
    const serving = new threading.Thread({
      async target() {
        const [conn] = await server.accept()
        using held = conn
        for await (const data of held.chunks()) await held.sendall(data)
      },
    })
    serving.start()
    using client = await socket.createConnection(link.address, { timeout: 5 })
    await client.sendall(bytes`Hello, server!`)
    client.shutdown(socket.SHUT_WR)
    for await (const _ of client.chunks());
    await serving.join()
  })
  expect(lifelines(trace)).toEqual(['client', 'link', 'server'])
  const others = trace.events.filter(({ other }) => other !== null)
  expect(new Set(others.map(({ who, other }) => `${who} ${other}`))).toEqual(new Set(['client link', 'server link']))
  expect(others.map(({ call }) => call)).toEqual(expect.arrayContaining(['connect', 'accept']))
  expect(trace.mermaid()).toMatch(/participant p2 as link<br\/>127\.0\.0\.1:\d+<br\/>TCP, a bad network/)
})

test('a link from before the trace, and one that is open while nobody uses it', async () => {
  using server = datagramSocket()
  server.bind(['127.0.0.1', 0])
  server.settimeout(5)
  using link = await lab.link({ to: server })
  using unused = await lab.link({ to: server })
  using client = datagramSocket()
  await client.sendto(bytes`before`, link.address)
  await server.recvfrom(100)
  const trace = await lab.trace(async () => {
    await client.sendto(bytes`again`, link.address)
    await server.recvfrom(100)
  })
  expect(unused.address).not.toEqual(link.address)
  expect(lifelines(trace)).toEqual(['client', 'link', 'server'])
  expect(carried(trace)).toEqual(['client sendto link', 'server recvfrom link'])
})
