/** A top-level name is one binding for the whole notebook, as in Python. Cells are run; the last one's value counts. */
import { describe, expect } from 'vitest'
import type { Notebook } from './client.ts'
import { test } from './notebook-fixture.ts'

/** Runs all cells and gives what the last one shows; none may be refused or throw. */
async function lastOf(notebook: Notebook, cells: string[]): Promise<unknown> {
  let value: unknown
  for (const code of cells) {
    const run = await notebook.run(code)
    if (!run.answer.ok) throw new Error(run.answer.diagnostics[0]?.message)
    if (run.thrown) throw run.thrown
    value = run.value
  }
  return value
}

const CASES: Record<string, Record<string, [cells: string[], value: unknown]>> = {
  'assignment reaches earlier cells': {
    'a loop of an earlier cell stops': [
      [
        'let running = true\nconst loop = (async () => { while (running) await new Promise((r) => setTimeout(r, 1)); return "stopped" })()',
        'running = false\nawait loop',
      ],
      'stopped',
    ],
    'an earlier function goes on from it': [['let n = 1\nfunction inc() { return ++n }', 'n = 10', 'inc()'], 11],
    'and writes what a later cell reads': [['let n = 1\nfunction inc() { n += 5 }', 'inc()', 'n'], 6],
    'destructuring assignment': [
      ['let m = 1, o = 2', '[m, o] = [o, m]', '({ m } = { m: 9 })', '[m, o]'],
      [9, 1],
    ],
    'for … of into an earlier name': [['let last = 0', 'for (last of [1, 2, 3]) {}', 'last'], 3],
  },
  'redeclaration reaches earlier cells': {
    'a mended function': [
      [
        'function recvExactly() { return "old" }',
        'function recvMessage() { return recvExactly() }',
        'function recvExactly() { return "mended" }',
        'recvMessage()',
      ],
      'mended',
    ],
    'also its neighbours in its own cell': [
      ['function a() { return "old" }\nfunction b() { return a() }', 'function a() { return "new" }', 'b()'],
      'new',
    ],
    'a class': [['class P { n = 1 }\nfunction make() { return new P() }', 'class P { n = 2 }', 'make().n'], 2],
    'a function by a constant': [['function f() { return 1 }\nconst g = () => f()', 'const f = () => 2', 'g()'], 2],
    'another type': [['let x = 1', 'let x = "s"', 'x.toUpperCase()'], 'S'],
    'an import by a variable': [['import { sep } from "path"', 'let sep = 5', 'sep'], 5],
  },
  'declared elsewhere': {
    'a global': [
      ['declare var elsewhere: number\n;(globalThis as any).elsewhere = 6\nelsewhere + 1', '({ elsewhere })'],
      { elsewhere: 6 },
    ],
    'read by a function of a later cell': [
      ['declare var far: number', 'function read() { return far }', '(globalThis as any).far = 7\nread()'],
      7,
    ],
    'a name of an earlier cell, which stays its': [['let n = 5', 'declare const n: number\nn + 1', 'n + 2'], 7],
    'and by the notebook, after all': [['declare function f(): number', 'function f() { return 3 }', 'f()'], 3],
  },
  'every way to declare': {
    'names with underscores': [
      [
        'let __dirname = "mine", ___x = 1\nfunction __f() { return __dirname + ___x }\nclass __C {}',
        '__f() + typeof __C',
      ],
      'mine1function',
    ],
    'module for namespace, as until TypeScript 6': [['module Old { export const x = 1 }', 'Old.x'], 1],
    'a script with #!': [['#!/usr/bin/env node\nconst a = 1', 'a'], 1],
    'object and array patterns': [
      [
        'const [p, ...q] = [1, 2, 3], { r = 5, s: { t } } = { s: { t: 6 } } as { r?: number; s: { t: number } }',
        '[p, q, r, t]',
      ],
      [1, [2, 3], 5, 6],
    ],
    'var in a loop, a block, a switch': [
      [
        'for (var i = 0, k = 3; i < k; i++) {}\nif (k) { var inner = 7 }\nswitch (1) { default: var sw = 8 }',
        '[i, k, inner, sw]',
      ],
      [3, 3, 7, 8],
    ],
    'var assigned before its line': [['b = 3\nvar b: number', 'b'], 3],
    'a name of a block stays there': [['let q = 1', '{ let q = "s"; q.length }\nfor (const q of [5]) { q }', 'q'], 1],
    'a parameter of the same name': [['let n = 1\nfunction f(n: number) { return n + 1 }', 'f(5)'], 6],
    'a function used above its line': [['const r = early()\nfunction early() { return 4 }', 'r'], 4],
    'enum and namespace': [
      [
        'enum E { A, B }\nnamespace N { export let v = E.B; export function up() { return ++v } }',
        '[N.up(), N.v, E[1]]',
      ],
      [2, 2, 'B'],
    ],
    'a class that names itself': [
      [
        'class Acc { static made = 0; #v = Acc.made++; static one = new Acc(); static { Acc.made = 10 } get v() { return this.#v } }',
        '[new Acc().v, Acc.made, Acc.one.v]',
      ],
      [10, 11, 0],
    ],
    'a decorated class and an accessor': [
      [
        'function mark(c: { marked?: boolean }) { c.marked = true }\n@mark class D { declare static marked?: boolean; accessor n = 4 }',
        '[D.marked, new D().n]',
      ],
      [true, 4],
    ],
    "the language's decorators": [
      [
        'const calls: string[] = []\nfunction logged<T, A extends unknown[], R>(f: (this: T, ...a: A) => R, context: ClassMethodDecoratorContext) { return function (this: T, ...a: A): R { calls.push(String(context.name)); return f.apply(this, a) } }',
        'class G { @logged hi(n: string) { return "hi " + n } }\nnew G().hi("you")',
        '[calls, new G().hi("x")]',
      ],
      [['hi', 'hi'], 'hi x'],
    ],
    'decorators that are waited for, of classes and of their members': [
      [
        'const calls: string[] = []\nconst found = async (name: string) => (_: unknown, context: DecoratorContext) => void calls.push(name + String(context.name))\nconst parent = async () => class { up = 1 }',
        '@(await found("a ")) class One { @(await found("b ")) run() { return 2 } }\nclass Two extends (await parent()) { @(await found("c ")) static n = 3; [(await "k") as string]() {} }',
        'async function make() { return [@(await found("d ")) class Three {}][0]?.name }\nconst made = await make()',
        '[new One().run(), new Two().up, Two.n, made, ...calls]',
      ],
      [2, 1, 3, 'Three', 'b run', 'a One', 'c n', 'd Three'],
    ],
    "TypeScript's older decorators": [
      [
        'function dec(target: object, key: string, d: PropertyDescriptor) { const f = d.value; d.value = function (...a: unknown[]) { return "<" + f.apply(this, a) + ">" } }',
        'class D { @dec hi(n: string) { return n } }',
        'new D().hi("q")',
      ],
      '<q>',
    ],
    "after those, the language's, and the older ones again": [
      [
        'const calls: unknown[] = []\nfunction now(f: () => void, c: ClassMethodDecoratorContext) { calls.push(c.name) }\nfunction old(a: object, b: string, c: PropertyDescriptor) { calls.push(b) }',
        'class A { @old one() {} }',
        'class B { @now two() {} }',
        'function either(...given: unknown[]) { calls.push(given.length) }\nclass C { @old three() {} @either four() {} }',
        'class D { @either five() {} }',
        'calls',
      ],
      ['one', 'two', 'three', 3, 3],
    ],
    'their metadata, with classes of earlier cells and of this one': [
      [
        'const seen: unknown[] = []\nReflect.set(Reflect, "metadata", (_: string, value: unknown) => () => void seen.push(value))\nfunction dec(target: object, key?: string): any {}\nclass Engine {}\nnamespace Parts { export class Wheel {} }',
        'class Door {}\nclass Car { @dec name!: string; @dec engine!: Engine; @dec wheel!: Parts.Wheel; @dec door!: Door; @dec extra!: { a: 1 } }',
        'function inside() { class Engine { own = 1 } class Boat { @dec engine!: Engine } return Engine }\nconst own = inside()',
        'Reflect.deleteProperty(Reflect, "metadata")\n;[String, Engine, Parts.Wheel, Door, Object, own].map((one, at) => one === seen[at])',
      ],
      [true, true, true, true, true, true],
    ],
    'anonymous functions get their names': [
      ['let f = () => 1, g = function () {}, C = class {}', 'f = () => 2', '[f.name, g.name, C.name]'],
      ['f', 'g', 'C'],
    ],
    'export in a cell': [
      ['export const e = 1\nexport default function d() { return e }\nexport { sep as s2 } from "path"', '[d(), s2]'],
      [1, '/'],
    ],
    "export of another module's default": [
      ['export { default, sep as s3 } from "path"\nexport { delimiter as default } from "path"', 's3'],
      '/',
    ],
    'export default without a name': [
      [
        'export default class extends Map<string, number> {\n  twice() { return this.size * 2 }\n}',
        'const made = new _default([["a", 1]]).twice()',
        'export default async function* () { yield made }',
        'const all = await Array.fromAsync(_default())',
        'export default\n  { port: 80, route: { path: "/" } } satisfies { port: number; route: object }',
        '[...all, _default.port]',
      ],
      [2, 80],
    ],
    'export = of an object': [['export =\n  { port: 81 }'], { port: 81 }],
    'a sum of very many': [[`const one = 1\none${' + one'.repeat(1000)}`], 1001],
    'import = require': [['import os = require("os")', 'typeof os.cpus'], 'function'],
    'a name like what we use': [
      [
        'const tsLastExpr = 10; tsLastExpr + 4',
        'function f(exports: number) { return exports + 1 }',
        '[tsLastExpr, f(1)]',
      ],
      [10, 2],
    ],
  },
  'calls stay calls': {
    'without this': [['function f(this: unknown) { return this === undefined }', 'f()'], true],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a cell's code
    'of a tag': [['const tag = (s: TemplateStringsArray, ...v: number[]) => s.join("-") + v', 'tag`a${1}b`'], 'a-b1'],
    'that are optional': [['let f: (() => number) | undefined = () => 4', 'f?.()'], 4],
  },
}

