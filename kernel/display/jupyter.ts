/**
 * `jupyter`: what Deno's kernel offers as `Deno.jupyter`, so that a notebook written for it needs one rename.
 * Knows MIME types and message names; sends through what it is given.
 */
import type { Display } from './display.ts'
import { kindOf } from './message-parts.ts'
import { DISPLAY, type MimeBundle } from './mime-bundle.ts'

/** Has the method `Symbol.for("Jupyter.display")`. */
export interface Displayable {
  [method: symbol]: () => MimeBundle
}

export interface BroadcastExtra {
  metadata?: Record<string, unknown>
  buffers?: Uint8Array[]
}

export interface Jupyter {
  /** The symbol of the method by which a value shows itself: it returns a MIME bundle, or a promise of one. */
  readonly $display: symbol
  /**
   * Shows a value; with `raw` a MIME bundle as it is. `display_id` and `update` replace what was shown before.
   * @example await jupyter.display({ "text/html": "<b>bold</b>" }, { raw: true })
   */
  display(value: unknown, options?: { raw?: boolean; update?: boolean; display_id?: string }): Promise<void>
  /** HTML as a cell's result. @example jupyter.html`<b>${name}</b>` */
  html(strings: TemplateStringsArray, ...values: unknown[]): Displayable
  /** Markdown as a cell's result. */
  md(strings: TemplateStringsArray, ...values: unknown[]): Displayable
  /** SVG as a cell's result. */
  svg(strings: TemplateStringsArray, ...values: unknown[]): Displayable
  /**
   * Are the types of cells checked before they run? True at first, unless the kernel was started with the environment
   * variable `SOCKETLAB_CHECK=off`. What is set here counts from the next cell on, until the kernel is restarted; a
   * single cell is left out by TypeScript's `ts-nocheck` comment at its top. Syntax is checked all the same.
   * @throws {TypeError} for anything but true and false
   * @example jupyter.typeCheck = false
   */
  typeCheck: boolean
  /**
   * The `msg_id` of the request that the running code belongs to, which its output has in the parent header: a widget of
   * ipywidgets that takes in output (`OutputModel`) wants it as its own `msg_id`. Code in a timer or a listener belongs
   * to the cell that has started it.
   */
  readonly messageId: string
  /**
   * Sends a message on iopub with the cell as its parent.
   * @throws {TypeError} for `execute_result`, `execute_input` and `status`, which are the kernel's own, and for what is
   *   no message
   */
  broadcast(type: string, content: Record<string, unknown>, extra?: BroadcastExtra): Promise<void>
}

/** Who reads them takes them for the cell's own result or end. */
const KERNELS_OWN: ReadonlySet<string> = new Set(['execute_result', 'execute_input', 'status'])

const tag =
  (mime: string) =>
  (strings: TemplateStringsArray, ...values: unknown[]): Displayable => {
    const text = String.raw({ raw: strings }, ...values)
    return { [DISPLAY]: () => ({ [mime]: text, 'text/plain': text }) }
  }

export const createJupyter = (
  display: Display,
  show: (data: MimeBundle, displayId: string | undefined, update: boolean) => void,
  broadcast: (type: string, content: Record<string, unknown>, extra: BroadcastExtra) => void,
  checking: { on: boolean; change(on: boolean): void },
  messageId: () => string,
): Jupyter => ({
  $display: DISPLAY,
  async display(value, { raw = false, update = false, display_id: id } = {}) {
    if (raw) show(value as MimeBundle, id, update)
    else if (update && id !== undefined) await display.update(id)(value)
    else await display(value, { id })
  },
  html: tag('text/html'),
  md: tag('text/markdown'),
  svg: tag('image/svg+xml'),
  get typeCheck() {
    return checking.on
  },
  set typeCheck(on: boolean) {
    // Cells are not checked here, perhaps: "off" would be taken for on.
    if (typeof on !== 'boolean') throw new TypeError('jupyter.typeCheck is true or false')
    checking.change(on)
    checking.on = on
  },
  get messageId() {
    return messageId()
  },
  async broadcast(type, content, extra = {}) {
    // In untyped code.
    if (typeof type !== 'string') throw new TypeError(`a message's type is a string, not ${kindOf(type)}`)
    if (KERNELS_OWN.has(type))
      throw new TypeError(`messages of type ${type} are the kernel's to send; jupyter.display(value) shows a value`)
    broadcast(type, content, extra)
  },
})
