import { expect } from 'vitest'
import { nextIopub, plain, resultOf, test, textOf, typeOf } from '../kernel-fixture.ts'

test('100,000 lines arrive whole, in few messages, all before idle', async ({ kernel }) => {
  const { iopub } = await kernel.execute('for (let i = 0; i < 100_000; i++) console.log("line " + i)')
  const text = textOf(iopub)
  expect(text === Array.from({ length: 100_000 }, (_, i) => `line ${i}\n`).join('')).toBe(true)
  expect(iopub.length).toBeLessThan(60)
  expect(typeOf(iopub.at(-1)!)).toBe('status:idle')
})

test('text is shown while the cell still computes', async ({ kernel }) => {
  const shown = nextIopub(kernel, ({ header }) => header.msg_type === 'stream')
  const running = kernel.execute('console.log("first"); for (;;) {}')
  expect((await shown).content.text).toBe('first\n')
  void kernel.interrupt()
  await running
})

test('stdout, stderr and displays keep their order', async ({ kernel }) => {
  const code =
    'console.log("a"); console.error("b"); console.log("c"); display.html("<i>d</i>"); process.stdout.write("e"); process.stderr.write("f"); void 0'
  const { iopub } = await kernel.execute(code)
  const shown = iopub
    .slice(2, -1)
    .map(({ content }) => content.text ?? (content.data as Record<string, unknown>)['text/html'])
  expect(shown).toEqual(['a\n', 'b\n', 'c\n', '<i>d</i>', 'e', 'f'])
})

test('what is printed at once behind a display stands behind it', async ({ kernel }) => {
  const code =
    'for (let i = 0; i < 12; i++) { display.html("d" + i); console.log("p" + i); const until = Date.now() + 60; while (Date.now() < until); }'
  const { iopub } = await kernel.execute(code)
  const shown = iopub
    .slice(2, -1)
    .map(({ content }) => content.text ?? (content.data as Record<string, unknown>)['text/html'])
  expect(shown).toEqual(Array.from({ length: 12 }, (_, i) => [`d${i}`, `p${i}\n`]).flat())
})

test('what a background task prints later goes to the cell that started it', async ({ kernel }) => {
  const first = await kernel.execute('setTimeout(() => console.log("from the first"), 20); void 0')
  const late = nextIopub(kernel, ({ content }) => content.text === 'from the first\n')
  const second = await kernel.execute('await sleep(0.1)')
  expect((await late).parentHeader).toEqual(first.reply.parentHeader)
  expect(textOf(second.iopub)).toBe('')
})

test('a thread that serves prints under its own cell, also when a later cell’s client makes it print', async ({
  kernel,
}) => {
  const server = await kernel.execute(`
const listener = socket.createServer(["127.0.0.1", 0])
const serving = new threading.Thread({ target: async () => {
  const [conn, address] = await listener.accept()
  using held = conn
  console.log("connected", address[0])
}, daemon: true })
serving.start()`)
  expect(server.reply.content.status).toBe('ok')
  const printed = nextIopub(kernel, ({ content }) => content.text === 'connected 127.0.0.1\n')
  const client = await kernel.execute(
    '{ using conn = await socket.createConnection(listener.getsockname()); await serving.join() }\nlistener.close()',
  )
  expect(client.reply.content.status).toBe('ok')
  expect((await printed).parentHeader).toEqual(server.reply.parentHeader)
})

// once() went around the stream's own on(), so that nothing began to flow and the listener was never called.
test("once('data') lets a stream flow, is called once, and under the cell that registered it", async ({ kernel }) => {
  const listening = await kernel.execute(`
import { PassThrough } from 'node:stream'
const flow = new PassThrough()
flow.once('data', (data) => console.log('first', String(data)))
flow.once('end', () => console.log('never'))
flow.removeAllListeners('end')`)
  expect(listening.reply.content.status).toBe('ok')
  const printed = nextIopub(kernel, ({ content }) => content.text === 'first one\n')
  const feeding = await kernel.execute(
    "import { once } from 'node:events'\nconst came = once(flow, 'data'); flow.write('one'); await came; flow.listenerCount('data')",
  )
  expect((await printed).parentHeader).toEqual(listening.reply.parentHeader)
  expect(resultOf(feeding.iopub)).toBe('0')
})

test('console.table, group, dir, count and assert print as in Node', async ({ kernel }) => {
  const { iopub } = await kernel.execute(
    'console.group("g"); console.log("in"); console.groupEnd(); console.dir({ a: 1 }); console.count(); console.assert(false, "no"); console.log("%d %s", 1, "x", { y: 2 })',
  )
  expect(textOf(iopub)).toBe('g\n  in\n{ a: 1 }\ndefault: 1\n1 x { y: 2 }\n')
  expect(textOf(iopub, 'stderr')).toBe('Assertion failed: no\n')
})

