/** Stacks that are no errors'. */
import { expect } from 'vitest'
import { plain, resultOf, test, textOf } from '../kernel-fixture.ts'

test('console.trace and Error.captureStackTrace name what they were given', async ({ kernel }) => {
  const { iopub } = await kernel.execute('function f() { console.trace("here", 5) }\nf()')
  expect(textOf(iopub, 'stderr')).toMatch(/^Trace: here 5\n {4}at f \(cell \[1\]:1:24\)\n {4}at cell \[1\]:2:1\n$/)
  const own = 'const o: { name: string; stack?: string } = { name: "Mine" }\nError.captureStackTrace(o)\no.stack'
  expect(resultOf((await kernel.execute(own)).iopub)).toMatch(/^'Mine\\n {4}at cell \[2\]:2:7'$/)
})

test('an error of a worker thread is shown without the frames of Node', async ({ kernel }) => {
  const { iopub } = await kernel.execute(
    'import { Worker } from "node:worker_threads"\nconst worker = new Worker("function f() { throw new Error(\'there\') }; f()", { eval: true })\nvoid (await new Promise((done) => worker.on("exit", done)))',
  )
  const shown = iopub.find(({ header }) => header.msg_type === 'error')?.content.traceback as string[]
  expect(shown.join('\n')).toMatch(/there\n {4}at f \(\[worker eval\]:1:\d+\)/)
  expect(shown.join('\n')).not.toContain('node:')
})

test('an error is called by its class, where that gives it no name', async ({ kernel }) => {
  const thrown = async (code: string) => {
    const { reply } = await kernel.execute(code)
    return 'traceback' in reply.content ? [reply.content.ename, plain(reply.content.traceback).split('\n')[0]] : []
  }
  expect(await thrown('class NotFound extends Error {}\nthrow new NotFound("no")')).toEqual([
    'NotFound',
    'NotFound: no',
  ])
  const named = 'class Own extends Error { override name = "Mine" }\nthrow new Own("no")'
  expect(await thrown(named)).toEqual(['Mine', 'Mine: no'])
  expect(await thrown('throw new (class extends TypeError {})("no")')).toEqual(['TypeError', 'TypeError: no'])
  expect(await thrown('Buffer.alloc(-1)')).toEqual(['RangeError', expect.stringContaining('RangeError: ')])
})

test('lines that end in CRLF are shown without it', async ({ kernel }) => {
  const { reply } = await kernel.execute('const a = 1\r\nthrow new Error("x")\r\n')
  expect('traceback' in reply.content && reply.content.traceback.join('')).not.toContain('\r')
})

test('an error that hid another while things were closed shows both', async ({ kernel }) => {
  const { reply } = await kernel.execute(
    '{\n  using file = { [Symbol.dispose]() { throw new TypeError("closing failed") } }\n  throw new RangeError("this went first")\n}',
  )
  const shown = 'traceback' in reply.content ? plain(reply.content.traceback) : ''
  expect(shown).toMatch(/^SuppressedError: /)
  expect(shown).toMatch(/\n\nthrown while closing: TypeError: closing failed\n[\s\S]*:2\n/)
  expect(shown).toMatch(/\n\nit came after: RangeError: this went first\n[\s\S]*:3\n/)
})

test('the line of the cell is found below a deep package, and a long way down only there', async ({ kernel }) => {
  const pack = '(function deep(n, then) { return n > 0 ? deep(n - 1, then) : then() })'
  await kernel.execute(
    `import vm from "node:vm"\nconst deep = vm.runInThisContext(${JSON.stringify(pack)}, { filename: "/pack/deep.js" })\nconst fails = vm.runInThisContext("(function fails() { null.x })", { filename: "/pack/fails.js" })`,
  )
  const framesOf = async (code: string) => {
    const { reply } = await kernel.execute(code)
    const lines = 'traceback' in reply.content ? plain(reply.content.traceback).split('\n') : []
    return lines.filter((line) => line.startsWith('    at '))
  }
  const called = await framesOf('function call() {\n  deep(20, fails)\n}\ncall()')
  expect(called).toHaveLength(12)
  expect(called.at(-2)).toMatch(/^ {4}at call \(cell \[\d+\]:2:3\)$/)
  expect(called.at(-1)).toMatch(/^ {4}at cell \[\d+\]:4:1$/)
  expect(await framesOf('function down(n: number): never { return down(n - 1) }\ndown(5)')).toHaveLength(10)
})

test('what an error carries besides its message is shown below the frames, where the message has not told it', async ({
  kernel,
}) => {
  const below = async (code: string) => {
    const { reply } = await kernel.execute(code)
    const shown = 'traceback' in reply.content ? reply.content.traceback.join('\n') : ''
    return shown.slice(shown.lastIndexOf('    at ')).split('\n').slice(1).join('\n')
  }
  const own = 'class HttpError extends Error { override name = "HttpError"; status = 404; at = { path: "/x" } }'
  expect(await below(`${own}\nthrow new HttpError("no such page")`)).toBe("\n{ status: 404, at: { path: '/x' } }")
  expect(await below('throw Object.assign(new Error("x"), { code: "ERR_X" })')).toBe("\n{ code: 'ERR_X' }")
  expect(await below('throw new Error("x", { cause: Object.assign(new Error("y"), { code: 5 }) })')).toBe(
    '\n{ code: 5 }',
  )
  expect(await below('throw new Error("x", { cause: null })')).toBe('')
  expect(
    await below('throw Object.defineProperty(new Error("x"), "bad", { enumerable: true, get() { throw 1 } })'),
  ).toBe('\n{ bad: [Getter] }')
  const custom = '{ [Symbol.for("nodejs.util.inspect.custom")]() { throw 1 } }'
  expect(await below(`throw Object.assign(new Error("x"), { bad: ${custom} })`)).toBe('')
  const many = await below('throw Object.assign(new Error("x"), { list: Array(50).fill("long ".repeat(30)) })')
  expect(many.split('\n')).toHaveLength(22)
  for (const told of [
    'new OSError(111, "refused", { syscall: "connect", address: ["here", 1] })',
    '(await import("node:fs")).readFileSync("/not/there")',
    'Buffer.alloc("1" as never)',
    'require("not-there")',
    '(await import("node:assert")).strictEqual(1, 2)',
  ])
    expect(await below(`throw ${told}`)).toBe('')
  expect(await below('new URL("foo")')).toBe("\n{ input: 'foo' }")
})
