/** A name that gets another type: the cell runs, and a note names the cells whose functions were checked with the old. */
import { expect } from 'vitest'
import type { Notebook } from './client.ts'
import { test } from './notebook-fixture.ts'

async function notesOf(notebook: Notebook, cells: string[]): Promise<string[]> {
  const notes: string[] = []
  for (const code of cells) {
    const answer = await notebook.convert(code)
    if (!answer.ok) throw new Error(answer.diagnostics[0]?.message)
    notes.push(
      ...answer.notes.map(
        ({ category, file, start, message }) => `${category} ${file}:${start.line}:${start.column} ${message}`,
      ),
    )
  }
  return notes
}

test('it names the cells that use it', async ({ notebook }) => {
  const cells = [
    'function size() { return 4 }',
    'function twice() { return size() * 2 }',
    'const now = () => size()',
    'console.log(1)\nfunction size() { return "four" }',
  ]
  expect(await notesOf(notebook, cells)).toEqual([
    'warning cell [4]:2:10 `size` has another type now: functions of cell [2], cell [3] use it as `() => number`, and get `() => string`. If that was not meant, change it or run cell [2], cell [3] again.',
  ])
})

test('a neighbour in its own cell counts too', async ({ notebook }) => {
  expect(await notesOf(notebook, ['let n = 1\nfunction read() { return n }', 'let n = "one"'])).toHaveLength(1)
})

test('a constant of another kind is another type', async ({ notebook }) => {
  const cells = ['const port = 5000, at = ["localhost", 80] as const', 'const both = () => [port, at]']
  expect(await notesOf(notebook, [...cells, 'const port = "http", at = ["localhost", "80"] as const'])).toHaveLength(2)
})

test('nothing is said where nobody is surprised', async ({ notebook }) => {
  const quiet = [
    // A type that fits.
    'function a() { return 1 }',
    'function useA() { return a() }',
    'function a() { return 2 }',
    // Another value, where the type is the value.
    'const port = 5000, host = "127.0.0.1", big = 1n, loud = true, at = ["localhost", 80] as const',
    'const all = () => [port, host, big, loud, at]',
    'const port = 6000, host = "::1", big = 2n, loud = false, at = ["example.com", 8080] as const',
    // Used at top level only, which has run.
    'let v = 1',
    'v + 1',
    'let v = "s"',
    // The function that used it has been replaced.
    'let w = 1\nfunction useW() { return w }',
    'let w = "s"\nfunction useW() { return w }',
    // The same cell again.
    'class K { #secret = 1 }\nfunction make() { return new K() }',
    'function other() { return new K() }',
    'class K { #secret = 1 }\nfunction make() { return new K() }',
  ]
  expect(await notesOf(notebook, quiet)).toEqual([])
})
