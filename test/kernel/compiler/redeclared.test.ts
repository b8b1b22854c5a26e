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

test('a type that is another one now: who was checked with the earlier one, and what is in the way', async ({
  notebook,
}) => {
  const cells = [
    'interface Packet { seq: number; text: string }\nfunction own(p: Packet) { return p.seq }',
    'const first: Packet = { seq: 1, text: "a" }\nfunction show(p: Packet) { return p.text }',
    'interface Packet { seq: string; text: string }',
    'interface Packet { seq: number; text: string; last: boolean }\nconst first = null, show = null',
    'type Kind = "say" | "leave"',
    'const all: Kind[] = []',
    'type Kind = "say" | "leave" | "join"',
    'enum Color { Red, Green }',
    'function name(c: Color) { return Color[c] }\nconst isRed = () => Color.Red',
    'enum Color { Blue, Green }',
    'class Wire { send(text: string) { return text.length } }',
    'function talk(w: Wire) { return w.send("a") }',
    'class Wire { send(text: Buffer) { return text.length } }',
    'class Room { constructor(readonly size: number) {} }',
    'const make = () => new Room(3)\nconst size = (r: Room) => r.size',
    'class Room { constructor(readonly name: string, readonly size: number) {} }',
    'namespace Ports { export const echo = 7 }',
    'const port = () => Ports.echo',
    'namespace Ports { export const time = 37 }',
  ]
  expect(await notesOf(notebook, cells)).toEqual([
    'warning cell [3]:1:11 `Packet` is another type now (`seq` was `number` and is `string`): cell [1], cell [2] were checked with the earlier one. If that was meant, run cell [2] again.',
    'warning cell [4]:1:11 `Packet` is another type now (`last` is new): cell [1] was checked with the earlier one. If that was meant, change it in cell [1] and run that.',
    'warning cell [7]:1:6 `Kind` is another type now (it was `"say" | "leave"` and is `"say" | "leave" | "join"`): cell [6] was checked with the earlier one. If that was meant, run cell [6] again.',
    'warning cell [10]:1:6 `Color` is another type now (`Red` is gone): cell [9] was checked with the earlier one. If that was meant, run cell [9] again.',
    'warning cell [13]:1:7 `Wire` is another type now (`send` was `(text: string) => number` and is `(text: Buffer) => number`): cell [12] was checked with the earlier one. If that was meant, run cell [12] again.',
    'warning cell [16]:1:7 `Room` is another type now (`new Room` was `(size: number): Room` and is `(name: string, size: number): Room`): cell [15] was checked with the earlier one. If that was meant, run cell [15] again.',
    'warning cell [19]:1:11 `Ports` is another one now (`echo` is gone): cell [18] was checked with the earlier one. If that was meant, run cell [18] again.',
  ])
})

test('nothing is said of a type to which something was added that may be left out, or of a method that was mended', async ({
  notebook,
}) => {
  const quiet = [
    'interface Packet { seq: number }\nclass Wire { #rest = 1; protected n = 1; get() { return this.#rest } static port = 1 }',
    'const send = (p: Packet, w: Wire): Packet => ({ seq: p.seq + w.get() + Wire.port })\nconst wire = () => new Wire()',
    'interface Packet { seq: number; note?: string }',
    'class Wire { #rest = 2; protected n = 2; get() { return this.#rest * 10 } put() {} static port = 2 }',
    'class Wire { #rest = 2; get() { return 1 } put() {} static port = 2; constructor(readonly size = 5) {} }',
    'class List { #of = [1]; *[Symbol.iterator]() { yield* this.#of }; __own = 1; ["a b"] = 2; static { List.name } }',
    'const all = (list: List) => [...list, list.__own, list["a b"], ...new List()]',
    'class List { #of = [2]; *[Symbol.iterator]() { yield* this.#of }; __own = 2; ["a b"] = 3; more = 1 }',
    'all(new List())',
  ]
  expect(await notesOf(notebook, quiet)).toEqual([])
})

test('what was made by the class before, and what extends it', async ({ notebook }) => {
  const room = (says: string) => `class Room { #names = [""]; open() { return "${says}" } }`
  const cells = [
    room('a'),
    'const first = new Room(), second = new Room(), none: Room | null = null',
    'class Hall extends Room {}\nlet third = new Room()',
    room('a'),
    room('b'),
    `${room('c')}\nconst first = new Room()`,
    'let third = 5, second = new Room()',
    'class Hall extends Room {}',
    room('d'),
    // Not mended, but another one.
    'class Room { open() { return "e" } close() {} }',
    'class Room { close() { return 5 } }',
  ]
  const again = (start: string, cell: string) =>
    `${start} the earlier \`Room\`. To have the new one, run ${cell} again.`
  expect(await notesOf(notebook, cells)).toEqual(
    [
      again('cell [5]:1:7 `first`, `second`, `third` of cell [2], cell [3] were made by', 'cell [2], cell [3]'),
      again('cell [5]:1:7 `Hall` of cell [3] extends', 'cell [3]'),
      again('cell [6]:1:7 `second`, `third` of cell [2], cell [3] were made by', 'cell [2], cell [3]'),
      again('cell [6]:1:7 `Hall` of cell [3] extends', 'cell [3]'),
      again('cell [9]:1:7 `first`, `second` of cell [6], cell [7] were made by', 'cell [6], cell [7]'),
      again('cell [9]:1:7 `Hall` of cell [8] extends', 'cell [8]'),
    ].map((text) => `warning ${text}`),
  )
})
