/**
 * tslab's display API: `display.html("<b>…")` and its siblings, with updates by id.
 * Knows MIME types; what becomes of them is the caller's affair.
 */
import { type MimeBundle, toMimeBundle } from './mime-bundle.ts'

export interface DisplayRequest {
  data: MimeBundle
  metadata: Record<string, unknown>
  displayId?: string
  update: boolean
}

/** Shows rich output under the cell that calls it. */
export interface Display {
  /**
   * Shows any value as a cell's last line would.
   * @example display(socket.socket())
   */
  (value: unknown): Promise<void>
  html(source: string): void
  markdown(source: string): void
  svg(source: string): void
  javascript(source: string): void
  latex(source: string): void
  json(value: unknown): void
  text(source: string): void
  png(bytes: Uint8Array): void
  jpeg(bytes: Uint8Array): void
  gif(bytes: Uint8Array): void
  pdf(bytes: Uint8Array): void
  /** Any MIME type: text as it is, bytes in base64. */
  raw(mime: string, data: string | Uint8Array): void
}

const TEXT_TYPES = {
  html: 'text/html',
  markdown: 'text/markdown',
  svg: 'image/svg+xml',
  javascript: 'application/javascript',
  latex: 'text/latex',
  text: 'text/plain',
  png: 'image/png',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  pdf: 'application/pdf',
} as const

export function createDisplay(show: (request: DisplayRequest) => void): Display {
  const showData = (data: MimeBundle) => show({ data, metadata: {}, update: false })
  const raw = (mime: string, data: string | Uint8Array) => {
    if (typeof data !== 'string' && !(data instanceof Uint8Array))
      throw new TypeError(`${mime} is shown from a string or bytes, not from ${data === null ? 'null' : typeof data}`)
    showData({ [mime]: typeof data === 'string' ? data : Buffer.from(data).toString('base64') })
  }
  const display = async (value: unknown) => showData(await toMimeBundle(value))
  const methods = Object.fromEntries(
    Object.entries(TEXT_TYPES).map(([name, mime]) => [name, (data: string | Uint8Array) => raw(mime, data)]),
  )
  return Object.assign(display, methods, {
    raw,
    json: (value: unknown) => showData({ 'application/json': value, 'text/plain': JSON.stringify(value, null, 2) }),
  }) as unknown as Display // the methods' names come from a table, which TypeScript does not follow
}
