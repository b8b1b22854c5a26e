/** Requests that are not as the messaging specification has them: each is answered, and the next one too. */
import { expect } from 'vitest'
import { childrenOf, nextIopub, resultOf, test, typeOf } from '../kernel-fixture.ts'

test('an execute_request that cannot be read: an error with the count, which stays', async ({ freshKernel }) => {
  const kernel = await freshKernel()
  await kernel.execute('1')
  const { reply, iopub } = await kernel.request('execute_request', { code: 5 })
  expect(reply.content).toEqual({
    status: 'error',
    execution_count: 1,
    ename: 'ProtocolError',
    evalue: 'the content of this execute_request is wrong: code: expected string',
    traceback: ['ProtocolError: the content of this execute_request is wrong: code: expected string'],
  })
  expect(iopub.map(typeOf)).toEqual(['status:busy', 'status:idle'])
  const nulls = { silent: null, store_history: null, user_expressions: null, allow_stdin: null, stop_on_error: null }
  const { reply: next } = await kernel.request('execute_request', { code: '2', ...nulls })
  expect(next.content).toEqual({ status: 'ok', execution_count: 2, payload: [], user_expressions: {} })
})

test('a comm without an id is none: nothing is answered, nothing is open', async ({ kernel }) => {
  const seen: string[] = []
  const stop = kernel.onIopub((message) => void seen.push(message.header.msg_type))
  await kernel.tell('comm_open', { target_name: 'lab', data: {} })
  await kernel.tell('comm_close', { comm_id: null })
  stop()
  expect(new Set(seen)).toEqual(new Set(['status']))
  expect((await kernel.request('comm_info_request', {})).reply.content).toEqual({ status: 'ok', comms: {} })
})

test('a request that nobody knows has no reply, but an end', async ({ kernel }) => {
  const seen: string[] = []
  const stop = kernel.onIopub((message) => void seen.push(typeOf(message)))
  await kernel.tell('unheard_of_request', {})
  stop()
  expect(seen).toEqual(['status:busy', 'status:idle'])
})

test('a request that is answered while a cell runs leaves the kernel busy', async ({ kernel }) => {
  const asked = Promise.withResolvers<void>()
  const typed = Promise.withResolvers<string>()
  kernel.onInput(() => {
    asked.resolve()
    return typed.promise
  })
  const cell = kernel.execute('await input()', { allow_stdin: true })
  await asked.promise
  const seen: string[] = []
  const stop = kernel.onIopub((message) => {
    if (message.header.msg_type === 'status') seen.push(`${message.parentHeader.msg_type} ${typeOf(message)}`)
  })
  await kernel.request('complete_request', { code: 'so', cursor_pos: 2 })
  await kernel.tell('unheard_of_request', {})
  typed.resolve('go')
  await cell
  stop()
  expect(seen).toEqual([
    'complete_request status:busy',
    'complete_request status:idle',
    'execute_request status:busy',
    'unheard_of_request status:busy',
    'unheard_of_request status:idle',
    'execute_request status:busy',
    'execute_request status:idle',
  ])
})

test('the ports of the connection, for clients that still ask for them', async ({ kernel }) => {
  const { shell_port, iopub_port, stdin_port, hb_port, control_port } = kernel.process.connection
  const ports = { shell_port, iopub_port, stdin_port, hb_port, control_port }
  expect((await kernel.request('connect_request', {})).reply).toMatchObject({
    header: { msg_type: 'connect_reply' },
    content: { status: 'ok', ...ports },
  })
})

test('places before, behind and between: completion and inspection take them all', async ({ kernel }) => {
  const matches = async (code: string, cursor_pos: unknown) =>
    (await kernel.request('complete_request', { code, cursor_pos })).reply.content.matches
  for (const place of [null, 9, 1e9]) expect(await matches('socket.so', place)).toContain('socketpair')
  expect(await matches('socket.so', -5)).toContain('AbortController')
  const { content } = (await kernel.request('complete_request', { code: '"🙂".leng', cursor_pos: 8 })).reply
  expect(content).toMatchObject({ matches: expect.arrayContaining(['length']), cursor_start: 4, cursor_end: 8 })
  const inspected = async (cursor_pos: unknown) =>
    (await kernel.request('inspect_request', { code: 'socket', cursor_pos, detail_level: null })).reply.content.found
  expect([await inspected(-1), await inspected(1e9), await inspected(null)]).toEqual([true, true, true])
})

