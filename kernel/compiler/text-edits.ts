/**
 * Insertions and removals in a text, and what they do to positions and to the text's source map.
 * Knows nothing of JavaScript.
 */
import { decodedMappings, encodedMap, type SourceMapSegment, TraceMap } from '@jridgewell/trace-mapping'

interface Edit {
  start: number
  end: number
  text: string
  /** Belongs to what stands before it. */
  closes?: boolean
}

export class TextEdits {
  readonly #edits: Edit[] = []
  readonly #unmapped = new Set<number>()

  constructor(readonly text: string) {}

  insert(at: number, text: string): void {
    this.#edits.push({ start: at, end: at, text })
  }

  /** Inserts what belongs to the text before `at`, as a closing bracket does: a place at `at` comes after it. */
  close(at: number, text: string): void {
    this.#edits.push({ start: at, end: at, text, closes: true })
  }

  /** A place at `at` is to lead to where the code before it leads. */
  unmap(at: number): void {
    this.#unmapped.add(at)
  }

  replace(start: number, end: number, text: string): void {
    this.#edits.push({ start, end, text })
  }

  remove(start: number, end: number): void {
    this.replace(start, end, '')
  }

  /**
   * The edited text, and `map` (from `text` to its source) made to start from the edited text.
   *
   * @param linesBefore how many lines stand in the source before what its author wrote
   */
  apply(map: string, linesBefore: number): { text: string; map: string } {
    // Stable: what was inserted first at a place stands first.
    const edits = this.#edits.sort((a, b) => a.start - b.start)
    const parts: string[] = []
    let from = 0
    for (const { start, end, text } of edits) {
      parts.push(this.text.slice(from, start), text)
      from = Math.max(from, end)
    }
    parts.push(this.text.slice(from))
    const text = parts.join('')
    return { text, map: this.#moved(map, edits, text, linesBefore) }
  }

  #moved(map: string, edits: readonly Edit[], text: string, linesBefore: number): string {
    const before = new TraceMap(map)
    const oldLines = lineStarts(this.text)
    const newLines = lineStarts(text)
    const mappings: SourceMapSegment[][] = newLines.map(() => [])
    let next = 0
    let shift = 0
    let line = 0
    decodedMappings(before).forEach((segments, oldLine) => {
      for (const segment of segments) {
        if (segment.length === 1 || segment[2] < linesBefore) continue
        const offset = (oldLines[oldLine] ?? 0) + segment[0]
        if (this.#unmapped.has(offset)) continue
        // A place maps to the start of what is inserted before it: `exports.` of `exports.n` belongs to `n`.
        for (let edit = edits[next]; edit && isBefore(edit, offset); edit = edits[++next])
          shift += edit.text.length - (edit.end - edit.start)
        const last = edits[next - 1]
        const moved = last && last.end > offset ? last.start + shift + (last.end - last.start) : offset + shift
        while (line + 1 < newLines.length && (newLines[line + 1] as number) <= moved) line++
        const row = mappings[line] as SourceMapSegment[]
        const column = moved - (newLines[line] as number)
        const placed: SourceMapSegment = [column, segment[1], segment[2] - linesBefore, segment[3]]
        if (row.length > 0 && (row.at(-1) as SourceMapSegment)[0] >= column) row[row.length - 1] = placed
        else row.push(placed)
      }
    })
    return JSON.stringify(encodedMap(new TraceMap({ version: 3, names: [], sources: before.sources, mappings })))
  }
}

const isBefore = (edit: Edit, offset: number) => edit.start < offset || (edit.closes === true && edit.start === offset)

/** Where each line begins. */
export function lineStarts(text: string): number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}
