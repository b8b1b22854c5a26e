import { expect } from 'vitest'
import { nextIopub, plain, resultOf, test, textOf, typeOf } from '../kernel-fixture.ts'

test('a cell with a result: its messages in order, its count, text/plain', async ({ freshKernel }) => {
  const kernel = await freshKernel()
  const { iopub, reply } = await kernel.execute('1 + 1')
  expect(iopub.map(typeOf)).toEqual(['status:busy', 'execute_input', 'execute_result', 'status:idle'])
  expect(iopub[1]!.content).toEqual({ code: '1 + 1', execution_count: 1 })
  expect(iopub[2]!.content).toEqual({ execution_count: 1, data: { 'text/plain': '2' }, metadata: {} })
  expect(reply.header.msg_type).toBe('execute_reply')
  expect(reply.content).toEqual({ status: 'ok', execution_count: 1, payload: [], user_expressions: {} })
  const started = String(reply.metadata.started)
  expect(new Date(started).toISOString()).toBe(started)
  expect((await kernel.execute('"two"')).reply.content).toMatchObject({ execution_count: 2 })
})

test('every message of a cell has its request as parent', async ({ kernel }) => {
  const { iopub, reply } = await kernel.execute('console.log("x"); 5')
  const parents = new Set([...iopub, reply].map(({ parentHeader }) => (parentHeader as { msg_id: string }).msg_id))
  expect(parents.size).toBe(1)
})

test('a cell that throws: error on iopub, the same in the reply, idle last', async ({ kernel }) => {
  const { iopub, reply } = await kernel.execute('throw new RangeError("too far")')
  expect(iopub.map(typeOf)).toEqual(['status:busy', 'execute_input', 'error', 'status:idle'])
  expect(reply.content).toMatchObject({ status: 'error', ename: 'RangeError', evalue: 'too far' })
  const { ename, evalue, traceback } = reply.content as unknown as Record<string, unknown>
  expect(iopub[2]!.content).toEqual({ ename, evalue, traceback })
})

test('a traceback names the learner’s cell and line, shows it with a caret, and no frame of ours', async ({
  freshKernel,
}) => {
  const kernel = await freshKernel()
  await kernel.execute(
    'interface Point { x: number }\n\nfunction far(p: Point): number {\n  throw new RangeError("too far")\n}',
  )
  const { reply } = await kernel.execute('const origin: Point = { x: 0 }\n\nfar(origin)')
  const text = plain((reply.content as unknown as { traceback: string[] }).traceback)
  expect(text).toContain('> 4 |   throw new RangeError("too far")\n    |         ^')
  expect(text).toMatch(/at far \(cell \[1\]:4:9\)/)
  expect(text).toMatch(/at cell \[2\]:3:\d/)
  expect(text).not.toMatch(/node:|dist|kernel/)
})

for (const [code, ename, evalue] of [
  ['throw null', 'Uncaught', 'null'],
  ['throw "text"', 'Uncaught', "'text'"],
  ['throw { toString() { throw 1 } }', 'Uncaught', expect.stringContaining('toString')],
  [
    'class Odd extends Error { override get message(): string { throw 1 } }; throw new Odd()',
    'Error',
    expect.any(String),
  ],
])
  test(`${code}: an error that can be shown, and a kernel that lives`, async ({ kernel }) => {
    const { reply } = await kernel.execute(code)
    expect(reply.content).toMatchObject({ status: 'error', ename, evalue })
    expect(resultOf((await kernel.execute('6 * 7')).iopub)).toBe('42')
  })

test('a type error is reported with cell, line and caret before the cell runs', async ({ kernel }) => {
  const { iopub, reply } = await kernel.execute('console.log("ran")\nconst n: number = "text"')
  expect(textOf(iopub)).toBe('')
  expect(reply.content).toMatchObject({
    status: 'error',
    ename: 'TypeScriptError',
    evalue: expect.stringContaining('string'),
  })
  const count = (reply.content as { execution_count: number }).execution_count
  const text = plain((reply.content as unknown as { traceback: string[] }).traceback)
  expect(text).toContain(`cell [${count}]:2:7`)
  expect(text).toMatch(/\n.*const n: number = "text"\n.*\^/)
})

