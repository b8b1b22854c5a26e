/** Methods that lost their object: V8's words name a private field of the library. */
import { expect } from 'vitest'
import { test, textOf } from '../kernel-fixture.ts'

const ADVICE = 'A method was called without its object'

test('of the library, and of a class of the learner’s', async ({ kernel }) => {
  const said = async (code: string) => {
    const { reply, iopub } = await kernel.execute(code)
    const later = iopub.filter(({ header }) => header.msg_type === 'error').map(({ content }) => content.traceback)
    return [...((reply.content as { traceback?: string[] }).traceback ?? []), ...later.flat(), textOf(iopub)].join('\n')
  }
  await said('const [left, right] = socket.socketpair()')
  expect(await said('const { recv } = left; await recv(1)')).toContain(ADVICE)
  expect(await said('setTimeout(left.close, 0); await sleep(0.01)')).toContain(ADVICE)
  await said(`class Wire {
    #rest = 1
    take() { return this.#rest }
    same(other: Wire) { return other.#rest === 1 }
  }`)
  expect(await said('const take = new Wire().take; take()')).toContain(ADVICE)
  const other = await said('new Wire().same(undefined as any)')
  expect(other).toContain('#rest')
  expect(other).not.toContain(ADVICE)
})