for (const [title, cases] of Object.entries(CASES))
  describe(title, () => {
    for (const [name, [cells, value]] of Object.entries(cases))
      test(name, async ({ notebook }) => {
        expect(await lastOf(notebook, cells)).toEqual(value)
      })
  })

test('a cell that fails half-way keeps what it had defined', async ({ notebook }) => {
  await notebook.run('let x = 0')
  expect((await notebook.run('let x = 1\nlet y = 2\nthrow new Error("half")\nlet z = 3')).thrown).toEqual(
    new Error('half'),
  )
  expect((await notebook.run('x + y')).value).toBe(3)
})

test('a cell that is refused declares nothing', async ({ notebook }) => {
  await notebook.run('let x: string = 5')
  expect((await notebook.run('x')).answer.ok).toBe(false)
})

test('the result is the last expression, and only where the cell ends in one', async ({ notebook }) => {
  const results = []
  for (const code of [
    '1; 2',
    'const k = 1',
    'class A { static { A.name } }',
    'namespace N { export const v = 1 }',
    '5\ninterface I {}',
    'if (1) 2',
    '() => 1',
    '',
  ])
    results.push(((await notebook.convert(code)) as { result?: string }).result !== undefined)
  expect(results).toEqual([true, false, false, false, true, false, true, false])
})

