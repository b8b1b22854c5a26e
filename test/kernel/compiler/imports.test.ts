/** What a cell may import: Node's modules, packages of the notebook's folder with their types, local files. */
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { bundled, type Client, emptyFolder, Notebook, root, startCompiler, types } from './client.ts'

function write(folder: string, files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

let shared: Promise<Client> | undefined
const folder = emptyFolder()
const plain: Client[] = []

afterAll(async () => {
  await Promise.all([(await shared)?.stop(), ...plain.map((client) => client.stop())])
})

/** A new notebook in the one folder, which gets these files, and a function that runs a cell and says what came of it. */
async function folderWith(files: Record<string, string>, mode: 'living' | 'plain' = 'living') {
  write(folder, files)
  if (mode === 'plain') plain.push(await startCompiler({ folder, mode }))
  else shared ??= startCompiler({ folder })
  const notebook = new Notebook(mode === 'plain' ? (plain.at(-1) as Client) : await (shared as Promise<Client>), folder)
  const show = async (code: string) => {
    const { answer, value, thrown } = await notebook.run(code)
    if (!answer.ok)
      return answer.diagnostics.map(
        ({ file, start, message }) => `${file}:${start.line}:${start.column} ${message.split('\n')[0]}`,
      )
    if (thrown) throw thrown
    return value
  }
  return { notebook, show }
}

const packages = {
  'node_modules/esm-only/package.json':
    '{ "name": "esm-only", "version": "1.0.0", "type": "module", "exports": { ".": { "types": "./index.d.ts", "import": "./index.js" }, "./sub": { "types": "./sub.d.ts", "import": "./sub.js" } } }',
  'node_modules/esm-only/index.js': 'export const size = 3; export default function make() { return "made" }',
  'node_modules/esm-only/index.d.ts': 'export declare const size: number; export default function make(): string',
  'node_modules/esm-only/sub.js': 'export const deep = true',
  'node_modules/esm-only/sub.d.ts': 'export declare const deep: boolean',
  'node_modules/common/package.json':
    '{ "name": "common", "version": "1.0.0", "main": "main.js", "types": "main.d.ts" }',
  'node_modules/common/main.js': 'module.exports = function common(n) { return n * 2 }; module.exports.word = "w"',
  'node_modules/common/main.d.ts':
    'declare function common(n: number): number; declare namespace common { const word: string } export = common',
  'node_modules/untyped/package.json': '{ "name": "untyped", "version": "1.0.0", "main": "main.js" }',
  'node_modules/untyped/main.js': 'exports.x = 1',
  'node_modules/@types/untyped-two/index.d.ts': 'export declare const y: number',
  'node_modules/untyped-two/package.json': '{ "name": "untyped-two", "version": "1.0.0", "main": "main.js" }',
  'node_modules/untyped-two/main.js': 'exports.y = 2',
  'data.json': '{ "port": 80, "hosts": ["a"] }',
}

test('JSX in a cell, with the React of an earlier one; what is TypeScript without it stays so', async () => {
  const { show } = await folderWith({
    'node_modules/react/package.json':
      '{ "name": "react", "version": "1.0.0", "main": "main.js", "types": "main.d.ts" }',
    'node_modules/react/main.js':
      'exports.createElement = (of, props, ...inner) => typeof of === "function" ? of(props) : "<" + of + ">" + inner.join("") + "</" + of + ">"; exports.Fragment = "all"',
    'node_modules/react/main.d.ts':
      'export namespace JSX { type Element = string; interface IntrinsicElements { b: { id?: string } } } export const Fragment: string; export function createElement(...given: unknown[]): string',
  })
  expect(await show('import * as React from "react"')).toBeUndefined()
  expect(await show('const Twice = ({ n }: { n: number }) => <b>{n * 2}</b>;\n<><Twice n={4} /></>')).toBe(
    '<all><b>8</b></all>',
  )
  expect(await show('<Twice n="x" />')).toEqual([expect.stringContaining('1:8 Type')])
  expect(await show('<b>{(() => { const React = { createElement: () => "mine" }; return <b></b> })()}</b>')).toBe(
    '<b>mine</b>',
  )
  expect(await show('const same = <T>(x: T) => x; same(<any>"</b>")')).toBe('</b>')
  expect(await show('<b>open')).toContainEqual(expect.stringMatching(/^cell \[\d+\]:1:/))
})

test("Deno's specifiers: npm: is the installed package, others are told how to be had", async () => {
  const { notebook, show } = await folderWith(packages)
  expect(await show('import common, { word } from "npm:common@1.0.0"; common(4) + word')).toBe('8w')
  expect(await show('import { deep } from "npm:/esm-only@^1/sub"; deep')).toBe(true)
  expect(await show('common("x")')).toEqual([expect.stringContaining('1:8 Argument of type')])
  const advice = async (specifier: string) => {
    const answer = await notebook.convert(`import x from "${specifier}"`)
    return answer.ok ? undefined : answer.diagnostics[0]?.message.split('\n→ ')[1]
  }
  expect(await advice('npm:@no/such@2/part')).toContain('`npm install @no/such@2`')
  expect(await advice('jsr:@std/assert@1')).toContain('`npx jsr add @std/assert`')
  expect(await advice('node:htp')).toContain('Node has no module of this name')
  expect(await advice('https://deno.land/x/mod.ts')).toContain('No code is loaded from an address')
})

test.each(['living', 'plain'] as const)('packages and JSON, %s', async (mode) => {
  const { show } = await folderWith(packages, mode)
  expect(
    await show(
      'import make, { size } from "esm-only"\nimport { deep } from "esm-only/sub"\n;[make().length, size, deep]',
    ),
  ).toEqual([4, 3, true])
  expect(
    await show('import common from "common"\nimport * as all from "common"\n;[common(4), common.word, all.word]'),
  ).toEqual([8, 'w', 'w'])
  expect(await show('import data from "./data.json"\ndata.port + data.hosts.length')).toBe(81)
  expect(await show('import { y } from "untyped-two"\ny.toFixed()')).toBe('2')
  expect(await show('size.nope')).toEqual(["cell [5]:1:6 Property 'nope' does not exist on type 'number'."])
  expect(await show('data.nope')).toEqual([
    "cell [6]:1:6 Property 'nope' does not exist on type '{ port: number; hosts: string[]; }'.",
  ])
  expect(await show('const lib = require("common"); lib(2)')).toBe(4)
})

test('a package without types says so, and how it is had all the same', async () => {
  const { show, notebook } = await folderWith(packages)
  expect(await show('import { x } from "untyped"')).toEqual([
    expect.stringContaining("Could not find a declaration file for module 'untyped'"),
  ])
  const answer = await notebook.convert('import { x } from "untyped"')
  expect(answer.ok || answer.diagnostics[0]?.message.split('\n→ ')[1]).toBe(
    'The package has no types: `npm install @types/untyped` where they exist; without, `const … = require("untyped")` takes it as it is.',
  )
  expect(await show('const { x } = require("untyped"); x')).toBe(1)
})

test('what is not found is told where it is looked for', async () => {
  const { notebook } = await folderWith({
    'tsconfig.json':
      '{ // ours\n "compilerOptions": { "baseUrl": "src", "paths": { "@lib/*": ["lib/*"], "~one": ["./one.ts"] } } }',
    'lib/far.ts': 'import { nope } from "./near"\nexport const far = nope\n',
  })
  const hints = async (code: string) => {
    const answer = await notebook.convert(code)
    return answer.ok ? [] : answer.diagnostics.map(({ message }) => message.split('\n→ ')[1])
  }
  expect(await hints('import { a } from "@lib/a/b"')).toEqual([
    'The `paths` of tsconfig.json are not asked here: write where the file lies, `"./src/lib/a/b"` from the notebook\'s folder.',
  ])
  expect(await hints('import one from "~one"')).toEqual([expect.stringContaining('`"./src/one.ts"`')])
  expect(await hints('import other from "~other"')).toEqual([expect.stringContaining('npm install ~other')])
  expect(await hints('import { a } from "./near"')).toEqual(["The path starts from the notebook's folder."])
  expect(await hints('import { far } from "./lib/far"')).toEqual([
    'The path starts from the folder of the file that it stands in.',
  ])
})

test('a package that is installed after the first try', async () => {
  const { show } = await folderWith({})
  expect(await show('import { size } from "late"')).toEqual([expect.stringContaining("Cannot find module 'late'")])
  write(folder, {
    'node_modules/late/package.json': '{ "name": "late", "version": "1.0.0", "main": "main.js", "types": "main.d.ts" }',
    'node_modules/late/main.js': 'exports.size = 3',
    'node_modules/late/main.d.ts': 'export declare const size: number',
  })
  expect(await show('import { size } from "late"\nsize')).toBe(3)
})

test.each(['living', 'plain'] as const)('declarations of a package that import each other (%s)', async (mode) => {
  const { show } = await folderWith(
    {
      'node_modules/many/package.json':
        '{ "name": "many", "version": "1.0.0", "main": "index.js", "types": "index.d.ts" }',
      'node_modules/many/index.js': 'exports.all = [1, 2, 3, 4, 5]',
      'node_modules/many/index.d.ts':
        "import type { A } from './a.js'\nimport type { B } from './deep/b.cjs'\nimport type { C } from './source.js'\nimport type { D } from './folder'\nimport { EventEmitter } from 'events'\nexport declare const all: [A, B, C, D, number]\nexport declare const events: EventEmitter",
      'node_modules/many/a.d.ts': 'export type A = 1',
      'node_modules/many/deep/b.d.cts': "import { A } from '../a.js'\nexport type B = A | 2",
      'node_modules/many/source.ts': 'export type C = 3',
      'node_modules/many/source.d.ts': "export type C = 'not this'",
      'node_modules/many/folder/index.d.ts': 'export type D = 4',
    },
    mode,
  )
  expect(await show("import { all, events } from 'many'\nall.length")).toBe(5)
  expect(await show('const wrong: [2, 1, 4, 3] = [all[0], all[1], all[2], all[3]]')).toEqual([
    expect.stringContaining("Type '1' is not assignable to type '2'"),
    expect.stringContaining("Type 'B' is not assignable to type '1'"),
    expect.stringContaining("Type '3' is not assignable to type '4'"),
    expect.stringContaining("Type '4' is not assignable to type '3'"),
  ])
  expect(await show('const none: number = events.listenerCount("x", 2, 3, 4)')).toEqual([
    expect.stringContaining('Expected 1-2 arguments'),
  ])
})

test("Node's modules, the rare ones too", async () => {
  const { show } = await folderWith({})
  expect(
    await show(
      'import * as net from "node:net"\nimport { readFileSync as read } from "fs"\nimport os, { type CpuInfo } from "os"\n;[typeof net.createServer, typeof read, typeof os.cpus]',
    ),
  ).toEqual(['function', 'function', 'function'])
  expect(
    await show(
      'import { createGzip } from "node:zlib"\nimport * as http2 from "http2"\n;[typeof createGzip, typeof http2.connect]',
    ),
  ).toEqual(['function', 'function'])
  expect(await show('net.createServr()')).toEqual([
    "cell [3]:1:5 Property 'createServr' does not exist on type 'typeof import(\"node:net\")'. Did you mean 'createServer'?",
  ])
  expect(await show('let s: net.Socket | undefined; let c: CpuInfo[] = os.cpus(); c.length > 0')).toBe(true)
})

test('local files: given once, again when they change', async () => {
  const { notebook } = await folderWith({
    'lib/twice.ts':
      'import { factor } from "./factor.ts"\nexport interface Wide { w: number }\nexport const twice = (n: number) => n * factor',
    'lib/factor.ts': 'export const factor: number = 2',
    'plain.js': 'export function half(n) { return n / 2 }',
  })
  const files = async (code: string) => {
    const answer = await notebook.convert(code)
    return answer.ok
      ? answer.files.map(({ path }) => path.slice(folder.length + 1)).sort()
      : answer.diagnostics.map(({ message }) => message)
  }
  expect(await files('import { twice, type Wide } from "./lib/twice"\ntwice(4)')).toEqual([
    'lib/factor.ts',
    'lib/twice.ts',
  ])
  expect(await files('import { half } from "./plain.js"\nhalf(4)')).toEqual(['plain.js'])
  expect(await files('import * as again from "./lib/twice.ts"\nagain.twice(1)')).toEqual([])
  write(folder, { 'lib/factor.ts': 'export const factor: string = "two"' })
  expect(await files('import { twice as t2 } from "./lib/twice"\nt2(4)')).toEqual([
    expect.stringContaining('right-hand side of an arithmetic operation'),
  ])
  write(folder, { 'lib/factor.ts': 'export const factor: number = 30 // longer' })
  expect(await files('import { twice as t3 } from "./lib/twice"\nt3(4)')).toEqual(['lib/factor.ts'])
  const answer = await notebook.convert('import { factor } from "./lib/factor.ts"\nlet s: string = factor')
  expect(answer).toMatchObject({ ok: false, diagnostics: [{ code: 2322, start: { line: 2, column: 5 } }] })
})

test('a local file: its errors in its own lines, import.meta, await at its top', async () => {
  const { notebook, show } = await folderWith({
    'script.ts': 'await Promise.resolve(1)\n',
    'bad.ts': 'export const a = 1\nexport const b: string = a\n',
    'meta.ts': 'export const here: string = import.meta.dirname\n',
    'waits.ts': 'export const now = 1\nawait Promise.resolve(1)\n',
  })
  expect(await notebook.convert('import { here } from "./meta"')).toMatchObject({
    files: [{ javascript: expect.not.stringContaining('import.meta') }],
  })
  expect(await notebook.convert('import { now } from "./waits"')).toMatchObject({
    awaits: false,
    files: [{ path: join(folder, 'waits.ts'), awaits: true }],
  })
  expect(await show('import "./script"')).toEqual([
    expect.stringMatching(/^script.ts:1:1 .*when that file is a module/),
  ])
  expect(await show('import { b } from "./bad"')).toEqual([
    "bad.ts:2:14 Type 'number' is not assignable to type 'string'.",
  ])
})

test('no cell fails because a declaration could not be written', async () => {
  const { show } = await folderWith({})
  expect(await show('const C = class { private p = 1; protected q = 2 }; new C() instanceof C')).toBe(true)
  expect(
    await show(
      'import { createServer } from "node:http"\nconst make = () => createServer()\nfunction mixin<T extends new (...a: any[]) => object>(B: T) { return class extends B { #x = 1 } }\ntypeof make',
    ),
  ).toBe('function')
  expect(await show('const key = Symbol("u")\nconst o = { [key]: 1 }\no[key]')).toBe(1)
})

test('installed as a dependency: everything is found from the bundle', async () => {
  await bundled()
  const folder = emptyFolder()
  const installed = join(folder, 'node_modules/socketlab')
  mkdirSync(join(installed, 'dist/kernel'), { recursive: true })
  cpSync(join(root, 'dist/test/kernel/compiler.cjs'), join(installed, 'dist/kernel/compiler.cjs'))
  cpSync(types, join(installed, 'dist/types/src'), { recursive: true })
  for (const name of ['typescript', '@types'])
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name))
  const client = await startCompiler({
    folder: emptyFolder(),
    bundlePath: join(installed, 'dist/kernel/compiler.cjs'),
    env: { SOCKETLAB_TYPES: '' },
  })
  const notebook = new Notebook(client)
  expect(
    await notebook.convert(
      'const s: socket.Socket = socket.socket()\nimport { readFileSync } from "node:fs"\n"abc".trim().length',
    ),
  ).toMatchObject({ ok: true })
  expect(await notebook.convert('let e: threading.Event = 4')).toMatchObject({ ok: false })
  await client.stop()
})
