/** `socketlab run --param` and `--stdout`, with real kernels. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { root } from '../../runner/paths.ts'
import { code, scratch } from './command-line.ts'

const { folder, socketlab, write, read, remove } = scratch()
afterAll(remove)

const sources = (name: string): string[] => read(name).cells.map((cell: { source: string[] }) => cell.source.join(''))

test('--param: a cell after the one tagged parameters, seen by later ones; a second run replaces it', async () => {
  const name = write('given.ipynb', [
    code('const first = 1'),
    code('const port = 80\nlet mode: "tcp" | "udp" = "tcp"\nlet extra: string[] = []', 'parameters'),
    code('const wanted: "tcp" | "udp" = mode\nconsole.log(port === 80, port + 1, wanted, extra.length)'),
  ])
  const run = (port: number) =>
    socketlab(['run', '--inplace', name, '--param', `port=${port}`, '--param', 'mode="udp"', '--param', 'extra=["a"]'])
  expect(await run(8080)).toMatchObject({ code: 0, stderr: '' })
  const injected = (port: number) =>
    `// Parameters\nlet port = ${port}\nlet mode: "tcp" | "udp" = "udp"\nlet extra: string[] = ["a"]`
  expect(sources(name)[2]).toBe(injected(8080))
  const { cells } = read(name)
  expect(cells[2]).toMatchObject({ metadata: { tags: ['injected-parameters'] }, execution_count: 3 })
  expect(cells[2].id).toMatch(/^[a-zA-Z0-9-_]{1,64}$/)
  expect(cells[3].outputs[0].text).toEqual(['false 8081 udp 1\n'])
  expect(await run(9000)).toMatchObject({ code: 0 })
  expect(sources(name)).toHaveLength(4)
  expect(sources(name)[2]).toBe(injected(9000))
  expect(read(name).cells[2].id).toBe(cells[2].id)
})

test('--param without a cell for it: at the top; an older format has no ids; any JSON keeps its value', async () => {
  const name = write('top.ipynb', [code('console.log(JSON.stringify(deep), $a, été, none)')], 4)
  const deep = '{"a b":[1,null,{"__proto__":{"x":-0.5}}],"text":"\\"`$1\\u2028"}'
  const {
    code: exit,
    stdout,
    stderr,
  } = await socketlab([
    ...['run', '--stdout', '--output', 'top-out.ipynb', name, '--param', `deep=${deep}`, '--param', '$a=1e3'],
    ...['--param', 'été=true', '--param', 'none=1', '--param', 'none=null'],
  ])
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' })
  expect(stdout).toBe(`${JSON.stringify(JSON.parse(deep))} 1000 true null\n`)
  const [top] = read('top-out.ipynb').cells
  expect(top.metadata.tags).toEqual(['injected-parameters'])
  expect(top).not.toHaveProperty('id')
})

test('a name that the cell of parameters does not declare is told of, and set all the same', async () => {
  const name = write('slip.ipynb', [code('let port = 80', 'parameters'), code('console.log(port)')])
  expect(await socketlab(['run', '--stdout', name, '--param', 'prot=1', '--param', 'port=2'])).toEqual({
    code: 0,
    stdout: '2\n',
    stderr: "socketlab: --param prot: the cell 'parameters' of slip.ipynb declares no prot\n",
  })
})

test('a value that does not fit the type beside the default is a mistake of the injected cell', async () => {
  const name = write('typed.ipynb', [code('let port: number = 80', 'parameters'), code('port')])
  const { code: exit, stderr } = await socketlab(['run', name, '--param', 'port="http"'])
  expect(exit).toBe(1)
  expect(stderr).toMatch(/cell 2 failed: \/\/ Parameters\n[\s\S]*string/)
})

test.each([
  ['no =', 'port', /write NAME=JSON/],
  ['a name with a dash', 'my-port=1', /'my-port' cannot be the name/],
  ['no name', '=1', /'' cannot be the name/],
  ['a reserved word', 'class=1', /'class' cannot be the name/],
  ['a text without quotes', 'host=localhost', /a text is written in quotes: --param 'host="localhost"'/],
  ['broken JSON', 'list=[1,', /is not JSON \(.*JSON.*\)/],
  ['nothing', 'x=', /is not JSON/],
  ['a number beyond all', 'x=1e999', /too large/],
])('--param with %s: a sentence, and exit code 2', async (_what, param, words) => {
  const { code: exit, stdout, stderr } = await socketlab(['run', 'any.ipynb', '--param', param])
  expect(stderr).toMatch(words)
  expect(stderr).not.toMatch(/ at .*:\d+:\d+/)
  expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' })
})

test('--stdout prints streams and results, errors on stderr, and nothing else', async () => {
  const name = write('print.ipynb', [
    code('process.stdout.write("a")\nconsole.error("warned")'),
    code('1 + 1'),
    code('throw new RangeError("allowed")', 'raises-exception'),
    code('[1, 2]'),
    code('throw new TypeError("too far")'),
    code('"not reached"'),
  ])
  const { code: exit, stdout, stderr } = await socketlab(['run', '--stdout', name])
  expect({ exit, stdout }).toEqual({ exit: 1, stdout: 'a2\n[ 1, 2 ]\n' })
  expect(stderr).toMatch(/^warned\n[\s\S]*RangeError: allowed[\s\S]*TypeError: too far/)
  expect(stderr).toMatch(/print\.ipynb: cell 5 failed: .*\n {4}TypeError: too far\nsocketlab: /)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with ESC
  expect(stderr).not.toMatch(/\u001b/)
})

test('--stdout prints while the cell still runs, and ends when nobody reads any more', async () => {
  const name = write('endless.ipynb', [code('for (;;) { console.log("tick"); await sleep(0.02) }')])
  const child = spawn(process.execPath, [join(root, 'setup', 'socketlab.mjs'), 'run', '--stdout', name], {
    cwd: folder,
  })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const [first] = await Array.fromAsync(firstOf(child.stdout.setEncoding('utf8')))
  expect(first).toMatch(/^tick\n/)
  child.stdout.destroy()
  expect(await new Promise((resolve) => child.once('close', resolve))).toBe(1)
  expect(stderr).toContain('nobody reads the output any more')
})

async function* firstOf(stream: AsyncIterable<string>): AsyncGenerator<string> {
  const { value } = await stream[Symbol.asyncIterator]().next()
  yield value as string
}
