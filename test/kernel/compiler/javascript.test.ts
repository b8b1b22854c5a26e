/** Cells in JavaScript: refused only for what is certain to fail; and cells whose types are not checked at all. */
import { test as base, expect } from 'vitest'
import { emptyFolder, Notebook, root, startCompiler } from './client.ts'
import { test as typescript } from './notebook-fixture.ts'

// biome-ignore-start lint/correctness/noEmptyPattern: vitest reads from the pattern which other fixtures are needed
const test = base.extend('notebook', async ({}, { onCleanup }) => {
  const client = await startCompiler({ args: [`${root}/dist/test/kernel/compiler.cjs`, '--', '--javascript'] })
  onCleanup(async () => void (await client.stop()))
  return new Notebook(client, emptyFolder())
})
// biome-ignore-end lint/correctness/noEmptyPattern: see above

const refusals = async (notebook: Notebook, code: string): Promise<string[]> => {
  const answer = await notebook.convert(code)
  return answer.ok
    ? []
    : answer.diagnostics.map(({ code: number, start }) => `${number} at ${start.line}:${start.column}`)
}

test('what JavaScript does every day passes, across cells', async ({ notebook }) => {
  const values: unknown[] = []
  for (const code of [
    'function add(a, b) { return a + b }\nadd("a")',
    'const o = {}\no.x = 1',
    'o.w = 5; o.x + o.w',
    'let list = []; list.push(1); list.push("a"); list.length',
    'function Old(name) { this.name = name }\nOld.prototype.hi = function () { return "hi " + this.name }',
    'Old.prototype.bye = function () { return "bye " + this.name }\nnew Old("x").hi() + new Old("y").bye()',
    'let el = null\nel = { a: 1 }\nel.a',
    'var twice = 1; var twice = "x"; twice',
    '/** @type {number} */\nlet wrong = "text"\nwrong',
    'const fs = require("fs"), { join } = require("path")\njoin("a", typeof fs.readFileSync)',
    'Array.prototype.last = function () { return this[this.length - 1] }\n;[1, 2].last()',
    'globalThis.made = 5; made',
    'made + [7].last()',
    'try { require("not-there") } catch { "caught" }\nawait Promise.resolve(7)',
    'if (list.length > 9) await import("not-there")\n8',
  ]) {
    const { answer, value, thrown } = await notebook.run(code)
    expect({ code, ok: answer.ok, thrown }).toEqual({ code, ok: true, thrown: undefined })
    values.push(value)
  }
  expect(values).toEqual(['aundefined', 1, 6, 2, values[4], 'hi xbye y', 1, 'x', 'text', 'a/function', 2, 5, 12, 7, 8])
})

test('what cannot run is refused, with its place', async ({ notebook }) => {
  expect(await refusals(notebook, 'const s = socket.socket()')).toEqual([])
  expect(await refusals(notebook, 'undeclared + 1')).toEqual(['2304 at 1:1'])
  expect(await refusals(notebook, 'const k = 1\nk = 2')).toEqual(['2588 at 2:1'])
  expect(await refusals(notebook, 'let n: number = 1')).toEqual(['8010 at 1:8'])
  expect(await refusals(notebook, 'interface I {}')).toEqual(['8006 at 1:11'])
  expect(await refusals(notebook, 's.sendal("x")')).toEqual(['2551 at 1:3'])
  expect(await refusals(notebook, 's.recv(1)')).toEqual(['0 at 1:1'])
  expect(await refusals(notebook, 'function f() { await 1 }')).toEqual(['1308 at 1:16'])
  expect(await refusals(notebook, 'import x from "not-there"')).toEqual(['2307 at 1:15'])
  expect(await refusals(notebook, 'const page = <p>hello</p>')).toEqual(['2874 at 1:15'])
  expect(await refusals(notebook, 'if (')).toEqual(['1109 at 1:5'])
})

test('a function, and what was required, may become something else', async ({ notebook }) => {
  const values: unknown[] = []
  for (const code of [
    'function twice(n) { return 2 * n }\ntwice = (n) => n + n + 1\ntwice(2)',
    'twice = () => 7\ntwice()',
    'let path = require("node:path")\npath = path.posix\npath.sep',
    'var { EOL } = require("node:os")\nEOL = "|"\nEOL',
    'path = 5\nEOL + path',
  ])
    values.push((await notebook.run(code)).value)
  expect(values).toEqual([5, 7, '/', '|', '|5'])
  expect(await refusals(notebook, 'const net = require("node:net")\nnet = 1')).toEqual(['2632 at 2:1'])
})

test('outside of strict mode what is read-only stays as it is', async ({ notebook }) => {
  const frozen = 'const ice = Object.freeze({ a: 1 })\nice.a = 2\nMath.PI = 3\n;[ice.a, Math.PI > 3]'
  expect((await notebook.run(frozen)).value).toEqual([1, true])
  expect(await refusals(notebook, '"use strict"\nice.a = 2')).toEqual(['2540 at 2:5'])
})

