/** What students get of a source notebook: nothing that they should write or not see, and all that they need. */
import { describe, expect, test } from 'vitest'
import { checksumOf, type Grading } from '../../../../src/grading/notebook/index.ts'
import { isStub, ReleaseError, releaseNotebook } from '../../../../src/grading/release/index.ts'
import type { Notebook } from '../../../../src/notebook/notebook-file.ts'
import { exercisesOf, lessonsWithExercises } from '../../../notebooks/exercises.ts'
import { checkCell, manual, notebookOf, plain, readOnly, solution, task } from '../source.ts'

const released = (...cells: Parameters<typeof notebookOf>) => releaseNotebook(notebookOf(...cells)).notebook.cells
const text = (cell: Notebook['cells'][number] | undefined) => cell?.source

describe('a solution', () => {
  test('becomes a stub at the indentation of its marker, with its hint', () => {
    const [first] = released(
      solution('a', 'function f() {\n  let n = 1\n  // BEGIN SOLUTION: count\n  n++\n  // END SOLUTION\n}'),
    )
    expect(text(first)).toBe('function f() {\n  let n = 1\n  // count\n  throw new Error("not done yet")\n}')
  })

  test('of several regions becomes several stubs, also at the margin', () => {
    const [first] = released(
      solution('a', '// BEGIN SOLUTION\na\n// END SOLUTION\nb\n\t// BEGIN SOLUTION\n\tc\n\t// END SOLUTION'),
    )
    expect(text(first)).toBe(
      '// your code here\nthrow new Error("not done yet")\nb\n\t// your code here\n\tthrow new Error("not done yet")',
    )
  })

  test('without markers goes as a whole', () => {
    const [code, words] = released(solution('a', 'const secret = 1'), manual('b', 2, 'Because.'))
    expect([text(code), text(words)]).toEqual([
      '// your code here\nthrow new Error("not done yet")',
      'YOUR ANSWER HERE',
    ])
  })

  test('that is a stub already stays', () => {
    const stub =
      'interface A {\n  b: string\n}\n\nfunction f(\n  a: A,\n): string {\n  // first\n  throw new Error("not done yet") // mend the rest\n  return a.b\n}'
    expect(text(released(solution('a', stub))[0])).toBe(stub)
    const form = '1. …\n2. …'
    expect(text(released(manual('a', 1, form))[0])).toBe(form)
  })

  test.each([
    'function f(x: number) {\n  switch (x) {\n    case 1: return 2\n    default:\n      throw new Error("not implemented")\n  }\n}',
    'function f(x: number) {\n  if (x) {\n    throw new Error("not implemented")\n  }\n  return 2\n}',
    'if (a) {\n  throw new Error("not implemented")\n}\nconst answer = 42',
    'class A {\n  f() {}\n}',
    'const url = "http://a"',
  ])('with such an error further down is no stub: %j', (source) => {
    expect(isStub(source)).toBe(false)
  })

  test('in the lessons comes as a stub', () => {
    for (const { path } of lessonsWithExercises)
      for (const { solutions } of exercisesOf(path))
        for (const { id, source } of solutions) expect(isStub(source), `${path} ${id}`).toBe(true)
  })
})

describe('hidden tests', () => {
  test('go, and the rest of the check stays', () => {
    const source =
      'await check("a", 2, (t) => {\n  t.case("b", () => {})\n  // BEGIN HIDDEN TESTS\n  t.case("c", () => {})\n  // END HIDDEN TESTS\n})'
    expect(text(released(checkCell('a', 2, source))[0])).toBe(
      'await check("a", 2, (t) => {\n  t.case("b", () => {})\n})',
    )
  })

  test('that are all there is leave a word', () => {
    const all = '// BEGIN HIDDEN TESTS\nawait check("a", 1, () => {})\n// END HIDDEN TESTS'
    const inside = 'await check("a", 1, (t) => {\n// BEGIN HIDDEN TESTS\nt.case("c", () => {})\n// END HIDDEN TESTS\n})'
    for (const source of [all, inside])
      expect(text(released(checkCell('a', 1, source))[0])).toBe(
        '// What is tested here (1 point) runs when your work is graded.',
      )
  })

  test('and the marking scheme of a task', () => {
    const source = 'Measure.\n\n<!-- BEGIN MARK SCHEME -->\n2 for units\n<!-- END MARK SCHEME -->'
    expect(text(released(task('a', 3, source))[0])).toBe('Measure.\n')
  })
})

