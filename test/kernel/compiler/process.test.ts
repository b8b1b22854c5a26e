/** The process itself: what it survives, when it ends, and that its price does not grow. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { bundle, bundled, Notebook, startCompiler } from './client.ts'

test('SIGINT does not concern it; it ends when its stdin closes', async () => {
  const client = await startCompiler()
  const notebook = new Notebook(client)
  await notebook.convert('let a = 1')
  client.child.kill('SIGINT')
  expect(await notebook.convert('a + 1')).toMatchObject({ ok: true })
  expect(await client.stop()).toBe(0)
})

test('a scope of another process is not known here', async () => {
  const [one, two] = await Promise.all([startCompiler(), startCompiler()])
  const notebook = new Notebook(one)
  await notebook.convert('let a = 1')
  const foreign = Object.assign(new Notebook(two), { scope: notebook.scope })
  expect(await foreign.convert('a')).toMatchObject({ ok: false, unknownScope: true, diagnostics: [] })
  await Promise.all([one.stop(), two.stop()])
})

test('requests are answered in order, also when they all come at once', async () => {
  const client = await startCompiler()
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, i) => client.ask({ kind: 'isComplete', code: i % 2 ? '(' : '1' })),
  )
  expect(answers.map(({ status }) => status)).toEqual(
    Array.from({ length: 20 }, (_, i) => (i % 2 ? 'incomplete' : 'complete')),
  )
  await client.stop()
})

const TERRIBLE: Record<string, string> = {
  'brackets 20,000 deep': `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
  'a sum of 20,000': Array.from({ length: 20_000 }, () => '1').join('+'),
  'two megabytes in a line': `const s = "${'x'.repeat(2_000_000)}"`,
  'only controls': '\u0000\u0001\u0002\u2028\u2029\ud800',
  'a type without end': 'type T<N> = N extends 0 ? T<[N]> : T<[N, T<N>]>\nlet t: T<0> = null!',
  'what tslab appends': '}; export { nope }; {',
  'half a comment': '/* open',
  'names of ours':
    'let __keepUsing = 1, __star = 2, __default = 3; const __link = 4; [__keepUsing, __star, __default, __link]',
}

test('no cell kills it, and the next one is compiled', async () => {
  const client = await startCompiler()
  const notebook = new Notebook(client)
  await notebook.convert('let before = 1')
  for (const [name, code] of Object.entries(TERRIBLE)) {
    const answer = await notebook.convert(code)
    if (!answer.ok) expect(answer.diagnostics.length, name).toBeGreaterThan(0)
    await client.ask({ kind: 'complete', after: notebook.scope, code, offset: code.length })
    await client.ask({ kind: 'inspect', after: notebook.scope, code, offset: code.length >> 1 })
    await client.ask({ kind: 'isComplete', code })
    expect(await notebook.convert('before + 1'), name).toMatchObject({ ok: true })
  }
  await client.stop()
})

test('a cell too deep to read is told of, in words', async () => {
  const client = await startCompiler()
  const answer = await client.ask({ kind: 'convert', after: '', code: '['.repeat(50_000), name: 'cell [1]' })
  expect(answer).toMatchObject({
    ok: false,
    diagnostics: [{ code: 0, message: expect.stringContaining('nested too deeply') }],
  })
  await client.stop()
})

test('300 cells: the last cost what the first did', async () => {
  const client = await startCompiler()
  const notebook = new Notebook(client)
  const times: number[] = []
  for (let i = 0; i < 300; i++) {
    const from = performance.now()
    const code =
      i === 0
        ? 'function f0(x: number) { return x + 1 }'
        : `interface I${i} { a: number; b: string }\nconst v${i}: I${i} = { a: f${i - 1}(${i}), b: 'x' };\nfunction f${i}(x: number) { return f${i - 1}(x) + v${i}.a }\nf${i}(1)`
    expect((await notebook.convert(code)).ok).toBe(true)
    times.push(performance.now() - from)
  }
  // The quickest of fifty: a shared machine is noisy, and a growing price shows in that too (plain: ten times as much).
  expect(Math.min(...times.slice(250))).toBeLessThan(2 * Math.min(...times.slice(20, 70)))
  await client.stop()
}, 30_000)

test('it ends with the kernel also while it works', async () => {
  const client = await startCompiler()
  void client
    .ask({ kind: 'convert', after: '', code: `const a = ${'[1,'.repeat(500)}${']'.repeat(500)}`, name: 'cell [1]' })
    .catch(() => {})
  client.child.stdin?.end()
  const [code] = await once(client.child, 'exit')
  expect(code).toBe(0)
})

test.each(['first cell', 'later cell'])(
  'it ends with a kernel that was killed, also while it checks its %s for a long time',
  async (which) => {
    await bundled()
    const kernel = spawn(process.execPath, [join(import.meta.dirname, 'kernel-to-kill.mjs'), bundle, which], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [line] = await once(kernel.stdout, 'data')
    const compiler = Number(line)
    const busySeconds = () => Number(readFileSync(`/proc/${compiler}/schedstat`, 'utf8').split(' ')[0]) / 1e9
    const before = busySeconds()
    await expect.poll(busySeconds, { timeout: 20_000 }).toBeGreaterThan(before + 0.5)
    kernel.kill('SIGKILL')
    await expect.poll(() => existsSync(`/proc/${compiler}`), { timeout: 10_000 }).toBe(false)
  },
  30_000,
)

test('what it practises while nobody asks is never seen, and waits for who asks', async () => {
  const client = await startCompiler({ env: { SOCKETLAB_PRACTICE: '' } })
  const notebook = new Notebook(client)
  expect(await notebook.convert('let own = 1')).toMatchObject({ ok: true })
  const busySeconds = () => Number(readFileSync(`/proc/${client.child.pid}/schedstat`, 'utf8').split(' ')[0]) / 1e9
  const before = busySeconds()
  await expect.poll(busySeconds, { timeout: 20_000 }).toBeGreaterThan(before + 0.2)
  expect(await notebook.convert('x$0')).toMatchObject({ ok: false, diagnostics: [{ code: 2304 }] })
  expect(await notebook.convert('const x$0 = "text"; const f$1 = own')).toMatchObject({ ok: true, notes: [] })
  expect(await notebook.convert('x$0.length + own + f$1')).toMatchObject({ ok: true, notes: [] })
  await client.stop()
}, 30_000)

test('it forgets one notebook for the next', async () => {
  const client = await startCompiler()
  const forget = () => client.ask({ kind: 'forget' })
  const one = new Notebook(client)
  expect(await one.convert('const n = 1\nfunction f(): number { return n }')).toMatchObject({ ok: true })
  const decorated = 'function old(a: object, b: string, c: PropertyDescriptor) {}\nclass Old { @old run() {} }'
  expect(await one.convert(decorated)).toMatchObject({ ok: true })
  expect(await forget()).toEqual({ forgotten: true })
  expect(await client.ask({ kind: 'convert', after: one.scope, code: 'n', name: 'cell [2]' })).toMatchObject({
    unknownScope: true,
  })
  const other = new Notebook(client)
  expect(await other.convert('n')).toMatchObject({ ok: false, diagnostics: [{ code: 2304 }] })
  // Another type, and no word of the one before.
  expect(await other.convert("const n = 'text'")).toMatchObject({ ok: true, notes: [] })
  const strict = 'function now(f: () => void, c: ClassMethodDecoratorContext) {}\nclass New { @now run() {} }'
  expect(await other.convert(strict)).toMatchObject({ ok: true })
  for (let at = 0; at < 30; at++) {
    expect(await forget()).toEqual({ forgotten: true })
    const next = new Notebook(client)
    expect(await next.convert("import { sep } from 'node:path'\nconst n: string = sep")).toMatchObject({ ok: true })
    expect(await next.convert('n.length')).toMatchObject({ ok: true })
  }
  const last = new Notebook(client)
  expect(await last.convert('declare global { interface Array<T> { mine?: 1 } }')).toMatchObject({ ok: true })
  expect(await forget()).toEqual({ forgotten: false })
  await client.stop()
})
