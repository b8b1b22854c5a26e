/** Loops that nothing leaves once the other side has closed; those that something leaves get no notice. */
import { expect } from 'vitest'
import { test } from './notebook-fixture.ts'

const ENDLESS: [cell: string, said: string][] = [
  [
    'while (all.length < 10) {\n  const more = await sock.recv(10 - all.length)\n  all = Buffer.concat([all, more])\n}',
    'Once the other side has closed, `sock.recv(10 - all.length)` gives an empty Buffer at once, again and again, and this loop goes on for ever: leave it, `if (more.length === 0) break`, or throw.',
  ],
  [
    'while (true) console.log((await sock.recv(10)).toString())',
    'goes on for ever: give it a name, `const part = …`, and leave it, `if (part.length === 0) break`, or throw.',
  ],
  [
    'let got: Buffer\nwhile (true) {\n  got = await sock.recv(10)\n  await sock.sendall(got)\n}',
    '`if (got.length === 0) break`',
  ],
  ['let text = ""\nwhile (!text.endsWith("\\n")) text += (await sock.recv(1)).toString()', 'an empty Buffer at once'],
  [
    'for (;;) {\n  const got = await sock.recv(10)\n  const text = got.toString()\n  console.log(text)\n}',
    'goes on for ever',
  ],
  [
    'do {\n  const got = await sock.recv(10)\n  all = Buffer.concat([all, got])\n} while (!all.includes(10))',
    'goes on for ever',
  ],
  [
    'const lines = sock.makefile("r")\nwhile (true) {\n  const line = await lines.readline()\n  console.log(line.trim())\n}',
    '`lines.readline()` gives nothing at once',
  ],
  [
    'async function echo(conn: any) {\n  while (true) {\n    const got = await conn.recv(9)\n    await conn.sendall(got)\n  }\n}',
    'goes on for ever',
  ],
]

const LEFT = [
  'try {\n  while (true) console.log((await sock.recv(9)).toString())\n} catch (error) {\n  if (!(error instanceof TimeoutError)) throw error\n}',
  'while (true) {\n  const more = await sock.recv(10)\n  if (more.length === 0) break\n  all = Buffer.concat([all, more])\n}',
  'async function all3() {\n  while (true) {\n    const more = await sock.recv(10)\n    if (!more.length) return all\n  }\n}',
  'let part = await sock.recv(10)\nwhile (part.length > 0) part = await sock.recv(10)',
  'let part: Buffer\nwhile ((part = await sock.recv(10)).length > 0) all = Buffer.concat([all, part])',
  'let n = 0\nwhile (n < 10) {\n  const more = await sock.recv(10)\n  n += more.length || 10\n}',
  'while (all.length < 10) {\n  const more = await sock.recv(10)\n  parse(more)\n}',
  'let over = false\nwhile (!over) {\n  const more = await sock.recv(10)\n  over = more.equals(bytes`quit`)\n}',
  'while (true) {\n  const got = await udp.recv(10)\n  console.log(got.toString())\n}',
  'for (let i = 0; i < 3; i++) console.log(await sock.recv(10))',
  'for await (const part of sock.chunks()) console.log(part)',
  'const lines = sock.makefile("r")\nlet line: string\nwhile ((line = await lines.readline()) !== "") console.log(line)',
  'while (true) {\n  const ask = async () => await sock.recv(1)\n  console.log(ask)\n}',
  'while (true) {\n  const [conn] = await sock.accept()\n  conn.close()\n}',
]

test('a loop that goes on at the end of a connection is told of', async ({ built }) => {
  const notes = async (code: string) => {
    const answer = await built.convert(`async function one() {\n${code}\n}`)
    if (!answer.ok) throw new Error(`${code}: ${answer.diagnostics[0]?.message}`)
    return answer.notes.map(({ message }) => message)
  }
  const before = await built.convert(
    [
      'const sock = socket.socket()',
      'const udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)',
      'let all = Buffer.alloc(0)',
      'function parse(data: Buffer) { if (data.length === 0) throw new Error("over") }',
    ].join('\n'),
  )
  expect(before).toMatchObject({ ok: true })
  for (const [code, said] of ENDLESS) {
    const [note, ...others] = await notes(code)
    expect(note, code).toContain(said)
    expect(others, code).toEqual([])
  }
  for (const code of LEFT) expect(await notes(code), code).toEqual([])
})
