/** What a trace writes as packets, read by tshark. */
import { execFile } from 'node:child_process'
import { mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { bytes, lab, socket, struct } from '../../../src/index.ts'

const run = promisify(execFile)
const folder = mkdtempSync(join(tmpdir(), 'socketlab-trace-'))
const file = join(folder, 'trace.pcapng')
let missing = ''

beforeAll(async () => {
  await run('tshark', ['--version']).catch(() => {
    missing = 'no tshark on the PATH: install it (Debian: apt install tshark) to run the tests of packets'
  })
})
afterEach(() => void lab.closeAll())
afterAll(() => rmSync(folder, { recursive: true }))

const CHECKED = ['ip', 'tcp', 'udp'].flatMap((protocol) => ['-o', `${protocol}.check_checksum:TRUE`])

async function tshark(...options: string[]): Promise<string> {
  const { stdout } = await run('tshark', ['-r', file, ...CHECKED, ...options], { maxBuffer: 2 ** 26 })
  return stdout
}

/** What a reader of a capture would take for a fault: of the network, of the capture, or of the packets. */
const FAULTS = [
  '_ws.malformed',
  ...['lost_segment', 'retransmission', 'out_of_order', 'ack_lost_segment', 'window_full'].map(
    (what) => `tcp.analysis.${what}`,
  ),
  ...['ip', 'tcp', 'udp'].map((protocol) => `${protocol}.checksum.status == "Bad"`),
].join(' || ')

const expectSound = async () => expect(await tshark('-Y', FAULTS)).toBe('')

const flagsOf = async () =>
  (await tshark('-T', 'fields', '-e', 'tcp.flags.str'))
    .trim()
    .split('\n')
    .map((flags) => flags.replaceAll('·', ''))

async function conversation(family: number, host: string): Promise<void> {
  const trace = await lab.trace(async () => {
    using server = socket.createServer([host, 0], { family })
    using client = socket.socket(family)
    await client.connect(server.getsockname())
    using conn = (await server.accept())[0]
    await client.sendall(bytes`hello`)
    await conn.recv(3)
    await conn.recv(100)
    await conn.sendall(bytes`and back`)
    await client.recv(100)
    client.shutdown(socket.SHUT_WR)
    await conn.recv(1)
    await conn.sendfile(openSync(import.meta.filename, 'r'), 0, 30)
    await client.recv(100)
  })
  trace.pcapng(file)
}

for (const [name, family, host] of [
  ['IPv4', socket.AF_INET, '127.0.0.1'],
  ['IPv6', socket.AF_INET6, '::1'],
] as const) {
  test(`TCP over ${name}: handshake, data, acknowledgements, both ends; followed as a stream`, async (context) => {
    if (missing) return context.skip(missing)
    await conversation(family, host)
    await expectSound()
    const flags = 'S AS A AP A AP A AF A AP A AF A'
    expect((await flagsOf()).join(' ')).toBe(flags)
    const followed = await tshark('-q', '-z', 'follow,tcp,ascii,0')
    expect(followed).toContain('5\nhello\n\t8\nand back\n\t30\n/** What a trace writes as pac\n')
  })
}

test('the file says that nothing was captured', async (context) => {
  if (missing) return context.skip(missing)
  await conversation(socket.AF_INET, '127.0.0.1')
  const { stdout } = await run('capinfos', ['-k', '-E', file]).catch(async () => ({ stdout: '' }))
  if (stdout) expect(stdout).toContain('not captured from a network')
  expect(await tshark('-V', '-c', '1')).toContain('Encapsulation type: Raw IP')
})

test('refused, reset, a large transfer, and a connection older than the trace', async (context) => {
  if (missing) return context.skip(missing)
  const old = socket.createServer(['127.0.0.1', 0])
  const client = await socket.createConnection(old.getsockname())
  const [conn] = await old.accept()
  const trace = await lab.trace(async () => {
    await client.sendall(bytes`old friends`)
    await conn.recv(100)
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
    client.close()
    await conn.recv(1).catch(() => {})
    const address = old.getsockname()
    old.close()
    using lonely = socket.socket()
    await lonely.connectEx(address)
    using server = socket.createServer(['127.0.0.1', 0])
    using sender = await socket.createConnection(server.getsockname())
    using receiver = (await server.accept())[0]
    const sending = sender.sendall(Buffer.alloc(3_000_000, 'abcdefg'))
    for (let left = 3_000_000; left > 0; ) left -= (await receiver.recv(100_000)).length
    await sending
  })
  trace.pcapng(file)
  await expectSound()
  expect(await tshark('-q', '-z', 'follow,tcp,ascii,0')).toContain('11\nold friends')
  expect((await flagsOf()).slice(0, 5)).toEqual(['AP', 'A', 'AR', 'S', 'AR'])
  const lengths = await tshark('-Y', 'tcp.stream == 2', '-T', 'fields', '-e', 'tcp.len')
  expect(lengths.split('\n').reduce((sum, length) => sum + Number(length), 0)).toBe(3_000_000)
})

test('UDP over both; UNIX sockets are left out, and the file says so', async (context) => {
  if (missing) return context.skip(missing)
  const trace = await lab.trace(async () => {
    for (const [family, host] of [
      [socket.AF_INET, '127.0.0.1'],
      [socket.AF_INET6, '::1'],
    ] as const) {
      using server = socket.socket(family as number, socket.SOCK_DGRAM)
      server.bind([host, 0])
      using asking = socket.socket(family as number, socket.SOCK_DGRAM)
      await asking.sendto(bytes`odd`, server.getsockname())
      const [, sender] = await server.recvfrom(10)
      await server.sendto(bytes`yes`, sender)
      await asking.sendto(bytes``, server.getsockname())
    }
    const [a, b] = socket.socketpair()
    await a.sendall(bytes`unseen`)
    await b.recv(10)
  })
  expect(trace.pcapng(file)).toBe(6)
  await expectSound()
  expect(await tshark('-T', 'fields', '-e', 'udp.length')).toBe('11\n11\n8\n11\n11\n8\n')
  expect(await tshark('-q', '-z', 'follow,udp,ascii,0')).toContain('3\nodd\n\t3\nyes\n')
})
