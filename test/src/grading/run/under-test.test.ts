/** What of a check is found by reading it: whether it judges from outside, and what would then judge the author's code. */
import { afterAll, describe, expect, test } from 'vitest'
import { readAssignment } from '../../../../src/grading/notebook/index.ts'
import { isOutside, outsideMistakes } from '../../../../src/grading/run/outside.ts'
import { readUnderTest } from '../../../../src/grading/run/under-test.ts'
import { readThrough } from '../../../../src/grading/validate/index.ts'
import { scratchFolder } from '../../../setup/run.ts'
import { checkCell, notebookOf, readOnly, solution } from '../source.ts'
import { gradeRun, writeCourse } from './course.ts'

const scratch = scratchFolder()
afterAll(() => scratch[Symbol.dispose]())

const SOLUTION = `interface Target { host: string }
async function echo(server: socket.Socket, ...more: unknown[]) {}
const parse = (text: string): Target => ({ host: text }), [first, { second }] = [1, { second: 2 }]
class Wire {}`
const checkOf = (body: string, tool = 't') =>
  `await check("Echo", 1, async (${tool}) => { ${tool}.case("one", async () => {\n${body}\n}) })`
/** The given cell, an earlier exercise, the exercise itself. */
const source = (body: string) =>
  notebookOf(
    readOnly('given', 'const site = () => 1'),
    solution('earlier', 'function helper() {}'),
    checkCell('earlier-check', 1, checkOf('t.ok(true, "")')),
    solution('echo', SOLUTION),
    checkCell('echo-check', 1, checkOf(body)),
  )
const mistakes = (body: string) => outsideMistakes(readAssignment(source(body))).map(({ message }) => message)

describe('a check judges from outside', () => {
  test.each([
    ['where it gives a function to t.serve', checkOf('await t.serve(echo)'), ['echo']],
    [
      'or to t.run, whatever t is called',
      checkOf('await a.run(parse, 1)\nawait a.serve(echo, {})', 'a'),
      ['parse', 'echo'],
    ],
    ['by lab.check too', checkOf('await t.serve(echo)').replace('check(', 'lab.check('), ['echo']],
    ['not where something else has such a method', checkOf('server.serve(echo); app.run(parse)'), []],
    ['nor where it is a comment or a text', checkOf('// t.serve(echo)\nt.equal("t.serve(echo)", "")'), []],
  ])('%s', (_, text, names) => {
    expect(readUnderTest(text).names).toEqual(names)
    expect(isOutside(text)).toBe(names.length > 0)
  })
})

describe('nothing is wrong', () => {
  test.each([
    'const { address } = await t.serve(echo, { args: [site, 5] })\nconst target: Target = await t.run(parse, "x")\nhelper()',
    'const it = { echo: 1, parse: 2 }; t.equal(it.echo, it.parse); await t.serve(echo)\ntype Mine = typeof parse',
    'echo(socket.socket()); t.equal(parse("x"), 1)',
  ])('%s', (body) => {
    expect(mistakes(body)).toEqual([])
  })
})

describe('told of is', () => {
  test.each([
    [
      'a function written in the check',
      'await t.serve(() => {})',
      'line 2: t.serve(…) takes a function of the student',
    ],
    ['one of an object', 'await t.run(lab.hexdump, 1)', 'line 2: t.run(…) takes a function of the student'],
    ['a name that no student writes', 'await t.serve(site)', "no student's cell before the check declares it"],
    ['a function that is called besides', 'await t.serve(echo)\nawait echo(socket.socket())', 'echo is used besides'],
    ['one that is handed on', 'await t.serve(echo, { args: [parse] })', 'parse is used besides'],
    ['another of the same exercise', 'await t.serve(echo)\nnew Wire()', 'Wire is used besides'],
    ['a value of it', 'await t.serve(echo)\nt.equal({ second }, { second: 1 })', 'second is used besides'],
  ])('%s', (_, body, said) => {
    expect(mistakes(body)).toEqual([expect.stringContaining(said)])
  })

  test('a function that the check declares itself', () => {
    const text = `function mine() {}\n${checkOf('await t.serve(mine)')}`
    const notebook = notebookOf(solution('echo', SOLUTION), checkCell('echo-check', 1, text))
    const [first] = outsideMistakes(readAssignment(notebook))
    expect(first?.message).toContain('mine is declared in the check itself')
  })
})

test('validate finds it, and grade run does not judge with it', async () => {
  const notebook = source('await t.serve(echo)\nawait echo(socket.socket())')
  const found = readThrough(notebook, readAssignment(notebook)).filter(({ rule }) => rule === 'outside')
  expect(found).toEqual([expect.objectContaining({ severity: 'error', id: 'echo-check' })])
  writeCourse(scratch.folder, { ann: notebook }, notebook)
  const { code, output } = await gradeRun(scratch.folder)
  expect([code, output]).toEqual([1, expect.stringContaining('echo-check: echo is used besides t.serve and t.run')])
}, 60_000)