test('every client is told that one of them has ended the kernel', async ({ freshKernel }) => {
  const kernel = await freshKernel()
  const told = nextIopub(kernel, ({ header }) => header.msg_type === 'shutdown_reply')
  const { reply } = await kernel.request('shutdown_request', { restart: true })
  expect(reply.content).toEqual({ status: 'ok', restart: true })
  expect((await told).content).toEqual(reply.content)
  expect((await told).parentHeader).toEqual(reply.parentHeader)
  await kernel.process.exited
})

test('completion and inspection right behind the cell that declares a name know it', async ({ kernel }) => {
  const asked = { code: 'behind.al', cursor_pos: 9 }
  const [, complete, inspect] = await Promise.all([
    kernel.execute('const behind = { alpha: 1 }'),
    kernel.request('complete_request', asked),
    kernel.request('inspect_request', { code: 'behind.alpha', cursor_pos: 12, detail_level: 0 }),
  ])
  expect(complete.reply.content.matches).toEqual(['alpha'])
  expect(inspect.reply.content).toMatchObject({ status: 'ok', found: true })
})

test('what the kernel uses, for jupyter-resource-usage: on both channels, with the processes that it has started', async ({
  freshKernel,
}) => {
  const kernel = await freshKernel()
  const control = { channel: 'control' } as const
  const asked = async (options?: typeof control) => (await kernel.request('usage_request', {}, options)).reply
  const first = await asked()
  expect(typeOf(first)).toBe('usage_reply')
  const { hostname, pid } = first.content
  expect(resultOf((await kernel.execute('process.pid + " " + require("node:os").hostname()')).iopub)).toBe(
    `'${pid} ${hostname}'`,
  )
  await kernel.execute(
    [
      'const began = process.cpuUsage()',
      'while (process.cpuUsage(began).user < 200_000);',
      'const filled = new Uint8Array(64 * 2 ** 20).fill(1)',
      'import { spawn } from "node:child_process"',
      'const hold = "const held = Buffer.alloc(64 * 2 ** 20, 1); console.log(1); setInterval(() => held, 1000)"',
      'const child = spawn(process.execPath, ["-e", hold])',
      'await new Promise((ready) => child.stdout.once("data", ready))',
    ].join('\n'),
  )
  const then = (await asked(control)).content as Record<'kernel_cpu' | 'kernel_memory' | 'cpu_count', number>
  expect(then.kernel_cpu).toBeGreaterThan(0)
  expect(then.kernel_memory - Number(first.content.kernel_memory)).toBeGreaterThan(120 * 2 ** 20)
  expect(then.cpu_count).toBeGreaterThan(0)
  expect(then).toMatchObject({
    status: 'ok',
    host_cpu_percent: expect.any(Number),
    host_virtual_memory: { total: expect.any(Number), available: expect.any(Number), percent: expect.any(Number) },
  })
})

test('is_complete while the compiler does not answer: what V8 can read alone is told before a console gives up', async ({
  freshKernel,
}) => {
  const kernel = await freshKernel()
  const children = childrenOf(kernel)
  expect(children).not.toEqual([])
  for (const child of children) process.kill(child, 'SIGSTOP')
  const ask = async (code: string) => (await kernel.request('is_complete_request', { code })).reply.content
  const typed = ask('const n: number =')
  expect(await ask('await sock.recv(4)')).toEqual({ status: 'complete' })
  expect(await ask('function f() {\n  if (x) {')).toEqual({ status: 'incomplete', indent: '    ' })
  expect(await ask('`text')).toEqual({ status: 'incomplete', indent: '' })
  for (const child of children) process.kill(child, 'SIGCONT')
  expect(await typed).toMatchObject({ status: 'incomplete' })
})
