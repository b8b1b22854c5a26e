/**
 * tslab's display API: `display.html("<b>…")` and its siblings, with updates and clearing.
 * Knows MIME types; what becomes of them is the caller's affair.
 */
import { type MimeBundle, text, toMimeBundle } from './mime-bundle.ts'
import { newId } from './new-id.ts'

export interface DisplayRequest {
  data: MimeBundle
  metadata: Record<string, unknown>
  displayId?: string
  update: boolean
}

export interface DisplayOptions {
  /** A name to update it by later: `display.update(id)`. */
  id?: string
  /** By MIME type, as Jupyter's metadata: `{ "image/png": { width: 200 } }`. */
  metadata?: Record<string, unknown>
}

/** Shows rich output under the cell that calls it. */
export interface Display {
  /**
   * Shows any value as a cell's last line would.
   * @example display(socket.socket())
   */
  (value: unknown, options?: DisplayOptions): Promise<void>
  /** HTML. @example display.html("<b>bold</b>") */
  html(source: string, options?: DisplayOptions): void
  /** Markdown. */
  markdown(source: string, options?: DisplayOptions): void
  /** An SVG picture. */
  svg(source: string, options?: DisplayOptions): void
  /** JavaScript for the browser. */
  javascript(source: string, options?: DisplayOptions): void
  /** LaTeX, for instance `$x^2$`. */
  latex(source: string, options?: DisplayOptions): void
  /** A Mermaid diagram. */
  mermaid(source: string, options?: DisplayOptions): void
  /** A Vega-Lite chart (version 5). */
  vegaLite(spec: object, options?: DisplayOptions): void
  /** Any value as a tree that folds. */
  json(value: unknown, options?: DisplayOptions): void
  text(source: string, options?: DisplayOptions): void
  png(bytes: Uint8Array, options?: DisplayOptions): void
  jpeg(bytes: Uint8Array, options?: DisplayOptions): void
  gif(bytes: Uint8Array, options?: DisplayOptions): void
  pdf(bytes: Uint8Array, options?: DisplayOptions): void
  /** Any MIME type: text as it is, bytes in base64. */
  raw(mime: string, data: string | Uint8Array, options?: DisplayOptions): void
  /**
   * What was shown under this id, to be replaced wherever it stands.
   * @example display.html("0 %", { id: "progress" }); display.update("progress").html("50 %")
   */
  update(id: string): Display
  /** Clears the cell's output; with `{ wait: true }` only when the next one comes, without a flicker. */
  clear(options?: { wait?: boolean }): void
}

const TYPES = {
  html: 'text/html',
  markdown: 'text/markdown',
  svg: 'image/svg+xml',
  javascript: 'text/javascript',
  latex: 'text/latex',
  text: 'text/plain',
  png: 'image/png',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  pdf: 'application/pdf',
} as const

export interface DisplaySink {
  show(request: DisplayRequest): void
  clear(wait: boolean): void
}

/** `next` says for each call under which id it goes out, and whether it replaces what stands there. */
function makeDisplay(sink: DisplaySink, next: (id?: string) => Pick<DisplayRequest, 'displayId' | 'update'>): Display {
  const put = (data: MimeBundle, { id, metadata = {} }: DisplayOptions = {}) =>
    sink.show({ data, metadata, ...next(id) })
  const raw = (mime: string, data: string | Uint8Array, options?: DisplayOptions) =>
    put({ [mime]: text(mime, data) }, options)
  const display = async (value: unknown, options?: DisplayOptions) => {
    const bundle = toMimeBundle(value)
    put(bundle instanceof Promise ? await bundle : (bundle as MimeBundle), options)
  }
  const methods = Object.fromEntries(
    Object.entries(TYPES).map(([name, mime]) => [
      name,
      (data: string | Uint8Array, options?: DisplayOptions) => raw(mime, data, options),
    ]),
  )
  return Object.assign(display, methods, {
    raw,
    json: (value: unknown, options?: DisplayOptions) =>
      put({ 'application/json': value, 'text/plain': JSON.stringify(value, null, 2) }, options),
    // Its source beside it: a front end that cannot draw it (jupyter console, nbclassic) would show nothing at all.
    mermaid: (source: string, options?: DisplayOptions) =>
      put({ 'text/vnd.mermaid': text('text/vnd.mermaid', source), 'text/plain': source }, options),
    vegaLite: (spec: object, options?: DisplayOptions) =>
      put({ 'application/vnd.vegalite.v5+json': spec, 'text/plain': 'a Vega-Lite chart' }, options),
    update: (id: string) => makeDisplay(sink, () => ({ displayId: id, update: true })),
    clear: ({ wait = false }: { wait?: boolean } = {}) => sink.clear(wait),
  }) as unknown as Display // the methods' names come from a table, which TypeScript does not follow
}

export const createDisplay = (sink: DisplaySink): Display =>
  makeDisplay(sink, (id) => ({ displayId: id, update: false }))

/** A display of one place: its first call shows, the next ones overwrite. */
export function createNewDisplay(sink: DisplaySink): () => Display {
  return () => {
    const displayId = newId()
    let shown = false
    return makeDisplay(sink, () => {
      const update = shown
      shown = true
      return { displayId, update }
    })
  }
}
