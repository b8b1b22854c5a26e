/** Slips with addresses, bytes and seconds that TypeScript takes: the cell runs, and a notice says so; what is meant gets none. */
import { expect } from 'vitest'
import { test } from './notebook-fixture.ts'

/** Lines of a function that is given a datagram, and what is said of them. */
const SLIPS: [cell: string, said: string][] = [
  [
    'if (clients.has(address)) return',
    '`clients.has` finds only the very same list, and this one is new. Text is a key: `clients.has(address.join(":"))`.',
  ],
  [
    'clients.add(address)',
    '`clients.add` puts in another one each time, for each address is a new list. Text is a key: `clients.add(address.join(":"))`.',
  ],
  ['names.set(address, "ann")', 'Text is a key: `names.set(address.join(":"), …)`.'],
  ['console.log(names.get(peer.getsockname()))', '`names.get` finds only the very same list'],
  ['console.log([server].includes(address))', '`[server].includes` finds only the very same list'],
  ['const own = peer.getsockname()\nnames.delete(own)', '`names.delete` finds only the very same list'],
  [
    'if (address === server) return',
    'Two lists are never the same one, whatever they hold: `address.join() === server.join()`.',
  ],
  ['if (server != peer.getsockname()) return', '`server.join() !== peer.getsockname().join()`'],
  ['if (data === quit) return', 'Two Buffers are never the same one, whatever bytes they hold: `data.equals(quit)`.'],
  ['const more = await peer.recv(4)\nif (quit !== more) return', '`!quit.equals(more)`'],
  [
    'switch (data) { case bytes`quit`: return }',
    '`switch` compares by `===`, and two Buffers are never the same one: `switch (data.toString())`, and texts as its cases.',
  ],
  [
    'const chunks = []\nchunks.push(data)\nconsole.log(chunks.join(""))',
    '`join` makes text of each piece by itself, and spoils a character that two of them share: `Buffer.concat(chunks).toString()`.',
  ],
  [
    'const both = await peer.recvfrom(10)\nconsole.log(both.toString())',
    '`recvfrom` gives two, the data and who sent it: `const [both, address] = await …`.',
  ],
  ['await sleep(1500)', '`sleep` counts seconds, and 1500 of them are 25 minutes: 1500 milliseconds are `1.5`.'],
  ['peer.settimeout(5000)', '`settimeout` counts seconds, and 5000 of them are 83 minutes'],
  ['const alarm = new threading.Timer(2000, () => {})', '`Timer` counts seconds'],
  ['await new threading.Event().wait({ timeout: 3000 })', '`wait` counts seconds'],
  [
    'await socket.createConnection(server, { signal: AbortSignal.timeout(5) })',
    '`AbortSignal.timeout` counts milliseconds: 5 seconds are `5000`.',
  ],
]

const MEANT = [
  'const both = await peer.recvfrom(10)\nconsole.log(both[0].toString(), both[0].length, both.join(" "))',
  'const key = address.join(":")\nconsole.log(byText.has(key), byText.set(key, address))',
  'const listening = socket.createServer(server)\nconst [conn, from] = await listening.accept()\nnames.set(from, "ann")\nnames.delete(from)\nconn.close()',
  'for (const known of clients) if (known === server) names.delete(known)',
  'if (address[0] === server[0] && data.equals(quit)) return',
  'let last = data\nif (last === quit) last = await peer.recv(1)',
  'const own = quit\nif (own === quit) return',
  'console.log(["a", "b"].join(""), Buffer.concat([data, quit]).toString())',
  'await sleep(0.5)\npeer.settimeout(60)\npeer.settimeout(1234)',
  'setTimeout(() => {}, 5000)\nconst poller = select.poll()\nawait poller.poll(1000)',
  'await socket.createConnection(server, { signal: AbortSignal.timeout(5000) })',
  'const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))\nawait sleep(1000)',
]

test('a notice says what is mostly a slip with sockets', async ({ built }) => {
  const notes = async (code: string) => {
    const inside = `async function one() {\nconst [data, address] = await peer.recvfrom(1024)\n${code}\n}`
    const answer = await built.convert(inside)
    if (!answer.ok) throw new Error(`${code}: ${answer.diagnostics[0]?.message}`)
    return answer.notes.map(({ message }) => message)
  }
  const before = await built.convert(
    [
      'const peer = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)',
      'const server: [string, number] = ["127.0.0.1", 5000]',
      'const clients = new Set<[string, number]>()',
      'const names = new Map<[string, number], string>()',
      'const byText = new Map<string, [string, number]>()',
      'const quit = bytes`quit`',
    ].join('\n'),
  )
  expect(before).toMatchObject({ ok: true })
  for (const [code, said] of SLIPS) {
    const [note, ...others] = await notes(code)
    expect(note, code).toContain(said)
    expect(others, code).toEqual([])
  }
  for (const code of MEANT) expect(await notes(code), code).toEqual([])
})
