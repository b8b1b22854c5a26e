/**
 * Text and bytes of one encoding, with Python's words for what does not fit. Node's own decoders read Latin-1 and ASCII
 * as Windows-1252, and its encoders write whatever is in the lowest byte.
 */

/** What happens to text or bytes that do not fit: an error, or a question mark (U+FFFD where it was read). */
export type Strictness = 'strict' | 'replace'

/** How a text file reads and writes. */
export interface Codec {
  /** Characters of the next bytes; `stream`: more may come, half a character waits for them. */
  decode(bytes: Uint8Array, stream: boolean): string
  encode(text: string): Buffer
}

type Known = 'utf-8' | 'utf-16le' | 'latin1' | 'ascii'

const NAMES: Readonly<Record<string, Known>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'utf-16le': 'utf-16le',
  'utf-16-le': 'utf-16le',
  utf16le: 'utf-16le',
  latin1: 'latin1',
  'latin-1': 'latin1',
  'iso-8859-1': 'latin1',
  'iso8859-1': 'latin1',
  ascii: 'ascii',
  'us-ascii': 'ascii',
}

/** Is it an encoding that can be read and written? @throws {RangeError} it is not */
export function checkEncoding(encoding: string): Known {
  const name = encoding.toLowerCase().replaceAll('_', '-')
  if (Object.hasOwn(NAMES, name)) return NAMES[name]!
  throw new RangeError(`unknown encoding: ${encoding}: utf-8, latin1, ascii and utf-16le are known`)
}

export function codec(encoding: string, errors: Strictness): Codec {
  const name = checkEncoding(encoding)
  return name === 'latin1' || name === 'ascii' ? oneByte(name, errors) : unicode(name, errors)
}

/** As CPython calls them in its messages. */
const CALLED = { 'utf-8': 'utf-8', 'utf-16le': 'utf-16-le', latin1: 'latin-1', ascii: 'ascii' } as const
const DECODING = 'say which encoding they are in, or { errors: "replace" }'

function unicode(name: 'utf-8' | 'utf-16le', errors: Strictness): Codec {
  const decoder = new TextDecoder(name, { fatal: errors === 'strict', ignoreBOM: true })
  return {
    decode(bytes, stream) {
      try {
        return decoder.decode(bytes, { stream })
      } catch (cause) {
        throw new RangeError(`'${CALLED[name]}' codec can't decode bytes: they are no such text; ${DECODING}`, {
          cause,
        })
      }
    },
    encode(text) {
      const [lone] = errors === 'strict' && !text.isWellFormed() ? text.matchAll(/[\ud800-\udfff]/gu) : []
      if (lone) throw unfit(name, lone, 'surrogates not allowed: it is half of a character')
      return Buffer.from(text, name)
    },
  }
}

function oneByte(name: 'latin1' | 'ascii', errors: Strictness): Codec {
  const size = name === 'ascii' ? 128 : 256
  const beyond = name === 'ascii' ? /[^\0-\x7f]/gu : /[^\0-\xff]/gu
  return {
    decode(bytes) {
      const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
      const at = name === 'latin1' ? -1 : bytes.findIndex((byte) => byte >= size)
      if (at < 0) return text
      if (errors === 'replace') return text.replace(beyond, '\ufffd')
      const byte = bytes[at]!.toString(16).padStart(2, '0')
      throw new RangeError(
        `'ascii' codec can't decode byte 0x${byte} in position ${at}: ordinal not in range(128); ${DECODING}`,
      )
    },
    encode(text) {
      const [found] = text.matchAll(beyond)
      if (found && errors === 'strict') {
        throw unfit(name, found, `ordinal not in range(${size}); open the file with { encoding: "utf-8" }`)
      }
      return Buffer.from(found ? text.replace(beyond, '?') : text, 'latin1')
    },
  }
}

/** CPython's words: `'ascii' codec can't encode character '\xe9' in position 0: ordinal not in range(128)`. */
function unfit(name: Known, { 0: character, index }: RegExpExecArray, why: string): RangeError {
  const code = character.codePointAt(0)!
  const [mark, digits] = code > 0xffff ? (['U', 8] as const) : code > 0xff ? (['u', 4] as const) : (['x', 2] as const)
  const shown = `\\${mark}${code.toString(16).padStart(digits, '0')}`
  return new RangeError(`'${CALLED[name]}' codec can't encode character '${shown}' in position ${index}: ${why}`)
}
