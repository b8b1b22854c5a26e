/** What the documentation of packages asks of a project: types added to a module of another, and the older decorators. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect } from 'vitest'
import { plain, resultOf, test as withKernel } from '../kernel-fixture.ts'

const FILES = {
  'node_modules/served/package.json':
    '{ "name": "served", "version": "1.0.0", "main": "main.js", "types": "main.d.ts" }',
  'node_modules/served/main.js': 'exports.handle = (answer) => answer({ user: "ann" })',
  'node_modules/served/main.d.ts':
    'import * as core from "served-core"\nexport declare function handle<T>(answer: (request: core.Request) => T): T',
  'node_modules/@types/served-core/package.json':
    '{ "name": "@types/served-core", "version": "1.0.0", "types": "index.d.ts" }',
  'node_modules/@types/served-core/index.d.ts': 'export interface Request { path?: string }',
  'node_modules/reflect-metadata/package.json':
    '{ "name": "reflect-metadata", "version": "1.0.0", "main": "main.js", "types": "main.d.ts" }',
  'node_modules/reflect-metadata/main.js':
    'Reflect.metadata = (key, value) => (made) => { Reflect.set(made, Symbol.for(key), value) }',
  'node_modules/reflect-metadata/main.d.ts': 'export {}',
  'older.ts':
    'const hidden = (target: object, key: string, property: PropertyDescriptor) => { property.enumerable = false }\nexport class Greeter { @hidden greet() { return "hello" } }',
}

const test = withKernel.extend('run', async ({ freshKernel }) => {
  const cwd = mkdtempSync(join(tmpdir(), 'socketlab-documented-'))
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true })
    writeFileSync(join(cwd, path), text)
  }
  const kernel = await freshKernel({ cwd })
  /** The cell's result, or what it failed with. */
  return async (code: string): Promise<unknown> => {
    const { reply, iopub } = await kernel.execute(code)
    return 'traceback' in reply.content ? plain(reply.content.traceback) : resultOf(iopub)
  }
})

test('a module that only another package imports gets a type added', async ({ run }) => {
  const added = 'declare module "served-core" { interface Request { user?: string } }'
  expect(await run(`import { handle } from 'served'\n${added}\nhandle((request) => request.user)`)).toBe("'ann'")
})

test('a local file with the older decorators, imported by a cell that has none', async ({ run }) => {
  expect(await run("import { Greeter } from './older.ts'\nnew Greeter().greet()")).toBe("'hello'")
})

test('decorators that both kinds take give the types of parameters where reflect-metadata is imported', async ({
  run,
}) => {
  await run("import 'reflect-metadata'\nfunction injectable() { return (made: any): void => {} }")
  await run('class Engine {}')
  const made = '@injectable() class Car { constructor(public engine: Engine) {} }'
  expect(await run(`${made}\nReflect.get(Car, Symbol.for("design:paramtypes"))`)).toBe('[ [class Engine] ]')
})
