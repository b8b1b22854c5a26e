import { expect } from 'vitest'
import { resultOf, test, typeOf } from '../kernel-fixture.ts'

test('requests behind an error are aborted, and run where stop_on_error is false', async ({ kernel }) => {
  async function statuses(stop_on_error: boolean) {
    const queued = Promise.withResolvers<string>()
    kernel.onInput(() => queued.promise)
    const first = kernel.execute('await input(); throw new Error("stop")', { stop_on_error, allow_stdin: true })
    const behind = [kernel.execute('1'), kernel.execute('2')]
    // Answered in the order of the shell channel: now the kernel has all three.
    await kernel.request('kernel_info_request', {})
    queued.resolve('go')
    return (await Promise.all([first, ...behind])).map(({ reply }) => reply.content.status)
  }
  expect(await statuses(true)).toEqual(['error', 'aborted', 'aborted'])
  expect(await statuses(false)).toEqual(['error', 'ok', 'ok'])
  expect((await kernel.execute('3')).reply.content.status).toBe('ok')
})

test('an aborted request has no number: a notebook would show it beside a cell that has not run', async ({
  kernel,
}) => {
  // It fails once the kernel has the one behind it, too.
  kernel.onInput(() => kernel.request('kernel_info_request', {}).then(() => ''))
  const first = kernel.execute('await input(); throw new Error("stop")', { allow_stdin: true })
  const [, behind] = await Promise.all([first, kernel.execute('1')])
  expect(behind.reply.content).toEqual({ status: 'aborted' })
})

test('requests that were made before the error and come after it are aborted, too: a server between hands them on one by one', async ({
  kernel,
}) => {
  // One that is made after the first, and before it has failed.
  const date = new Date(Date.now() + 10).toISOString()
  const failing = 'const until = Date.now() + 30; while (Date.now() < until); throw new Error("stop")'
  const statuses = async (stop_on_error: boolean) => {
    const first = await kernel.execute(failing, { stop_on_error })
    const late = await kernel.execute('1', { date })
    const next = await kernel.execute('2')
    return [first, late, next].map(({ reply }) => reply.content.status)
  }
  expect(await statuses(true)).toEqual(['error', 'aborted', 'ok'])
  expect(await statuses(false)).toEqual(['error', 'ok', 'ok'])
  // However long the server kept both: nobody made one before it had an answer to the other.
  const ago = (ms: number) => ({ date: new Date(Date.now() - ms).toISOString() })
  expect((await kernel.execute('throw new Error("stop")', ago(500))).reply.content.status).toBe('error')
  expect((await kernel.execute('1', ago(100))).reply.content.status).toBe('aborted')
  expect((await kernel.execute('2')).reply.content.status).toBe('ok')
  // Some clients give all their requests one date.
  expect((await kernel.execute(failing, { date })).reply.content.status).toBe('error')
  expect((await kernel.execute('3', { date })).reply.content.status).toBe('ok')
})

test('a silent request that fails aborts nothing behind it', async ({ kernel }) => {
  kernel.onInput(() => kernel.request('kernel_info_request', {}).then(() => ''))
  const silent = { silent: true, store_history: false, stop_on_error: true, allow_stdin: true }
  const first = kernel.execute('await input(); throw new Error("unseen")', silent)
  const [unseen, behind] = await Promise.all([first, kernel.execute('6 * 7')])
  expect(unseen.reply.content).toMatchObject({ status: 'error', evalue: 'unseen' })
  expect(resultOf(behind.iopub)).toBe('42')
})

test('a cell that fails is idle before those behind it are aborted', async ({ kernel }) => {
  const seen: string[] = []
  const stop = kernel.onIopub((message) => void seen.push(typeOf(message)))
  kernel.onInput(() => kernel.request('kernel_info_request', {}).then(() => ''))
  const first = kernel.execute('await input(); throw new Error("stop")', { allow_stdin: true })
  await Promise.all([first, kernel.execute('1')])
  stop()
  expect(seen.slice(seen.indexOf('error'))).toEqual(['error', 'status:idle', 'status:busy', 'status:idle'])
})
