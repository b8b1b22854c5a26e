/** The kernel's second name, for notebooks in JavaScript: installed, listed, removed; and run as tslab has written them. */
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { code, scratch } from './command-line.ts'

const { folder, socketlab, read, remove } = scratch()
afterAll(remove)

const newPrefix = () => mkdtempSync(join(folder, 'prefix '))
const kernels = (prefix: string) => join(prefix, 'share', 'jupyter', 'kernels')
const spec = (prefix: string, name: string) =>
  JSON.parse(readFileSync(join(kernels(prefix), name, 'kernel.json'), 'utf8')) as Record<string, unknown>

/** As tslab's `jslab` saves them. */
function writeJslab(name: string, cells: readonly object[]): string {
  const metadata = {
    kernelspec: { display_name: 'JavaScript', language: 'javascript', name: 'jslab' },
    language_info: {
      codemirror_mode: { mode: 'javascript', name: 'javascript', typescript: false },
      file_extension: '.js',
      mimetype: 'text/javascript',
      name: 'javascript',
      version: '',
    },
  }
  writeFileSync(join(folder, name), JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }))
  return name
}

test('install writes both names, with one language each; --display-name is in both', async () => {
  const prefix = newPrefix()
  const { code: exit, stdout } = await socketlab(['install', '--prefix', prefix, '--name', 'nets'])
  expect({ exit, lines: stdout.split('\n').length }).toEqual({ exit: 0, lines: 3 })
  expect(spec(prefix, 'nets')).toMatchObject({ display_name: 'TypeScript (socketlab)', language: 'typescript' })
  expect(spec(prefix, 'nets-javascript')).toMatchObject({
    display_name: 'JavaScript (socketlab)',
    language: 'javascript',
    argv: [...(spec(prefix, 'nets').argv as string[]), '--javascript'],
  })
  await socketlab(['install', '--prefix', prefix, '--name', 'nets', '--display-name', 'Nets'])
  expect(spec(prefix, 'nets')).toMatchObject({ display_name: 'Nets' })
  expect(spec(prefix, 'nets-javascript')).toMatchObject({ display_name: 'Nets (JavaScript)' })
})

test('--no-javascript leaves it out; uninstall of either name', async () => {
  const prefix = newPrefix()
  await socketlab(['install', '--prefix', prefix, '--no-javascript'])
  expect(readdirSync(kernels(prefix))).toEqual(['socketlab'])
  await socketlab(['install', '--prefix', prefix])
  expect(await socketlab(['uninstall', '--prefix', prefix, '--name', 'socketlab-javascript'])).toMatchObject({
    code: 0,
  })
  expect(readdirSync(kernels(prefix))).toEqual(['socketlab'])
  expect(await socketlab(['uninstall', '--prefix', prefix])).toMatchObject({ code: 0 })
  expect(readdirSync(kernels(prefix))).toEqual([])
})

test('doctor takes both for what they are', async () => {
  const data = newPrefix()
  await socketlab(['install', '--user'], { JUPYTER_DATA_DIR: data })
  const { stdout } = await socketlab(['doctor', '--json'], { JUPYTER_DATA_DIR: data, JUPYTER_PATH: '' })
  const { checks } = JSON.parse(stdout) as { checks: { id: string; text: string }[] }
  const { text = '' } = checks.find(({ id }) => id === 'kernelspec') ?? {}
  const mine = text.split('; ').filter((part) => part.includes(data))
  expect(mine).toEqual([
    `socketlab in ${join(data, 'kernels', 'socketlab')}`,
    `socketlab-javascript in ${join(data, 'kernels', 'socketlab-javascript')}`,
  ])
})

test('a JavaScript notebook of tslab runs unchanged', async () => {
  const name = writeJslab('jslab.ipynb', [
    code('const tslab = require("tslab");\ntslab.display.html("<b>bold</b>");'),
    code('import * as os from "os";\nimport { display, newDisplay } from "tslab";\ndisplay.text(typeof os.cpus);'),
    code('function add(a, b) { return a + b; }\nlet list = [];\nlist.push(add(1, 2));\nlist.push("text");'),
    code('const o = {};\no.later = 1;\no'),
    code('class A { constructor(x) { this.x = x; } }\nlet a = new A(1);\na.extra = 5;'),
    code('class A { constructor() { this.y = 2; } }\na = new A();\na.y + list.length'),
    code('await new Promise((resolve) => setTimeout(resolve, 1, "waited"))'),
    code('for await (const each of [Promise.resolve("each")]) console.log(each);'),
    code('const view = newDisplay();\nview.text("first");\nview.text("second");'),
  ])
  const { code: exit, stderr } = await socketlab(['run', '--inplace', name])
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' })
  const { cells, metadata } = read(name)
  const plain = cells.map(({ outputs }: { outputs: { data?: Record<string, string[]>; text?: string[] }[] }) =>
    outputs.map(({ data, text }) => data?.['text/html'] ?? data?.['text/plain'] ?? text),
  )
  expect(plain).toEqual([
    [['<b>bold</b>']],
    [['function']],
    [['2']],
    [['{ later: 1 }']],
    [['5']],
    [['4']],
    [["'waited'"]],
    [['each\n']],
    [['second']],
  ])
  expect(metadata.language_info).toMatchObject({ name: 'javascript', file_extension: '.js' })
})

test('run --no-check: types are not looked at, syntax is', async () => {
  const name = 'types.ipynb'
  const write = (...sources: string[]) =>
    writeFileSync(
      join(folder, name),
      JSON.stringify({ cells: sources.map((each) => code(each)), metadata: {}, nbformat: 4, nbformat_minor: 5 }),
    )
  write('const port: number = "80"\nconsole.log(port, jupyter.typeCheck)')
  expect(await socketlab(['run', '--stdout', name])).toMatchObject({ code: 1 })
  expect(await socketlab(['run', '--stdout', '--no-check', name])).toMatchObject({ code: 0, stdout: '80 false\n' })
  write('console.log(typeof (await import("node:os")).cpus)')
  expect(await socketlab(['run', '--stdout', name])).toEqual({ code: 0, stdout: 'function\n', stderr: '' })
  write('if (')
  expect(await socketlab(['run', '--stdout', '--no-check', name])).toMatchObject({ code: 1 })
})