test('outputs, counts and times go; what is locked cannot be edited, what is filled in not be deleted', () => {
  const ran = plain('p', '1 + 1')
  Object.assign(ran, {
    outputs: [{ output_type: 'execute_result', data: { 'text/plain': '2' }, metadata: {}, execution_count: 7 }],
    execution_count: 7,
    metadata: { execution: { 'iopub.status.busy': 'now' }, tags: ['kept'] },
  })
  const cells = released(
    ran,
    solution('s', '// BEGIN SOLUTION\n// END SOLUTION'),
    checkCell('c', 1, '1'),
    readOnly('r', '#'),
  )
  expect(cells[0]).toMatchObject({ outputs: [], execution_count: null, metadata: { tags: ['kept'] } })
  expect(cells[0]!.metadata).not.toHaveProperty('execution')
  const rights = cells.map(({ metadata: { editable, deletable } }) => [editable, deletable])
  expect(rights).toEqual([
    [undefined, undefined],
    [undefined, false],
    [false, false],
    [false, false],
  ])
  for (const cell of cells.slice(1)) {
    const grading = cell.metadata.nbgrader as Grading
    expect(grading).toMatchObject({ cell_type: cell.cell_type, checksum: checksumOf(cell, grading) })
  }
})

test('the source stays as it was, and the same source gives the same release', () => {
  const source = notebookOf(solution('a', '// BEGIN SOLUTION\n1\n// END SOLUTION'), checkCell('b', 1, '1'))
  for (const cell of source.cells) delete cell.id
  Object.assign(source, { nbformat_minor: 4 })
  const before = structuredClone(source)
  const [one, other] = [releaseNotebook(source), releaseNotebook(source)]
  expect(source).toEqual(before)
  expect(one).toEqual(other)
  expect(one.notebook).toMatchObject({ nbformat_minor: 5, cells: [{ id: 'a' }, { id: 'b' }] })
})

test.each(['// Begin solutions with a drawing', '// the end: solution', 'const end = solution', '// ends hidden'])(
  'no marker is meant by %s',
  (line) => {
    expect(text(released(checkCell('a', 1, line))[0])).toBe(line)
  },
)

test.each([
  ['an open region', [solution('a', '// BEGIN SOLUTION\n1')], 'BEGIN SOLUTION has no // END SOLUTION'],
  ['a solution elsewhere', [plain('a', '// BEGIN SOLUTION\n1\n// END SOLUTION')], 'belongs into a solution cell'],
  [
    'hidden tests elsewhere',
    [solution('a', '// BEGIN HIDDEN TESTS\n// END HIDDEN TESTS')],
    'belongs into a check cell',
  ],
  ...[
    '// BEGIN HIDDEN TEST',
    '// begin hidden tests',
    '### END HIDDEN',
    '/* Begin_Solution */',
    '<!-- End solutions -->',
    '// END of SOLUTION: f',
    '//BEGIN MARKING SCHEME',
  ].map((line) => [line, [checkCell('a', 1, `1\n  ${line}\n2`)], `"${line}" is no marker`] as const),
  ['one id twice', [solution('a', ''), checkCell('a', 1, '1')], 'another cell before it has the grade_id "a"'],
  [
    'no points',
    [
      {
        ...checkCell('a', 1, '1'),
        metadata: { nbgrader: { ...(checkCell('a', 1, '1').metadata.nbgrader as object), points: undefined } },
      },
    ],
    'points is missing',
  ],
] as const)('nothing is released with %s', (_, cells, message) => {
  const attempt = () => releaseNotebook(notebookOf(...cells))
  expect(attempt).toThrow(ReleaseError)
  expect(attempt).toThrow(message)
})
