/** makefile: what mode and buffering ask for. CPython's socket.makefile. */
import { cInt } from '../arguments.ts'
import type { Socket } from '../socket.ts'
import { typeName } from '../type-name.ts'
import { BinaryFile } from './binary-file.ts'
import { checkCodec } from './codec.ts'
import { MISFITS, type Misfits } from './misfits.ts'
import { RawFile } from './raw-file.ts'
import { type Newline, TextFile } from './text-file.ts'

/** What makefile takes by name. */
export interface FileOptions {
  mode?: string | undefined
  /** Bytes of buffer; 0: none (bytes only). */
  buffering?: number | null | undefined
  /** Of a text file; default UTF-8. */
  encoding?: string | null | undefined
  /**
   * What becomes of bytes that are no text and characters that the encoding lacks: `'strict'` (the default) throws,
   * `'replace'` puts a mark, `'ignore'` nothing, `'backslashreplace'` `\xe9`, `'xmlcharrefreplace'` (writing only)
   * `&#233;`; `'surrogateescape'` reads such a byte as half a character, which is written as that byte again.
   */
  errors?: Misfits | null | undefined
  /** How lines end; `null` (the default) reads every kind and writes `\n`. */
  newline?: Newline | undefined
}

const BUFFER_SIZE = 8192
/** Reading in larger pieces is seen by nobody, and half of the system calls are saved. */
const READ_SIZE = 65536

export function makefile(socket: Socket, options: FileOptions): RawFile | BinaryFile | TextFile {
  // All of it before the file is made: it keeps the socket open.
  checkTypes(options)
  const mode = options.mode ?? 'r'
  if (!/^[rwb]*$/.test(mode)) throw new RangeError(`invalid mode '${mode}' (only r, w, b allowed)`)
  const binary = mode.includes('b')
  const writing = mode.includes('w')
  const reading = mode.includes('r') || !writing
  const buffering = options.buffering ?? -1
  if (buffering === 0 && !binary) throw new RangeError('unbuffered streams must be binary: add b to the mode')
  if (options.newline && !['\n', '\r', '\r\n'].includes(options.newline)) {
    throw new RangeError(`illegal newline value: ${JSON.stringify(options.newline)}`)
  }
  if (!binary) checkCodec(options.encoding ?? 'utf-8', options.errors ?? 'strict')
  const raw = new RawFile(socket, { reading, writing })
  if (buffering === 0) return raw
  const file = buffering < 0 ? new BinaryFile(raw, BUFFER_SIZE, READ_SIZE) : new BinaryFile(raw, buffering)
  if (binary) return file
  const { encoding, errors, newline } = options
  return new TextFile(file, {
    encoding: encoding ?? 'utf-8',
    errors: errors ?? 'strict',
    newline: newline ?? null,
    mode,
  })
}

function checkTypes({ mode, buffering, encoding, errors, newline }: FileOptions): void {
  for (const [name, value] of Object.entries({ mode, encoding, errors, newline })) {
    if (value === undefined || value === null || typeof value === 'string') continue
    throw new TypeError(`makefile(): ${name} must be str, not ${typeName(value)}`)
  }
  if (buffering !== undefined && buffering !== null) cInt(buffering, 'buffering')
  if (errors && !MISFITS.includes(errors)) {
    const names = MISFITS.map((name) => `'${name}'`).join(', ')
    throw new RangeError(`unknown error handler name '${errors}': makefile() knows ${names}`)
  }
}