describe('using at top level', () => {
  test('lives on after its cell, under its name', async ({ notebook }) => {
    const { answer, value } = await notebook.run(
      'const gone: string[] = []\nusing a = { [Symbol.dispose]() { gone.push("a") } }, b = { [Symbol.dispose]() {} }\nawait using c = { async [Symbol.asyncDispose]() {} }\ngone.length',
    )
    expect(value).toBe(0)
    expect(answer).toMatchObject({ declares: ['gone', 'a', 'b', 'c'], awaits: true })
    expect(notebook.held.map(({ name, isAsync }) => [name, isAsync])).toEqual([
      ['a', false],
      ['b', false],
      ['c', true],
    ])
    expect(notebook.exports.a).toBe(notebook.held[0]?.value)
  })

  test('in a block it ends with the block', async ({ notebook }) => {
    const run = await notebook.run(
      'const gone: string[] = []\n{ using a = { [Symbol.dispose]() { gone.push("a") } } }\ngone',
    )
    expect(run.value).toEqual(['a'])
    expect(notebook.held).toEqual([])
  })

  test('its value must be disposable', async ({ notebook }) => {
    const { answer } = await notebook.run('using a = 5')
    expect(answer).toMatchObject({ ok: false, diagnostics: [{ code: 2850 }] })
  })
})
