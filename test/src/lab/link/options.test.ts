import { afterAll, expect, test } from 'vitest'
import { lab, socket } from '../../../../src/index.ts'
import type { LinkOptions } from '../../../../src/lab/link/options.ts'

const udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
udp.bind(['127.0.0.1', 0])
const tcp = socket.createServer(['127.0.0.1', 0])
const local = socket.socket(socket.AF_UNIX)
afterAll(() => void lab.closeAll())
const unbound = socket.socket()

for (const [what, options, type, says] of [
  ['a share in percent', { to: udp, loss: 30 }, RangeError, '30 % is 0.3'],
  ['a share below zero', { to: udp, duplicate: -0.1 }, RangeError, 'duplicate is a share between 0 and 1'],
  ['no share at all', { to: udp, reorder: Number.NaN }, RangeError, 'reorder is a share'],
  ['a time below zero', { to: udp, delay: -1 }, RangeError, 'delay is in seconds'],
  ['a time as text', { to: udp, jitter: '5' }, RangeError, 'jitter is in seconds'],
  ['no rate', { to: udp, rate: 0 }, RangeError, 'rate is in bytes a second'],
  ['loss on a stream', { to: tcp, loss: 0.1 }, RangeError, 'TCP mends it'],
  ['pieces of a datagram', { to: udp, split: 4 }, RangeError, 'a datagram arrives whole'],
  ['pieces of no bytes', { to: tcp, split: 0 }, RangeError, 'the longest piece in bytes'],
  ['a wrong type', { to: udp, type: 'sctp' }, RangeError, '"udp" or "tcp"'],
  ['a type that does not fit', { to: udp, type: 'tcp' }, RangeError, 'leave it out'],
  ['an address that tells nothing', { to: ['127.0.0.1', 1] }, TypeError, 'add type: "udp" or type: "tcp"'],
  ['a socket without a port', { to: unbound }, RangeError, 'bind it before'],
  ['a socket of no network', { to: local }, TypeError, 'to is a socket or an address'],
  ['host and port swapped', { to: [5000, '127.0.0.1'] }, TypeError, '["127.0.0.1", 5000]'],
  ['a name that it does not know', { to: udp, lose: 0.1 }, TypeError, 'no option lose; it takes to, type, loss'],
  ['a seed that is neither', { to: udp, seed: null }, TypeError, 'seed is a number or text'],
  ['nothing', undefined, TypeError, 'lab.link({ to: server'],
] as const)
  test(`${what} is refused, and the words say what to write`, async () => {
    const error = await lab.link(options as unknown as LinkOptions).catch((reason: Error) => reason)
    expect(error).toBeInstanceOf(type)
    expect((error as Error).message).toContain(says)
  })

test('the socket tells what kind it is, also by its address, also when it listens everywhere', async () => {
  using everywhere = socket.createServer(['0.0.0.0', 0])
  for (const [to, kind] of [
    [udp, 'udp'],
    [tcp, 'tcp'],
    [udp.getsockname(), 'udp'],
    [tcp.getsockname(), 'tcp'],
    [everywhere, 'tcp'],
    [['127.0.0.1', everywhere.getsockname()[1]], 'tcp'],
  ] as const) {
    using link = await lab.link({ to })
    expect(String(link)).toContain(`<lab.link ${kind} `)
  }
})
