/**
 * `repr`: how Python prints bytes, so that what came over a wire can be seen unambiguously.
 *
 * Values that are not bytes print as Node's console would show them, without colours.
 */
import { inspect } from 'node:util'

const NAMED: Readonly<Record<number, string>> = { 9: '\\t', 10: '\\n', 13: '\\r', 92: '\\\\' }
const SINGLE = 0x27
const DOUBLE = 0x22

/**
 * Text that shows a value unambiguously; for bytes exactly what Python's `repr` gives: `b'Echo: hi\r\n'`.
 *
 * @param value any `Uint8Array` for `b'…'`; anything else is shown as `console.log` would, text in quotes
 * @example console.log(repr(await conn.recv(1024)))
 */
export function repr(value: unknown): string {
  if (value instanceof Uint8Array) return reprBytes(value)
  return inspect(value, { colors: false })
}

function reprBytes(data: Uint8Array): string {
  // Python prefers single quotes, and takes double ones only when that saves every backslash.
  const quote = data.includes(SINGLE) && !data.includes(DOUBLE) ? DOUBLE : SINGLE
  let text = ''
  for (const byte of data) {
    if (byte === quote) text += `\\${String.fromCharCode(quote)}`
    else if (NAMED[byte] !== undefined) text += NAMED[byte]
    else if (byte < 0x20 || byte > 0x7e) text += `\\x${byte.toString(16).padStart(2, '0')}`
    else text += String.fromCharCode(byte)
  }
  const mark = String.fromCharCode(quote)
  return `b${mark}${text}${mark}`
}
