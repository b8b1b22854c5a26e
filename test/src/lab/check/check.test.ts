import { describe, expect } from 'vitest'
import type { Kernel } from '../../../../kernel/client/kernel.ts'
import { plain, resultOf, test } from '../../../kernel/kernel-fixture.ts'

interface Seen {
  readonly table: string
  readonly html: string
  readonly points: unknown
  /** ename: evalue of what the cell threw. */
  readonly error: string | undefined
  readonly displays: number
}

async function run(kernel: Kernel, code: string): Promise<Seen> {
  const { reply, iopub } = await kernel.execute(code)
  const shown = iopub.filter(({ header }) => header.msg_type === 'display_data').map(({ content }) => content.data)
  const [data] = shown as Record<string, string>[]
  const { status, ename, evalue } = reply.content as { status: string; ename?: string; evalue?: string }
  // A grader takes stderr, or an error beside the value, for failure.
  expect(iopub.filter(({ content }) => content.name === 'stderr')).toEqual([])
  if (status === 'ok') expect(iopub.map(({ header }) => header.msg_type)).not.toContain('error')
  return {
    table: data?.['text/plain'] ?? '',
    html: data?.['text/html'] ?? '',
    points: resultOf(iopub),
    error: status === 'error' ? `${ename}: ${evalue}` : undefined,
    displays: shown.length,
  }
}

/** A check of one case with this body. */
const one = (body: string, options = '{}') =>
  `await check("One", 1, async (t) => { t.case("only", ${options}, async () => {\n${body}\n}) })`

describe('points', () => {
  test('are the last value, a plain number, and the table says which case earned what', async ({ kernel }) => {
    const seen = await run(
      kernel,
      `await check("Sums", 5, async (t) => {
        t.case("half", { points: 0.5 }, () => {})
        t.case("even share", () => { t.equal(1, 2, "one and two") })
        t.case("another", async () => { await sleep(0) })
      })`,
    )
    expect(seen.points).toBe('2.75')
    expect(seen.table).toBe(
      'Sums · 2.75 of 5 points\n\n  ✓ half (0.5 of 0.5)\n  ✗ even share (0 of 2.25)\n      one and two\n      expected  2\n      received  1\n  ✓ another (2.25 of 2.25)',
    )
    expect(seen.html).toContain('<th scope="col"')
    expect(seen.html).toContain('one and two\nexpected  2')
  })

  test('are exact when all is right, and rounded in between', async ({ kernel }) => {
    const check = (fails: string) =>
      `await check("Tenths", 0.3, async (t) => {
        t.case("a", { points: 0.1 }, () => {}); t.case("b", { points: 0.1 }, () => {})
        t.case("c", { points: 0.1 }, () => { ${fails} }) })`
    expect((await run(kernel, check(''))).points).toBe('0.3')
    expect((await run(kernel, check('t.fail("no")'))).points).toBe('0.2')
  })

  test('without any the check still runs', async ({ kernel }) => {
    expect((await run(kernel, 'await check("Practice", 0, async (t) => { t.case("a", () => {}) })')).points).toBe('0')
  })
})

