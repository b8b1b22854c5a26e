import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { ShownTable } from '../../../src/lab/index.ts'

const table = new ShownTable(
  'Two & more:',
  ['fd', 'openedBy'],
  [
    { fd: 7, openedBy: 'cell [1]' },
    { fd: 12, openedBy: '<script>"&' },
  ],
)

test('as text: caption, headings in words, columns as wide as they must be', () => {
  expect(inspect(table).split('\n')).toEqual([
    'Two & more:',
    '',
    'fd  opened by',
    '--  ----------',
    '7   cell [1]',
    '12  <script>"&',
  ])
})

test('as HTML: a table with a caption, in which nothing is taken for markup', () => {
  const html = table.html()
  expect(html).toContain('<caption style="text-align: left">Two &amp; more:</caption>')
  expect(html).toMatch(/<th scope="col" style="[^"]*overflow-wrap: anywhere">opened by<\/th>/)
  expect(html).toContain('&lt;script&gt;&quot;&amp;')
  expect(html).not.toContain('<script>')
})

test('rows are there for a program, in order', () => {
  expect([table.length, [...table].map(({ fd }) => fd)]).toEqual([2, [7, 12]])
})

test('without rows it is its caption', () => {
  const empty = new ShownTable('None.', ['fd'], [])
  expect([`${empty}`, empty.html()]).toEqual(['None.', '<p>None.</p>'])
})