// Each of three overloads told what it misses, and nobody what to write.
test('a call that fits no overload is told what to write', async ({ kernel }) => {
  for (const [given, advice] of [
    ['"localhost", 80', 'host and port in square brackets: `["127.0.0.1", 5000]`'],
    ['[80, "localhost"]', 'An address is `[host, port]`: first a text, then a number.'],
  ] as const) {
    const { reply } = await kernel.execute(`await socket.createConnection(${given})`)
    expect(reply.content).toMatchObject({ ename: 'TypeScriptError', evalue: expect.stringContaining(advice) })
  }
})

test('top-level await, for await, and names that later cells declare again', async ({ kernel }) => {
  await kernel.execute('const value = await new Promise<number>((resolve) => setTimeout(resolve, 1, 5))')
  expect(resultOf((await kernel.execute('value + 1')).iopub)).toBe('6')
  await kernel.execute('const value = "now text"; function twice(n: number) { return n * 2 }')
  expect(resultOf((await kernel.execute('value.toUpperCase()')).iopub)).toBe("'NOW TEXT'")
  await kernel.execute('function twice(n: number) { return String(n) + n }')
  expect(resultOf((await kernel.execute('twice(4)')).iopub)).toBe("'44'")
  const { iopub } = await kernel.execute(
    'for await (const n of (async function* () { yield 1; yield 2 })()) console.log(n)',
  )
  expect(textOf(iopub)).toBe('1\n2\n')
})

test('top-level await in the head of a class, and in a computed name', async ({ kernel }) => {
  const shown = async (code: string) => resultOf((await kernel.execute(code)).iopub)
  expect(await shown('class Heir extends (await Promise.resolve(Map)) {}\nnew Heir()')).toBe('Heir(0) [Map] {}')
  const named =
    'class Named { static [await Promise.resolve("go")]() {} }\nObject.keys(Object.getOwnPropertyDescriptors(Named))'
  expect(await shown(named)).toContain("'go'")
  expect(await shown('({ [await Promise.resolve("go")]() {} })')).toBe('{ go: [Function: go] }')
  const within = await kernel.execute('class Not { wait() { await null } }')
  expect(within.reply.content).toMatchObject({ ename: 'TypeScriptError' })
})

test('node’s own modules and installed packages can be imported', async ({ kernel }) => {
  const { iopub } = await kernel.execute(
    'import { readFile } from "node:fs/promises"\nimport * as net from "net"\n[typeof readFile, net.isIP("127.0.0.1")]',
  )
  expect(resultOf(iopub)).toBe("[ 'function', 4 ]")
  const zod = await kernel.execute('import { z } from "zod"\nz.object({ port: z.number() }).parse({ port: 80 })')
  expect(resultOf(zod.iopub)).toBe('{ port: 80 }')
})

test('silent: no output but status, and the count stays', async ({ kernel }) => {
  const before = (await kernel.execute('0')).reply.content as { execution_count: number }
  const { iopub, reply } = await kernel.execute('1 + 1', { silent: true, store_history: false })
  expect(iopub.map(typeOf)).toEqual(['status:busy', 'status:idle'])
  expect(reply.content).toMatchObject({ status: 'ok', execution_count: before.execution_count })
})

test('undefined shows nothing; a promise shows as a promise', async ({ kernel }) => {
  expect((await kernel.execute('void 0')).iopub.map(typeOf)).not.toContain('execute_result')
  expect(resultOf((await kernel.execute('Promise.resolve(3)')).iopub)).toBe('Promise { 3 }')
})

test('a promise that the cell dropped and that rejects is shown above the cell’s end', async ({ kernel }) => {
  const { iopub } = await kernel.execute('void Promise.reject(new Error("dropped"))\n"end"')
  expect(iopub.map(typeOf)).toEqual(['status:busy', 'execute_input', 'error', 'execute_result', 'status:idle'])
})

test('an error in a timer appears under the cell that started it, after a later cell too', async ({ kernel }) => {
  const first = await kernel.execute('setTimeout(() => { throw new Error("late") }, 30); void 0')
  const late = nextIopub(kernel, ({ header }) => header.msg_type === 'error')
  await kernel.execute('1')
  expect((await late).parentHeader).toEqual(first.reply.parentHeader)
})

test('process.exit does not end the kernel', async ({ kernel }) => {
  for (const code of ['process.exit(1)', 'process.kill(process.pid)', 'process.abort()']) {
    const { reply } = await kernel.execute(code)
    expect(reply.content).toMatchObject({ status: 'error', ename: 'SystemExit' })
  }
  expect(resultOf((await kernel.execute('1')).iopub)).toBe('1')
})

