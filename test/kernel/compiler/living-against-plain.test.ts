/**
 * The living program must answer as TypeScript's own does: over all sessions the same verdict, places, messages,
 * JavaScript, source map and value. Where they differ, the plain one is at fault, and the fault stands here. And so must
 * the one that begins with a start-up snapshot.
 */
import { symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { buildSnapshot, compilerCommand } from '../../../kernel/bridge/snapshot.mjs'
import { AS_BUILT, type Client, emptyFolder, Notebook, type Run, root, startCompiler } from './client.ts'
import { sessions } from './sessions.ts'

/** Cells on which the plain converter is wrong, by session, with what it does. */
const PLAIN_IS_WRONG: Record<string, Record<string, string>> = {
  classThenLet: { 'let b: A': 'forgets the type A' },
  retypedInterface: { 'v.a': 'gives v the new type I' },
  privateFields: { 'acc.#sum': 'says that #sum does not exist' },
  namespaces: { 'const t: N.M.T = { z: "no" }': 'cannot find namespace N' },
  destructuring: { '({ m } = { m: 9 }); m': 'does not rewrite a shorthand' },
  shorthand: {
    '({ x1, y1 })': 'does not rewrite a shorthand',
    'function mk() { return { x1, z: y1 } } mk()': 'does not rewrite a shorthand',
  },
  propertyNames: { 'const { x: px } = pt; px': 'takes a property name for a variable' },
  anonymousClass: { 'const C = class { private p = 1; q = 2 }; new C().q': 'fails to write a declaration' },
  declareAmbient: { 'typeof fromOutside': 'takes it for a name of the notebook' },
  globalAugment: {
    'declare global { interface Array<T> { second(): T } var appName: string }\nArray.prototype.second = function () { return this[1] }; globalThis.appName = "n"':
      'tries to export __global',
    '[1, 2].second() + appName': 'has not taken the cell before',
  },
  decorators: { 'class D { @dec hi(n: string) { return n } }': 'writes no metadata of types' },
  localModules: { 'import { nope } from "./local-module"': 'writes the module without .ts' },
}

function summary({ answer, value, thrown }: Run) {
  if (!answer.ok)
    return answer.diagnostics.map((each) => `${each.start.line}:${each.start.column} TS${each.code} ${each.message}`)
  const files = answer.files.map(({ path }) => path)
  return {
    javascript: answer.javascript,
    map: answer.map,
    files,
    value: inspect(value),
    thrown: thrown && String(thrown),
  }
}

function notebookFolder(): string {
  const folder = emptyFolder()
  writeFileSync(
    join(folder, 'local-module.ts'),
    'import { deep } from "./deep.ts";\nexport { deep };\nexport interface Wide { w: number }\nexport function twice(n: number) { return n * 2 }\n',
  )
  writeFileSync(join(folder, 'deep.ts'), 'export const deep: number = 3;\n')
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  return folder
}

/** The cells to which two compilers do not give the same answer, by session. */
async function differences(folder: string, one: Client, other: Client): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {}
  for (const [name, cells] of Object.entries(sessions)) {
    const [was, is] = [new Notebook(one, folder), new Notebook(other, folder)]
    for (const code of cells) {
      const [a, b] = await Promise.all([was.run(code), is.run(code)])
      if (inspect(summary(a), { depth: 9 }) !== inspect(summary(b), { depth: 9 })) {
        found[name] ??= []
        found[name].push(code)
      }
    }
  }
  await Promise.all([one.stop(), other.stop()])
  return found
}

test('the same answers as the plain converter', async () => {
  const folder = notebookFolder()
  const [plain, living] = await Promise.all([startCompiler({ mode: 'plain', folder }), startCompiler({ folder })])
  expect(await differences(folder, plain, living)).toEqual(
    Object.fromEntries(Object.entries(PLAIN_IS_WRONG).map(([name, cells]) => [name, Object.keys(cells)])),
  )
}, 60_000)

test('the same answers from its start-up snapshot, as kernels have it', async () => {
  const folder = notebookFolder()
  const bundle = AS_BUILT.bundlePath as string
  await buildSnapshot(bundle)
  const { command, fromSnapshot } = compilerCommand(bundle)
  expect(fromSnapshot).toBe(true)
  const [plainly, fromBlob] = await Promise.all([
    startCompiler({ ...AS_BUILT, folder }),
    startCompiler({ ...AS_BUILT, folder, args: command.slice(1) }),
  ])
  expect(await differences(folder, plainly, fromBlob)).toEqual({})
}, 60_000)
