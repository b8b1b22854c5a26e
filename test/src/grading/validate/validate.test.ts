/** `socketlab grade validate` at the command line: each mistake of an author is found, in its cell. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { Finding } from '../../../../src/grading/validate/index.ts'
import type { Notebook } from '../../../../src/notebook/notebook-file.ts'
import { root } from '../../../runner/paths.ts'
import { scratch } from '../../cli/command-line.ts'
import { checkCell, manual, notebookOf, plain, readOnly, solution } from '../source.ts'
import { double, doubleCheck, good } from './double.ts'

const { folder, socketlab, read, remove } = scratch()
afterAll(remove)

let serial = 0
const save = (notebook: Notebook): string => {
  const name = `assignment-${++serial}.ipynb`
  writeFileSync(join(folder, name), JSON.stringify(notebook))
  return name
}

interface Validated {
  ok: boolean
  findings: Finding[]
}

async function validate(notebook: Notebook, ...options: string[]): Promise<Validated & { code: number }> {
  const { code, stdout, stderr } = await socketlab(['grade', 'validate', save(notebook), '--json', ...options])
  expect(stdout, stderr).not.toBe('')
  return { code, ...(JSON.parse(stdout) as Validated) }
}

const brief = ({ findings }: Validated) => findings.map(({ severity, rule, id }) => `${severity} ${rule} ${id ?? '-'}`)

/** A check with names of its own, that uses this. */
const needing = (code: string, name = 'bytes') =>
  checkCell(
    'double-check',
    2,
    `import { check, ${name} } from "socketlab"\nawait check("Double", 2, (t) => { t.case("one", (own = 1) => t.ok(double(own), String(${code}))) })`,
  )

const pointsOf = (points: unknown) => {
  const { nbgrader } = good.metadata as { nbgrader: object }
  return { ...good, metadata: { nbgrader: { ...nbgrader, points } } }
}

test('nothing is wrong with an assignment that is right', async () => {
  expect(await validate(notebookOf(plain('intro', '# Double', 'markdown'), double, good))).toMatchObject({
    code: 0,
    ok: true,
    findings: [],
  })
})