describe('a stub', () => {
  for (const [what, stub] of [
    ['that throws', 'function answer(): number { throw new Error("not done yet") }'],
    [
      'that throws later',
      'async function answer(): Promise<number> { await null; throw new Error("Not implemented") }',
    ],
    ['of comments', 'function answer(): any { // your code here\n /* or here */ }'],
  ] as const)
    test(`${what} is nothing yet: no points, no hints, no failure`, async ({ kernel }) => {
      await run(kernel, stub)
      const seen = await run(
        kernel,
        `await check("Stub", 2, async (t) => { t.written(answer)
           t.case("gives 4", { hint: "2 + 2" }, async () => { t.equal(await answer(), 4) })
           t.case("in the background", () => { t.background(() => answer()) ; return sleep(0.01) }) })`,
      )
      expect(seen).toMatchObject({ points: '0', error: undefined })
      expect(seen.table).toContain('Nothing here yet. Write your code in the cell above')
      expect(seen.table).not.toContain('hint')
    })

  // A stub threw what was expected, or was told off for throwing something else.
  test('is nothing yet also where an error is expected', async ({ kernel }) => {
    await run(kernel, 'function answer(): number { throw new Error("not done yet") }')
    const seen = await run(
      kernel,
      `await check("Stub", 2, async (t) => {
         t.case("some error", async () => { await t.rejects(() => answer(), Error) })
         t.case("a certain one", async () => { await t.rejects(() => answer(), RangeError) }) })`,
    )
    expect(seen.points).toBe('0')
    expect(seen.table).toContain('Nothing here yet')
  })

  test('beside a case that works counts as not done', async ({ kernel }) => {
    const seen = await run(
      kernel,
      `await check("Half", 2, async (t) => { t.case("done", () => {})
         t.case("todo", () => { throw new Error("not done yet") }) })`,
    )
    expect(seen.points).toBe('1')
    expect(seen.table).toContain('· todo (0 of 1)')
  })
})

describe('what failed is told', () => {
  test("an error of the learner's in the learner's line, without a frame of ours", async ({ kernel }) => {
    await run(kernel, 'function half(n: number) {\n  if (n > 1) throw new TypeError("too much <b>")\n  return n / 2\n}')
    const seen = await run(kernel, one('half(2)'))
    expect(seen.table).toMatch(
      /TypeError: too much <b>\n +cell \[\d+\]:2\n[\s\S]*> 2 \| {3}if \(n > 1\) throw new TypeError/,
    )
    expect(seen.html).toContain('too much &lt;b&gt;')
    expect(plain([seen.table])).not.toMatch(/socketlab\.cjs|node:| at /)
  })

  test('an error that nobody awaited, a throw of something else, an unhappy expectation', async ({ kernel }) => {
    for (const [body, says] of [
      ['void (async () => { await null; throw new Error("dropped") })(); await sleep(1)', 'Error: dropped'],
      ['setTimeout(() => { throw new Error("in a timer") }, 1); await sleep(1)', 'Error: in a timer'],
      ['throw "text"', "Uncaught 'text'"],
      ['throw null', 'Uncaught null'],
      ['throw new KeyboardInterrupt()', 'nothing caught the KeyboardInterrupt'],
      ['throw new (class extends Error { get message(): string { throw new Error("gotcha") } })()', 'cannot be shown'],
      ['throw new Proxy({}, { getPrototypeOf() { throw new Error("no") } })', 'cannot be shown'],
      ['return { then() { throw new Error("then") } } as any', 'Error: then'],
      ['process.exit(0)', 'process.exit(0) would end the kernel'],
      ['t.ok(false, "it is not so")', 'it is not so'],
      ['t.match("abc", /^b/)', 'expected  text that fits /^b/'],
      ['await t.rejects(async () => 5, TypeError)', 'received  no error, but 5'],
      ['await t.rejects(async () => { throw new RangeError("r") }, TypeError)', 'received  RangeError: r'],
      ['try { t.equal(1, 2) } catch { }', 'expected  2'],
      ['t.background(async () => { await sleep(0.01); throw new Error("beside") }); await sleep(60)', 'Error: beside'],
      [
        'const { address } = await t.server(() => { throw new Error("asked wrongly") }); const c = await t.connect(address); await sleep(60)',
        'asked wrongly',
      ],
    ] as const) {
      const seen = await run(kernel, one(body))
      expect(seen, body).toMatchObject({ points: '0', error: undefined, displays: 1 })
      expect(seen.table, body).toContain(says)
    }
  })

  test('a wait that never ends, with the line; a loop that never pauses', async ({ kernel }) => {
    const wait = 'using s = socket.createServer(["127.0.0.1", 0])\nawait s.accept()'
    const seen = await run(kernel, one(wait, '{ timeout: 0.2 }'))
    expect(seen.table).toMatch(/not over after 0.2 s[\s\S]*waiting here:[\s\S]*> 3 \| await s\.accept\(\)/)
    for (const endless of [
      'await new Promise(() => {})',
      'for (;;) await sleep(0.001)',
      'for (;;) await new Promise(setImmediate)',
    ])
      expect((await run(kernel, one(endless, '{ timeout: 0.2 }'))).table).toContain('not over after 0.2 s')
    for (const loop of [
      'for (;;) {}',
      'await null; for (;;) {}',
      'await sleep(0.01); for (;;) { try { for (;;) {} } catch {} }',
      'for (;;) await null',
    ]) {
      const stopped = await run(kernel, `${one(loop, '{ timeout: 0.2 }')} + 1`)
      expect(stopped.table, loop).toContain('ran on for 0.2 s without a pause')
      expect(stopped.points).toBe('1')
    }
    expect((await run(kernel, one(''))).points).toBe('1')
  })
})

