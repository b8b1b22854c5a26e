/** Local files that cells import: each kind of ending, waiting at their top level, in circles, changed, and failing. */
import { mkdirSync, mkdtempSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect } from 'vitest'
import { nextIopub, plain, resultOf, textOf, test as withKernel } from '../kernel-fixture.ts'

const folder = mkdtempSync(join(tmpdir(), 'socketlab-files-'))

function write(files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

const test = withKernel.extend('run', async ({ freshKernel }) => {
  const kernel = await freshKernel({ cwd: folder })
  /** The cell's result, or what it failed with. */
  return async (code: string): Promise<unknown> => {
    const { reply, iopub } = await kernel.execute(code)
    if ('traceback' in reply.content) return plain(reply.content.traceback).replaceAll(folder, '')
    return textOf(iopub) + (resultOf(iopub) ?? '')
  }
})

test('every ending of TypeScript and JavaScript', async ({ run }) => {
  write({
    'm.mts': 'export const kind: string = "mts"\nexport const url: string = import.meta.url',
    'c.cts': 'import fs = require("node:fs")\nexport const kind: string = "cts " + typeof fs.existsSync',
    'e.cts': 'function twice(n: number) { return n * 2 }\nexport = twice',
    'j.mjs': 'export const kind = "mjs"',
    'k.cjs': 'module.exports = { kind: "cjs", file: __filename }',
    'lib/index.ts': 'export const kind = "index"',
  })
  expect(await run('import { kind, url } from "./m.mts"\nkind + url.slice(-6)')).toBe("'mts/m.mts'")
  expect(await run('import { kind as k2 } from "./m.mjs"\nk2')).toBe("'mts'")
  expect(await run('import { kind as k3 } from "./c.cts"\nk3')).toBe("'cts function'")
  expect(await run('import c = require("./c.cjs")\nc.kind')).toBe("'cts function'")
  expect(await run('import twice from "./e.cts"\ntwice(2)')).toBe('4')
  expect(await run('import { kind as k4 } from "./j.mjs"\nk4')).toBe("'mjs'")
  expect(await run('import k5 from "./k.cjs"\nk5.kind + k5.file.slice(-6)')).toBe("'cjs/k.cjs'")
  expect(await run('import { kind as k6 } from "./lib"\nk6')).toBe("'index'")
})

test('what package.json names: `imports`, the package itself, another of its workspace', async ({ run }) => {
  write({
    'package.json':
      '{"name":"own","type":"module","imports":{"#color":"./named/color.ts","#js/*":"./named/*.js"},' +
      '"exports":{"./color":"./named/color.ts"}}',
    // What only a compiler can read, so that Node's own reading of TypeScript does not do.
    'named/color.ts': 'export enum Color { Red, Green }\nexport let asked = 0\nexport const ask = () => ++asked',
    'named/slow.ts': 'import { Color } from "#color"\nexport const slow: string = await Promise.resolve(Color[1])',
    'packages/side/package.json': '{"name":"side","main":"index.ts"}',
    'packages/side/index.ts': 'export enum Side { Left = "left" }',
  })
  mkdirSync(join(folder, 'node_modules'), { recursive: true })
  symlinkSync('../packages/side', join(folder, 'node_modules/side'))
  expect(await run('import { Color, ask, asked } from "#color"\nask(); Color[0] + asked')).toBe("'Red1'")
  expect(await run('import { Color as C2 } from "own/color"\nC2 === Color')).toBe('true')
  expect(await run('import { slow } from "#js/slow"\nslow')).toBe("'Green'")
  expect(await run('import { Side } from "side"\nSide.Left')).toBe("'left'")
  expect(await run('(await import("#color")).ask()')).toBe('2')
})

test('a cell is what runs, as a script is; a file that it imports is not', async ({ run }) => {
  write({
    'main.ts': 'export const main: boolean[] = [require.main === module, import.meta.main]',
  })
  expect(await run('import { main } from "./main"\nmain')).toBe('[ false, false ]')
  expect(await run('[require.main === module, import.meta.main]')).toBe('[ true, true ]')
})

test('await at the top of a file, of one that it imports, and in a circle', async ({ run }) => {
  write({
    'waits.ts':
      'export const now: number = await Promise.resolve(1)\nfor await (const x of [now]) console.log("once", x)',
    'outer.ts': 'import { now } from "./waits.ts"\nexport const twice: number = now * 2',
    'one.ts':
      'import { two } from "./two.ts"\nexport const one: number = await Promise.resolve(1)\nexport const both = () => one + two',
    'two.ts':
      'import { one } from "./one.ts"\nexport const two: number = await Promise.resolve(2)\nexport const sum = () => one + two',
    'fails.ts': 'export const x: number = 1\n\nawait Promise.reject(new TypeError("at the top"))',
    'later.ts': 'export const later: number = await Promise.resolve(9)',
  })
  expect(await run('import { twice } from "./outer"\ntwice')).toBe('once 1\n2')
  expect(await run('import { now } from "./waits"\nnow')).toBe('1')
  expect(await run('import { both } from "./one"\nboth() + require("./two").sum()')).toBe('6')
  expect(await run('import "./fails"')).toMatch(/^TypeError: at the top\n\n\/fails\.ts:3\n/)
  expect(await run('import "./fails"')).toMatch(/^TypeError: at the top/)
  write({ 'fails.ts': 'export const x = await Promise.resolve("mended")' })
  expect(await run('import { x } from "./fails"\nx')).toBe("'mended'")
  expect(await run('(await import("./later.ts")).later')).toBe('9')
})

test('■ while a file waits: the next import begins anew', async ({ freshKernel }) => {
  write({ 'forever.ts': 'console.log("begun")\nexport const x = await new Promise<number>(() => {})' })
  const kernel = await freshKernel({ cwd: folder })
  for (let again = 0; again < 2; again++) {
    const begun = nextIopub(kernel, ({ content }) => content.text === 'begun\n')
    const ended = kernel.execute('import { x } from "./forever"')
    await begun
    await kernel.interrupt()
    expect((await ended).reply.content).toMatchObject({ status: 'error', ename: 'KeyboardInterrupt' })
  }
})

test('a change is seen by the next import, through other files and in JSON too', async ({ run }) => {
  write({
    'data.json': '{ "port": 80 }',
    'reads.mts': 'import data from "./data.json"\nexport const port: number = data.port',
    'uses.ts': 'import { port } from "./reads.mts"\nexport const text = "port " + port',
  })
  expect(await run('import { text } from "./uses"\nimport d from "./data.json"\n[text, d.port]')).toBe(
    "[ 'port 80', 80 ]",
  )
  write({ 'data.json': '{ "port": 8081 }' })
  expect(await run('import { text } from "./uses"\nimport d from "./data.json"\n[text, d.port]')).toBe(
    "[ 'port 8081', 8081 ]",
  )
  write({ 'reads.mts': 'export const port: string = "changed"' })
  expect(await run('import { text } from "./uses"\ntext')).toBe("'port changed'")
})

test('a file sees the preloaded names, socketlab, packages and JSON', async ({ run }) => {
  write({
    'node_modules/pack/package.json':
      '{ "name": "pack", "version": "1.0.0", "type": "module", "exports": "./i.js", "types": "./i.d.ts" }',
    'node_modules/pack/i.js': 'export default () => "pack"',
    'node_modules/pack/i.d.ts': 'export default function pack(): string',
    'all.ts':
      'import pack from "pack"\nimport { socket as same } from "socketlab"\nexport const all = [pack(), same === socket, typeof display, typeof lab.closeAll]',
  })
  expect(await run('import { all } from "./all"\nall')).toBe("[ 'pack', true, 'function', 'function' ]")
})

test('a compiled package without a default, imported as one, is the package: as Node gives it', async ({ run }) => {
  write({
    'node_modules/compiled/package.json':
      '{ "name": "compiled", "version": "1.0.0", "main": "i.js", "types": "./i.d.ts" }',
    'node_modules/compiled/i.js': 'Object.defineProperty(exports, "__esModule", { value: true })\nexports.five = 5',
    'node_modules/compiled/i.d.ts': 'export declare const five: number',
    'uses-compiled.ts': 'import all, { five } from "compiled"\nexport const ten = all.five + five',
  })
  expect(await run('import compiled, { five } from "compiled"\ncompiled.five + five')).toBe('10')
  expect(await run('import { ten } from "./uses-compiled"\nten')).toBe('10')
})

test('packages that await at their top level: imported by a cell, by a file and by another package', async ({
  run,
}) => {
  const packageJson = (name: string) =>
    `{ "name": "${name}", "version": "1.0.0", "type": "module", "exports": { "types": "./i.d.ts", "import": "./i.js" } }`
  write({
    'node_modules/later/package.json': packageJson('later'),
    'node_modules/later/i.js':
      'export const five = await new Promise((done) => setImmediate(done, 5))\nexport default "later"\nexport let asked = 0\nexport const ask = () => ++asked',
    'node_modules/later/i.d.ts':
      'export const five: number\ndeclare const name: string\nexport default name\nexport let asked: number\nexport const ask: () => number',
    'node_modules/over-later/package.json': packageJson('over-later'),
    'node_modules/over-later/i.js': 'export { five as six } from "later"',
    'node_modules/over-later/i.d.ts': 'export { five as six } from "later"',
    'node_modules/never/package.json': packageJson('never'),
    'node_modules/never/i.js': 'await null\nthrow new RangeError("not today")',
    'node_modules/never/i.d.ts': 'export {}',
    'doubled.ts': 'import later, { five } from "later"\nexport const ten = later && 2 * five',
    'twice.ts': 'import { five } from "later"\nexport const twice = [five, five]',
  })
  const unasked = await run('const load = () => require("over-later") as { six: number }\nload().six')
  expect(unasked).toContain("'over-later' awaits at its top level, so it cannot be required: write `await import(")
  expect(unasked).toMatch(/at load \(cell \[1\]:1:20\)\n {4}at cell \[1\]:2:1$/)
  expect(await run('import { ten } from "./doubled"\nten')).toBe('10')
  expect(await run('import name, { five, ask } from "later"\nimport * as all from "later"\nask()')).toBe('1')
  expect(await run('[name, five, all.asked, all.default, (await import("later")).asked]')).toBe(
    "[ 'later', 5, 1, 'later', 1 ]",
  )
  expect(await run('import { six } from "over-later"\nsix + load().six')).toBe('10')
  expect(await run('(await import("./twice")).twice')).toBe('[ 5, 5 ]')
  expect(await run('import "never"')).toContain('RangeError: not today')
})

test('errors: in the lines of the file, and of the cell that imported it', async ({ run }) => {
  write({
    'throws.mts':
      'interface A { x: number }\n\nexport function fail(a: A): never {\n  throw new RangeError("bad " + a.x)\n}',
    'wrong.cts': 'export const x: number = "no"',
  })
  const said = await run('import { fail } from "./throws.mts"\nfail({ x: 1 })')
  expect(said).toContain('/throws.mts:4\n')
  expect(said).toContain('> 4 |   throw new RangeError("bad " + a.x)')
  expect(said).toMatch(/at fail \(\/throws\.mts:4:9\)\n {4}at cell \[1\]:2:1$/)
  expect(await run('import { x } from "./wrong.cts"')).toMatch(/^wrong\.cts:1:14 - error TS2322/)
})

test('a module that is not there: where it was required, and what to do', async ({ run }) => {
  const said = await run('const add = 1\nrequire("@nope/what/part")')
  expect(said).toContain("Cannot find module '@nope/what/part': if it is a package of npm")
  expect(said).toContain('`npm install @nope/what`')
  expect(said).toMatch(/> 2 \| require\("@nope\/what\/part"\)[\s\S]*\n {4}at cell \[1\]:2:1$/)
  expect(await run('require("./nope")')).toContain("Cannot find module './nope': there is no file /nope")
  expect(await run('require("./nope.json")')).toContain('there is no file /nope.json')
  const imported = (specifier: string) => run(`// @ts-nocheck\nawait import("${specifier}")`)
  expect(await imported('@nope/what/part')).toContain('`npm install @nope/what`')
  expect(await imported('./nope.js')).toContain("Cannot find module './nope.js': there is no file /nope.js")
})

test('dynamic imports give the same files, packages, Node and socketlab', async ({ run }) => {
  write({ 'state.ts': 'export const state = { n: 0 }' })
  expect(await run('import { state } from "./state"\nstate.n = 5\n;(await import("./state.ts")).state === state')).toBe(
    'true',
  )
  expect(await run('(await import("socketlab")).socket === socket')).toBe('true')
  expect(await run('typeof (await import("node:os")).cpus')).toBe("'function'")
  expect(
    await run(
      'const name = "./state"\nconst load = async (from: string) => Object.keys(await import(from))\nawait load(name)',
    ),
  ).toBe("[ 'state' ]")
  expect(await run('import.meta.resolve("fs") + import.meta.resolve("./state").slice(-9)')).toBe("'node:fs/state.ts'")
  // What is still to be written is named too, as in Node.
  expect(await run('import.meta.resolve("./new.txt").slice(-8)')).toBe("'/new.txt'")
})

test('paths start from the folder of the notebook, also after process.chdir', async ({ run }) => {
  write({ 'lib/here.ts': 'export const here = 1' })
  await run('process.chdir("lib")')
  expect(await run('import { here } from "./lib/here"\nhere')).toBe('1')
})

test('a folder that was renamed since the kernel was started: what to do', async ({ freshKernel }) => {
  const [before, after] = [join(folder, 'week-1'), join(folder, 'week-2')]
  write({ 'week-1/helper.ts': 'export const n: number = 1' })
  const kernel = await freshKernel({ cwd: before })
  await kernel.execute('import { n } from "./helper.ts"')
  renameSync(before, after)
  const { reply } = await kernel.execute('import { n as m } from "./helper.ts"')
  expect(plain((reply.content as { traceback?: unknown }).traceback)).toContain(
    'and a restart looks for the old one: shut the kernel down (Kernel → Shut Down Kernel), and run the cells anew.',
  )
})

test('a notebook that was moved since the kernel was started: where its paths start, and what to do', async ({
  freshKernel,
}) => {
  const notebook = join(folder, 'moved.ipynb')
  write({ 'moved.ipynb': '{}', 'next/helper.ts': 'export const n = 1' })
  const kernel = await freshKernel({ cwd: folder, env: { JPY_SESSION_NAME: notebook } })
  const advice = async () => {
    const { reply } = await kernel.execute('import { n } from "./helper.ts"')
    return plain((reply.content as { traceback?: unknown }).traceback)
  }
  expect(await advice()).toContain("The path starts from the notebook's folder.")
  renameSync(notebook, join(folder, 'next/moved.ipynb'))
  expect(await advice()).toContain(
    `The path starts from the folder in which the notebook was when the kernel was started, ${folder}. Was it moved since?`,
  )
})
