/**
 * Cells that were compiled before are answered from memory, as the compiler would; and where anything is different, by
 * the compiler. That it was memory is seen with a compiler that stands still.
 */
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, vi } from 'vitest'
import type { Kernel } from '../../../kernel/client/kernel.ts'
import { childrenOf, plain, resultOf, test, textOf } from '../kernel-fixture.ts'

/** A notebook's folder beside what kernels keep for it, and how a kernel in it is started. */
function place(more: NodeJS.ProcessEnv = {}) {
  const scratch = mkdtempSync(join(tmpdir(), 'socketlab-memory-'))
  onTestFinished(() => rmSync(scratch, { recursive: true, force: true }))
  const [cwd, kept] = [join(scratch, 'notebook'), join(scratch, 'kept')]
  mkdirSync(cwd)
  const env = { ...process.env, SOCKETLAB_COMPILED_CELLS: kept, ...more }
  const files = () => readdirSync(kept).map((name) => join(kept, name))
  return { cwd, kept, files, options: { cwd, env } }
}

const send = (signal: NodeJS.Signals, pids: readonly number[]) => {
  for (const pid of pids) process.kill(pid, signal)
}

/** What a cell shows: its result, what it printed, its notes; or its error. */
async function shown(kernel: Kernel, code: string): Promise<unknown> {
  const { reply, iopub } = await kernel.execute(code)
  if (reply.content.status !== 'ok') return plain((reply.content as { traceback?: unknown }).traceback)
  const notes = iopub
    .filter(({ header }) => header.msg_type === 'display_data')
    .map(({ content }) => (content.data as Record<string, string>)['text/plain'])
  return [resultOf(iopub), textOf(iopub), ...notes].filter((part) => part !== undefined && part !== '')
}

async function run(kernel: Kernel, cells: readonly string[]): Promise<unknown[]> {
  const all: unknown[] = []
  for (const code of cells) all.push(await shown(kernel, code))
  return all
}

/** The same with a compiler that has started, as the first cell waits for, and then stands still. */
async function runAlone(kernel: Kernel, [first = '', ...rest]: readonly string[]): Promise<unknown[]> {
  const shownFirst = await shown(kernel, first)
  send('SIGSTOP', childrenOf(kernel))
  return [shownFirst, ...(await run(kernel, rest))]
}

const NOTEBOOK = [
  'let count = 1',
  'function grow(by: number) { count += by; return count }',
  'import { basename } from "node:path"\nbasename("/a/b.ts")',
  'const [client, server] = socket.socketpair()\nawait client.sendall(bytes`hello`)\nconst said = await server.recv(5)\nsaid.toString()',
  'client.close(); server.close()\nconst more = () => grow(2)\nmore()',
  'function grow(by: string) { return by + count }',
  'console.log(early()); const late = 5; function early() { return late }',
  'grow("n")',
]

test('a notebook that is run again waits for no compiler, and shows the same', async ({ freshKernel }) => {
  const { options } = place()
  const first = await freshKernel(options)
  const before = await run(first, NOTEBOOK)
  expect(before[5]).toEqual([expect.stringContaining('cell [5]')])
  expect(before[6]).toContain("Cannot access 'late' before initialization")
  await first.stop()

  const again = await freshKernel(options)
  const compiler = childrenOf(again)
  expect(compiler).toHaveLength(1)
  expect(await runAlone(again, NOTEBOOK)).toEqual(before)
  // What was not there before waits for the compiler, which first hears of all these cells.
  const asked = again.request('complete_request', { code: 'grow', cursor_pos: 4 })
  const mistaken = shown(again, 'grow(3)')
  send('SIGCONT', compiler)
  expect((await asked).reply.content.matches).toContain('grow')
  expect(await mistaken).toContain("Argument of type 'number' is not assignable to parameter of type 'string'")
  expect(await shown(again, 'grow("x") + late')).toEqual(["'x3undefined'"])
})

test('a notebook somewhere else is the same notebook, as long as it imports no package', async ({ freshKernel }) => {
  const [here, there] = [place(), place()]
  const first = await freshKernel(here.options)
  const before = await run(first, NOTEBOOK)
  await first.stop()
  const again = await freshKernel({ ...here.options, cwd: there.cwd })
  expect(await runAlone(again, NOTEBOOK)).toEqual(before)
})