describe('what is found by reading', () => {
  test.each<[string, Notebook, string[]]>([
    ['one id twice', notebookOf(double, double, good), ['error duplicate-id double']],
    ['an open marker', notebookOf(solution('a', '// BEGIN SOLUTION\n1'), good), ['error markers a']],
    [
      'a region in another',
      notebookOf(solution('a', '// BEGIN SOLUTION\n// BEGIN SOLUTION\n1\n// END SOLUTION'), good),
      ['error markers a'],
    ],
    [
      'a marker in a plain cell',
      notebookOf(plain('a', '// BEGIN SOLUTION\n// END SOLUTION'), good),
      ['error markers -'],
    ],
    [
      'metadata that does not fit',
      notebookOf({ ...double, metadata: { nbgrader: { schema_version: 3, grade: 'yes' } } }, good),
      ['error metadata -'],
    ],
    ['points in quotes', notebookOf(double, pointsOf('2')), ['error metadata -']],
    ['points below 0', notebookOf(double, pointsOf(-2)), ['error metadata -']],
    ['points without tests', notebookOf(double, checkCell('c', 2, '// to come')), ['error no-tests c']],
    ['a check in Markdown', notebookOf(double, { ...good, cell_type: 'markdown' }), ['error not-code double-check']],
    [
      'a check that is not marked',
      notebookOf(double, plain('c', 'await check("Double", 2, (t) => {})')),
      ['warning not-graded -', 'warning not-marked -'],
    ],
    [
      'a solution that nobody grades',
      notebookOf(double, good, solution('b', '// BEGIN SOLUTION\n// END SOLUTION')),
      ['warning not-graded b'],
    ],
    ['a whole cell', notebookOf(solution('a', 'const double = (n: number) => 2 * n'), good), ['warning whole-cell a']],
    ['what is graded by hand', notebookOf(manual('m', 2, 'Because.')), []],
    [
      'another language',
      { ...notebookOf(double, good), metadata: { kernelspec: { name: 'python3', language: 'python' } } },
      ['error language -'],
    ],
    ['no language', { ...notebookOf(double, good), metadata: {} }, ['error language -']],
    [
      'names of the library that are not imported',
      notebookOf(
        double,
        doubleCheck('t.case("a", () => { socket.socket().close(); t.ok(double(1) === 2, "socket.") })'),
      ),
      ['warning imports double-check'],
    ],
    [
      'a check that needs what students may change',
      notebookOf(plain('p', 'let count = 0\nconst own = 1'), double, needing('count')),
      ['warning open-name double-check'],
    ],
    [
      'what is locked, or its own',
      notebookOf(readOnly('p', 'let count = 0'), plain('q', 'let own = 0'), double, needing('count')),
      [],
    ],
    ['chance', notebookOf(double, needing('Math.random() * Math.random()')), ['warning chance double-check']],
    ['the clock', notebookOf(double, needing('Date.now() - performance.now()')), ['warning clock double-check']],
    ['a day is no clock', notebookOf(double, needing('new Date(2020, 1, 1).getDay()')), []],
    [
      'a fixed port',
      notebookOf(double, needing('socket.createServer(["", 8080]).bind(["", 0])', 'socket')),
      ['warning fixed-port double-check'],
    ],
    [
      'a time limit in milliseconds',
      notebookOf(double, doubleCheck('  t.case("one", { timeout: 2000 }, () => t.equal(double(1), 2))')),
      ['warning case-time double-check'],
    ],
    [
      'one in seconds, and another thing that is called so',
      notebookOf(
        double,
        doubleCheck('  t.case("one", { timeout: 10 }, () => t.equal(double(1), { timeout: 2000 }.timeout / 1000))'),
      ),
      [],
    ],
  ])('%s', async (_, notebook, expected) => {
    const found = await validate(notebook, '--no-run')
    expect(brief(found).sort()).toEqual(expected)
    expect(found.code).toBe(expected.some((one) => one.startsWith('error')) ? 1 : 0)
    for (const { message, advice } of found.findings) expect([message, advice]).not.toContain('')
  })

  test('an output that shows a hidden test', async () => {
    const output = { output_type: 'stream', name: 'stdout', text: 'seventy becomes "140"' }
    const shown = { ...good, outputs: [{ ...output, text: 'failed: seventy' }] }
    expect(brief(await validate(notebookOf(double, shown), '--no-run'))).toEqual(['warning leak double-check'])
  })
})

