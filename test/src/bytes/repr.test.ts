import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { bytes, repr } from '../../../src/bytes/index.ts'

/** CPython's repr of the same bytes. */
function pythonRepr(values: Uint8Array[]): string[] {
  const code = 'import json,sys; print(json.dumps([repr(bytes.fromhex(x)) for x in json.load(sys.stdin)]))'
  const input = JSON.stringify(values.map((value) => Buffer.from(value).toString('hex')))
  return JSON.parse(execFileSync('python3', ['-c', code], { input, encoding: 'utf8' }))
}

test('bytes print as in Python: each byte alone, quotes of every mix, random data', () => {
  const values = [
    ...Array.from({ length: 256 }, (_, byte) => Buffer.from([byte])),
    ...["'", '"', `'"`, `it's`, `say "hi"`, `it's "both"`, '\\', "\\'", ''].map((text) => Buffer.from(text)),
    ...Array.from({ length: 500 }, () => randomBytes(Math.floor(Math.random() * 80))),
    Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)),
  ]
  expect(values.map(repr)).toEqual(pythonRepr(values))
})

test('a plain Uint8Array prints as a Buffer does', () => {
  expect(repr(new Uint8Array([104, 105, 10]))).toBe(String.raw`b'hi\n'`)
  expect(repr(bytes`Echo: ${1}`)).toBe(String.raw`b'Echo: \x01'`)
})

test('other values print as the console shows them', () => {
  expect(repr('it')).toBe(`'it'`)
  expect(repr(42)).toBe('42')
  expect(repr(null)).toBe('null')
  expect(repr(['127.0.0.1', 80])).toBe(`[ '127.0.0.1', 80 ]`)
})