/** A package with one value, of this type. */
function install(cwd: string, type: string, value: string): void {
  const folder = join(cwd, 'node_modules', 'some-package')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "name": "some-package", "main": "main.js", "types": "main.d.ts" }')
  writeFileSync(join(folder, 'main.js'), `exports.value = ${value}`)
  writeFileSync(join(folder, 'main.d.ts'), `export declare const value: ${type}`)
}

test('a package counts as it lies there now, for the cells after its import too', async ({ freshKernel }) => {
  const { cwd, options } = place()
  const cells = ['import { value } from "some-package"', 'value.toFixed(1)']
  const ran = async (stopped = false) => {
    const kernel = await freshKernel(options)
    const all = await (stopped ? runAlone : run)(kernel, cells)
    await kernel.stop()
    return all
  }
  expect((await ran())[0]).toContain("Cannot find module 'some-package'")
  install(cwd, 'number', '1')
  expect(await ran()).toEqual([[], ["'1.0'"]])
  expect(await ran(true)).toEqual([[], ["'1.0'"]])
  install(cwd, 'string', '"one"')
  expect((await ran())[1]).toContain("Property 'toFixed' does not exist on type 'string'")
  install(cwd, 'number', '2')
  expect(await ran()).toEqual([[], ["'2.0'"]])
  // The same package from another folder is another one.
  const other = place()
  install(other.cwd, 'string', '"one"')
  const kernel = await freshKernel({ ...options, cwd: other.cwd })
  expect((await run(kernel, cells))[1]).toContain("Property 'toFixed' does not exist on type 'string'")
})

test('a package that a cell with an error had loaded counts for the cells that import it after one from memory', async ({
  freshKernel,
}) => {
  const { cwd, options } = place()
  const ran = async (cells: readonly string[]) => {
    const kernel = await freshKernel(options)
    const all = await run(kernel, cells)
    await kernel.stop()
    return all
  }
  const cells = [
    'import { wrong } from "some-package"',
    '1 + 1',
    'import { value } from "some-package"',
    'value.toFixed(1)',
  ]
  install(cwd, 'number', '1')
  await ran(['nothing', '1 + 1'])
  expect((await ran(cells)).slice(1)).toEqual([['2'], [], ["'1.0'"]])
  // As a package of the same workspace changes when it is built.
  const built = join(cwd, 'node_modules', 'some-package', 'main.d.ts')
  writeFileSync(built, 'export declare const value: string')
  expect((await ran(cells))[3]).toContain("Property 'toFixed' does not exist on type 'string'")
})

test('a linked package is another one when the link leads elsewhere', async ({ freshKernel }) => {
  const { cwd, options } = place()
  for (const [name, type, value] of [
    ['one', 'number', '1'],
    ['other', 'string', '"one"'],
  ] as const) {
    mkdirSync(join(cwd, name))
    writeFileSync(join(cwd, name, 'index.js'), `exports.value = ${value}`)
    writeFileSync(join(cwd, name, 'index.d.ts'), `export declare const value: ${type}`)
  }
  mkdirSync(join(cwd, 'node_modules'))
  const link = join(cwd, 'node_modules', 'linked')
  const ran = async (target: string) => {
    rmSync(link, { force: true })
    symlinkSync(join(cwd, target), link)
    const kernel = await freshKernel(options)
    const all = await run(kernel, ['import { value } from "linked"', 'value.toFixed(1)'])
    await kernel.stop()
    return all
  }
  expect(await ran('one')).toEqual([[], ["'1.0'"]])
  expect((await ran('other'))[1]).toContain("Property 'toFixed' does not exist on type 'string'")
})

test('what comes after a local file is compiled each time', async ({ freshKernel }) => {
  const { cwd, files, options } = place()
  const cells = ['let n = 1', 'import { twice } from "./twice.ts"', 'twice(n)', 'n + 1']
  const write = (type: string) => writeFileSync(join(cwd, 'twice.ts'), `export const twice = (n: ${type}) => n + n`)
  const ran = async () => {
    const kernel = await freshKernel(options)
    const all = await run(kernel, cells)
    await kernel.stop()
    return all
  }
  write('number')
  expect(await ran()).toEqual([[], [], ['2'], ['2']])
  expect(files()).toHaveLength(1)
  write('string')
  expect((await ran())[2]).toContain("Argument of type 'number' is not assignable to parameter of type 'string'")
})

