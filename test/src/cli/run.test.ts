import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { root } from '../../kernel/kernel-fixture.ts'

const folder = mkdtempSync(join(tmpdir(), 'socketlab run '))
afterAll(() => rmSync(folder, { recursive: true }))

interface Ended {
  code: number
  stdout: string
  stderr: string
}

const socketlab = (...args: string[]): Promise<Ended> =>
  new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(root, 'setup', 'socketlab.mjs'), ...args],
      { cwd: folder },
      (error, stdout, stderr) => resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    )
  })

let serial = 0
const code = (source: string, tags: string[] = []) => ({
  id: `c${++serial}`,
  cell_type: 'code',
  metadata: tags.length ? { tags } : {},
  source,
  outputs: [{ output_type: 'stream', name: 'stdout', text: 'old' }],
  execution_count: 9,
})

function write(name: string, cells: object[], language = 'typescript'): string {
  const metadata = { kernelspec: { name: 'socketlab', display_name: 'x', language } }
  writeFileSync(join(folder, name), JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }))
  return name
}
// biome-ignore lint/suspicious/noExplicitAny: a notebook as the test expects it; each expectation names the shape
const read = (name: string): any => JSON.parse(readFileSync(join(folder, name), 'utf8'))

test('runs every cell, writes counts and outputs, and nbformat finds the file valid', async () => {
  const markdown = { id: 'm', cell_type: 'markdown', metadata: {}, source: '# Title' }
  const name = write('good.ipynb', [
    markdown,
    code('const port: number = 80\nport + 1'),
    code(''),
    code('console.log("a")\nconsole.log("b")'),
  ])
  const { code: exit, stdout, stderr } = await socketlab('run', name, '--output', 'good-out.ipynb')
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' })
  expect(stdout).toMatch(/good\.ipynb: 2 cells in .* s, ok; written to good-out\.ipynb/)
  const { cells, metadata } = read('good-out.ipynb')
  expect(cells[0]).toEqual({ ...markdown, source: ['# Title'] })
  expect(cells[1]).toMatchObject({
    execution_count: 1,
    outputs: [{ output_type: 'execute_result', data: { 'text/plain': ['81'] }, execution_count: 1 }],
  })
  expect(cells[2]).toMatchObject({ execution_count: null, outputs: [] })
  expect(cells[3].outputs).toEqual([{ output_type: 'stream', name: 'stdout', text: ['a\n', 'b\n'] }])
  expect(metadata.language_info.name).toBe('typescript')
  const program = 'import nbformat, sys; nbformat.validate(nbformat.read(sys.argv[1], as_version=4))'
  execFileSync(join(root, '.venv', 'bin', 'python'), ['-c', program, join(folder, 'good-out.ipynb')])
  expect(read(name).cells[1].execution_count).toBe(9)
})

test('stops at a cell that fails: exit 1, which cell and why; what ran is written', async () => {
  const name = write('bad.ipynb', [code('1'), code('// a comment\nthrow new RangeError("too far")'), code('2')])
  const { code: exit, stderr } = await socketlab('run', '--inplace', name)
  expect(exit).toBe(1)
  expect(stderr).toMatch(/cell 2 failed: \/\/ a comment\n +RangeError: too far\n[\s\S]*cell \[2\]:2/)
  const { cells } = read(name)
  expect(cells.map((cell: { execution_count: number | null }) => cell.execution_count)).toEqual([1, 2, null])
  expect(cells[1].outputs[0]).toMatchObject({ output_type: 'error', ename: 'RangeError' })
  expect(cells[2].outputs).toEqual([])
})

test('a cell tagged raises-exception may fail; --allow-errors lets every cell', async () => {
  const expected = write('expected.ipynb', [code('throw new Error("x")', ['raises-exception']), code('1')])
  expect((await socketlab('run', expected)).code).toBe(0)
  const allowed = write('allowed.ipynb', [code('throw new Error("x")'), code('1 + 1')])
  const { code: exit, stdout } = await socketlab('run', '--allow-errors', '--inplace', allowed)
  expect(exit).toBe(0)
  expect(stdout).toContain('1 failed')
  expect(read(allowed).cells[1].outputs[0].data['text/plain']).toEqual(['2'])
})

test('--timeout stops a cell, and says so', async () => {
  const name = write('slow.ipynb', [code('for (;;) {}')])
  const { code: exit, stderr } = await socketlab('run', '--inplace', '--timeout', '0.3', name)
  expect(exit).toBe(1)
  expect(stderr).toContain('took longer than 0.3 s')
  expect(read(name).cells[0].outputs).toMatchObject([{ output_type: 'error', ename: 'TimeoutError' }])
})

test('a cell runs in the notebook’s folder', async () => {
  const name = write('where.ipynb', [code('process.cwd()')])
  await socketlab('run', '--inplace', name)
  expect(read(name).cells[0].outputs[0].data['text/plain'][0]).toContain('socketlab run ')
})

test.each([
  ['a file that is not there', ['run', 'none.ipynb'], 1, /there is no such file/],
  ['a file that is no notebook', ['run', 'text.ipynb'], 1, /is not a notebook/],
  ['a notebook of another language', ['run', 'python.ipynb'], 1, /is written in python/],
  ['an old format', ['run', 'three.ipynb'], 1, /notebook format 3/],
  ['--output with two notebooks', ['run', 'a.ipynb', 'b.ipynb', '--output', 'c.ipynb'], 2, /use --inplace/],
  ['--output and --inplace', ['run', 'a.ipynb', '--inplace', '--output', 'c.ipynb'], 2, /cannot be used with/],
  ['a time limit that is no number', ['run', 'a.ipynb', '--timeout', 'soon'], 2, /seconds/],
  ['no notebook', ['run'], 2, /missing required argument/],
])('%s: a sentence and an exit code', async (_what, args, exit, words) => {
  writeFileSync(join(folder, 'text.ipynb'), 'hello')
  writeFileSync(join(folder, 'three.ipynb'), JSON.stringify({ nbformat: 3, worksheets: [] }))
  write('python.ipynb', [], 'python')
  const ended = await socketlab(...args)
  expect(ended.code).toBe(exit)
  expect(ended.stderr).toMatch(words)
  expect(ended.stderr).not.toMatch(/ at .*:\d+:\d+/)
})
