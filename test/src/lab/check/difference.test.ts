import { expect, test } from 'vitest'
import { bytes } from '../../../../src/index.ts'
import { difference } from '../../../../src/lab/check/difference.ts'
import { equal } from '../../../../src/lab/check/equal.ts'

test('the same bytes are the same, whatever holds them, also deep inside', () => {
  expect(equal(Buffer.from('ab'), new Uint8Array([97, 98]))).toBe(true)
  expect(equal([bytes`ab`, ['127.0.0.1', 5]], [new Uint8Array([97, 98]), ['127.0.0.1', 5]])).toBe(true)
  expect(equal({ data: bytes`a` }, { data: bytes`b` })).toBe(false)
})

test('what differs differs', () => {
  for (const [one, other] of [
    [1, '1'],
    [null, undefined],
    [[1, 2], [1]],
    [{ a: 1 }, { a: 1, b: undefined }],
    [{ a: undefined }, { b: undefined }],
    [new Map([[1, 2]]), new Map([[1, 3]])],
    [new Date(0), new Date(1)],
    ['ab', bytes`ab`],
    [[97], bytes`a`],
  ])
    expect(equal(one, other), String(one)).toBe(false)
  for (const same of [Number.NaN, new Map([[1, { a: 2 }]]), new Set([1]), new Date(5), [], {}, null])
    expect(equal(same, structuredClone(same))).toBe(true)
})

test('an object cannot say that it is equal', () => {
  const liar = { valueOf: () => 5, toString: () => '5', [Symbol.toPrimitive]: () => 5, equals: () => true }
  expect(equal(liar, 5)).toBe(false)
  expect(equal(new Proxy({}, { get: () => 5, has: () => true }), { a: 5 })).toBe(false)
  const circle: unknown[] = []
  circle.push(circle)
  const other: unknown[] = []
  other.push(other)
  expect(equal(circle, other)).toBe(false)
})

test('bytes are shown as hexdumps, from where they differ', () => {
  const long = Buffer.alloc(100, 'a')
  const other = Buffer.from(long)
  other[70] = 0x0a
  expect(difference(other, long).split('\n')).toEqual([
    'expected (100 bytes, from byte 48)',
    '00000030  61 61 61 61 61 61 61 61  61 61 61 61 61 61 61 61  |aaaaaaaaaaaaaaaa|',
    '00000040  61 61 61 61 61 61 61 61  61 61 61 61 61 61 61 61  |aaaaaaaaaaaaaaaa|',
    '00000050  61 61 61 61 61 61 61 61  61 61 61 61 61 61 61 61  |aaaaaaaaaaaaaaaa|',
    '00000060  61 61 61 61                                       |aaaa|',
    'received (100 bytes, from byte 48)',
    '00000030  61 61 61 61 61 61 61 61  61 61 61 61 61 61 61 61  |aaaaaaaaaaaaaaaa|',
    '00000040  61 61 61 61 61 61 0a 61  61 61 61 61 61 61 61 61  |aaaaaa.aaaaaaaaa|',
    '00000050  61 61 61 61 61 61 61 61  61 61 61 61 61 61 61 61  |aaaaaaaaaaaaaaaa|',
    '00000060  61 61 61 61                                       |aaaa|',
    'the first difference is at byte 70: 0x61 is expected, 0x0a came',
  ])
  expect(difference(bytes``, bytes`ab`)).toMatch(
    /received \(no bytes\)\n0 bytes came, and then no more; 2 are expected$/,
  )
  expect(difference(bytes`abc`, bytes`ab`)).toMatch(/2 bytes are expected, and 3 came$/)
  expect(difference(bytes`a`, bytes`ab`)).toMatch(
    /received \(1 byte\)\n.*\n1 byte came, and then no more; 2 are expected$/,
  )
  expect(difference(bytes`ab`, bytes`a`)).toMatch(/1 byte is expected, and 2 came$/)
})

test('text: one line with a mark under the first difference, many lines as a diff', () => {
  expect(difference('HTTP/1.1 200', 'HTTP/1.0 200').split('\n')).toEqual([
    'expected  "HTTP/1.0 200"',
    'received  "HTTP/1.1 200"',
    '                  ^',
  ])
  expect(difference('a\r\nb\nc\n', 'a\nb\nc\n').split('\n')).toEqual([
    '- expected, + received',
    '- a',
    '+ a\\r',
    '  b',
    '  c',
  ])
})

test('a final line end that is missing is told, where the other side has it', () => {
  expect(difference('a\nb\nc', 'a\nb\nc\n')).toMatch(/- c\n\+ c \(no line end\)$/)
  expect(difference('a\nb\nd', 'a\nb\nc')).not.toContain('no line end')
})

test('a usual confusion is named', () => {
  expect(difference('ab', bytes`ab`)).toContain('Buffer.from(text) makes bytes of it')
  expect(difference(bytes`ab`, 'ab')).toContain('.toString() makes text of a Buffer')
  expect(difference(Promise.resolve(1), 1)).toContain('an await is missing')
  expect(difference(undefined, 1)).toContain('console.log shows a value, and returns nothing')
})

test('nothing is too long or too odd to be told', () => {
  const thrower = {
    get a(): never {
      throw new Error('no')
    },
    [Symbol.for('nodejs.util.inspect.custom')]() {
      throw new Error('no')
    },
  }
  expect(difference(thrower, 1)).toContain('a value that cannot be shown')
  expect(difference('x\n'.repeat(10_000), 'y\n'.repeat(10_000)).length).toBeLessThan(1000)
  expect(difference(Buffer.alloc(1e6), Buffer.alloc(1e6, 1)).length).toBeLessThan(2000)
  expect(difference('x'.repeat(1e6), 'y').length).toBeLessThan(500)
})