test('big and cyclic values are abridged, getters that throw are survived', async ({ kernel }) => {
  const { iopub } = await kernel.execute(
    'const o: Record<string, unknown> = { big: Array.from({ length: 1000 }, (_, i) => i), get bad() { throw new Error("getter") } }; o.self = o; o',
  )
  const text = String(
    (iopub.find(({ header }) => header.msg_type === 'execute_result')!.content.data as Record<string, unknown>)[
      'text/plain'
    ],
  )
  expect(text).toContain('900 more items')
  expect(text).toContain('[Circular *1]')
})

test('a value that knows how to show itself is asked', async ({ kernel }) => {
  const { iopub } = await kernel.execute(
    '({ [Symbol.for("Jupyter.display")]: () => ({ "text/html": "<b>me</b>", "text/plain": "me" }) })',
  )
  expect(iopub.find(({ header }) => header.msg_type === 'execute_result')!.content.data).toEqual({
    'text/html': '<b>me</b>',
    'text/plain': 'me',
  })
})

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

test.skipIf(major < 24 || (major === 24 && minor < 19))(
  'why a test of node:test has failed is shown below the cell that ran it',
  async ({ kernel }) => {
    await kernel.execute('import { test as check } from "node:test"\nawait check("passes", () => {})')
    const code =
      'await check("outer", async (t) => {\n  await t.test("inner", () => { throw new RangeError("no such port") })\n})'
    const said = plain([textOf((await kernel.execute(code)).iopub, 'stderr')])
    expect(said).toMatch(/^✖ inner\nRangeError: no such port\n/)
    expect(said).toContain('> 2 |   await t.test("inner", () => { throw new RangeError("no such port") })')
  },
)

test('a test of node:test is told of below the cell that ran it, not the one that ran the first', async ({
  freshKernel,
}) => {
  const kernel = await freshKernel()
  // Node may report when the cell has ended.
  const whereTold = (name: string) =>
    new Promise<unknown>((resolve) =>
      kernel.onIopub((message) => {
        if (textOf([message]).includes(`✔ ${name}`)) resolve(message.parentHeader)
      }),
    )
  for (const name of ['one', 'two']) {
    const where = whereTold(name)
    const load = name === 'one' ? 'import { test as check } from "node:test"\n' : ''
    const { reply } = await kernel.execute(`${load}await check("${name}", () => {})`)
    expect(await where).toEqual(reply.parentHeader)
  }
})

test('what children and native code print stands where it was printed', async ({ freshKernel }) => {
  const kernel = await freshKernel()
  const { iopub } = await kernel.execute(`
    import { execFileSync } from "node:child_process"
    import { writeSync } from "node:fs"
    for (let turn = 0; turn < 20; turn++) {
      console.log("a")
      writeSync(1, "b\\n")
      console.log("c")
      execFileSync("echo", ["d"], { stdio: "inherit" })
      console.error("e")
      writeSync(1, "f\\n")
      display.text("g")
    }`)
  const order = iopub.flatMap(({ header, content }) =>
    header.msg_type === 'stream' ? [content.text] : header.msg_type === 'display_data' ? ['g'] : [],
  )
  expect(order.join('').replaceAll('\n', '')).toBe('abcdefg'.repeat(20))
})

test('process.stdout that a pipeline has ended prints on, and ends the next pipeline too', async ({ freshKernel }) => {
  const kernel = await freshKernel()
  await kernel.execute('import { Readable } from "node:stream"\nimport { pipeline } from "node:stream/promises"')
  for (let turn = 0; turn < 2; turn++) {
    const { iopub } = await kernel.execute(
      'await pipeline(Readable.from(["one ", "two "]), process.stdout); console.log("three")',
    )
    expect(textOf(iopub)).toBe('one two three\n')
  }
  const { iopub: many } = await kernel.execute(
    'for (let turn = 0; turn < 10; turn++) await pipeline(Readable.from(["."]), process.stdout)\nawait sleep(0)',
  )
  expect([textOf(many), textOf(many, 'stderr')], 'no warning of listeners').toEqual(['..........', ''])
  const { iopub } = await kernel.execute(
    'process.stdout.end("last ", () => console.log("called")); console.log("after"); await sleep(0)',
  )
  expect(textOf(iopub)).toBe('last after\ncalled\n')
})

test('who closes descriptor 1 loses nothing of what the sockets get that have its numbers then', async ({
  freshKernel,
}) => {
  const kernel = await freshKernel()
  await kernel.execute(
    'import { createWriteStream } from "node:fs"\nimport { once } from "node:events"\n' +
      'await once(createWriteStream("", { fd: 1 }).end("x"), "close")',
  )
  await kernel.execute(
    'const pairs = Array.from({ length: 4 }, () => socket.socketpair())\n' +
      'for (const [a, b] of pairs) {\n  await a.sendall(bytes`hello`)\n  await b.sendall(bytes`hello`)\n}\nconsole.log("sent")',
  )
  const { iopub } = await kernel.execute(
    'for (const one of pairs.flat()) {\n  one.setblocking(false)\n  console.log(String(await one.recv(9).catch((error) => error.message)))\n}',
  )
  expect(textOf(iopub)).toBe('hello\n'.repeat(8))
})
