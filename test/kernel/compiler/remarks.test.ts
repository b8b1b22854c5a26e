/** What runs and is mostly a slip: the cell runs, and a notice says so; what is meant gets none. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: cells in quotes
import { expect } from 'vitest'
import { test } from './notebook-fixture.ts'

const SLIPS: [cell: string, start: string][] = [
  [
    'for (const port in ports) console.log(port)',
    '`in` gives the places in ports, as text ("0", "1", …): write `for (const port of ports)`',
  ],
  ['for (const byte in Buffer.from("ab")) console.log(byte + 1)', '`in` gives the places in Buffer.from("ab")'],
  [
    'for (const one in new Set([1])) console.log(one)',
    '`in` finds nothing in a Set: write `for (const one of new Set([1]))`',
  ],
  ['let many = 0\nfor (const _ in new Set([1])) many++', '`in` finds nothing in a Set'],
  ['const data = "a".replace("a", "b")\nconsole.log(`port {port}`)', 'A value is filled in'],
  ['console.log(`{len(ports)} of them, {port:>5}, {port}`)', 'A value is filled in'],
  ['[30, 1].sort()', '`sort()` compares as text'],
  ['port + 1\nfunction later() {}', 'Nobody gets the value'],
  ['ports.sort()', '`sort()` compares as text, so that 10 stands before 9. By size: `sort((a, b) => a - b)`.'],
  [
    'const sorted = [3n, 1n].toSorted()',
    '`toSorted()` compares as text, so that 10 stands before 9. By size: `toSorted((a, b) => Number(a - b))`.',
  ],
  ['console.log("port ${port}")', '`${port}` is filled in only between backquotes, not between quotes.'],
  ["const url = 'http://${host.name}/'", '`${host.name}` is filled in only between backquotes'],
  ['console.log(`port {port}`)', 'A value is filled in with a `$` before its bracket: `${port}`.'],
  ['console.log(`${host.name}: {port}`)', 'A value is filled in with a `$` before its bracket: `${port}`.'],
  [
    'const twice = (n: number) => { n * 2 }',
    'Nobody gets `n * 2`: in curly brackets a function needs `return n * 2`; without them it is `=> n * 2`.',
  ],
  ['function half(n: number) { n / 2 }', 'Nobody gets `n / 2`: a function gives its value by `return n / 2`.'],
  ['function half(n: number) { n / 2; return n }', 'Nobody gets the value of `n / 2`'],
  [
    'const said = String(port)\nsaid.toUpperCase() === "A longer text than fits into a line"\nport',
    'Nobody gets the value of `said.toUpperCase() === "A longer text t…`: show it',
  ],
  [
    'setTimeout(room.open, 0)',
    '`room.open` leaves its object behind: in it `this` will be another. Write `() => room.open()`.',
  ],
  [
    'new threading.Thread({ target: room.say, args: ["Ada", "hi"] })',
    'Write `(name, ...texts) => room.say(name, ...texts)`.',
  ],
  ['const say = room.say', '`room.say` leaves its object behind'],
  [
    'class Desk extends Room { start() { process.nextTick(this.open); ports.forEach((port) => this.open()) } }',
    '`this.open` leaves its object behind: in it `this` will be another. Write `() => this.open()`.',
  ],
  [
    'ports.forEach(async (port) => { await sleep(0); console.log(port) })',
    '`forEach` waits for nobody: what follows it runs before. One after the other is `for (const port of ports) { await … }`.',
  ],
  [
    'const open = ports.filter(async (port) => port > 1)',
    '`filter` takes the promise of an `async` function for its answer, which counts as true.',
  ],
  [
    'const isOpen = async (port: number) => port > 1\nconst open = ports.filter(isOpen)',
    '`filter` takes the promise of an `async` function for its answer, which counts as true. What waits is `for (const item of ports) { await … }`.',
  ],
  [
    'ports.splice(ports.indexOf(80))',
    'It takes out all from there to the end; one alone: `splice(ports.indexOf(80), 1)`.',
  ],
  ['delete ports[0]', '`delete` leaves an empty place in the list, which is as long as before: `ports.splice(0, 1)`.'],
  [
    'let n = 0\nwhile (n < 0); { n++ }',
    'The `;` ends the `while`: it repeats nothing, and what follows runs once. Leave it out.',
  ],
  ['for (const one of ports); console.log(port)', 'The `;` ends the `for`'],
  ['const box = () => { size: 1 }', 'An object stands in brackets: `({ size: 1 })`.'],
  [
    'const [command, rest] = host.name.split(" ", 1)',
    'In two at the first: `const at = host.name.indexOf(" ")`, then `host.name.slice(0, at)` and `host.name.slice(at + 1)`.',
  ],
  ['port == 80\nport', '`port == 80` only compares; `port = …` gives a value.'],
]

const MEANT = [
  'let i = 0\nwhile (ports[i++] !== 443);\nconsole.log(i)\nfor (i = 0; i < 3; i++);',
  'const [first] = host.name.split(" ", 1)\nconst [one, two = ""] = host.name.split(" ", 1)\nconst box = () => ({ size: 1 })',
  'ports.splice(ports.indexOf(80), 1)\nports.splice(1)\nconst ages: Record<string, number> = {}\ndelete ages["ann"]',
  'const serve = async (port: number) => port\nports.forEach(serve)\nconst all = ports.map(serve)',
  'for (const i in ports) console.log(ports[i])',
  'for (const i in ports) console.log(Number(i) + 1)',
  'for (const key in { a: 1 }) console.log(key)',
  'const log = console.log, { log: other } = console, max = Math.max, size = ports.length',
  'const push: (port: number) => number = ports.push, map = Array.prototype.map',
  'console.log(ports.map(String), ports.at(0))',
  'const at = setTimeout(room.close, 0), close = room.close, log = console.log(room.open)',
  'const open = room.open.bind(room), list = [1].map(room.count, room), applied = Reflect.apply(room.open, room, [])',
  'const own = Object.is(room.open, room.count), text = String(room.open)\nconsole.assert(room.open)',
  'const isSame = room.open === room.open, plain = setTimeout(room.sum, 0), text = String(room.open())',
  'const closed = Promise.resolve(room.open()).then(() => room.open())',
  'await Promise.all(ports.map(async (port) => port))\nports.forEach((port) => void sleep(port / 1e6))',
  'ports.sort((a, b) => b - a)',
  '["b", "a"].sort()',
  'console.log("costs ${amount} in a template")',
  'console.log(`{ "port": ${port} }`, `x_{port}`, `/users/{port}`, `{{port}}`, String.raw`{port}`)',
  'console.log(`${ports.map((port) => {port; return 1})}`)',
  'const add = (n: number) => n + 1\nport + 1',
  'let n = 0\nport > 5 && n++\nn += 1',
  '"use strict"\nport === 5000',
  'port + 1\ntype Port = number',
  'port + 1\ninterface Named { port: number }\ndeclare const later: number',
  'let many = 0\nfor (const _ in ports) many++',
  'for (const i in ports) { const at = Number.parseInt(i); console.log(at, ports.at(at)) }',
  'for (const i in ports) console.log(ports[i as unknown as number])',
  'for (const i in ports) if (Object.hasOwn(ports, i)) console.log(i)',
  '[3, 1, 2].sort()',
  'const greeting = `Hello {port}`\nconsole.log(greeting.replace("{port}", String(port)))',
  "console.log('on port ${port}'.replace('${port}', String(port)))",
  'console.log(`import {port} from "./ports.ts"`, `const {host} = x`)',
  'console.log(`A = {port : port > 0}, {port}`, `{ port } and {port}`, `$\\\\mathbb {port}$`)',
  "import { execSync } from 'node:child_process'\nexecSync('port=1; echo ${port}')",
  "const loop = 'for port in 1 2; do echo ${port}; done'",
]

test('a notice says what it is', async ({ notebook }) => {
  const notes = async (code: string) => {
    const answer = await notebook.convert(code)
    if (!answer.ok) throw new Error(answer.diagnostics[0]?.message)
    return answer.notes.map(({ message }) => message)
  }
  await notes('let port = 5000\nconst ports = [80, 443, 5000]\nconst host = { name: "localhost" }')
  await notes(
    'class Room { names = [""]; open() { return this.names.length }; close = () => { this.names = [] }; count(n: number) { return this.names.length + n }; sum() { return [1].map(function (this: unknown) { return this }) } say(name: string, ...texts: string[]) { this.names.push(name, ...texts) } }\nconst room = new Room()',
  )
  for (const [code, start] of SLIPS) {
    const said = await notes(code)
    expect(said, code).toHaveLength(1)
    expect(said[0], code).toContain(start)
  }
  for (const code of MEANT) expect(await notes(code), code).toEqual([])
  expect(await notes('ports.sort()\n'.repeat(50)), 'not more than three at once').toHaveLength(3)
})
