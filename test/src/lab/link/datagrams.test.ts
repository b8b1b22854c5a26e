import { expect, test } from 'vitest'
import { lab, sleep, socket } from '../../../../src/index.ts'
import type { LinkOptions } from '../../../../src/lab/link/options.ts'
import { python } from '../../socket/python.ts'

const COLLECT = `
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
    sock.bind(('127.0.0.1', 0)); say(sock.getsockname())
    while (data := sock.recv(100)) != b'end': say(data.decode())
    say('end')
`
const ASK = `
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
    sock.settimeout(10)
    address = (sys.argv[1], int(sys.argv[2]))
    for text in ('one', 'two'):
        sock.sendto(text.encode(), address)
        data, sender = sock.recvfrom(100)
        say([data.decode(), list(sender) == list(address)])
`

/** Sends "0", "1", … over a link to CPython; resolves to the fates, and to what arrived in its order. */
async function run(count: number, options: Omit<LinkOptions, 'to'>, between: () => Promise<unknown> = async () => {}) {
  await using peer = python(COLLECT)
  const address = await peer.line<[string, number]>()
  using link = await lab.link({ to: address, type: 'udp', ...options })
  using sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
  for (let n = 0; n < count; n++) {
    await sock.sendto(Buffer.from(String(n)), link.address)
    await between()
  }
  while (link.fates.length < count) await sleep(0.001)
  const { fates } = link
  const due = fates.length - fates.count('lost') + fates.count('delivered twice')
  const arrived: string[] = []
  for (let n = 0; n < due; n++) arrived.push(await peer.line<string>())
  await sock.sendto(Buffer.from('end'), address)
  expect(await peer.line()).toBe('end')
  return { fates, arrived, decided: fates.rows.map(({ fate }) => fate) }
}

const bad = { loss: 0.2, duplicate: 0.1, reorder: 0.2, seed: 3 }

test('what arrives at CPython is what the fates say, and the same seed decides the same at another pace', async () => {
  const { fates, arrived, decided } = await run(200, bad)
  const expected = fates.rows.flatMap(({ fate, number }) =>
    fate === 'lost' ? [] : fate === 'delivered twice' ? [number, number] : [number],
  )
  expect(arrived.map(Number).sort((a, b) => a - b)).toEqual(expected.map((number) => number - 1))
  expect(new Set(decided)).toEqual(new Set(['delivered', 'lost', 'delivered twice', 'held back']))
  expect((await run(200, bad, () => sleep(0.001))).decided).toEqual(decided)
  expect((await run(200, { ...bad, jitter: 0.02, delay: 0.01 })).decided).toEqual(decided)
  expect((await run(200, { ...bad, seed: 4 })).decided).not.toEqual(decided)
})

test('about as many are lost as asked for', async () => {
  // No more than CPython's socket holds (some 270) while it gets no processor: the others would be lost by the system.
  const { fates } = await run(300, { loss: 0.3, seed: 'a word' })
  expect(fates.count('lost')).toBeGreaterThan(65)
  expect(fates.count('lost')).toBeLessThan(115)
})

test('each one held back lets the next one pass', async () => {
  const { arrived } = await run(6, { reorder: 1 })
  expect(arrived).toEqual(['1', '0', '3', '2', '5', '4'])
})

test('without options all arrive in order, also with a delay, and no sooner than that', async () => {
  const numbers = Array.from({ length: 50 }, (_, n) => String(n))
  expect((await run(50, {})).arrived).toEqual(numbers)
  const began = performance.now()
  expect((await run(50, { delay: 0.05, rate: 10_000 })).arrived).toEqual(numbers)
  expect(performance.now() - began).toBeGreaterThanOrEqual(50)
})

test('a client of CPython gets its answers from the address it sent to', async () => {
  using server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
  server.bind(['127.0.0.1', 0])
  using link = await lab.link({ to: server })
  await using peer = python(ASK, ...link.address)
  for (const [question, answer] of [
    ['one', 'ONE'],
    ['two', 'TWO'],
  ] as const) {
    const [data, from] = await server.recvfrom(100)
    expect(data.toString()).toBe(question)
    await server.sendto(Buffer.from(answer), from)
    expect(await peer.line()).toEqual([answer, true])
  }
  expect(link.fates.rows.map(({ way, number, data }) => [way, number, data])).toEqual([
    ['there', 1, "b'one'"],
    ['there', 2, "b'two'"],
    ['back', 1, "b'ONE'"],
    ['back', 2, "b'TWO'"],
  ])
})

test('the fates show themselves, and a link says where it leads', async () => {
  const { fates } = await run(50, { loss: 0.5 })
  const shown = (fates as unknown as Record<symbol, () => Record<string, string>>)[Symbol.for('Jupyter.display')]!
  expect(shown.call(fates)['text/plain']).toMatch(
    /^50 datagrams: .*lost.* The first 40:\n\nnumber {2}way {4}bytes {2}data/,
  )
  expect(shown.call(fates)['text/html']).toContain(">b'0'</td>")
  using server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
  server.bind(['127.0.0.1', 0])
  const link = await lab.link({ to: server })
  expect(String(link)).toBe(`<lab.link udp ${link.address.join(':')} → ${server.getsockname().join(':')}>`)
  expect(`${link.fates}`).toBe('No datagram has come yet.')
  lab.closeAll()
  expect(String(link)).toContain('(closed)')
  link.close()
})

test('a burst that comes at once is lost by the seed alone; a buffer made small on purpose stays so', async () => {
  const rcvbuf = (sock: socket.Socket) => sock.getsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF)
  const bound = () => {
    const sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.bind(['127.0.0.1', 0])
    return sock
  }
  using box = bound()
  const usual = rcvbuf(box)
  using small = bound()
  small.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 20_000)
  const chosen = rcvbuf(small)
  using link = await lab.link({ to: box })
  using _ = await lab.link({ to: small })
  expect(rcvbuf(box)).toBeGreaterThan(usual)
  expect(rcvbuf(small)).toBe(chosen)
  using sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
  // More than a usual buffer holds of this size, and nobody reads before all are there.
  for (let n = 0; n < 120; n++) await sock.sendto(Buffer.alloc(1024, n), link.address)
  while (link.fates.length < 120) await sleep(0.001)
  box.settimeout(10)
  for (let n = 0; n < 120; n++) expect((await box.recv(2048))[0]).toBe(n)
})
