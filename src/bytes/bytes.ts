/**
 * The `bytes` tag: Python's b'…' for TypeScript, with values spliced in.
 *
 * Reads the template's raw text and applies Python's escapes, so that an example copied from Python means the same.
 * Knows nothing of text encodings: text becomes bytes with `Buffer.from(text)`, on purpose and visibly.
 */
import { unescapeBytes } from './escapes.ts'

/**
 * Python's `b'…'`: ASCII characters and escapes (`\r \n \t \0 \xNN …`), with bytes or single byte values spliced in.
 *
 * @param strings the template's text; each character stands for one byte
 * @param values what stands in `${…}`: any `Uint8Array` (its bytes) or a number 0 … 255 (one byte)
 * @returns a new Buffer
 * @throws {RangeError} a character above 0xFF, or a number that is not one byte
 * @throws {TypeError} a spliced value that is neither bytes nor a number: text needs `Buffer.from(text)` first
 * @example await conn.sendall(bytes`Echo: ${data}\r\n`)
 */
export function bytes(strings: TemplateStringsArray, ...values: readonly (Uint8Array | number)[]): Buffer {
  // Python's bytes(…) is a call, and is written so.
  if (!Array.isArray((strings as Partial<TemplateStringsArray> | null | undefined)?.raw)) {
    throw new TypeError(
      'bytes is no call here, it stands before a template: bytes`text`. The bytes of a text are Buffer.from(text), ' +
        'those of numbers Buffer.from([1, 2]), and four zeros Buffer.alloc(4)',
    )
  }
  const parts: Uint8Array[] = []
  strings.raw.forEach((text, index) => {
    parts.push(unescapeBytes(text))
    if (index < values.length) parts.push(spliced(values[index]))
  })
  return Buffer.concat(parts)
}

function spliced(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value
  if (typeof value === 'number') {
    if (Number.isInteger(value) && value >= 0 && value <= 255) return Uint8Array.of(value)
    throw new RangeError(
      `bytes must be in range(0, 256): a spliced number stands for one byte, and ${value} is not one`,
    )
  }
  if (typeof value === 'string') {
    throw new TypeError(
      `bytes\`…\` takes bytes or a number in \${…}, not a string: turn the text into bytes first, with Buffer.from(text)`,
    )
  }
  throw new TypeError(`bytes\`…\` takes bytes (a Uint8Array) or a number in \${…}, not ${describe(value)}`)
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  if (typeof value !== 'object') return `a ${typeof value}`
  const name = value.constructor?.name ?? 'object'
  return `${/^[AEIOU]/i.test(name) ? 'an' : 'a'} ${name}`
}
