import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type Compiler, CompilerStopped } from '../../../kernel/bridge/compiler.ts'
import { startCompiler } from '../../../kernel/bridge/compiler-process.ts'
import { compilerCommand, deepStack, fromBundle } from '../../../kernel/bridge/snapshot.mjs'
import { root } from '../../runner/paths.ts'

const bundle = join(root, 'dist', 'kernel', 'compiler.cjs')

function start(command: string[] = compilerCommand(bundle).command, fallback?: string[]) {
  const said: string[] = []
  const compiler = startCompiler({ command, ...(fallback && { fallback }) }, (text) => said.push(text))
  onTestFinished(() => compiler.close())
  return { compiler, said }
}
const javascript = async (compiler: Compiler, code: string, name: string) => {
  const answer = await compiler.convert(code, name)
  return answer.ok ? 'ok' : answer.diagnostics.map(({ message }) => message).join()
}

test('a program that ends before it answers, as a broken snapshot does, is replaced by the fallback', async () => {
  const { compiler, said } = start([process.execPath, '-e', 'process.exit(3)'], fromBundle(bundle))
  expect(await javascript(compiler, 'let a = 1', 'cell [1]')).toBe('ok')
  expect(said.join()).toContain('starting it another way')
})

test('so is one that cannot be started again: a new build has taken its snapshot away', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'socketlab-bridge-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const program = join(folder, 'compiler.sh')
  writeFileSync(program, `exec ${compilerCommand(bundle).command.join(' ')}`)
  const { compiler } = start(['/bin/sh', program], fromBundle(bundle))
  expect(await javascript(compiler, 'let a = 1', 'cell [1]')).toBe('ok')
  writeFileSync(program, 'exit 14')
  compiler.restart()
  expect(await javascript(compiler, 'a.toFixed()', 'cell [2]')).toBe('ok')
})

test.runIf(deepStack().length > 0)(
  'a sum of as many parts as tsc takes; what is deeper still is told, and the next cell is read',
  async () => {
    const { compiler } = start(fromBundle(bundle).toSpliced(1, 0, ...deepStack()))
    const sum = (parts: number) => `const one = 1\nconst sum = one${' + one'.repeat(parts)}`
    expect(await javascript(compiler, sum(3000), 'cell [1]')).toBe('ok')
    expect(await javascript(compiler, `${'('.repeat(100_000)}1`, 'cell [2]')).toContain('nested too deeply')
    expect(await javascript(compiler, 'sum.toFixed()', 'cell [3]')).toBe('ok')
  },
)

test('after a restart the accepted cells are known again, and those with errors are not', async () => {
  const { compiler } = start()
  expect(await javascript(compiler, 'let a = 1', 'cell [1]')).toBe('ok')
  expect(await javascript(compiler, 'let b: string = a', 'cell [2]')).not.toBe('ok')
  compiler.restart()
  expect(await javascript(compiler, 'a.toFixed()', 'cell [3]')).toBe('ok')
  expect(await javascript(compiler, 'b', 'cell [4]')).toContain('b')
})

test('after a restart cells that were taken unchecked are taken so again', async () => {
  const { compiler } = start()
  compiler.check = false
  expect(await javascript(compiler, 'let n: number = "text"', 'cell [1]')).toBe('ok')
  compiler.check = true
  compiler.restart()
  expect(await javascript(compiler, 'n.toFixed()', 'cell [2]')).toBe('ok')
  expect(await javascript(compiler, 'let m: number = "text"', 'cell [3]')).toContain('not assignable')
})

test('what was asked when it is stopped rejects; what is asked then is answered', async () => {
  const { compiler } = start()
  expect(await javascript(compiler, 'let a = 1', 'cell [1]')).toBe('ok')
  const asked = compiler.convert('a', 'cell [2]')
  // After the question has left: a turn of the loop.
  await new Promise((resolve) => setImmediate(resolve))
  compiler.restart()
  await expect(asked).rejects.toBeInstanceOf(CompilerStopped)
  expect((await compiler.ask('complete', 'a.toF', 5)).matches.map(({ text }) => text)).toContain('toFixed')
})

test('stopped again while it is told the accepted cells, it is told all of them the next time', async () => {
  const { compiler } = start()
  const names = Array.from({ length: 30 }, (_, at) => `name${at}`)
  for (const name of names) expect(await javascript(compiler, `let ${name} = 1`, name)).toBe('ok')
  compiler.restart()
  const asked = compiler.convert('name0', 'stopped')
  // Its start has begun, and with it what it is told.
  await new Promise((resolve) => setImmediate(resolve))
  compiler.restart()
  await expect(asked).rejects.toBeInstanceOf(CompilerStopped)
  expect(await javascript(compiler, names.join(' + '), 'all of them')).toBe('ok')
})

test('a program that cannot be started at all rejects with its name', async () => {
  const { compiler } = start(['/no/such/program'])
  await expect(compiler.convert('1', 'cell [1]')).rejects.toThrow(/cannot be started/)
})
