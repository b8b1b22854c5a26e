import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { bytes } from '../../../src/bytes/index.ts'

/** What CPython makes of the same literals, as hex. */
function python(literals: string[]): string[] {
  const code =
    'import ast,json,sys,warnings; warnings.simplefilter("ignore"); print(json.dumps([ast.literal_eval(x).hex() for x in json.load(sys.stdin)]))'
  return JSON.parse(execFileSync('python3', ['-c', code], { input: JSON.stringify(literals), encoding: 'utf8' }))
}

/** The tag as it is called for a template of this raw text. */
function tag(raw: string): Buffer {
  return bytes(Object.assign([raw], { raw: [raw] }) as unknown as TemplateStringsArray)
}

test('text and escapes mean the same as in Python', () => {
  const raws = [
    '',
    'GET / HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n',
    '\\0\\x00\\xff\\x7F\\t\\\\',
    '\\a\\b\\f\\v\\"',
    '\\101\\7\\08\\377\\1234',
    '\\d\\q\\8',
    'a\\\nb',
    '~!@#%^&*()[]',
  ]
  const literals = raws.map((raw) => `b"""${raw}"""`)
  expect(raws.map((raw) => tag(raw).toString('hex'))).toEqual(python(literals))
})

test('every byte can be written as \\xNN', () => {
  const raw = Array.from({ length: 256 }, (_, byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')
  expect([...tag(raw)]).toEqual(Array.from({ length: 256 }, (_, byte) => byte))
})

test('bytes and single byte values are spliced in', () => {
  const data = new Uint8Array([0, 255, 65])
  expect(bytes`Echo: ${data}\r\n`).toEqual(Buffer.from([...Buffer.from('Echo: '), 0, 255, 65, 13, 10]))
  expect(bytes`${1}${0}${255}`).toEqual(Buffer.from([1, 0, 255]))
  expect(bytes`${Buffer.alloc(0)}`).toHaveLength(0)
})

test('the result is a copy: changing what was spliced in changes nothing', () => {
  const data = Buffer.from('abc')
  const copy = bytes`${data}`
  data[0] = 0
  expect(copy.toString()).toBe('abc')
})

test('what a template needs escaped comes through', () => {
  expect(bytes`\`\${5}`).toEqual(Buffer.from([0x60, 0x24, 0x7b, 0x35, 0x7d]))
})

test('a character above 0xFF is a RangeError that names it', () => {
  expect(() => bytes`price: 5 €`).toThrow(RangeError)
  expect(() => bytes`price: 5 €`).toThrow("'€' is U+20AC")
  expect(() => bytes`😀`).toThrow("'😀' is U+1F600")
  expect(() => bytes`\u20ac`).toThrow("'€' is U+20AC")
  expect([...bytes`\u00e9é`]).toEqual([0xe9, 0xe9])
})

test('a number that is not one byte is a RangeError', () => {
  for (const value of [256, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])
    expect(() => bytes`${value}`).toThrow(RangeError)
})

test('text spliced in is a TypeError that says how to encode it', () => {
  // @ts-expect-error text is not bytes
  expect(() => bytes`${'hello'}`).toThrow(/Buffer\.from\(text\)/)
  // @ts-expect-error neither is null
  expect(() => bytes`${null}`).toThrow(TypeError)
  // @ts-expect-error nor an array of numbers
  expect(() => bytes`${[1, 2]}`).toThrow('not an Array')
})

// It was "Cannot read properties of undefined".
test('called as Python’s bytes(…) it says what to write', () => {
  for (const args of [['text'], ['text', 'utf-8'], [[1, 2]], [4], [], [null], [{}]]) {
    expect(() => (bytes as (...given: unknown[]) => unknown)(...args)).toThrow(/^bytes is no call here.*bytes`text`/)
  }
})

test('an unfinished \\x escape is a SyntaxError', () => {
  expect(() => tag('\\x1')).toThrow(SyntaxError)
})
