/**
 * What becomes of text and bytes that do not fit into an encoding: CPython's error handlers. Knows nothing of encodings.
 */

/**
 * An error; a question mark (U+FFFD where it was read); nothing; `\xe9`; for each byte a surrogate, which is written as
 * that byte again; `&#233;`, which is for writing only.
 */
export type Misfits = 'strict' | 'replace' | 'ignore' | 'backslashreplace' | 'surrogateescape' | 'xmlcharrefreplace'

/** All of them. */
export const MISFITS: readonly Misfits[] = [
  'strict',
  'replace',
  'ignore',
  'backslashreplace',
  'surrogateescape',
  'xmlcharrefreplace',
]

/** As Python writes a character: `\xe9`, `\u20ac`, `\U0001f600`. */
export function escaped(character: string): string {
  const code = character.codePointAt(0)!
  const [mark, digits] = code > 0xffff ? (['U', 8] as const) : code > 0xff ? (['u', 4] as const) : (['x', 2] as const)
  return `\\${mark}${code.toString(16).padStart(digits, '0')}`
}

/** What is read instead of bytes that are no text; each of them is a character here. */
export function readInstead(bytes: string, errors: Misfits): string {
  if (errors === 'ignore') return ''
  if (errors === 'backslashreplace') return bytes.replace(/./gs, escaped)
  if (errors === 'surrogateescape') {
    return bytes.replace(/./gs, (byte) => String.fromCharCode(0xdc00 + byte.charCodeAt(0)))
  }
  throw new TypeError(
    `don't know how to handle UnicodeDecodeError in error callback: '${errors}' is for writing; open the file for ` +
      'reading with { errors: "backslashreplace" }',
  )
}

/** What is written instead of a character that the encoding lacks; undefined: it cannot be. */
export function writtenInstead(character: string, errors: Misfits): string | undefined {
  if (errors === 'replace') return '?'
  if (errors === 'ignore') return ''
  if (errors === 'backslashreplace') return escaped(character)
  return errors === 'xmlcharrefreplace' ? `&#${character.codePointAt(0)};` : undefined
}

/** The byte that was read as this character under `surrogateescape`. */
export function escapedByte(character: string): string | undefined {
  const code = character.codePointAt(0)!
  return code >= 0xdc80 && code <= 0xdcff ? String.fromCharCode(code - 0xdc00) : undefined
}
