/** The start-up snapshot: it answers as the bundle does, in any folder, and is known by what it was made from. */
import { appendFileSync, cpSync, existsSync, mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { buildSnapshot, compilerCommand, snapshotName } from '../../../kernel/bridge/snapshot.mjs'
import { bundled, emptyFolder, Notebook, root, startCompiler, types } from './client.ts'

/** Every kind of cell in which a stale or missing library would show. */
const CELLS = [
  '1 + 1',
  'const s: socket.Socket = socket.socket()\n"abc".trim().length',
  'let n: string = 5',
  'import { createGzip } from "node:zlib"\ntypeof createGzip',
  'net',
  'import { there } from "./local.ts"\nthere.toFixed()',
  'import { there } from "./not-there.ts"',
  'const m = new Map([[1, "a"]]); [...m].map(([k, v]) => k + v)',
  'const wrong: Map<string> = m',
  'Buffer.from("x").lenght',
  'class Mine implements Iterable<number> {}',
  'declare global { interface Array<T> { mine?: 1 } }',
  '[1].mine',
  // TypeScript's older decorators: the libraries are put together anew.
  'function old(target: object, key: string, of: PropertyDescriptor): void {}\nclass Old { @old run() {} }',
  '[1].mine\nnew Old().run()',
]

/** What a library's text says of them, inherited, deprecated and with an example: the snapshot holds the text of none. */
const DOCUMENTED = [
  ...['Buffer.from', '"abc".trim', 'setTimeout', 'm.get', 'process.getuid', 'socket.socket', '[1].map', 'escape'],
  ...['process.once', 'process.stdout.end', 's.recv', 'struct.pack', 'new Error().message'],
]

test('a snapshot answers as the bundle does', async () => {
  await bundled()
  const home = emptyFolder()
  const bundle = join(home, 'dist/kernel/compiler.cjs')
  mkdirSync(join(home, 'dist/kernel'), { recursive: true })
  cpSync(join(root, 'dist/test/kernel/compiler.cjs'), bundle)
  cpSync(types, join(home, 'dist/types/src'), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(home, 'node_modules'))
  expect(compilerCommand(bundle)).toMatchObject({ fromSnapshot: false })

  // A builder that was ended left this, 40 MB of it.
  const left = join(home, 'dist/kernel/compiler-v1-of-old.blob.new')
  writeFileSync(left, '')
  utimesSync(left, 0, 0)
  const blob = await buildSnapshot(bundle)
  expect(existsSync(left)).toBe(false)
  expect(await buildSnapshot(bundle)).toBe(blob)
  const { command, fromSnapshot } = compilerCommand(bundle)
  expect(fromSnapshot).toBe(true)

  const folder = emptyFolder()
  writeFileSync(join(folder, 'local.ts'), 'export const there = 1')
  const env = { SOCKETLAB_TYPES: '' }
  const [fromBundle, fromBlob] = await Promise.all([
    startCompiler({ folder, bundlePath: bundle, env }),
    startCompiler({ folder, args: command.slice(1), env }),
  ])
  const [was, is] = [new Notebook(fromBundle, folder), new Notebook(fromBlob, folder)]
  for (const code of CELLS) {
    const [a, b] = [await was.convert(code), await is.convert(code)]
    // What the snapshot has read it need not look at.
    expect({ ...b, scope: '', reads: [] }, code).toEqual({ ...a, scope: '', reads: [] })
  }
  const ask = (notebook: Notebook) =>
    notebook.client.ask({ kind: 'complete', after: notebook.scope, code: 'socket.AF', offset: 9 })
  expect(await ask(is)).toEqual(await ask(was))
  for (const code of DOCUMENTED) {
    const inspect = (notebook: Notebook) =>
      notebook.client.ask({ kind: 'inspect', after: notebook.scope, code, offset: code.length, source: true })
    expect(await inspect(is), code).toEqual(await inspect(was))
    expect(await inspect(is), code).toMatchObject({ found: true })
  }
  await Promise.all([fromBundle.stop(), fromBlob.stop()])

  // Another bundle or other declarations need another snapshot.
  appendFileSync(join(home, 'dist/types/src/index.d.ts'), '\n')
  expect(compilerCommand(bundle)).toMatchObject({ fromSnapshot: false })
  expect(snapshotName(bundle)).not.toBe(basename(blob))
  expect(existsSync(blob)).toBe(true)
}, 120_000)
