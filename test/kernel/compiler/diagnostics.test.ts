/** Every message that a student can meet, in one file beside the cell that causes it. */
import { expect } from 'vitest'
import type { Diagnostic } from '../../../kernel/bridge/compiler-api.ts'
import { BEFORE, MISTAKES } from './mistakes.ts'
import { DECLARED_AGAIN } from './mistakes-declared-again.ts'
import { test } from './notebook-fixture.ts'

const show = ({ code, file, start, message, frame }: Diagnostic) =>
  `${file}:${start.line}:${start.column} ${code === 0 ? '' : `(TS${code}) `}${message}\n${frame}`

test('all messages', async ({ built: notebook }) => {
  for (const code of BEFORE) expect((await notebook.convert(code)).ok).toBe(true)
  const scope = notebook.scope
  const parts = [
    '# What is said about mistakes',
    `Cells that have run:\n\n${BEFORE.map((code) => `    ${code.replaceAll('\n', '\n    ')}`).join('\n')}`,
  ]
  const silent: string[] = []
  for (const [title, cells] of Object.entries(MISTAKES)) {
    parts.push(`## ${title}`)
    for (const code of cells) {
      Object.assign(notebook, { scope, cells: 2 })
      const answer = await notebook.convert(code)
      if (answer.ok) silent.push(code)
      else parts.push(`\`\`\`ts\n${code}\n\`\`\`\n\`\`\`text\n${answer.diagnostics.map(show).join('\n')}\n\`\`\``)
    }
  }
  for (const [title, sequences] of Object.entries(DECLARED_AGAIN)) {
    parts.push(`## ${title}`)
    for (const sequence of sequences) {
      Object.assign(notebook, { scope, cells: 2 })
      for (const code of sequence) {
        const answer = await notebook.convert(code)
        const told = answer.ok ? answer.notes : answer.diagnostics
        parts.push(
          `\`\`\`ts\n${code}\n\`\`\`${told.length > 0 ? `\n\`\`\`text\n${told.map(show).join('\n')}\n\`\`\`` : ''}`,
        )
      }
    }
  }
  // A function of the learner's own may be looked at by its name.
  expect(silent).toEqual(['greet'])
  await expect(`${parts.join('\n\n')}\n`).toMatchFileSnapshot('mistakes.snapshot.txt')
})

test('what only looks like a habit of Python is let be', async ({ notebook }) => {
  for (const code of BEFORE) expect((await notebook.convert(code)).ok).toBe(true)
  for (const code of [
    'const END = bytes`end`\nconst atEnd = (item: Buffer) => item === END || data === END',
    'const held: Buffer | null = await sock.recv(1)\nif (held === null || held?.equals(data)) sock.close()',
    'if ("length" in data && "host" in { host: "h" }) sock.close()',
    'const sparse = [1, 2, 3]\nif (1 in sparse) sock.close()',
    'const found: Error | undefined = new Error("x")\nif (found! instanceof TypeError) throw found',
    'try {\n} catch (E) {\n  throw E\n}',
    'const LastError = new TypeError("x")\ntry {\n  throw LastError\n} catch {}',
    'import { createRequire } from "node:module"\n{ const require = createRequire("/a/b.js"); (() => require("queue")).call(0) }',
    '{ const struct = { pack: (name: string) => name }; console.log(struct.pack("a") + "b") }',
  ])
    expect(await notebook.convert(code)).toMatchObject({ ok: true })
})

test('bytes that may be missing although their type does not say so may be asked for', async ({ notebook }) => {
  for (const code of [
    ...BEFORE,
    'const files: Record<string, Buffer> = {}, parts = [data], pair: [Buffer, number] = [data, 1]',
  ])
    expect((await notebook.convert(code)).ok).toBe(true)
  for (const code of [
    'const file = files["a.txt"]\nif (!file) console.log("no such file")',
    'if (!files["a.txt"] || files.b) console.log("no such file")',
    'const [first] = parts\nif (first) console.log(first)',
    'const { a, b: other } = files\nconsole.log(a ? 1 : other ? 2 : 3)',
    'let at = 0, part: Buffer\nwhile ((part = parts[at++])) console.log(part)',
    'const any = files.a ?? files.b\nif (!any) console.log("none")',
    'class Peer { rest!: Buffer; ready() { if (this.rest) console.log(this.rest) } }',
  ])
    expect(await notebook.convert(code), code).toMatchObject({ ok: true })
  for (const code of [
    'if (!pair[0]) console.log("empty")',
    'const [head] = pair\nif (!head) console.log("empty")',
    'const { b = data } = files\nif (!b) console.log("empty")',
    'const [, ...rest] = [pair]\nconst body = files.a ?? data\nif (!body) console.log("empty")',
  ])
    expect(await notebook.convert(code), code).toMatchObject({ ok: false })
})

test('a lock that the cell releases itself may be held without a name', async ({ built }) => {
  const code = 'const lock = new threading.Lock()\nawait lock.hold()\ntry {\n} finally {\n  lock.release()\n}'
  expect(await built.convert(code)).toMatchObject({ ok: true })
  const held = 'const mine = new threading.RLock()\nconst take = async () => {\n  await mine.hold()\n}'
  expect(await built.convert(held)).toMatchObject({ ok: false })
  expect(await built.convert('const later = new threading.RLock()\nawait later.hold()')).toMatchObject({ ok: true })
})

test('what stands near a slip is not taken for it', async ({ notebook }) => {
  for (const code of BEFORE) expect((await notebook.convert(code)).ok).toBe(true)
  for (const [code, advice] of [
    ['const list = [1, 2]\nconsole.log([list[0], list[at]])', 'type'],
    ['const set = [1, 2]\nconst row = { first: set[at] }', 'type'],
    ['try {\n} catch (readError) { console.log("x" readError) }', 'instanceof'],
    ['const size = struct.pack("!H", 5).length\nawait sock.sendall(size + "x")', 'spoils'],
    ['const ports: number[] = "80,443".split(",")', 'Number('],
    ['const steps = { try: 1, else: 2 ', 'braces'],
  ] as const) {
    const answer = await notebook.convert(code)
    if (answer.ok) throw new Error(`must be refused: ${code}`)
    expect(answer.diagnostics.map(({ message }) => message).join(), code).not.toContain(advice)
  }
})

test('advice about addresses is for those of sockets', async ({ notebook }) => {
  const own = 'interface HomeAddress { street: string }\n'
  for (const code of ['const home: HomeAddress = { town: "x" }', 'function f(a: HomeAddress) {}\nf(() => {})']) {
    const answer = await notebook.convert(own + code)
    expect(answer.ok || answer.diagnostics.map(({ message }) => message).join()).not.toContain('square brackets')
  }
})

test('the frame follows tabs and very long lines', async ({ notebook }) => {
  const long = `const s = ${'"x" + '.repeat(2000)}nope`
  const answer = await notebook.convert(long)
  if (answer.ok) throw new Error('must be refused')
  const [line, carets] = answer.diagnostics[0]?.frame.split('\n') ?? []
  expect(line?.length).toBeLessThan(200)
  expect(line?.slice(carets?.indexOf('^')).startsWith('nope')).toBe(true)
})

test('at most twenty of them', async ({ notebook }) => {
  const answer = await notebook.convert('nope\n'.repeat(100))
  expect(answer.ok || answer.diagnostics.length).toBe(20)
})

test('// @ts-nocheck and // @ts-expect-error do what they say', async ({ notebook }) => {
  expect((await notebook.convert('// @ts-nocheck\nlet x: string = 5\nsock.recv(1)')).ok).toBe(true)
  expect((await notebook.convert('// @ts-expect-error\nlet y: string = 5')).ok).toBe(true)
  expect(await notebook.convert('// @ts-expect-error\nlet z: string = "z"')).toMatchObject({
    diagnostics: [{ code: 2578 }],
  })
  expect((await notebook.convert('// @ts-nocheck\nif (')).ok).toBe(false)
})

test('a notebook may want no types checked', async ({ compiler }) => {
  const answer = await compiler.ask({
    kind: 'convert',
    after: '',
    code: 'let x: string = 5',
    name: 'cell [1]',
    check: false,
  })
  expect(answer.ok).toBe(true)
})

test('a type of an earlier cell is called by its cell', async ({ notebook }) => {
  await notebook.convert('interface I { a: number }\nconst v: I = { a: 1 }')
  await notebook.convert('interface I { b: string }')
  const answer = await notebook.convert('const w: I = v')
  expect(answer.ok || answer.diagnostics[0]?.message).toContain(
    "type 'I of cell [1]' but required in type 'I of cell [2]'",
  )
})

test('what is meant is not reported', async ({ notebook }) => {
  const code = [
    'const s = socket.socket()',
    'void s.recv(1)',
    'const pending = s.recv(1)',
    's.recv(1).then((d) => d)',
    'await Promise.all([s.recv(1), s.recv(2)])',
    'const maybe = undefined as Buffer | undefined',
    'if (maybe) console.log(maybe.length)',
    'async function background() { await s.recv(1) }',
    'background()',
    'const close = s.close',
    'console.log("not there yet", pending)',
    'await pending',
    'console.log(background(), Promise.resolve(1))',
    'console.log(await s.recv(1), s.recv(1).then(String))',
    'let last: string | undefined',
    'while ((last = ["a"].at(1))) console.log(last)',
    'if ((last = "b")) console.log(last)',
    'for (let i = 3; i; i--) last = undefined',
    'const waits = new Map<string, Promise<number>>()',
    'if (!waits.get("a")) waits.set("a", Promise.resolve(1))',
    'let running: Promise<void> | undefined',
    'const start = () => (running ??= sleep(0))',
    'if (!running) await start()',
    'const all = [sleep(0)]',
    'while ((running = all.pop())) await running',
    'while (!(await new threading.Event().wait(0))) break',
    'const answer = new threading.Event().wait(0)',
    'if (!answer) console.log("not asked")',
    'await answer',
    'let sum = 0',
    'sum += (await s.recv(1)).length',
    'console.log(Number(await input("n")), sum)',
  ]
  expect(await notebook.convert(code.join('\n'))).toMatchObject({ ok: true })
})

test('similar names are named late in a notebook too', async ({ notebook }) => {
  const said = async (code: string) => {
    const answer = await notebook.convert(code)
    return answer.ok ? 'ok' : answer.diagnostics.map(({ code: number, message }) => `${number} ${message}`).join()
  }
  await notebook.convert('const greeting = "hello"\nclass Welcome {}\nnamespace Words { export const a = 1 }')
  for (let cell = 0; cell < 30; cell++) await notebook.convert('undeclaredName')
  expect(await said('greetin')).toBe("2552 Cannot find name 'greetin'. Did you mean 'greeting'?")
  expect(await said('let w: Welcom')).toBe("2552 Cannot find name 'Welcom'. Did you mean 'Welcome'?")
  expect(await said('let d: Word.D')).toBe("2833 Cannot find namespace 'Word'. Did you mean 'Words'?")
  expect(await said('undeclaredName')).toMatch(/^2304 /)
})

test('what require gives has no types for a function that is handed to it: the import is told', async ({
  notebook,
}) => {
  const advice = async (code: string) => {
    const answer = await notebook.convert(code)
    return answer.ok ? undefined : answer.diagnostics[0]?.message.split('\n→ ')[1]
  }
  expect(await advice('const net = require("net")\nnet.createServer((conn) => conn.end()).listen(0)')).toBe(
    '`require` gives no types, `import` does: `import * as net from "node:net"`.',
  )
  expect(
    await advice("const { createServer: serve } = require('node:http')\nconst app = serve((req, res) => res.end())"),
  ).toBe('`require` gives no types, `import` does: `import { createServer as serve } from "node:http"`.')
  const made =
    'const { Server } = require("node:net")\nconst server = new Server()\nserver.on("connection", (conn) => conn.end())'
  expect(await advice(made)).toContain('`import { Server } from "node:net"`')
  const called = made.replace('{ Server }', 'net').replace('new Server()', 'net.createServer()')
  expect(await advice(called)).toContain('`import * as net from "node:net"`')
  expect(await advice(called.replace('.on(', '.once("close", console.log).on('))).toContain('`import * as net from')
  const tell = (rest: string) => advice(`${rest}\napp.get("/", (asked) => asked)`)
  expect(await tell('const express = require("express")\nconst app = express()')).toContain(
    '`import express from "express"`',
  )
  expect(await tell('const app = require("express")()')).toContain('`import express from "express"`, and `express(…)`')
  expect(await tell('const app = require("app")({ a: 1 })')).toContain('`import App from "app"`, and `App(…)`')
  expect(await tell('const app = require("events").EventEmitter')).toContain(
    '`import { EventEmitter } from "node:events"`',
  )
  expect(await tell('const Emitter = require("events")\nconst app = new Emitter()')).toContain(
    '`import Emitter from "node:events"`',
  )
  expect(await advice('require("http").createServer((req, res) => res.end())')).toContain(
    '`import { createServer } from "node:http"`',
  )
  expect(await advice('const own = (n) => n')).toContain('Say what it is')
})

test('words of Python in a text or a remark are none of the code', async ({ notebook }) => {
  const answer = await notebook.convert('solve("one and two") // or three')
  expect(answer.ok ? '' : answer.diagnostics[0]?.message).toContain('No cell that has run declares `solve`')
})

test('a name that a cell has hidden is told in the later ones, and how it is taken back', async ({ notebook }) => {
  await notebook.convert('const bytes = Buffer.from("x")\nconst socket = { close() {} }')
  const advice = async (code: string) => {
    const answer = await notebook.convert(code)
    return answer.ok ? '' : answer.diagnostics[0]?.message.split('\n→ ')[1]
  }
  expect(await advice('bytes`hello`')).toContain('`import { bytes } from "socketlab"`')
  expect(await advice('const s = socket.socket()')).toContain('`import { socket } from "socketlab"`')
  expect(await advice('socket.AF_INET')).toContain('`import { socket } from "socketlab"`')
  expect(await advice('socket.closed')).toBeUndefined()
  expect(await advice('import { bytes, socket } from "socketlab"\nbytes`hello`\nsocket.AF_INET')).toBe('')
})

test('of many mistakes the first twenty are told, and how many there are besides', async ({ notebook }) => {
  const answer = await notebook.convert('missing\n'.repeat(25))
  const told = answer.ok ? [] : answer.diagnostics
  expect(told).toHaveLength(20)
  expect(told.filter(({ message }) => message.includes('→'))).toEqual(told.slice(0, 1))
  expect(told.filter(({ frame }) => frame.endsWith('And 5 more: mend these first.'))).toEqual(told.slice(19))
})

test('a cell of more branches than TypeScript follows is told to be that', async ({ notebook }) => {
  const branches = Array.from({ length: 3000 }, (_, at) => `if (z === ${at}) z++\n`).join('')
  const answer = await notebook.convert(`let z = 0\n${branches}`)
  expect(answer.ok ? [] : answer.diagnostics).toMatchObject([
    { code: 2563, start: { line: 1, column: 1 }, message: expect.stringContaining('or into cells, of their own') },
  ])
})
