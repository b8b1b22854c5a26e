/** What the compiler says it has looked at on the disk: whoever keeps its answers relies on it. */
import { copyFileSync, cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { bundle, bundled, emptyFolder, root, startCompiler } from './client.ts'

function write(folder: string, files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

test('types that lie beside our own of Node, where socketlab is one of the packages of a project', async () => {
  await bundled()
  const project = emptyFolder()
  const packages = join(project, 'node_modules')
  for (const name of ['@types/node', 'undici-types'])
    cpSync(join(root, 'node_modules', name), join(packages, name), { recursive: true })
  symlinkSync(join(root, 'node_modules', 'typescript'), join(packages, 'typescript'))
  const bundlePath = join(packages, 'socketlab', 'dist', 'kernel', 'compiler.cjs')
  mkdirSync(dirname(bundlePath), { recursive: true })
  copyFileSync(bundle, bundlePath)
  const typed = join(packages, '@types', 'other', 'index.d.ts')
  write(packages, {
    'other/package.json': '{ "name": "other", "main": "main.js" }',
    'other/main.js': 'exports.size = 1',
    '@types/other/index.d.ts': 'export declare const size: number',
  })
  const compiler = await startCompiler({ bundlePath, folder: project })
  const answer = await compiler.ask({
    kind: 'convert',
    after: '',
    code: 'import { size } from "other"',
    name: 'cell [1]',
  })
  await compiler.stop()
  expect(answer).toMatchObject({ ok: true })
  expect(answer.reads?.map(([path]) => path)).toContain(typed)
  // Node's own are part of the compiler.
  expect(answer.reads?.filter(([path]) => path.startsWith(join(packages, '@types', 'node', '/')))).toEqual([])
})