test('■ while a cell waits for a compiler that has yet to hear of the others: they are known afterwards', async ({
  freshKernel,
}) => {
  const { options } = place()
  const first = await freshKernel(options)
  await run(first, NOTEBOOK)
  await first.stop()
  const again = await freshKernel(options)
  await runAlone(again, NOTEBOOK)
  let waits: () => void = () => {}
  const busy = new Promise<void>((resolve) => {
    waits = resolve
  })
  const waiting = again.execute('grow("new")', {
    onMessage: ({ header }) => header.msg_type === 'execute_input' && waits(),
  })
  await busy
  await again.interrupt()
  expect((await waiting).reply.content).toMatchObject({ status: 'error', ename: 'KeyboardInterrupt' })
  expect(await shown(again, 'grow("n") + count')).toEqual(["'n33'"])
  expect(await shown(again, 'grow(1)')).toContain("parameter of type 'string'")
})

test('what lies in the folder and is broken, or wrong, does no harm', async ({ freshKernel }) => {
  const { files, options } = place()
  const cells = ['1 + 1', 'const two: number = 2', 'two + 1']
  const ran = async () => {
    const kernel = await freshKernel(options)
    const all = await run(kernel, cells)
    await kernel.request('complete_request', { code: 'two', cursor_pos: 3 })
    await kernel.stop()
    return all
  }
  const right = await ran()
  expect(right).toEqual([['2'], [], ['3']])
  const [one, other, third] = files() as [string, string, string]
  writeFileSync(one, '{ "javascript": ')
  writeFileSync(other, '[]')
  writeFileSync(third, '')
  expect(await ran()).toEqual(right)
  // As an answer of another compiler would be: it is compared, and does not last.
  for (const file of files()) writeFileSync(file, readFileSync(file, 'utf8').replaceAll('1 + 1', '1 + 7'))
  expect(await ran()).toEqual([['8'], [], ['3']])
  expect(await ran()).toEqual(right)
})

test.for([
  ['by its name', { SOCKETLAB_COMPILED_CELLS: 'off' }],
  ['for work that is judged', { SOCKETLAB_GRADING: 'on' }],
] as const)('nothing is kept where that is switched off: %s', async ([, env], { freshKernel }) => {
  const { kept, options } = place(env)
  mkdirSync(kept)
  const kernel = await freshKernel(options)
  expect(await shown(kernel, '1 + 1')).toEqual(['2'])
  await kernel.stop()
  expect(readdirSync(kept)).toEqual([])
})

test("nothing is kept in a notebook's folder, where anybody may have put it: without a home", async ({
  freshKernel,
}) => {
  const bare = { SOCKETLAB_HISTORY: 'off', SOCKETLAB_COMPILED_CELLS: '', XDG_CACHE_HOME: 'here', HOME: '' }
  const { cwd, options } = place(bare)
  const kernel = await freshKernel(options)
  expect(await shown(kernel, '1 + 1')).toEqual(['2'])
  await kernel.stop()
  expect(readdirSync(cwd)).toEqual([])
})

test('a folder that others may write to is not used: what lies in it is run', async ({ freshKernel }) => {
  const { kept, files, options } = place()
  const first = await freshKernel(options)
  await shown(first, '1 + 1')
  await first.stop()
  for (const file of files()) writeFileSync(file, readFileSync(file, 'utf8').replaceAll('1 + 1', '1 + 7'))
  chmodSync(kept, 0o777)
  const again = await freshKernel(options)
  expect(await shown(again, '1 + 1')).toEqual(['2'])
})

test('no more than 5,000 cells are kept: the oldest go, and nothing else that lies there', async ({ freshKernel }) => {
  const { kept, files, options } = place()
  const first = await freshKernel(options)
  await shown(first, '1 + 1')
  await first.stop()
  const [one] = files() as [string]
  for (let n = 0; n < 5000; n++) linkSync(one, join(kept, `${String(n).padStart(43, '0')}.json`))
  const notes = join(kept, 'notes.txt')
  writeFileSync(notes, 'not a cell')
  utimesSync(notes, 1, 1)
  const again = await freshKernel(options)
  await run(again, ['"new"', '"newer"'])
  // What is written after the oldest have gone comes on top.
  await vi.waitFor(() => expect(files().length).toBeLessThan(3760), { timeout: 20_000 })
  expect(existsSync(notes)).toBe(true)
  await again.stop()
  const third = await freshKernel(options)
  expect(await runAlone(third, ['"new"', '"newer"'])).toEqual([["'new'"], ["'newer'"]])
})
