/**
 * A table that shows itself: as text in a terminal, as HTML in a notebook.
 *
 * Takes the colours and fonts of whoever shows it. Knows nothing of what its rows are about.
 */
import { inspect } from 'node:util'
import { oneHtmlBlock } from './one-html-block.ts'

const DISPLAY = Symbol.for('Jupyter.display')

/** Rows of the same fields, in order, with a sentence above them. */
export class ShownTable<Row extends { readonly [field: string]: unknown }> {
  readonly #caption: string
  readonly #columns: readonly (keyof Row & string)[]
  /** What is shown, for a program to look at. */
  readonly rows: readonly Row[]

  constructor(caption: string, columns: readonly (keyof Row & string)[], rows: readonly Row[]) {
    this.#caption = caption
    this.#columns = columns
    this.rows = rows
  }

  /** How many rows there are. */
  get length(): number {
    return this.rows.length
  }

  [Symbol.iterator](): Iterator<Row> {
    return this.rows[Symbol.iterator]()
  }

  toString(): string {
    const cells = this.#cells()
    if (cells.length === 0) return this.#caption
    const lines = [this.#columns.map(inWords), ...cells]
    const widths = this.#columns.map((_, at) => Math.max(...lines.map((cell) => cell[at]!.length)))
    const text = lines.map((line) =>
      line
        .map((cell, at) => cell.padEnd(widths[at]!))
        .join('  ')
        .trimEnd(),
    )
    text.splice(1, 0, widths.map((width) => '-'.repeat(width)).join('  '))
    return [this.#caption, '', ...text].join('\n')
  }

  /** The same as HTML. */
  html(): string {
    const cells = this.#cells()
    if (cells.length === 0) return `<p>${escapeHtml(this.#caption)}</p>`
    const cell = (tag: string) => (text: string) => {
      const scope = tag === 'th' ? ' scope="col"' : ''
      return `<${tag}${scope} style="${CELL}">${escapeHtml(text)}</${tag}>`
    }
    const head = this.#columns.map((column) => cell('th')(inWords(column))).join('')
    const body = cells.map((line) => `<tr>${line.map(cell('td')).join('')}</tr>`).join('\n')
    const lines = [
      `<table><caption style="text-align: left">${escapeHtml(this.#caption)}</caption>`,
      `<thead><tr>${head}</tr></thead>`,
      `<tbody>\n${body}\n</tbody></table>`,
    ]
    return oneHtmlBlock(lines.join('\n'))
  }

  [inspect.custom](): string {
    return this.toString()
  }

  [DISPLAY](): Record<string, string> {
    return { 'text/plain': this.toString(), 'text/html': this.html() }
  }

  #cells(): string[][] {
    return this.rows.map((row) => this.#columns.map((column) => String(row[column] ?? '')))
  }
}

/** On a narrow page an address is broken rather than cut off. */
const CELL = 'text-align: left; padding: 0.3em 0.5em; overflow-wrap: anywhere'

/** `openedBy` as a heading: `opened by`. */
const inWords = (column: string): string => column.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