describe('what is found by running', () => {
  const found = async (...cells: Parameters<typeof notebookOf>) => {
    const validated = await validate(notebookOf(...cells))
    return { ...validated, brief: brief(validated) }
  }

  test('a solution that fails its own tests, with what its table says', async () => {
    const {
      code,
      brief: list,
      findings,
    } = await found(
      double,
      doubleCheck(
        't.case("one", { points: 1 }, () => t.equal(double(1), 2))\nt.case("two", () => t.equal(double(2), 5))',
      ),
    )
    expect(list).toEqual(['error solution-fails double-check'])
    expect(findings[0]!.message).toMatch(/earns 1 of 2 points\n {2}✗ two[\s\S]*expected {2}5/)
    expect(code).toBe(1)
  })

  test('a solution that does not run', async () => {
    const broken = {
      ...double,
      source: 'function double(n: number): number {\n  // BEGIN SOLUTION\n  return "2"\n  // END SOLUTION\n}',
    }
    const { brief: list } = await found(broken, good)
    expect(list).toEqual(expect.arrayContaining(['error solution-error double', 'error solution-fails double-check']))
  })

  test('a mistake outside of the markers, once', async () => {
    const { brief: list } = await found({ ...double, source: `${double.source}\nconst n: number = "one"` }, good)
    expect(list).toEqual(['error solution-error double', 'error solution-fails double-check'])
  })

  test('tests that pass on the stub', async () => {
    const { brief: list } = await found(
      double,
      doubleCheck(
        't.case("there", () => t.ok(typeof double === "function", "no"))\nt.case("one", () => t.equal(double(1), 2))',
      ),
    )
    expect(list).toEqual(['error stub-passes double-check'])
  })

  const body = 't.case("one", () => t.equal(double(1), 2))'

  test('a check that is not the last value', async () => {
    const named = { ...good, source: `const points = await check("Double", 2, (t) => { ${body} })` }
    expect((await found(double, named)).brief).toEqual([
      'error last-value double-check',
      'error stub-passes double-check',
    ])
  })

  test('a check that is not awaited', async () => {
    const { brief: list, findings } = await found(double, {
      ...good,
      source: `check("Double", 2, (t) => { ${body} })`,
    })
    expect(list).toEqual(['error solution-fails double-check'])
    expect(findings[0]!.message).toContain('await')
  })

  test('a check that is worth something else than its cell says', async () => {
    expect((await found(double, doubleCheck(body, 3))).brief).toEqual(['error points double-check'])
  })

  test('a check that is worth something else than its cases', async () => {
    // The check and the cell say 2 both; it is the cases that lack one.
    const less = await found(double, doubleCheck('t.case("one", { points: 1 }, () => t.equal(double(1), 2))'))
    expect(less.findings).toEqual([
      expect.objectContaining({ advice: expect.stringContaining('of its cases together') }),
    ])
  })

  test('a stub that lost the name that the check calls', async () => {
    const whole = { ...double, source: '// BEGIN SOLUTION\nconst double = (n: number) => 2 * n\n// END SOLUTION' }
    expect((await found(whole, good)).brief).toEqual(['warning stub-error double-check'])
  })

  test('a stub that cannot stand where it does', async () => {
    const made = 'class Doubler {\n  // BEGIN SOLUTION\n  double(n: number) { return 2 * n }\n  // END SOLUTION\n}'
    const check = doubleCheck('t.case("one", () => t.equal(new Doubler().double(1), 2))')
    const { brief: list, findings } = await found({ ...double, source: made }, check)
    expect(list).toEqual(['warning stub-error double'])
    expect(findings[0]!.advice).toContain('within the body of a function')
  })

  test('the solutions of a lesson in their usual place', async () => {
    const lesson = join(root, 'notebooks', 'lessons', '01-first-call.ipynb')
    const { code, stdout } = await socketlab(['grade', 'validate', lesson, '--json'])
    const { findings } = JSON.parse(stdout) as Validated
    expect(code, stdout).toBe(0)
    expect(findings.map(({ rule }) => rule)).not.toContain('no-model')
  })

  test('solutions beside it that are named', async () => {
    const stub = { ...double, source: 'function double(n: number): number {\n  throw new Error("not done yet")\n}' }
    expect((await found(stub, good)).brief).toEqual(['warning no-model double'])
    writeFileSync(join(folder, 'models.ts'), '// %% double\nfunction double(n: number): number {\n  return n + n\n}\n')
    expect(await validate(notebookOf(stub, good), '--solutions', 'models.ts')).toMatchObject({ code: 0, findings: [] })
  })
})

test('the students’ version is told apart from the source, whoever released it', async () => {
  const name = save(notebookOf(double, good, manual('why', 1, 'Because.')))
  expect(await socketlab(['grade', 'release', name, '-o', 'students.ipynb'])).toMatchObject({ code: 0 })
  const { code, stdout, stderr } = await socketlab(['grade', 'validate', 'students.ipynb'])
  expect([code, stdout]).toEqual([1, expect.stringMatching(/^✗ students\.ipynb: it is the students' version.*\n.*own/)])
  expect([stdout.split('\n'), stderr]).toEqual([
    expect.objectContaining({ length: 3 }),
    expect.not.stringContaining('ready'),
  ])
})

test('--fix writes the imports into the checks, once', async () => {
  const uses = doubleCheck(
    't.case("a", () => { socket.socket().close(); t.ok(double(1) === 2, bytes`no`.toString()) })',
  )
  const name = save(notebookOf(double, uses))
  for (const _ of [1, 2]) expect(await socketlab(['grade', 'validate', name, '--fix'])).toMatchObject({ code: 0 })
  const [, check] = read(name).cells
  expect(check.source.slice(0, 3)).toEqual([
    'import { bytes, check, socket } from "socketlab"\n',
    '\n',
    expect.stringContaining('await check('),
  ])
})
