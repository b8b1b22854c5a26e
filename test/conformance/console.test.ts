/**
 * `jupyter console` in a pseudo-terminal: cells, errors, Ctrl-C, lines that go on, completion, input, the end.
 */
import { expect } from 'vitest'
import { test } from './jupyter.ts'

test('a conversation in jupyter console', async ({ jupyter }) => {
  const { seen, exit } = await jupyter.call<{ seen: string[]; exit: number }>('console.py', 'conversation')
  // What is expected in which order stands in the script: it ends at the first thing that does not come.
  expect(seen).toContain('KeyboardInterrupt')
  expect(seen.at(-1)).toBe('exit')
  expect(exit).toBe(0)
}, 130_000)
