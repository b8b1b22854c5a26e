import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { bytes } from '../../../src/bytes/index.ts'
import { hexdump } from '../../../src/lab/index.ts'

test('offset, hex in two halves, ASCII', () => {
  expect(hexdump(bytes`GET / HTTP/1.1\r\nHost: \x00\xff`).text.split('\n')).toEqual([
    '00000000  47 45 54 20 2f 20 48 54  54 50 2f 31 2e 31 0d 0a  |GET / HTTP/1.1..|',
    '00000010  48 6f 73 74 3a 20 00 ff                           |Host: ..|',
  ])
})

test('shows itself as a value, in the console and in a template', () => {
  const dump = hexdump(new Uint8Array([65]))
  expect(inspect(dump)).toBe(dump.text)
  expect(`${dump}`).toBe(dump.text)
  const display = (dump as unknown as Record<symbol, () => unknown>)[Symbol.for('Jupyter.display')]!
  expect(display.call(dump)).toEqual({ 'text/plain': dump.text })
})

test('no bytes, and no bytes at all', () => {
  expect(`${hexdump(Buffer.alloc(0))}`).toBe('(no bytes)')
  // @ts-expect-error text is not bytes
  expect(() => hexdump('text')).toThrow(TypeError)
})