test('what is to fail in a try fails there, as lessons on errors want to see', async ({ notebook }) => {
  const values: unknown[] = []
  for (const code of [
    'let seen = ""\ntry { lalala() } catch (error) { seen = error.name }\nseen',
    'try { early; let early = 1 } catch (error) { seen = error.message }\nseen',
    'const PI = 3.25\ntry { PI = 3 } catch (error) { seen = error.message }\nseen + PI',
    'let count = 0\ntry { PI++ } catch { count++ }\ntry { [PI] = [1] } catch { count++ }\ntry { PI += 1 } catch { count++ }\ncount + PI',
    'let same = 0\ntry { same = 1; { const same = 2; PI = same } } catch {}\nsame + PI',
    'let fs = require("fs")\ntry { fs = fs.promises } catch { fs = 0 }\ntypeof fs.open',
    '"use strict"\ntry { Object.freeze({ a: 1 }).a = 2 } catch (error) { seen = error.name }\nseen',
  ])
    values.push((await notebook.run(code)).value)
  const constant = 'Assignment to constant variable.'
  expect(values).toEqual([
    'ReferenceError',
    "Cannot access 'early' before initialization",
    `${constant}3.25`,
    6.25,
    4.25,
    'function',
    'TypeError',
  ])
  expect(await refusals(notebook, 'try { PI = 3 } finally { seen = 1 }')).toEqual(['2588 at 1:7'])
  expect(await refusals(notebook, 'try { } catch { PI = 3 }')).toEqual(['2588 at 1:17'])
})

test('what a module has and its types do not tell of', async ({ notebook }) => {
  expect(
    (await notebook.run('const cluster = require("cluster")\ncluster.removeAllListeners() === cluster')).value,
  ).toBe(true)
  expect(await refusals(notebook, 'cluster.frok()')).toEqual(['2339 at 1:9'])
})

test('who writes types is told which kernel has them', async ({ notebook }) => {
  for (const code of ['const port: number = 5', 'interface Point { x: number }', 'const list = [] as string[]']) {
    const answer = await notebook.convert(code)
    expect(JSON.stringify(answer)).toContain('choose TypeScript (socketlab) under Kernel → Change Kernel…')
  }
})

test('types that comments name stop nothing, however they are written', async ({ notebook }) => {
  for (const comment of [
    '@param {string} other there is none',
    '@param {String} options.path of no options',
    '@param {ServerResponse} n',
    '@returns {name, value} of it',
    '@param {...*} n\n * @see `a.b`',
    '@type',
  ])
    expect(await refusals(notebook, `/**\n * ${comment}\n */\nfunction twice(n) { return 2 * n }`)).toEqual([])
  expect(await refusals(notebook, '/** @param {string} [a]\n * @param {string} b */\nfunction two(a, b) {}')).toEqual(
    [],
  )
  expect((await notebook.run('/** @type {Elsewhere} */\nconst answer = 42\nanswer')).value).toBe(42)
  expect(await refusals(notebook, 'function f(n: number) {}')).toEqual(['8010 at 1:15'])
})

test('a property of a library that a cell has put there, or that nobody has declared', async ({ notebook }) => {
  await notebook.run('const { EventEmitter } = require("node:events")\nconst events = new EventEmitter()')
  expect(await refusals(notebook, 'events.say("a")')).toEqual(['2339 at 1:8'])
  await notebook.run('events.say = (word) => "says " + word')
  expect((await notebook.run('events.say("a")')).value).toBe('says a')
  await notebook.run('Object.defineProperty(Buffer.prototype, "firstByte", { value() { return this[0] } })')
  expect((await notebook.run('Buffer.from([7]).firstByte()')).value).toBe(7)
  expect((await notebook.run('Buffer.from("a").hexSlice(0, 1)')).value).toBe('61')
})

test('bytes that a function is given are asked for to be sure of them', async ({ notebook }) => {
  expect(await refusals(notebook, '/** @param {Buffer} data */\nfunction f(data) { if (!data) return 0 }')).toEqual([])
  expect(await refusals(notebook, 'const data = Buffer.alloc(0)\nif (!data) console.log(1)')).toEqual(['0 at 2:5'])
  expect(await refusals(notebook, 'const two = Buffer.alloc(2)\nif (!two || two.length < 4) console.log(1)')).toEqual(
    [],
  )
})

test('what only strict mode forbids in numbers and texts passes, unless the cell is strict', async ({ notebook }) => {
  const code = 'const bold = "\\033[1m"\nbold.length + 08'
  expect((await notebook.run(code)).value).toBe(12)
  expect(await notebook.client.ask({ kind: 'isComplete', code })).toEqual({ status: 'complete' })
  expect(await refusals(notebook, `"use strict"\n${code}`)).toEqual(['1487 at 2:15', '1489 at 3:15'])
  expect(await refusals(notebook, '`\\033[1m`')).toEqual(['1487 at 1:2'])
  const older = 'var package = { mode: 0644 }\ndelete package'
  expect((await notebook.run(older)).value).toBe(true)
  expect(await notebook.client.ask({ kind: 'isComplete', code: older })).toEqual({ status: 'complete' })
  expect(await refusals(notebook, `"use strict"\n${older}`)).toContain('1121 at 2:23')
  expect(await refusals(notebook, '"use strict"\nvar p\ndelete p')).toEqual(['1102 at 3:8'])
})

