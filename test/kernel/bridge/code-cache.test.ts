import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { test as base, describe, expect } from 'vitest'
import { startKernel } from '../../../kernel/client/kernel.ts'
import { kernelSpec } from '../../../src/cli/kernelspec/spec.ts'
import { gradingCommand } from '../../../src/grading/sandbox/grading-kernel.ts'
import { root } from '../../runner/paths.ts'

const text = (word: string) => `exports.say = () => '${word} ■'\n`

const test = base
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which other fixtures are needed
  .extend('folder', async ({}, { onCleanup }) => {
    const folder = mkdtempSync(join(tmpdir(), 'socketlab-code-'))
    onCleanup(() => rmSync(folder, { recursive: true, force: true }))
    return folder
  })
  .extend('bundle', ({ folder }) => {
    const bundle = join(folder, 'bundle.cjs')
    writeFileSync(bundle, text('one'))
    return bundle
  })

const module = pathToFileURL(join(root, 'kernel', 'bridge', 'code-cache.ts')).href

/** Loads the bundle in a process of its own, which then keeps its code. */
function load(bundle: string, flags: string[] = [], env: NodeJS.ProcessEnv = {}): { had: boolean; said: string } {
  const program = `
    import { createRequire } from 'node:module'
    import { loadWithCode, saveCode } from ${JSON.stringify(module)}
    const had = loadWithCode(${JSON.stringify(bundle)})
    const said = createRequire(import.meta.url)(${JSON.stringify(bundle)}).say()
    saveCode()
    console.log(JSON.stringify({ had, said }))`
  const args = [...flags, '--disable-warning=ExperimentalWarning', '--input-type=module', '-e', program]
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', env: { ...process.env, ...env } }))
}

/** For the Node of this run: another may have left its own. */
const codeIn = (folder: string) =>
  readdirSync(folder).filter((name) => name.endsWith('.code') && name.includes(`-${process.version}-`))

describe('a bundle', () => {
  test('has its code in the second process', ({ bundle }) => {
    expect(load(bundle)).toEqual({ had: false, said: 'one ■' })
    expect(load(bundle)).toEqual({ had: true, said: 'one ■' })
  })

  test('that was changed is not run with the code of before, although it is as long', ({ bundle }) => {
    load(bundle)
    writeFileSync(bundle, text('two'))
    expect(load(bundle)).toEqual({ had: false, said: 'two ■' })
    expect(load(bundle)).toEqual({ had: true, said: 'two ■' })
  })

  test('loads without where the code is cut, empty, or for a V8 with other flags', ({ folder, bundle }) => {
    load(bundle)
    const file = join(folder, codeIn(folder)[0] as string)
    const whole = readFileSync(file)
    for (const length of [0, 5, text('one').length + 2, whole.length - 100, whole.length - 1]) {
      writeFileSync(file, whole.subarray(0, length))
      expect(load(bundle, [], { SOCKETLAB_SNAPSHOT: 'off' }), `${length} bytes`).toEqual({ had: false, said: 'one ■' })
    }
    writeFileSync(file, whole)
    expect(load(bundle, ['--no-opt'])).toEqual({ had: false, said: 'one ■' })
    expect(load(bundle, ['--no-opt'])).toEqual({ had: true, said: 'one ■' })
    expect(load(bundle)).toEqual({ had: false, said: 'one ■' })
  })

  test('leaves nothing where it may not', ({ folder, bundle }) => {
    expect(load(bundle, [], { SOCKETLAB_SNAPSHOT: 'off' })).toEqual({ had: false, said: 'one ■' })
    expect(readdirSync(folder)).toEqual(['bundle.cjs'])
  })
})

test('set-up has made the code of all that a kernel loads', () => {
  const made = [...codeIn(join(root, 'dist')), ...codeIn(join(root, 'dist', 'kernel'))]
  expect(made.map((name) => name.split('-')[0]).sort()).toEqual(['executor', 'io', 'socketlab'])
})

test('V8 takes it, in kernels as Jupyter starts them and as graders do', async () => {
  const spec = kernelSpec({ packageRoot: root, node: process.execPath }).argv
  const files = [join(root, 'dist'), join(root, 'dist', 'kernel')].flatMap((at) =>
    codeIn(at).map((name) => join(at, name)),
  )
  // What is refused is made again at the end.
  const made = () => files.map((file) => statSync(file).mtimeMs)
  const before = made()
  for (const argv of [spec, gradingCommand(spec, '{connection_file}')]) {
    const kernel = await startKernel({ argv })
    await kernel.execute('1 + 1')
    await kernel.stop()
  }
  expect(made()).toEqual(before)
})

test('a kernel that finds none leaves it for the next one when it ends', async ({ folder }) => {
  cpSync(join(root, 'dist'), join(folder, 'dist'), {
    recursive: true,
    filter: (path) => !/\.(code|blob|new)$/.test(path),
  })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  cpSync(join(root, 'kernel', 'spec'), join(folder, 'kernel', 'spec'), { recursive: true })
  cpSync(join(root, 'package.json'), join(folder, 'package.json'))
  const { argv } = kernelSpec({ packageRoot: folder, node: process.execPath })
  const kernel = await startKernel({ argv })
  await kernel.execute('1 + 1')
  await kernel.stop()
  expect([...codeIn(join(folder, 'dist')), ...codeIn(join(folder, 'dist', 'kernel'))]).toHaveLength(3)
})
