/** Completion: what is offered where, what it replaces, in which order. `|` is the cursor. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { emptyFolder, Notebook } from './client.ts'
import { test } from './notebook-fixture.ts'

const BEFORE =
  '/** A peer. */ interface Peer { host: string; port?: number }\nconst peer: Peer = { host: "h" }\nlet mode: "read" | "write" = "read"\nfunction greet(p: Peer) { return p.host }'

async function complete(notebook: Notebook, marked: string) {
  const code = marked.replace('|', '')
  const answer = await notebook.client.ask({
    kind: 'complete',
    after: notebook.scope,
    code,
    offset: marked.indexOf('|'),
  })
  return { replaced: code.slice(answer.start, answer.end), ...answer }
}

/** Marked text → what is replaced, and the first matches. */
const CASES: Record<string, [replaced: string, first: string[]]> = {
  'peer.|': ['', ['host', 'port']],
  'peer.po|': ['po', ['port']],
  'peer.|\nconst later = 1': ['', ['host', 'port']],
  'gre|': ['gre', ['greet']],
  'const k = { q: 1 };\nk.|': ['', ['q']],
  'function z(p: Peer) { p.|': ['', ['host', 'port']],
  'for (const c of [peer]) { c.ho|': ['ho', ['host']],
  'process.std|out': ['stdout', ['stderr', 'stdin', 'stdout']],
  'mode = "|': ['', ['read', 'write']],
  'mode = "wr|': ['wr', ['write']],
  'peer["|': ['', ['host', 'port']],
  'greet({ |': ['', ['host', 'port']],
  'import { readFi| } from "fs"': ['readFi', ['readFile', 'readFileSync']],
  'import * as x from "node:f|': ['node:f', ['node:fs', 'node:fs/promises']],
  'import { help } from "./he|': ['he', ['helper']],
  'import x from "lef|': ['lef', ['left']],
  'socket.AF_|': ['AF_', ['AF_INET', 'AF_INET6', 'AF_UNIX']],
  'socket.socket().recvf|': ['recvf', ['recvfrom']],
  'let e: threading.|': ['', ['Event', 'Lock', 'Thread']],
  '"😀".tri|': ['tri', ['trim', 'trimEnd', 'trimStart']],
  'class A { #own = 1; m() { this.#| } }': ['#', ['#own']],
  'class A { #own = 1; m() { this.#ow| } }': ['#ow', ['#own']],
  'xyzzy|': ['xyzzy', []],
  '// peer.|': ['', []],
}

test('what is offered', async ({ compiler }) => {
  const folder = emptyFolder()
  writeFileSync(join(folder, 'helper.ts'), 'export const help = 1')
  mkdirSync(join(folder, 'node_modules/left'), { recursive: true })
  writeFileSync(join(folder, 'node_modules/left/package.json'), '{"name":"left","version":"1.0.0","main":"i.js"}')
  const own = await (await import('./client.ts')).startCompiler({ folder })
  const notebook = new Notebook(own, folder)
  await notebook.convert(BEFORE)
  const seen: typeof CASES = {}
  for (const [marked, [, first]] of Object.entries(CASES)) {
    const { replaced, matches } = await complete(notebook, marked)
    seen[marked] = [replaced, matches.slice(0, Math.max(first.length, 0)).map(({ text }) => text)]
    if (first.length === 0) expect(matches).toEqual([])
  }
  expect(seen).toEqual(CASES)
  await own.stop()
  void compiler
})

test("Jupyter's words for things", async ({ notebook }) => {
  await notebook.convert(BEFORE)
  const words: Record<string, string | undefined> = {}
  for (const name of ['greet', 'peer', 'Peer', 'socket', 'TimeoutError', 'bytes', 'input', 'Promise', 'return']) {
    const { matches } = await complete(notebook, `let t: any = 1; ${name === 'Peer' ? 'let u: ' : ''}${name}|`)
    words[name] = matches.find(({ text }) => text === name)?.type
  }
  expect(words).toEqual({
    greet: 'function',
    peer: 'instance',
    Peer: 'interface',
    socket: 'module',
    TimeoutError: 'class',
    bytes: 'function',
    input: 'function',
    Promise: 'class',
    return: 'keyword',
  })
})

test('a name of the right case first, then the wrong case, then inside', async ({ notebook }) => {
  await notebook.convert('const timeout = 1, Timer = 2, atTime = 3, other = 4')
  const { matches } = await complete(notebook, 'time|')
  const own = matches.map(({ text }) => text).filter((text) => ['timeout', 'Timer', 'atTime', 'other'].includes(text))
  expect(own).toEqual(['timeout', 'Timer', 'atTime'])
})

