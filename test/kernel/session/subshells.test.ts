import { expect } from 'vitest'
import { childrenOf, nextIopub, plain, resultOf, test, textOf, typeOf } from '../kernel-fixture.ts'

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
})

test('a cell on the control channel does not wait for those of the shell', async ({ kernel }) => {
  const begun = nextIopub(kernel, ({ content }) => content.text === 'waits\n')
  const waiting = kernel.execute('const gate = new threading.Event(); console.log("waits"); await gate.wait()')
  await begun
  const opened = kernel.request('execute_request', { code: 'gate.set(); 1 + 1' }, control)
  const next = kernel.request('execute_request', { code: '2 + 2' }, control)
  expect(resultOf((await opened).iopub)).toBe('2')
  expect(resultOf((await next).iopub)).toBe('4')
  expect((await waiting).reply.content.status).toBe('ok')
})

test('a subshell that is not there any more: an error as ipykernel’s, and no cell that has run', async ({
  freshKernel,
}) => {
  const kernel = await freshKernel()
  const { subshell_id: id } = (await kernel.request('create_subshell_request', {}, control)).reply.content
  const subshell = String(id)
  const waits = nextIopub(kernel, ({ header }) => header.msg_type === 'stream')
  const waiting = kernel.execute('const door = new threading.Event(); console.log("waits"); await door.wait()', {
    subshell,
  })
  const queued = kernel.execute('"never" + "run"', { subshell })
  await waits
  await kernel.request('delete_subshell_request', { subshell_id: id }, control)
  await kernel.execute('door.set()')
  await waiting
  const unknown = { status: 'error', ename: 'UnknownSubshellError', evalue: `Unknown subshell_id '${id}'` }
  for (const { reply, iopub } of [await queued, await kernel.execute('"never" + "run"', { subshell })]) {
    expect(reply.content).toMatchObject({ ...unknown, execution_count: 2 })
    expect(iopub.map(typeOf)).toEqual(['status:busy', 'status:idle'])
  }
  const again = await kernel.request('delete_subshell_request', { subshell_id: id }, control)
  expect(again.reply.content).toMatchObject(unknown)
  expect((await kernel.execute('3')).reply.content).toMatchObject({ status: 'ok', execution_count: 3 })
  const range = { hist_access_type: 'range', start: 2 }
  expect((await kernel.request('history_request', range)).reply.content.history).toMatchObject([
    [expect.any(Number), 2, 'door.set()'],
    [expect.any(Number), 3, '3'],
  ])
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

test('■ while cells of two shells wait: each has run its `finally`, and says where it waited', async ({ kernel }) => {
  const { subshell_id: id } = (await kernel.request('create_subshell_request', {}, control)).reply.content
  const heard = (code: string, subshell?: string) => {
    const begun = nextIopub(kernel, ({ content }) => content.text === 'waits\n')
    return { begun, answer: kernel.execute(code, subshell === undefined ? {} : { subshell }) }
  }
  const code = 'try { console.log("waits"); await sleep(100) } finally { await sleep(0.01); console.log("finally") }'
  const main = heard(code)
  await main.begun
  const sub = heard(code, String(id))
  await sub.begun
  await kernel.interrupt()
  for (const { answer } of [main, sub]) {
    const { reply, iopub } = await answer
    expect(reply.content).toMatchObject({ status: 'error', ename: 'KeyboardInterrupt' })
    expect(plain((reply.content as { traceback: string[] }).traceback)).toContain('> 1 | try {')
    expect(textOf(iopub)).toBe('waits\nfinally\n')
  }
})
