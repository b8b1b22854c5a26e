/**
 * Kernels under jupyter_client's managers: a dozen at once, restarts, and how they end.
 */
import { expect, vi } from 'vitest'
import { full } from '../runner/paths.ts'
import { test } from './jupyter.ts'

const script = 'managers.py'

vi.setConfig({ testTimeout: 130_000 })

test('a dozen kernels started at once, over tcp, all answer, and none leaves a process', async ({ jupyter, skip }) => {
  if (!full) return skip('takes both cores for long: npm run test:full')
  const { transport, statuses, results, ports } = await jupyter.call<{
    transport: string
    statuses: string[]
    results: string[]
    ports: number
  }>(script, 'dozen')
  expect(transport).toBe('tcp')
  expect(statuses).toEqual(Array(12).fill('ok'))
  expect(results).toEqual(Array.from({ length: 12 }, (_, index) => `${index + 100}`))
  expect(ports).toBe(12 * 5)
})

test.for(['asked', 'now'])(
  'restart_kernel (%s), three times: an empty kernel under the same ports',
  async (how, { jupyter }) => {
    const seen = await jupyter.call<unknown[]>(script, 'restart', how)
    // The variable is gone, and the checker says so.
    expect(seen).toEqual(Array(3).fill(["'object'", 'TypeScriptError', true]))
  },
)

test('a kernel that is killed is started again by the restarter', async ({ jupyter }) => {
  // Execution count 1: it is a new kernel.
  expect(await jupyter.call(script, 'autorestart')).toEqual({ events: ['restart'], status: 'ok', count: 1 })
})

test.for([
  ['a loop', 'console.log("began"); for (;;) {}'],
  ['a wait', 'console.log("began"); await new Promise(() => {})'],
] as const)(
  'shutdown_request during %s: answered, and all processes end by themselves',
  async ([, code], { jupyter }) => {
    const { reply, processes, seconds } = await jupyter.call<{ reply: object; processes: number; seconds: number }>(
      script,
      'shutdown_while',
      code,
    )
    expect(reply).toEqual({ status: 'ok', restart: false })
    expect(processes).toBeGreaterThan(1)
    // Jupyter's own patience, after which it kills.
    expect(seconds).toBeLessThan(5)
  },
)

test('when Jupyter is killed while a cell computes, kernel and compiler end', async ({ jupyter }) => {
  const { alive } = await jupyter.call<{ alive: boolean[] }>(script, 'dies_with_parent')
  expect(alive.length).toBeGreaterThan(1)
  expect(alive).not.toContain(false)
})

test('when Jupyter is killed right after it has started a kernel, that kernel ends too', async ({ jupyter }) => {
  expect(await jupyter.call(script, 'born_without_parent')).toEqual({ gone: true })
})

test('a kernel that is started as independent outlives who started it', async ({ jupyter }) => {
  expect(await jupyter.call(script, 'independent')).toBe('42')
})

test('what a timer and a thread print late goes to the cells that started them', async ({ jupyter }) => {
  expect(await jupyter.call(script, 'late_output')).toEqual({ first: 'timer\n', server: 'server hi\n', last: 'last\n' })
})
