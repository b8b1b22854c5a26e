/** A method that is called without its object says why `this` is undefined. */
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
  const other = await said('counter.deep()')
  expect(other).toContain('Cannot read properties of undefined')
  expect(other).not.toContain('→')
  expect(await said('const nothing: any = undefined; nothing.port')).not.toContain('`this` is undefined')
})
