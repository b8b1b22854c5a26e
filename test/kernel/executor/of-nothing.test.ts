/** What was undefined or null, and why `this` may be. */
import { expect } from 'vitest'
import { test } from '../kernel-fixture.ts'

test('read, written and called; not of another name, nor of a property', async ({ kernel }) => {
  const said = async (code: string) => {
    const { reply } = await kernel.execute(code)
    return (reply.content as { traceback?: string[] }).traceback?.join('\n') ?? 'no error'
  }
  await said(`class Counter {
    count = 0
    inner: { deep: number } | undefined
    inc() { this.count++ }
    set(n: number) { this.count = n }
    next() { this.inc() }
    async later() { await sleep(0); return this.count }
    deep() { return this.inner!.deep }
  }
  const counter = new Counter()`)
  const advice = '→ `this` is undefined: the function was called without its object'
  for (const name of ['inc', 'set', 'next', 'later'])
    expect(await said(`{ const f = counter.${name} as () => unknown; await f() }`), name).toContain(advice)
  expect(await said('counter.deep()')).toContain('→ `this.inner` is undefined.')
})

test('what was undefined or null, where the line says it', async ({ kernel }) => {
  const adviceOf = async (code: string) => {
    const { reply } = await kernel.execute(code)
    const lines = (reply.content as { traceback?: string[] }).traceback?.join('\n').split('\n') ?? []
    expect(lines[0], code).toMatch(/Cannot (?:read|set) properties of (?:undefined|null)/)
    return lines.find((line) => line.startsWith('→')) ?? ''
  }
  await adviceOf(
    'var rooms: Record<string, string[]> = {}, list: any[] = [], peer: any = { at: {} }, none: any = null, find: any = () => undefined\nnone.port',
  )
  const place = 'there is nothing in that place, or under that name.'
  for (const [code, advice] of [
    ['rooms["a"].push("x")', `→ \`rooms["a"]\` is undefined: ${place}`],
    ['console.log(1, list[0].name)', `→ \`list[0]\` is undefined: ${place}`],
    ['list[list.length - 1][0].name', `→ \`list[list.length - 1]\` is undefined: ${place}`],
    ['const port = peer.at.host.port', '→ `peer.at.host` is undefined.'],
    ['peer.at.host.port = 5', '→ `peer.at.host` is undefined.'],
    ['if (none.port === none?.size) list.push(1)', '→ `none` is null.'],
    ['const size = find("Ada").size', '→ `find("Ada")` gave undefined.'],
    ['const size = (await find("Ada")).size', '→ `(await find("Ada"))` gave undefined.'],
    ['[1].map((n) => list[n]!.name)', `→ \`list[n]\` is undefined: ${place}`],
    ['const [all] = "a".match(/b/)![0]!', '→ `"a".match(/b/)` gave null.'],
    // Which of them, and what begins further up, is not guessed.
    ['list.concat(peer.a.size, peer.b.size)', ''],
    ['list\n  .find(() => false)\n  .name', ''],
  ] as const)
    expect(await adviceOf(code), code).toBe(advice)
})

test('a file that is not there says where it was looked for', async ({ kernel }) => {
  const { reply } = await kernel.execute('import { readFileSync } from "node:fs"\nreadFileSync("no-such-file.txt")')
  expect((reply.content as { traceback: string[] }).traceback[1]).toBe(
    `→ It was looked for in ${(await kernel.execute('process.cwd()')).iopub
      .map(({ content }) => (content.data as Record<string, string> | undefined)?.['text/plain'])
      .find(Boolean)
      ?.slice(1, -1)}.`,
  )
  const absolute = await kernel.execute('readFileSync("/no-such-file.txt")')
  expect((absolute.reply.content as { traceback: string[] }).traceback.join('\n')).not.toContain('→')
})

test("Node's own connection to nobody, and a program that is not there", async ({ kernel }) => {
  const adviceOf = async (code: string) => {
    const { iopub, reply } = await kernel.execute(code)
    return JSON.stringify([reply.content, ...iopub.map(({ content }) => content)])
  }
  const port =
    'const probe = socket.createServer(["127.0.0.1", 0])\nconst free = probe.getsockname()[1]\nprobe.close()\n'
  expect(
    await adviceOf(
      `import * as net from "node:net"\n${port}await new Promise((_, fails) => net.connect(free, "127.0.0.1").on("error", fails))`,
    ),
  ).toMatch(/→ Nothing listens on 127\.0\.0\.1:\d+: has the server's cell run\?/)
  expect(await adviceOf('await fetch("http://127.0.0.1:" + free)')).toContain('→ Nothing listens on 127.0.0.1:')
  expect(
    await adviceOf('import { execFileSync } from "node:child_process"\nexecFileSync("no-such-program")'),
  ).toContain('→ There is no program `no-such-program` here')
})
