/**
 * nbclient, by which `jupyter execute`, nbconvert, papermill and nbgrader run notebooks.
 */
import { describe, expect, vi } from 'vitest'
import { type Cell, type Jupyter, plain, test } from './jupyter.ts'

vi.setConfig({ testTimeout: 130_000 })

type Output = [kind: string, ...rest: unknown[]]

interface Executed {
  failure: { type: string; text: string } | null
  seconds: number
  outputs: Output[][]
  counts: (number | null)[]
}

async function execute(jupyter: Jupyter, cells: readonly Cell[], options: object = {}): Promise<Executed> {
  const path = jupyter.notebook('notebook.ipynb', cells)
  return await jupyter.call('execute_notebook.py', 'execute', path, JSON.stringify(options))
}

const hurried = (source: string): Cell => ({ source, metadata: { timeout: 3 } })
const tagged = (source: string, ...tags: string[]): Cell => ({ source, metadata: { tags } })

test('streams, results and displays stand in the notebook in the order in which they were made', async ({
  jupyter,
}) => {
  const { failure, outputs, counts } = await execute(jupyter, [
    'console.log("one"); console.error("two"); console.log("three")',
    'const words = ["a", "b"]',
    'display.html("<b>x</b>"); words.length',
    { source: '# Not a cell to run', cell_type: 'markdown' },
    'words',
  ])
  expect(failure).toBeNull()
  expect(outputs).toEqual([
    [
      ['stdout', 'one\n'],
      ['stderr', 'two\n'],
      ['stdout', 'three\n'],
    ],
    [],
    [
      ['display_data', { 'text/html': '<b>x</b>' }],
      ['execute_result', { 'text/plain': '2' }],
    ],
    [['execute_result', { 'text/plain': "[ 'a', 'b' ]" }]],
  ])
  expect(counts).toEqual([1, 2, 3, 4])
})

describe('errors', () => {
  test('end the run at their cell, with name, text and place', async ({ jupyter }) => {
    const { failure, outputs } = await execute(jupyter, ['let n = 1', 'n = 2\nthrow new RangeError("too far")', 'n'])
    expect(failure).toMatchObject({ type: 'CellExecutionError' })
    expect(plain(failure?.text)).toContain('RangeError: too far')
    expect(outputs[1]).toEqual([['error', 'RangeError', 'too far', expect.stringContaining('cell [2]:2')]])
    expect(outputs[2]).toEqual([])
  })

  test('with allow_errors, the cells after them run', async ({ jupyter }) => {
    const { failure, outputs } = await execute(
      jupyter,
      ['let n = 1', 'n = 2; throw new Error("first")', 'const s: string = n', 'let 1a', 'throw null', 'n'],
      { allow_errors: true },
    )
    expect(failure).toBeNull()
    expect(outputs.map((cell) => cell.map((output) => output[0]))).toEqual([
      [],
      ['error'],
      ['error'],
      ['error'],
      ['error'],
      ['execute_result'],
    ])
    expect(outputs[2]?.[0]?.[3]).toMatch(/Type 'number' is not assignable|string/)
    expect(outputs[5]).toEqual([['execute_result', { 'text/plain': '2' }]])
  })

  test('raises-exception: a cell with this tag may fail, and only that one', async ({ jupyter }) => {
    const { failure, outputs } = await execute(jupyter, [
      tagged('throw new Error("meant so")', 'raises-exception'),
      'console.log("goes on")',
      'throw new Error("not meant")',
    ])
    expect(outputs[0]?.[0]?.slice(0, 3)).toEqual(['error', 'Error', 'meant so'])
    expect(outputs[1]).toEqual([['stdout', 'goes on\n']])
    expect(failure?.text).toContain('not meant')
  })

  test('an unhandled rejection, and an exception in a timer, are errors of the cell that made them', async ({
    jupyter,
  }) => {
    const { failure, outputs } = await execute(jupyter, [
      'void Promise.reject(new TypeError("nobody awaits me")); await sleep(0.05)',
      'setTimeout(() => { throw new RangeError("in a timer") }, 1); await sleep(0.05)',
      '"still there"',
    ])
    expect(failure).toBeNull()
    expect(outputs[0]?.[0]?.slice(0, 3)).toEqual(['error', 'TypeError', 'nobody awaits me'])
    expect(outputs[1]?.[0]?.slice(0, 3)).toEqual(['error', 'RangeError', 'in a timer'])
    expect(outputs[2]).toEqual([['execute_result', { 'text/plain': "'still there'" }]])
  })
})

