/** Tables as spreadsheets write them. */
import { expect, test } from 'vitest'
import { delimiterOf, fieldOf, readTable, textIn } from '../../../../src/grading/results/table.ts'

const fieldsOf = (text: string, delimiter = ',') => readTable(text, delimiter).map(({ fields }) => fields)

test('what is written is read again', () => {
  const values = ['plain', 'a, b', 'a; b', 'says "no"', 'two\nlines', '=1+1', '-x', '@a', "'quoted'", '', ' ']
  for (const delimiter of [',', ';', '\t']) {
    const text = `${values.map((value) => fieldOf(value, delimiter)).join(delimiter)}\r\nx\r\n`
    expect(fieldsOf(text, delimiter)).toEqual([values, ['x']])
  }
  expect(fieldOf('=1+1')).toBe("'=1+1")
  expect([fieldOf('a\0b'), fieldOf('\0=1+1')]).toEqual(['ab', "'=1+1"])
})

test('rows know their line and their text, with any ends of lines and without the last', () => {
  expect(readTable('a,b\r\n"1\n2",c\n\n,,\nd', ',')).toEqual([
    { fields: ['a', 'b'], line: 1, raw: 'a,b' },
    { fields: ['1\n2', 'c'], line: 2, raw: '"1\n2",c' },
    { fields: ['d'], line: 6, raw: 'd' },
  ])
})

test('a quote without its end reaches to the end of the text, one within a field is a quote', () => {
  expect(fieldsOf('a,"b\nc')).toEqual([['a', 'b\nc']])
  expect(fieldsOf('5" wide,b')).toEqual([['5" wide', 'b']])
})

test('the character between fields is that of the heading', () => {
  expect(['a,b,c', 'a;b;c', 'a\tb\tc', 'a'].map(delimiterOf)).toEqual([',', ';', '\t', ','])
})

test('texts of other countries and of Excel', () => {
  expect(textIn(Buffer.from('Zoë'))).toBe('Zoë')
  expect(textIn(Buffer.from('Zoë', 'latin1'))).toBe('Zoë')
  expect(textIn(Buffer.from('\ufeffZoë', 'utf16le'))).toBe('\ufeffZoë')
})
