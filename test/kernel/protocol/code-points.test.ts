import { expect, test } from 'vitest'
import { toCodePoints, toUtf16 } from '../../../kernel/protocol/code-points.ts'

test.each([
  ['abc', 2, 2],
  ['🙂.x', 2, 3],
  ['a🙂🙂b', 4, 6],
  ['', 0, 0],
])('in %j, %d code points are %d code units, and back', (text, codePoints, codeUnits) => {
  expect(toUtf16(text, codePoints)).toBe(codeUnits)
  expect(toCodePoints(text, codeUnits)).toBe(codePoints)
})

test('a cursor beyond the end is the end', () => {
  expect(toUtf16('🙂', 99)).toBe(2)
  expect(toUtf16('ab', Number.POSITIVE_INFINITY)).toBe(2)
})
