import { expect } from 'vitest'
import type { Kernel } from '../../../kernel/client/kernel.ts'
import { nextIopub, resultOf, test, textOf } from '../kernel-fixture.ts'

/** Runs a cell that prints "go" when it has begun, presses ■ then, and resolves with its answer. */
function interrupted(kernel: Kernel, code: string) {
  return kernel.execute(code, {
    allow_stdin: true,
    onMessage: ({ header }) => {
      if (header.msg_type === 'stream') void kernel.interrupt()
    },
  })
}

for (const [what, code] of [
  ['an endless loop', 'console.log("go"); for (;;) {}'],
  ['an endless loop in its catch', 'try { console.log("go"); await sleep(1000) } catch { for (;;) {} }'],
  ['an endless loop that catches everything', 'console.log("go"); for (;;) { try { for (;;) {} } catch {} }'],
  // V8's loop optimisation left out the check for interrupts here.
  ['an endless loop of array builtins', 'console.log("go"); for (;;) new Array(1000).fill(1.5)'],
  ['an exponential regular expression', 'console.log("go"); /^(a+)+$/.test("a".repeat(60) + "b")'],
  [
    'a loop in a socket callback',
    'import * as net from "node:net"\nconst server = net.createServer((c) => { c.end(); console.log("go"); for (;;) {} }).listen(0, "127.0.0.1", () => net.connect((server.address() as net.AddressInfo).port, "127.0.0.1"))\nawait new Promise(() => {})',
  ],
  ['an endless await', 'console.log("go"); await new Promise(() => {})'],
  ['a loop after an await', 'await sleep(0.001); console.log("go"); for (;;) {}'],
  [
    'a loop in a timer that the cell awaits',
    'await new Promise(() => setTimeout(() => { console.log("go"); for (;;) {} }, 1))',
  ],
  [
    'a wait for a connection',
    'using listener = socket.createServer(["127.0.0.1", 0]); console.log("go"); await listener.accept()',
  ],
  ['a sleep', 'console.log("go"); await sleep(1000)'],
  ['an endless print', 'for (;;) console.log("go")'],
  [
    'a child process in the foreground',
    'import { spawnSync } from "node:child_process"\nconsole.log("go"); spawnSync("sleep", ["1000"])',
  ],
  [
    'what a shell in the foreground has started',
    'import { execSync } from "node:child_process"\nconsole.log("go"); execSync("sleep 1000; true")',
  ],
  ['Atomics.wait', 'console.log("go"); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)'],
  [
    'a microtask flood',
    'console.log("go"); const flood = () => { Promise.resolve().then(flood) }; flood(); await new Promise(() => {})',
  ],
] as const)
  test(`■ stops ${what}; variables are kept and the next cell runs`, async ({ kernel }) => {
    await kernel.execute('let kept = 41')
    const { reply } = await interrupted(kernel, code)
    expect(reply.content).toMatchObject({ status: 'error', ename: 'KeyboardInterrupt' })
    expect(resultOf((await kernel.execute('kept + 1')).iopub)).toBe('42')
  })

test('■ rejects what the cell awaits: catch and finally run, and a cell that catches it ends well', async ({
  kernel,
}) => {
  const code = `try { console.log("go"); await sleep(1000) }
catch (error) { if (!(error instanceof KeyboardInterrupt)) throw error; console.log("caught") }
finally { console.log("finally") }
"ended"`
  const { reply, iopub } = await interrupted(kernel, code)
  expect(reply.content.status).toBe('ok')
  expect(textOf(iopub)).toBe('go\ncaught\nfinally\n')
  expect(resultOf(iopub)).toBe("'ended'")
})

test('what is computed in `finally` is computed to its end', async ({ kernel }) => {
  const code = `try { console.log("go"); await sleep(1000) }
finally { const end = performance.now() + 60; while (performance.now() < end) {} console.log("cleaned up") }`
  const { reply, iopub } = await interrupted(kernel, code)
  expect(reply.content).toMatchObject({ status: 'error', ename: 'KeyboardInterrupt' })
  expect(textOf(iopub)).toBe('go\ncleaned up\n')
})

test.for([
  ['a socket', 'const server = socket.createServer(["127.0.0.1", 0])\nconsole.log("go")\nawait server.accept()', 3],
  ['input', 'console.log("go")\nconst name = await input("Name: ")', 2],
  ['an Event', 'console.log("go")\nawait new threading.Event().wait()', 2],
  ['sleep, in a function', 'async function idle() {\n  console.log("go")\n  await sleep(1000)\n}\nawait idle()', 3],
] as const)('■ shows the line that waited: %s', async ([_, code, line], { kernel }) => {
  const { reply } = await interrupted(kernel, code)
  const told = (reply.content as { traceback?: string[] }).traceback ?? []
  expect(told.some((each) => new RegExp(`^cell \\[\\d+\\]:${line}$`).test(each))).toBe(true)
  expect(told.at(-1)).toContain('The cell was stopped')
})

test('thousands of waits at once end with their `finally`, and are not taken for a loop', async ({ kernel }) => {
  // "go" once all of them wait, and the loop has turned: what computes is stopped the hard way.
  const code = `const waits = Promise.all(Array.from({ length: 8000 }, () => sleep(1000)))
let turns = 0
const turn = () => void (turns++ < 50 ? setImmediate(turn) : console.log("go"))
turn()
try {
  await waits
} finally {
  console.log("finally")
}`
  const { reply, iopub } = await interrupted(kernel, code)
  expect(reply.content).toMatchObject({ status: 'error', ename: 'KeyboardInterrupt' })
  expect(textOf(iopub)).toBe('go\nfinally\n')
  expect((reply.content as { traceback?: string[] }).traceback?.join('\n')).toMatch(/cell \[\d+\]:6\n/)
})