test('input() asks the client; where it may not, the cell fails at once', async ({ kernel }) => {
  kernel.onInput((prompt, password) => `${prompt}${password}`)
  const code = 'await input("Who? ", { password: true })'
  expect(resultOf((await kernel.execute(code, { allow_stdin: true })).iopub)).toBe("'Who? true'")
  expect((await kernel.execute(code)).reply.content).toMatchObject({
    status: 'error',
    evalue: expect.stringContaining('input()'),
  })
})

test('socket is there without an import, and imports as the same module', async ({ kernel }) => {
  const { iopub } = await kernel.execute(
    'import { socket as imported } from "socketlab"\n[imported === socket, typeof socket.socket, socket.AF_INET]',
  )
  expect(resultOf(iopub)).toBe("[ true, 'function', 2 ]")
})

test('user_expressions are evaluated after the cell, and each fails by itself', async ({ kernel }) => {
  const { reply } = await kernel.execute('const ports = [80, 443]', {
    user_expressions: {
      count: 'ports.length',
      missing: 'nowhere.at.all',
      boom: '(() => { throw new RangeError("x") })()',
    },
  })
  expect(reply.content).toMatchObject({
    status: 'ok',
    user_expressions: {
      count: { status: 'ok', data: { 'text/plain': '2' }, metadata: {} },
      missing: { status: 'error', ename: 'TypeScriptError' },
      boom: { status: 'error', ename: 'RangeError', evalue: 'x' },
    },
  })
})

test('a kernel works in the root folder too', async ({ freshKernel }) => {
  const kernel = await freshKernel({ cwd: '/' })
  await kernel.execute('const here = process.cwd()')
  expect(resultOf((await kernel.execute('here')).iopub)).toBe("'/'")
})

test('one binding: a mended function reaches its callers, a flag its loop, and a note names cells that no longer fit', async ({
  kernel,
}) => {
  await kernel.execute('async function recvExactly(n: number) { return n }')
  await kernel.execute('async function recvMessage() { return (await recvExactly(4)) + 1 }')
  await kernel.execute('async function recvExactly(n: number) { return n * 10 }')
  expect(resultOf((await kernel.execute('await recvMessage()')).iopub)).toBe('41')
  await kernel.execute(
    'let running = true\nconst loop = (async () => { while (running) await sleep(0.001); return "stopped" })()',
  )
  expect(resultOf((await kernel.execute('running = false\nawait loop')).iopub)).toBe("'stopped'")
  const { iopub, reply } = await kernel.execute('const recvExactly = "now text"')
  expect(reply.content.status).toBe('ok')
  const note = iopub.find(({ header }) => header.msg_type === 'display_data')?.content.data as Record<string, string>
  expect(note['text/plain']).toMatch(/recvExactly/)
  expect(textOf(iopub, 'stderr')).toBe('')
})

test('the metadata of decorators, as TypeScript declares it', async ({ kernel }) => {
  const { iopub } = await kernel.execute(
    'const rank = (n: number) => (_: unknown, { metadata, name }: DecoratorContext) => { metadata[name ?? ""] = n }\nclass Ranked { @rank(1) first = 0; @rank(2) second() {} }\n({ ...Ranked[Symbol.metadata] })',
  )
  expect(resultOf(iopub)).toBe('{ second: 2, first: 1 }')
  const sealed = await kernel.execute(
    'function sealed(made: Function) { Object.seal(made) }\n@sealed class Kept { n = 2 }\n[new Kept().n, Object.isSealed(Kept)]',
  )
  expect(resultOf(sealed.iopub)).toBe('[ 2, true ]')
})

test('names that every object has are names as others are, in later cells too', async ({ kernel }) => {
  const values: unknown[] = []
  for (const code of [
    'const __proto__ = 5\n__proto__',
    'let __proto__ = "later"',
    '__proto__ += "!"\n__proto__',
    'const constructor = 1, hasOwnProperty = 2, toString = 3, __esModule = 4',
    'class valueOf { static size = 5 }\nconst then = (done: (value: number) => void) => done(6)',
    'await sleep(0)\n;[constructor, hasOwnProperty, toString, __esModule, valueOf.size, typeof then]',
  ])
    values.push(resultOf((await kernel.execute(code)).iopub))
  const all = "[ 1, 2, 3, 4, 5, 'function' ]"
  expect(values).toEqual(['5', undefined, "'later!'", undefined, undefined, all])
})