test('an object may have a name twice', async ({ notebook }) => {
  expect((await notebook.run('({ a: 1, a: 2, get b() { return 3 }, b: 4 })')).value).toEqual({ a: 2, b: 4 })
})

test('a name that may not be there is asked for by typeof', async ({ notebook }) => {
  expect((await notebook.run('typeof window')).value).toBe('undefined')
  expect((await notebook.run('typeof document !== "undefined" && document.title')).value).toBe(false)
  expect(await refusals(notebook, 'document.title')).toEqual(['2304 at 1:1'])
})

test('a method that may not be there is asked for before it is called', async ({ notebook }) => {
  await notebook.run('const data = Buffer.from("a")')
  expect(await refusals(notebook, 'data.toHexadecimal?.()')).toEqual([])
  expect(await refusals(notebook, 'if (data.toHexadecimal) data.toHexadecimal()')).toEqual([])
  expect(await refusals(notebook, 'data.toHexadecimal()')).toEqual(['2339 at 1:6'])
})

test('a name is made by assigning to it, unless the cell is strict', async ({ notebook }) => {
  const values: unknown[] = []
  for (const code of [
    'made = 5; function inside() { within = made + 1 }\ninside(); [made, within]',
    'made + within',
    'for (key in { a: 1, b: 2 }) ;\nkey',
    '[one, { two, ...rest }] = [1, { two: 2, c: 3 }]\none + two + rest.c',
    'class Stack {}\nstack = new Stack()\nstack instanceof Stack',
    'made = "text"\nmade.length',
    '// @ts-nocheck\nunchecked = 1\nunchecked + 1',
    'function strict() { "use strict"; mistyped = 17 }\nlet why\ntry { strict() } catch (error) { why = error.message }\nwhy',
    'class Box { fill() { mistyped = 17 } }\ntry { new Box().fill() } catch (error) { why = error.name }\nwhy',
    '(function () { return this === globalThis })()',
    '/* all of it */ "use strict"\n;(function () { return this })() === undefined',
  ]) {
    const { answer, value, thrown } = await notebook.run(code)
    expect({ code, ok: answer.ok, thrown }).toEqual({ code, ok: true, thrown: undefined })
    values.push(value)
  }
  expect(values).toEqual([[5, 6], 11, 'b', 6, true, 4, 2, 'mistyped is not defined', 'ReferenceError', true, true])
  expect(await refusals(notebook, 'nobody + (later = 1)')).toEqual(['2304 at 1:1'])
  expect(await refusals(notebook, 'one = 2\nnobody()')).toEqual(['2304 at 2:1'])
  expect(await refusals(notebook, '"use strict"\nforbidden = 1')).toEqual(['2304 at 2:1'])
  expect(await refusals(notebook, 'console.log(timeout = 5)')).toEqual(['2304 at 1:13'])
  expect(await refusals(notebook, 'function f() { local = 1 }\nlocal.x = if')).toEqual(['1109 at 2:11'])
  const { matches } = await notebook.client.ask({ kind: 'complete', after: notebook.scope, code: 'with', offset: 4 })
  expect(matches.map(({ text }) => text)).toContain('within')
})

test('completion and inspection know what was required', async ({ notebook }) => {
  await notebook.run('const net = require("net")\nconst server = net.createServer()')
  const code = 'server.lis'
  const at = { after: notebook.scope, code, offset: code.length }
  const { matches } = await notebook.client.ask({ kind: 'complete', ...at })
  expect(matches[0]).toMatchObject({ text: 'listen', type: 'function' })
  const answer = await notebook.client.ask({ kind: 'inspect', ...at, code: 'server', offset: 3 })
  expect(answer.signature).toBe('const server: net.Server')
})

typescript('unchecked cells: only what V8 would refuse, and what they declare is known later', async ({ notebook }) => {
  const unchecked = async (code: string) => {
    const answer = await notebook.client.ask({
      kind: 'convert',
      after: notebook.scope,
      code,
      name: 'cell',
      check: false,
    })
    if (answer.ok) notebook.scope = answer.scope
    return answer.ok ? [] : answer.diagnostics.map(({ code: number }) => number)
  }
  expect(await unchecked('let x: string = 5\nconst s = socket.socket()\ns.recv(1)')).toEqual([])
  expect(await unchecked('function f() { await 1 }')).toEqual([1308])
  expect(await unchecked('return 1')).toEqual([1108])
  expect(await unchecked('let twice = 1; let twice = 2')).toEqual([2451, 2451])
  expect(await unchecked('const { a } = 1 satisfies string\nasync function g(): number { return 1 }')).toEqual([])
  expect(await unchecked('function dec(t: any, k: string, i: number) {}\nclass C { m(@dec p: number) {} }')).toEqual([])
  expect(await notebook.convert('x.trim(); s.close()')).toMatchObject({ ok: true })
  expect(await notebook.convert('x.toFixed()')).toMatchObject({ diagnostics: [{ code: 2551 }] })
})
