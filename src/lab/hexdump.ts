/** `lab.hexdump`: bytes as a wire tool shows them. */
import { inspect } from 'node:util'

const DISPLAY = Symbol.for('Jupyter.display')

/** Text that shows itself: as a cell's value, in `console.log`, in a template. */
export class Hexdump {
  /** Offset, hexadecimal and ASCII, line by line. */
  readonly text: string

  constructor(text: string) {
    this.text = text
  }

  toString(): string {
    return this.text
  }

  [inspect.custom](): string {
    return this.text
  }

  [DISPLAY](): { 'text/plain': string } {
    return { 'text/plain': this.text }
  }
}

/**
 * Offset, sixteen bytes in hex, and the same bytes as ASCII (a dot for what does not print), line by line.
 *
 * @example lab.hexdump(bytes`GET / HTTP/1.1\r\n`)
 */
export function hexdump(data: Uint8Array): Hexdump {
  if (!(data instanceof Uint8Array)) throw new TypeError(`hexdump takes bytes (a Uint8Array), not ${inspect(data)}`)
  const lines: string[] = []
  for (let offset = 0; offset < data.length; offset += 16) lines.push(line(offset, data.subarray(offset, offset + 16)))
  return new Hexdump(lines.length > 0 ? lines.join('\n') : '(no bytes)')
}

function line(offset: number, bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
  const halves = [hex.slice(0, 8).join(' ').padEnd(23), hex.slice(8).join(' ').padEnd(23)]
  const text = Array.from(bytes, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('')
  return `${offset.toString(16).padStart(8, '0')}  ${halves.join('  ')}  |${text}|`
}
