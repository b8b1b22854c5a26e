/** Regions between markers, also where an author has made a mistake. */
import { expect, test } from 'vitest'
import { findRegions, replaceRegions } from '../../../../src/grading/notebook/index.ts'

test('a region has its lines, its indentation and what stands behind BEGIN', () => {
  const source = 'function f() {\n  // BEGIN SOLUTION: split the line\n  return 1\n  // END SOLUTION\n}'
  expect(findRegions(source, 'SOLUTION')).toEqual({
    regions: [{ kind: 'SOLUTION', begin: 1, end: 3, indent: '  ', remark: 'split the line' }],
    problems: [],
  })
  expect(findRegions(source, 'HIDDEN TESTS')).toEqual({ regions: [], problems: [] })
  expect(replaceRegions(source, 'SOLUTION', ({ indent, remark }) => [`${indent}// ${remark}`])).toBe(
    'function f() {\n  // split the line\n}',
  )
})

test('markers may be spelled as in nbgrader, in any comment', () => {
  const source =
    '### BEGIN SOLUTION ###\na\n### END SOLUTION\nb\n/* BEGIN SOLUTION */\nc\n/* END SOLUTION */\n<!-- BEGIN SOLUTION -->\nd\n<!-- END SOLUTION -->'
  expect(findRegions(source, 'SOLUTION').regions.map(({ begin, end, remark }) => [begin, end, remark])).toEqual([
    [0, 2, ''],
    [4, 6, ''],
    [7, 9, ''],
  ])
  expect(replaceRegions(source, 'SOLUTION', () => ['x', 'y'])).toBe('x\ny\nb\nx\ny\nx\ny')
})

test.each([
  ['no end', 'a\n// BEGIN SOLUTION\nb', [[1, 'BEGIN SOLUTION has no // END SOLUTION after it']]],
  ['no beginning', 'a\n// END SOLUTION\nb', [[1, 'END SOLUTION has no // BEGIN SOLUTION before it']]],
  [
    'one in another',
    '// BEGIN SOLUTION\na\n// BEGIN SOLUTION\nb\n// END SOLUTION\nc\n// END SOLUTION',
    [
      [2, 'BEGIN SOLUTION stands within the region that began in line 1'],
      [6, 'END SOLUTION has no // BEGIN SOLUTION before it'],
    ],
  ],
])('%s is a problem, with its line', (_, source, expected) => {
  const { problems } = findRegions(source, 'SOLUTION')
  expect(problems.map(({ line, message }) => [line, message.split(':')[0]])).toEqual(expected)
})