test('a name is seen as it was declared last, also after a cell that failed', async ({ notebook }) => {
  await notebook.convert('let v = 1')
  await notebook.convert('let v = { later: true }')
  await notebook.convert('let v: string = 5')
  expect((await complete(notebook, 'v.|')).matches.map(({ text }) => text)).toEqual(['later'])
})

test('a scope that is not known offers what there is without it', async ({ compiler }) => {
  const answer = await compiler.ask({ kind: 'complete', after: 'elsewhere:3', code: 'socket.AF_I', offset: 11 })
  expect(answer.matches[0]?.text).toBe('AF_INET')
})

test('what TypeScript knows and this Node has not is neither offered nor let pass', async ({ notebook }) => {
  const newer = { toHex: Buffer.prototype, getOrInsert: Map.prototype, union: Set.prototype, isError: Error }
  const code = 'const values = { toHex: Buffer.alloc(0), getOrInsert: new Map(), union: new Set(), isError: Error }'
  await notebook.convert(code)
  for (const [name, value] of Object.entries(newer)) {
    const { matches } = await complete(notebook, `values.${name}.|`)
    expect([name, matches.some(({ text }) => text === name)]).toEqual([name, name in value])
  }
  const asked = await notebook.convert('Uint8Array.fromHex("00")')
  if (asked.ok) return expect('fromHex' in Uint8Array).toBe(true)
  const [found] = asked.diagnostics
  expect(found?.message).toMatch(/^Property 'fromHex' does not exist on type 'Uint8ArrayConstructor'\.\n→ This version/)
  expect(found?.message).toContain('Buffer.from(text, "hex")')
})

test('all of socket is offered at its dot, and never more than fifteen hundred', async ({ built, notebook }) => {
  const ofSocket = (await complete(built, 'socket.|')).matches.map(({ text }) => text)
  expect(ofSocket).toEqual(expect.arrayContaining(['socket', 'SOCK_STREAM', 'TCP_NODELAY', 'timeout']))
  await notebook.convert(`const ${Array.from({ length: 1700 }, (_, i) => `name${i} = ${i}`).join(', ')}`)
  expect((await complete(notebook, '|')).matches.length).toBe(1500)
})

test('each name once, those with an underscore last, and nothing for an empty text', async ({ built }) => {
  const all = (await complete(built, '|')).matches.map(({ text }) => text)
  expect(all.filter((name, index) => all.indexOf(name) !== index)).toEqual([])
  expect(all.slice(-2)).toEqual(['__dirname', '__filename'])
  expect((await complete(built, 'struct.unpack("|')).matches).toEqual([])
})

test('a constant that a module hands on is no module', async ({ built }) => {
  const { matches } = await complete(built, 'selectors.|')
  expect(matches.find(({ text }) => text === 'EVENT_READ')?.type).toBe('instance')
  expect((await complete(built, 'lab.inter|')).matches[0]).toMatchObject({ text: 'internet', type: 'module' })
})

test('functions and classes bring their signatures, whoever declared them', async ({ notebook }) => {
  await notebook.convert(
    'function greet(name: string, loud = false) { return name }\nclass Peer { constructor(readonly port: number) {} }\nconst peers = [new Peer(1)], options = { ready: (n: number) => n, size: 1 }',
  )
  const signature = async (code: string, text: string) => {
    const { matches } = await complete(notebook, `${code}|`)
    return matches.find((match) => match.text === text)?.signature
  }
  expect(await signature('gre', 'greet')).toBe('(name: string, loud?: boolean): string')
  expect(await signature('new Pe', 'Peer')).toBe('(port: number): Peer')
  expect(await signature('peers.a', 'at')).toBe('(index: number): Peer | undefined')
  expect(await signature('options.', 'ready')).toBe('(n: number): number')
  expect(await signature('options.', 'size')).toBeUndefined()
  expect(await signature('parse', 'parseInt')).toBe('(string: string, radix?: number): number')
  expect(await signature('Buffer.f', 'from')).toMatch(/^\(.*\): Buffer<.*> \(\+\d more\)$/)
  expect(await signature('socket.socket().rec', 'recv')).toMatch(/^\(n: number.*\): Promise<Buffer/)
  await notebook.convert('function greet(again: Peer[]) {}')
  expect(await signature('gre', 'greet')).toBe('(again: Peer[]): void')
})

test('of a long list the head has signatures', async ({ notebook }) => {
  const { matches } = await complete(notebook, '|')
  expect(matches.length).toBeGreaterThan(100)
  const last = matches.findLastIndex(({ signature }) => signature !== undefined)
  expect(last).toBeGreaterThan(5)
  expect(last).toBeLessThan(60)
})