test('■ ends the whole check, and no table comes', async ({ kernel }) => {
  for (const wait of ['await sleep(900)', 'await new Promise(() => {})', 'for (;;) {}']) {
    const code = one(`console.log("go"); try { ${wait} } catch { }`, '{ timeout: 900 }')
    const { reply, iopub } = await kernel.execute(code, {
      onMessage: ({ header }) => void (header.msg_type === 'stream' && kernel.interrupt()),
    })
    expect(reply.content).toMatchObject({ status: 'error', ename: 'KeyboardInterrupt' })
    expect(iopub.map(({ header }) => header.msg_type)).not.toContain('display_data')
    expect((await run(kernel, one(''))).points).toBe('1')
  }
})

test('checks that are started together run one after another', async ({ kernel }) => {
  const check = (name: string) => `check("${name}", 1, async (t) => { t.case("a", async () => { await sleep(0.01) }) })`
  const seen = await run(kernel, `await Promise.all([${check('first')}, ${check('second')}])`)
  expect(seen).toMatchObject({ points: '[ 1, 1 ]', displays: 2 })
})

describe('a case leaves nothing behind', () => {
  test('sockets, threads, timers, links, scripted answers, in use or not, passed or failed', async ({ kernel }) => {
    await run(kernel, 'let ticks = 0')
    // Where the case is to pass, what comes late must not throw: on a busy machine it may come before the case has ended.
    const open = (late: string) => `
      const server = socket.createServer(["127.0.0.1", 0])
      new threading.Thread({ target: async () => { for await (const [c] of server.connections()) await c.recv(1) } }).start()
      const c = await t.connect(server.getsockname())
      setInterval(() => ticks++, 1)
      const link = await lab.link({ to: server })
      await t.connect(link.address)
      t.answers(["a", "b"])
      void c.recv(1)
      await sleep(0.01)
      setTimeout(() => { ${late} }, 50)
      void sleep(0.05).then(() => { ${late} })`
    for (const end of ['', 'throw new Error("failed")', 'await sleep(60)']) {
      const late = end === '' ? 'ticks++' : 'throw new Error("late")'
      const seen = await run(
        kernel,
        one(`${open(late)}\n${end}`, end === 'await sleep(60)' ? '{ timeout: 0.5 }' : '{}'),
      )
      expect(seen, seen.table).toMatchObject({ displays: 1, points: end === '' ? '1' : '0' })
      const left = await run(
        kernel,
        'const before = ticks; await sleep(0.1); [lab.sockets().length, threading.activeCount(), ticks - before]',
      )
      expect(left.points).toBe('[ 0, 1, 0 ]')
    }
  })

  // The turn of the loop that all tasks share was ended with the case that had asked for it, and never came again.
  test('but not the turn of the loop that others wait for', async ({ kernel }) => {
    const ended = await run(kernel, one('void sleep(0); throw new Error("failed")'))
    expect(ended.points).toBe('0')
    expect((await run(kernel, one('await sleep(0)', '{ timeout: 2 }'))).points).toBe('1')
  })

  test("nor do Node's own servers, sockets and child processes; the simulated internet stays", async ({ kernel }) => {
    const seen = await run(
      kernel,
      `let child: any, port = 0, ended: Promise<unknown> = Promise.resolve()
      ${one(`await lab.internet.start()
        const net = require("node:net"), http = require("node:http")
        const server = http.createServer((_: any, r: any) => r.write("never ends")).listen(0, "127.0.0.1")
        await new Promise((r) => server.once("listening", r))
        port = server.address().port
        await fetch("http://127.0.0.1:" + port + "/")
        const call = net.connect(port, "127.0.0.1")
        ended = new Promise((r) => call.once("close", () => r("closed")))
        child = require("node:child_process").spawn("sleep", ["1000"])`)}`,
    )
    expect(seen.points).toBe('1')
    const after = `const { code } = await socket.createConnection(["127.0.0.1", port]).catch((e) => e)
      if (child.signalCode === null) await new Promise((r) => child.once("exit", r));
      const name = await socket.gethostbyname("server.com"); await lab.internet.stop();
      [code, await ended, child.signalCode, name]`
    expect((await run(kernel, after)).points).toBe("[ 'ECONNREFUSED', 'closed', 'SIGKILL', '127.10.0.40' ]")
  })

  test('and can be asked to', async ({ kernel }) => {
    const leak = await run(kernel, one('socket.socket(); await t.allClosed({ within: 0.05 }, "close it")'))
    expect(leak.table).toMatch(/close it\n +still open or running at the end:\n +<socket\.socket fd=/)
    // Also where the case has no more time than that.
    const short = await run(kernel, one('socket.socket(); await t.allClosed()', '{ timeout: 0.5 }'))
    expect(short.table).toContain('still open or running at the end')
    const tidy = `using held = socket.socket(); const late = socket.socket(); t.equal(t.opened().length, 2)
      held.close(); setTimeout(() => late.close(), 20); await t.allClosed()`
    expect((await run(kernel, one(tidy))).points).toBe('1')
  })

  test('but what earlier cells opened lives on', async ({ kernel }) => {
    await run(
      kernel,
      `const desk = socket.createServer(["127.0.0.1", 0])
       async function serve() { for await (const [c] of desk.connections()) { using h = c; for await (const d of c.chunks()) await c.sendall(d) } }
       new threading.Thread({ target: serve, daemon: true }).start()`,
    )
    const ask = one(
      'const c = await t.connect(desk.getsockname()); await c.sendall(bytes`hi`); t.equal(await t.receive(c, 2), bytes`hi`)',
    )
    expect((await run(kernel, ask)).points).toBe('1')
    expect((await run(kernel, ask)).points).toBe('1')
    await run(kernel, 'lab.closeAll()')
  })
})

describe('hints', () => {
  test('come in steps, one more with each failed run, and on request', async ({ kernel }) => {
    const check = `await check("Steps", 1, async (t) => { t.case("fails", { hint: ["look", "think", "do"] }, () => t.fail("no")) })`
    const first = await run(kernel, check)
    expect(first.table).not.toContain('look')
    expect(first.table).toContain('lab.hint()')
    expect(first.html).toContain('<details><summary>Hint 1 of 3</summary>look</details>')
    expect(first.html).not.toContain('think')
    const second = await run(kernel, check)
    expect(second.table).toContain('Hint 1: look')
    expect(second.html).toContain('<details><summary>Hint 2 of 3</summary>think</details>')
    expect((await run(kernel, 'lab.hint()')).points).toBe(
      'Steps: fails\nHint 1 of 3: look\nHint 2 of 3: think\nHint 3 of 3: do',
    )
    await run(kernel, 'await check("Good", 1, async (t) => { t.case("a", { hint: "h" }, () => {}) })')
    expect((await run(kernel, 'lab.hint()')).points).toBe('All cases of “Good” have passed.')
  })
})
