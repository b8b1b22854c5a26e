import { expect } from 'vitest'
import { childrenOf, resultOf, test } from '../kernel-fixture.ts'

const control = { channel: 'control' } as const

test('a subshell runs cells while a cell of the main shell awaits, and shares its names', async ({ kernel }) => {
  const { subshell_id: id } = (await kernel.request('create_subshell_request', {}, control)).reply.content
  expect((await kernel.request('list_subshell_request', {}, control)).reply.content).toEqual({
    status: 'ok',
    subshell_id: [id],
  })
  const begun = new Promise<void>((resolve) =>
    kernel.onIopub(({ content }) => content.text === 'waiting\n' && resolve()),
  )
  const waiting = kernel.execute(
    'let open!: () => void; const door = new Promise<void>((resolve) => { open = resolve })\nconsole.log("waiting"); await door; "went in"',
  )
  await begun
  const opened = await kernel.execute('open(); 1 + 1', { subshell: String(id) })
  expect(resultOf(opened.iopub)).toBe('2')
  expect(resultOf((await waiting).iopub)).toBe("'went in'")
  expect((await kernel.request('delete_subshell_request', { subshell_id: id }, control)).reply.content).toEqual({
    status: 'ok',
  })
  expect((await kernel.request('list_subshell_request', {}, control)).reply.content).toEqual({
    status: 'ok',
    subshell_id: [],
  })
  const { reply } = await kernel.execute('1', { subshell: String(id) })
  expect(reply.content).toMatchObject({ status: 'error', ename: 'SubshellError' })
})

test('■ while the compiler is busy: who waits behind another cell of a subshell is stopped too', async ({
  freshKernel,
}) => {
  const kernel = await freshKernel()
  const { subshell_id: id } = (await kernel.request('create_subshell_request', {}, control)).reply.content
  for (const compiler of childrenOf(kernel)) process.kill(compiler, 'SIGSTOP')
  const heard = (code: string, subshell?: string) => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const onMessage = ({ header }: { header: { msg_type: string } }) => {
      if (header.msg_type === 'execute_input') resolve()
    }
    return { asked: promise, answer: kernel.execute(code, { onMessage, ...(subshell && { subshell }) }) }
  }
  const one = heard('let stoppedFirst = 1')
  await one.asked
  const other = heard('let stoppedBehind = 2', String(id))
  await other.asked
  await kernel.interrupt()
  for (const { answer } of [one, other])
    expect((await answer).reply.content).toMatchObject({ status: 'error', ename: 'KeyboardInterrupt' })
  const { iopub } = await kernel.execute('typeof stoppedBehind')
  expect(JSON.stringify(iopub)).toContain("Cannot find name 'stoppedBehind'")
})
