/** A class with private members whose cell is run again, as a learner does who mends a method. */
import { expect } from 'vitest'
import { test } from './notebook-fixture.ts'

const WIRE = 'class Wire { #rest = ""; private n = 1; get() { return this.#rest + this.n } }'
const USERS = `let wire: Wire | null = null
const wires: Wire[] = [], byName = new Map<string, Wire>()
function use(w: Wire) { return w.get().length }
class Room { constructor(readonly first: Wire) {} }
class Loud extends Wire { loud() { return this.get().toUpperCase() } }
const old = new Wire()`

test.for([
  ['is the same', WIRE],
  ['has another body', WIRE.replace('this.#rest + this.n', '"it is " + this.n')],
  ['can do more', WIRE.replace('get()', 'put() { return 1 } get()')],
  ['hides other things', WIRE.replace('#rest = "";', '#rest = ""; #more = 2; protected m = 1;')],
])('what earlier cells have declared takes its objects: it %s', async ([, again], { notebook }) => {
  await notebook.run(WIRE)
  await notebook.run(USERS)
  await notebook.run(again as string)
  for (const code of [
    'wire = new Wire()\nuse(wire)',
    'wires.push(new Wire(), old)\nbyName.set("Ada", new Wire())',
    'for (const one of [...wires, new Wire()]) if (one instanceof Wire) use(one)',
    'new Room(new Wire()).first === new Wire()',
    'const mine: Wire[] = [old, ...wires], theirs: Map<string, Wire> = byName',
    'const loud: Wire = new Loud()\nuse(loud)',
    'const t = new threading.Thread({ target: use, args: [new Wire()] })',
  ]) {
    const answer = await notebook.convert(code)
    expect(answer.ok || answer.diagnostics[0]?.message, code).toBe(true)
  }
})

test('in one cell with what it is given to; one that was refused leaves nothing behind', async ({ notebook }) => {
  await notebook.run(WIRE)
  await notebook.run(USERS)
  const more = WIRE.replace('get()', 'put() { return 1 } get()')
  expect((await notebook.convert(`${more}\nuse(new Wire()) * "two"`)).ok).toBe(false)
  expect((await notebook.convert('new Wire().put()')).ok).toBe(false)
  expect((await notebook.convert('use(new Wire()) + use(old)')).ok).toBe(true)
  const answer = await notebook.convert(`${WIRE}\nuse(new Wire())`)
  expect(answer.ok || answer.diagnostics[0]?.message).toBe(true)
})

test('where it does not do any more, the message says what still means the earlier one', async ({ notebook }) => {
  for (const code of [WIRE, USERS, WIRE.replace('get()', 'got()')]) await notebook.run(code)
  const answer = await notebook.convert('use(new Wire())')
  if (answer.ok) throw new Error('it was taken')
  expect(answer.diagnostics.map(({ message }) => message.split('\n→ ')[1])).toEqual([
    '`use` still means the `Wire` of cell [1], and cell [3] has declared `Wire` again (`get` is gone): run cell [2] again, too.',
  ])
})

test('an object that was made before does not have what is new', async ({ notebook }) => {
  for (const code of [WIRE, USERS, WIRE.replace('get()', 'put() { return 1 } get()')]) await notebook.run(code)
  const answer = await notebook.convert('old.put()')
  if (answer.ok) throw new Error('it was taken')
  expect(answer.diagnostics.map(({ message }) => message.split('\n→ ')[1])).toEqual([
    '`old` was made for the `Wire` of cell [1], and cell [3] has declared `Wire` again: make it again, too.',
  ])
})

test('the same advice for interfaces, lists of words and what holds a value', async ({ notebook }) => {
  for (const code of [
    'interface Packet { seq: number }\nfunction own(p: Packet) { return p.seq }',
    'const make = (): Packet => ({ seq: 1 })\nconst one: Packet = { seq: 1 }, all: Packet[] = []\nconst later = Promise.resolve(new Map<string, Packet>())',
    'interface Packet { seq: string }',
  ])
    await notebook.run(code)
  const hintOf = async (code: string) => {
    const answer = await notebook.convert(code)
    return answer.ok ? 'taken' : answer.diagnostics[0]?.message.split('\n→ ')[1]
  }
  const since =
    'the `Packet` of cell [1], and cell [3] has declared `Packet` again (`seq` was `number` and is `string`):'
  expect(await hintOf('own({ seq: "1" })')).toBe(`\`own\` still means ${since} declare \`own\` again, too.`)
  expect(await hintOf('const p: Packet = make()')).toBe(`\`make\` still means ${since} run cell [2] again, too.`)
  expect(await hintOf('const p: Packet = one')).toBe(`\`one\` was made for ${since} make it again, too.`)
  expect(await hintOf('all.push({ seq: "1" })')).toBe(`\`all\` was made for ${since} make it again, too.`)
  expect(await hintOf('const p: Packet = (await later).get("a")!')).toContain(`was made for ${since}`)
  // And none where the newest one is meant.
  expect(await hintOf('const p: Packet = { seq: 1 }')).toBe('It is a number; text stands in quotes: `"1"`.')
})

test('what is nested two hundred deep is refused as before, soon', async ({ notebook }) => {
  for (const code of [WIRE, USERS, WIRE.replace('get()', 'got()')]) await notebook.run(code)
  const deep = `${'['.repeat(200)}old.got()${']'.repeat(200)}`
  expect((await notebook.convert(`const list = ${deep}`)).ok).toBe(false)
  expect((await notebook.convert('1 + 1')).ok).toBe(true)
})
