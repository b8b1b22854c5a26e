/**
 * Tables as text that spreadsheets read and write: RFC 4180, and what becomes of it in a spreadsheet of another country
 * (`;` between fields). Knows nothing of results.
 */

/** Quoted where it must be. What a spreadsheet would compute is told to be text, by an apostrophe. */
export function fieldOf(value: string | number, delimiter = ','): string {
  // At a NUL, programs in C take the table for ended.
  const plain = String(value).replaceAll('\0', '')
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(plain) ? `'${plain}` : plain
  return text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** The text of a file that a spreadsheet wrote: UTF-8, what Excel calls Unicode, or its letters of Western Europe. */
export function textIn(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le', { ignoreBOM: true }).decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

export interface Row {
  readonly fields: readonly string[]
  /** Its first line in the file, from 1. */
  readonly line: number
  /** As it stands in the file, without the end of the line. */
  readonly raw: string
}

/** Which character stands between the fields of this heading? */
export function delimiterOf(heading: string): string {
  const times = (one: string) => heading.split(one).length
  return [';', '\t'].reduce((most, one) => (times(one) > times(most) ? one : most), ',')
}

/** Every row that is not empty. Takes any text: a quote that is never closed reaches to its end. */
export function readTable(text: string, delimiter: string): Row[] {
  const rows: Row[] = []
  let fields: string[] = []
  let [field, quoted, begin, line, first] = ['', false, 0, 1, 1]
  const endRow = (at: number) => {
    const raw = text.slice(begin, at).replace(/\r$/, '')
    fields.push(quoted ? field : field.replace(/\r$/, ''))
    if (raw.replaceAll(delimiter, '').trim() !== '') rows.push({ fields: fields.map(asText), line: first, raw })
    ;[fields, field, quoted, begin, first] = [[], '', false, at + 1, line]
  }
  for (let at = 0; at < text.length; at++) {
    const one = text[at] as string
    if (one === '\n') line++
    if (quoted) {
      if (one !== '"') field += one
      else if (text[at + 1] === '"') {
        field += one
        at++
      } else quoted = false
    } else if (one === '"' && field === '') quoted = true
    else if (one === delimiter) {
      fields.push(field)
      field = ''
    } else if (one === '\n') endRow(at)
    else field += one
  }
  if (begin < text.length) endRow(text.length)
  return rows
}

/** Without the apostrophe of {@link fieldOf}. */
const asText = (field: string): string => (/^'[=+\-@]/.test(field) ? field.slice(1) : field)