describe('time-outs', () => {
  test('without interrupt_on_timeout the run fails, and the kernel ends though it computes', async ({ jupyter }) => {
    const { failure, seconds } = await execute(jupyter, ['1', hurried('for (;;) {}')])
    expect(failure?.type).toBe('CellTimeoutError')
    expect(seconds).toBeLessThan(25)
  })

  test.for([
    ['a loop', 'for (;;) {}'],
    ['a loop that catches everything', 'for (;;) { try { for (;;) {} } catch {} }'],
    ['a wait', 'await new Promise(() => {})'],
    ['an accept', 'const server = socket.createServer(["127.0.0.1", 0]); await server.accept()'],
    ['an endless print', 'for (;;) console.log("again")'],
  ] as const)('with interrupt_on_timeout, %s is stopped and the variables are kept', async ([, code], { jupyter }) => {
    const { failure, outputs } = await execute(jupyter, ['let kept = 42', hurried(code), 'kept'], {
      interrupt_on_timeout: true,
      allow_errors: true,
    })
    expect(failure).toBeNull()
    const last = outputs[1]?.at(-1)
    expect(last?.slice(0, 2)).toEqual(['error', 'KeyboardInterrupt'])
    expect(outputs[2]).toEqual([['execute_result', { 'text/plain': '42' }]])
  })
})

describe('output', () => {
  const lines = 10_000

  test(`${lines} printed lines are all kept, under their own cell`, async ({ jupyter }) => {
    const { outputs } = await execute(jupyter, [
      `for (let i = 0; i < ${lines}; i++) console.log(\`line \${i}\`)`,
      'console.log("next")',
    ])
    const text = outputs[0]?.map(([kind, piece]) => (kind === 'stdout' ? piece : `not text: ${kind}`)).join('')
    expect(text?.split('\n')).toEqual([...Array.from({ length: lines }, (_, i) => `line ${i}`), ''])
    expect(outputs[1]).toEqual([['stdout', 'next\n']])
  })

  test('what a timer and a server print later is not filed under a later cell', async ({ jupyter }) => {
    const { outputs } = await execute(jupyter, [
      'let printed = 0\nconst timer = setInterval(() => { console.log("late"); printed++ }, 5)',
      'console.log("own"); while (printed < 10) await sleep(0.01)',
      'clearInterval(timer); console.log("last")',
    ])
    expect(outputs[1]).toEqual([['stdout', 'own\n']])
    expect(outputs[2]).toEqual([['stdout', 'last\n']])
  })

  test('clear_output and update_display are carried out', async ({ jupyter }) => {
    const { outputs } = await execute(jupyter, [
      'console.log("gone"); console.clear(); console.log("stays")',
      'display.html("0 %", { id: "p" })',
      'display.update("p").html("100 %")',
    ])
    expect(outputs[0]).toEqual([['stdout', 'stays\n']])
    expect(outputs[1]).toEqual([['display_data', { 'text/html': '100 %' }]])
  })

  test('a cell that asks for input where nobody can answer fails at once', async ({ jupyter }) => {
    const { outputs, seconds } = await execute(jupyter, ['await input("Name? ")', '1'], { allow_errors: true })
    expect(outputs[0]?.[0]?.[0]).toBe('error')
    expect(outputs[1]).toEqual([['execute_result', { 'text/plain': '1' }]])
    expect(seconds).toBeLessThan(25)
  })
})

test('process.exit() in a cell neither ends the kernel nor passes in silence', async ({ jupyter }) => {
  const { failure, outputs } = await execute(jupyter, ['let n = 5', 'process.exit(0)', 'n'], { allow_errors: true })
  expect(failure).toBeNull()
  expect(outputs[1]?.[0]?.[0]).toBe('error')
  expect(outputs[2]).toEqual([['execute_result', { 'text/plain': '5' }]])
})

test('a notebook in four kernels at the same time, each with sockets of its own', async ({ jupyter }) => {
  const path = jupyter.notebook('same-time.ipynb', [
    'const server = socket.createServer(["127.0.0.1", 0])\nconst [, port] = server.getsockname()',
    'const client = await socket.createConnection(["127.0.0.1", port])\nconst [peer] = await server.accept()',
    'await client.sendall(bytes`hello`)\nString(await peer.recv(100))',
  ])
  const all = await jupyter.call<Output[][][]>('execute_notebook.py', 'execute_many', path, '4')
  expect(all).toHaveLength(4)
  for (const outputs of all) expect(outputs[2]).toEqual([['execute_result', { 'text/plain': "'hello'" }]])
})