test('a collection of garbage is no loop: what runs behind the cell goes on after ■', async ({ kernel }) => {
  const code = `import v8 from "node:v8"
import vm from "node:vm"
v8.setFlagsFromString("--expose-gc")
const collect: () => void = vm.runInNewContext("gc")
v8.setFlagsFromString("--no-expose-gc")
const full = Array.from({ length: 1_000_000 }, (_, index) => ({ index }))
let turns = 0
// Main does nothing but to collect, 20 ms and more each time.
const turn = () => { collect(); if (turns++ < 500) setImmediate(turn) }
turn()
console.log("go")
try { await sleep(1000) } finally { console.log("finally") }`
  const { reply, iopub } = await interrupted(kernel, code)
  expect(reply.content).toMatchObject({ status: 'error', ename: 'KeyboardInterrupt' })
  expect(textOf(iopub)).toBe('go\nfinally\n')
  const after = await kernel.execute(`const before = turns
for (let i = 0; i < 100 && turns === before; i++) await sleep(0.01)
const goesOn = turns > before
turns = 500
goesOn`)
  expect(resultOf(after.iopub)).toBe('true')
})

test('■ while a kernel still starts leaves one that runs cells', async ({ freshKernel }) => {
  for (const code of [undefined, 'await sleep(100)']) {
    const kernel = await freshKernel()
    const begun = nextIopub(kernel, ({ header }) => header.msg_type === 'execute_input')
    const stopped = code === undefined ? undefined : kernel.execute(code)
    if (stopped) await begun
    await kernel.interrupt()
    if (stopped) expect((await stopped).reply.content).toMatchObject({ ename: 'KeyboardInterrupt' })
    expect(resultOf((await kernel.execute('1 + 1')).iopub)).toBe('2')
  }
})

test('■ with nothing running changes nothing', async ({ kernel }) => {
  expect((await kernel.interrupt()).reply.content).toEqual({ status: 'ok' })
  expect((await kernel.execute('1')).reply.content.status).toBe('ok')
})

test('■ while input() waits', async ({ kernel }) => {
  kernel.onInput(() => {
    void kernel.interrupt()
    return new Promise(() => {})
  })
  const { reply } = await kernel.execute('await input("? ")', { allow_stdin: true })
  expect(reply.content).toMatchObject({ status: 'error', ename: 'KeyboardInterrupt' })
})

test('cells behind an interrupted one are not run', async ({ kernel }) => {
  const begun = Promise.withResolvers<void>()
  const loop = kernel.execute('console.log("go"); for (;;) {}', {
    onMessage: ({ header }) => header.msg_type === 'stream' && begun.resolve(),
  })
  const behind = kernel.execute('"behind"')
  await Promise.all([begun.promise, kernel.request('kernel_info_request', {})])
  void kernel.interrupt()
  expect([await loop, await behind].map(({ reply }) => reply.content.status)).toEqual(['error', 'aborted'])
})

test('a cell that catches ■ and goes on is ended at its next wait', async ({ kernel }) => {
  const code =
    'let ticks = 0; console.log("go"); for (;;) { try { await sleep(0.001); ticks++ } catch { ticks += 1000 } }'
  const { reply } = await interrupted(kernel, code)
  expect(reply.content).toMatchObject({ status: 'error', ename: 'KeyboardInterrupt' })
  const count = async () => Number(resultOf((await kernel.execute('await sleep(0.05); ticks')).iopub))
  expect(await count()).toBe(await count())
})

// V8 drops what is about to run when a cell is terminated: the read that stood there never passed its turn on.
for (const mode of ['rb', 'r']) {
  test(`■ beside a read of makefile('${mode}') that was about to go on: later reads get what comes`, async ({
    kernel,
  }) => {
    await kernel.execute(`const [a, b] = socket.socketpair()
b.settimeout(5)
const file = b.makefile('${mode}')
await a.sendall(bytes\`first\\nsecond\\n\`)
await file.readline()`)
    await interrupted(kernel, 'console.log("go"); void file.readline(); for (;;) {}')
    await kernel.execute('await a.sendall(bytes`third\\nfourth\\n`)')
    const lines = await kernel.execute(`const lines = [file.readline(), file.readline()]
const late = sleep(10).then(() => ['nothing came'])
;(await Promise.race([Promise.all(lines), late])).map(String).join('')`)
    expect(resultOf(lines.iopub)).toMatch(/(second.nthird|third.nfourth).n'$/)
  })
}

test('what a cell that catches everything still waits for is left to those who come after it', async ({
  freshKernel,
}) => {
  const kernel = await freshKernel()
  await kernel.execute('const server = socket.createServer(["127.0.0.1", 0])')
  const loop = `
    lab.interrupt({ after: 0 })
    for (;;) {
      try {
        const [conn] = await server.accept()
        conn.close()
      } catch {}
    }`
  expect((await kernel.execute(loop)).reply.content).toMatchObject({ ename: 'KeyboardInterrupt' })
  const { reply, iopub } = await kernel.execute(`
    using client = await socket.createConnection(server.getsockname())
    const [conn] = await server.accept({ signal: AbortSignal.timeout(20_000) })
    await conn.sendall(bytes\`mine\`)
    conn.close()
    repr(await client.recv(4))`)
  expect(reply.content).toMatchObject({ status: 'ok' })
  expect(String(resultOf(iopub))).toContain('mine')
  // Nobody else waits: it is not said that two cells do.
  expect(iopub.some(({ header }) => header.msg_type === 'display_data')).toBe(false)
})
