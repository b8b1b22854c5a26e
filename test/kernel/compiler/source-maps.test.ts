/** Where an error is thrown in the JavaScript, the map leads to the learner's own line and column. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping'
import { expect } from 'vitest'
import { emptyFolder, Notebook } from './client.ts'
import { test } from './notebook-fixture.ts'

/** Line and column (from 1) of the first frame that lies in `file`, through its map. */
function placeOf(error: unknown, file: string, map: string): string {
  const frame = String((error as Error).stack)
    .split('\n')
    .find((line) => line.includes(file))
  const [, line, column] = /:(\d+):(\d+)\)?$/.exec(frame ?? '') ?? []
  const at = originalPositionFor(new TraceMap(map), { line: Number(line), column: Number(column) - 1 })
  return `${at.source}:${at.line}:${(at.column ?? -1) + 1}`
}

const MARK = '¦'

/** The place of the error is where the mark stands. */
const CELLS: Record<string, string> = {
  'a throw in a line of its own': 'const a = 1\n\n  throw ¦new Error("x")',
  'after types and an interface':
    'interface P {\n  a: number\n}\nfunction f<T extends P>(x: T): number {\n  throw ¦new Error("x")\n}\nf({ a: 1 })',
  'in an arrow function of an earlier line':
    'const boom = (n: number): never => { throw ¦new Error(String(n)) }\nboom(3)',
  'after an import and a destructuring':
    'import { join } from "node:path"\nconst { a, b: [c] } = { a: 1, b: [2] }\njoin("a", "b"); throw ¦new Error("x")',
  'a property of undefined': 'let o: { p: { q: number } } = {} as any\no.p.¦q',
  'in a class': 'class A {\n  #v = 1\n  m() { if (this.#v) throw ¦new Error("x") }\n}\nnew A().m()',
  'after an enum and a decorated accessor':
    'enum E { A }\nclass D { accessor n: number = E.A }\nnew D().n; throw ¦new Error("x")',
  'after await': 'await Promise.resolve(1)\nthrow ¦new Error("x")',
  'after a top-level using': 'using r = { [Symbol.dispose]() {} }\nvoid r\nthrow ¦new Error("x")',
}

for (const [name, marked] of Object.entries(CELLS))
  test(name, async ({ notebook }) => {
    const before = marked.slice(0, marked.indexOf(MARK))
    const { answer, thrown } = await notebook.run(marked.replace(MARK, ''))
    if (!answer.ok) throw new Error(answer.diagnostics[0]?.message)
    const lines = before.split('\n')
    expect(placeOf(thrown, 'cell [1]', answer.map)).toBe(`cell [1]:${lines.length}:${(lines.at(-1) ?? '').length + 1}`)
  })

test('a call of an earlier cell', async ({ notebook }) => {
  await notebook.run('let f = undefined as unknown as () => void')
  const { answer, thrown } = await notebook.run('1 + 1;\n  f()')
  expect(placeOf(thrown, 'cell [2]', (answer as { map: string }).map)).toBe('cell [2]:2:3')
})

test('a local file', async ({ compiler }) => {
  const folder = emptyFolder()
  const notebook = new Notebook(compiler, folder)
  const path = join(folder, 'thrower.ts')
  writeFileSync(
    path,
    'interface A { n: number }\n\nexport function thrower(a: A): never {\n  throw new Error(String(a.n))\n}\n',
  )
  const answer = await notebook.convert(`import { thrower } from ${JSON.stringify(path)}\nthrower({ n: 1 })`)
  if (!answer.ok) throw new Error(answer.diagnostics[0]?.message)
  const file = answer.files.find((each) => each.path === path)
  const lines = file?.javascript.split('\n') ?? []
  const line = lines.findIndex((text) => text.includes('throw new'))
  const at = originalPositionFor(new TraceMap(file?.map ?? ''), {
    line: line + 1,
    column: lines[line]?.indexOf('new') ?? 0,
  })
  expect(at).toMatchObject({ source: path, line: 4, column: 8 })
})
