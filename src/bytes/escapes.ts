/**
 * Python's escapes in a bytes literal, read from a template's raw text.
 *
 * JavaScript's own cooking differs (octal is forbidden, `\a` is an "a", `\d` loses its backslash), hence by hand.
 * Two additions that a template needs: `` \` `` and `\$`; and `\uNNNN`, so that an escape too large is named as such.
 */
const SIMPLE: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  '`': '`',
  $: '$',
  '{': '{',
  '\n': '',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

const ESCAPE = /\\(?:([0-7]{1,3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]+)\}|(x)|(.))/gsu

/** One byte for each character of `raw` once its escapes are resolved. */
export function unescapeBytes(raw: string): Buffer {
  const text = raw.replace(ESCAPE, (all, octal, hex, unit, point, brokenHex, other) => {
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff)
    const code = hex ?? unit ?? point
    if (code !== undefined) return character(Number.parseInt(code, 16), all)
    if (brokenHex !== undefined) throw new SyntaxError('invalid \\x escape in bytes`…`: write two hex digits, as \\x0d')
    return SIMPLE[other] ?? all // as in Python: an escape it does not know keeps its backslash
  })
  for (const each of text) if (each.codePointAt(0)! > 0xff) throw tooLarge(each)
  return Buffer.from(text, 'latin1')
}

function character(code: number, written: string): string {
  if (code > 0x10ffff) throw new RangeError(`${written} is beyond Unicode`)
  return String.fromCodePoint(code)
}

function tooLarge(each: string): RangeError {
  const point = each.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')
  return new RangeError(
    `bytes\`…\` can only hold characters up to 0xFF, and '${each}' is U+${point}: encode text with Buffer.from(text)`,
  )
}
