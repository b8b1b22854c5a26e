/** Packages with a build for `import` and one for `require`: an import gets the one whose types the compiler has read. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'
import { resultOf, test } from '../kernel-fixture.ts'

const exportsOf = (imported: string, required: string) => ({ '.': { import: imported, require: required } })
const twoTypes = {
  '.': {
    import: { types: './i.d.mts', default: './i.mjs' },
    require: { types: './r.d.cts', default: './r.cjs' },
  },
}

const FILES: Record<string, string> = {
  'dual/package.json': JSON.stringify({ name: 'dual', exports: twoTypes }),
  'dual/i.mjs':
    'export class K {}\nexport const kind = "import"\nexport default () => "default"\nexport const only = 1',
  'dual/i.d.mts':
    'export class K { #x }\nexport const kind: "import"\ndeclare const f: () => string\nexport default f\nexport const only: 1',
  'dual/r.cjs': 'exports.K = class K {}\nexports.kind = "require"\nexports.default = { f: 1 }',
  'dual/r.d.cts': 'export class K { #x }\nexport const kind: "require"',
  'user/package.json': JSON.stringify({ name: 'user', type: 'module', exports: './i.js' }),
  'user/i.js': 'import { K } from "dual"\nexport const made = new K()',
  'user/i.d.ts': 'import { K } from "dual"\nexport const made: K',
  'default-only/package.json': JSON.stringify({ name: 'default-only', exports: exportsOf('./i.mjs', './r.cjs') }),
  'default-only/i.mjs': 'export default { render: () => "rendered", name: "default-only" }',
  'default-only/r.cjs': 'exports.render = () => "rendered"\nexports.name = "default-only"',
  'wrapper/package.json': JSON.stringify({ name: 'wrapper', exports: exportsOf('./i.mjs', './r.cjs') }),
  'wrapper/base.cjs': 'module.exports = class Base {}',
  'wrapper/i.mjs': 'import Base from "./base.cjs"\nexport default Base',
  'wrapper/r.cjs': 'const Base = require("./base.cjs")\nBase.Server = class Server {}\nmodule.exports = Base',
  'for-bundlers/package.json': JSON.stringify({ name: 'for-bundlers', exports: exportsOf('./i.mjs', './r.cjs') }),
  'for-bundlers/i.mjs': 'export { part } from "./part"',
  'for-bundlers/part.mjs': 'export const part = "bundled"',
  'for-bundlers/r.cjs': 'exports.part = "required"',
  'waiting/package.json': JSON.stringify({ name: 'waiting', exports: exportsOf('./i.mjs', './r.cjs') }),
  'waiting/i.mjs': 'export const value = await Promise.resolve("awaited")',
  'waiting/r.cjs': 'exports.value = "required"',
  'for-require/package.json': JSON.stringify({ name: 'for-require', exports: { '.': { require: './r.cjs' } } }),
  'for-require/r.cjs': 'exports.value = "required"',
}

const folder = mkdtempSync(join(tmpdir(), 'socketlab-two-builds-'))

beforeAll(() => {
  for (const [path, text] of Object.entries(FILES)) {
    const file = join(folder, 'node_modules', path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  writeFileSync(join(folder, 'local.ts'), 'import { kind, K } from "dual"\nexport { kind, K }\nexport * from "dual"')
})
afterAll(() => rmSync(folder, { recursive: true }))

const unchecked = (code: string): string => `// @ts-nocheck\n${code}`
const CELLS: Record<string, [code: string, shown: string]> = {
  'names and default': ['import f, { kind } from "dual"\n[kind, f()].join()', "'import,default'"],
  'a name that only one has': ['import { only } from "dual"\nonly', '1'],
  'all of it': ['import * as all from "dual"\n[all.kind, all.only].join()', "'import,1'"],
  'a copy for require': ['require("dual").kind', "'require'"],
  'what another package has made': ['import { made } from "user"\nimport { K } from "dual"\nmade instanceof K', 'true'],
  'import()': ['(await import("dual")).K === K', 'true'],
  'a local file': [
    'import { kind as there, K as Same } from "./local.ts"\n[there, Same === K].join()',
    "'import,true'",
  ],
  'names of a default': [
    unchecked(
      'import * as t from "default-only"\nimport d, { render } from "default-only"\n[t.render(), render(), d.name, Object.keys(t)].join()',
    ),
    "'rendered,rendered,default-only,default'",
  ],
  'a build upon the other': [unchecked('import Base from "wrapper"\ntypeof Base.Server'), "'function'"],
  'a build that Node cannot read': [unchecked('import { part } from "for-bundlers"\npart'), "'required'"],
  'a build that awaits': [unchecked('import { value } from "waiting"\nvalue'), "'awaited'"],
  'none for import': [unchecked('import { value as v } from "for-require"\nv'), "'required'"],
}

for (const [name, [code, shown]] of Object.entries(CELLS))
  test(name, async ({ freshKernel }) => {
    const kernel = await freshKernel({ cwd: folder })
    await kernel.execute('import { K } from "dual"')
    const { iopub, reply } = await kernel.execute(code)
    expect(reply.content).toMatchObject({ status: 'ok' })
    expect(resultOf(iopub)).toBe(shown)
  })
