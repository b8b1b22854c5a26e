/**
 * Text and bytes of one encoding, with Python's words for what does not fit. Node's own decoders read Latin-1 and ASCII
 * as Windows-1252, and its encoders write whatever is in the lowest byte.
 */
import { isUtf8 } from 'node:buffer'
import { escaped, escapedByte, type Misfits, readInstead, writtenInstead } from './misfits.ts'

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

/**
 * Is it an encoding that can be read and written?
 *
 * @throws {RangeError} it is not, or not so: a byte of UTF-16 may be one of ASCII, for which there is no surrogate
 */
export function checkCodec(encoding: string, errors: Misfits): Known {
  const name = encoding.toLowerCase().replaceAll('_', '-')
  const known = Object.hasOwn(NAMES, name) ? NAMES[name]! : undefined
  if (!known) throw new RangeError(`unknown encoding: ${encoding}: utf-8, latin1, ascii and utf-16le are known`)
  if (known !== 'utf-16le' || errors !== 'surrogateescape') return known
  throw new RangeError(`errors 'surrogateescape' is for utf-8, latin1 and ascii, not ${encoding}`)
}

export function codec(encoding: string, errors: Misfits): Codec {
  const name = checkCodec(encoding, errors)
  return { decode: decoder(name, errors), encode: (text) => encode(text, name, errors) }
}

/** As CPython calls them in its messages. */
const CALLED = { 'utf-8': 'utf-8', 'utf-16le': 'utf-16-le', latin1: 'latin-1', ascii: 'ascii' } as const
const DECODING = 'say which encoding they are in, or { errors: "replace" }'

const latin1 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')

function decoder(name: Known, errors: Misfits): Codec['decode'] {
  if (name === 'latin1') return latin1
  if (errors !== 'strict' && errors !== 'replace') return lenient(name, errors)
  if (name === 'ascii') return (bytes) => fromAscii(bytes, errors)
  const node = new TextDecoder(name, { fatal: errors === 'strict', ignoreBOM: true })
  return (bytes, stream) => {
    try {
      return node.decode(bytes, { stream })
    } catch (cause) {
      throw new RangeError(`'${CALLED[name]}' codec can't decode bytes: they are no such text; ${DECODING}`, { cause })
    }
  }
}

function fromAscii(bytes: Uint8Array, errors: Misfits): string {
  const at = bytes.findIndex((byte) => byte > 127)
  if (at < 0) return latin1(bytes)
  if (errors === 'replace') return latin1(bytes).replace(/[^\0-\x7f]/g, '\ufffd')
  const byte = bytes[at]!.toString(16).padStart(2, '0')
  throw new RangeError(
    `'ascii' codec can't decode byte 0x${byte} in position ${at}: ordinal not in range(128); ${DECODING}`,
  )
}

/** RFC 3629, section 4: what may stand before the last byte of three, and before the last two of four. */
const OF_THREE = String.raw`(?:\xe0[\xa0-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]|\xed[\x80-\x9f])`
const OF_FOUR = String.raw`(?:\xf0[\x90-\xbf]|[\xf1-\xf3][\x80-\xbf]|\xf4[\x80-\x8f])`
const UTF_8 = String.raw`[\0-\x7f]+|[\xc2-\xdf][\x80-\xbf]|${OF_THREE}[\x80-\xbf]|${OF_FOUR}[\x80-\xbf]{2}`

/** Bytes as characters: what is text, what may become a character with the next bytes, and anything else. */
const PIECES = {
  // (?!): a byte is all of a character.
  ascii: /([\0-\x7f]+)|((?!))|./gs,
  'utf-8': new RegExp(String.raw`((?:${UTF_8})+)|((?:[\xc2-\xf4]|${OF_THREE}|${OF_FOUR}[\x80-\xbf]?)$)|.`, 'gs'),
  // The low byte comes first, the second one tells a surrogate.
  'utf-16le': /((?:.[^\xd8-\xdf]|.[\xd8-\xdb].[\xdc-\xdf])+)|(.(?:[\xd8-\xdb].?)?$)|../gs,
}

/** TextDecoder has no word in what becomes of bytes that are no text: here they are told from those that are. */
function lenient(name: keyof typeof PIECES, errors: Misfits): Codec['decode'] {
  let held = ''
  return (bytes, stream) => {
    if (held === '' && name === 'utf-8' && isUtf8(bytes)) return Buffer.from(bytes).toString()
    const all = held + latin1(bytes)
    held = ''
    return all.replace(PIECES[name], (piece, good: string | undefined, half: string | undefined) => {
      if (good !== undefined) return Buffer.from(good, 'latin1').toString(name === 'ascii' ? 'latin1' : name)
      if (half === undefined || !stream) return readInstead(piece, errors)
      held = half
      return ''
    })
  }
}

/** Characters that the encoding lacks: of Unicode's own, only halves of one. */
const LACKING = {
  'utf-8': /[\ud800-\udfff]/gu,
  'utf-16le': /[\ud800-\udfff]/gu,
  latin1: /[^\0-\xff]/gu,
  ascii: /[^\0-\x7f]/gu,
}
const WHY = {
  'utf-8': 'surrogates not allowed: it is half of a character',
  'utf-16le': 'surrogates not allowed: it is half of a character',
  latin1: 'ordinal not in range(256); open the file with { encoding: "utf-8" }',
  ascii: 'ordinal not in range(128); open the file with { encoding: "utf-8" }',
}

function encode(text: string, name: Known, errors: Misfits): Buffer {
  const node = name === 'ascii' ? 'latin1' : name
  const lacking = LACKING[name]
  if (node === 'latin1' ? text.search(lacking) < 0 : text.isWellFormed()) return Buffer.from(text, node)
  const parts: Buffer[] = []
  let done = 0
  for (const { 0: character, index } of text.matchAll(lacking)) {
    const byte = errors === 'surrogateescape' ? escapedByte(character) : undefined
    const instead = byte ?? writtenInstead(character, errors)
    if (instead === undefined) throw unfit(name, text, index)
    parts.push(Buffer.from(text.slice(done, index), node), Buffer.from(instead, byte === undefined ? node : 'latin1'))
    done = index + character.length
  }
  return Buffer.concat([...parts, Buffer.from(text.slice(done), node)])
}

/**
 * CPython's words: `'ascii' codec can't encode character '\xe9' in position 0: ordinal not in range(128)`, and
 * `characters in position 0-1` where all of them are lacking.
 */
function unfit(name: Known, text: string, index: number): RangeError {
  const [run] = text
    .slice(index)
    .match(new RegExp(`^(?:${LACKING[name].source})${name === 'utf-16le' ? '' : '+'}`, 'u'))!
  const [before, count] = [[...text.slice(0, index)].length, [...run].length]
  const which = count === 1 ? `character '${escaped(run)}'` : 'characters'
  const where = count === 1 ? before : `${before}-${before + count - 1}`
  return new RangeError(`'${CALLED[name]}' codec can't encode ${which} in position ${where}: ${WHY[name]}`)
}
