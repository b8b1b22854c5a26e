/**
 * Library files without their texts, for the start-up snapshot: the checker works on what was parsed, and a megabyte of
 * snapshot is 3 ms of every start and twice its size in memory. A text that is asked for after all is read again.
 * Knows nothing of programs.
 */
import ts from 'typescript'

/** Shorter parts of a text V8 copies; a longer one is a view of it and keeps all of it alive. */
const VIEW_LENGTH = 13

const copies = new Map<string, string>()

/** The same characters in a string of their own, one for all files. */
function copyOf(text: string): string {
  const known = copies.get(text)
  if (known !== undefined) return known
  const copy = Buffer.from(text).toString()
  copies.set(copy, copy)
  return copy
}

const settled = (value: unknown): unknown =>
  typeof value === 'string' && value.length >= VIEW_LENGTH ? copyOf(value) : value

/** Cuts what was just parsed loose from its text. Before it is bound: from then on it is one graph with all files. */
export function cutLoose(file: ts.SourceFile): void {
  const seen = new Set<object>()
  const waiting: object[] = [file]
  const go = (value: unknown): void => {
    if (typeof value === 'object' && value !== null) waiting.push(value)
  }
  for (let one = waiting.pop(); one; one = waiting.pop()) {
    if (seen.has(one)) continue
    seen.add(one)
    if (one instanceof Map) {
      const entries = [...one]
      one.clear()
      for (const [key, value] of entries) {
        one.set(settled(key), settled(value))
        go(value)
      }
      continue
    }
    for (const [key, value] of Object.entries(one)) {
      if (typeof value !== 'string') go(value)
      else if (one !== file || key !== 'text') (one as Record<string, unknown>)[key] = settled(value)
    }
  }
}

/** From now on the text comes from the disk, when somebody asks. */
export function withoutText(file: ts.SourceFile): void {
  const become = (value: string) => Object.defineProperty(file, 'text', { value, writable: true })
  Object.defineProperty(file, 'text', {
    get() {
      become(ts.sys.readFile(file.fileName) ?? '')
      return file.text
    },
    set: become,
    configurable: true,
    enumerable: true,
  })
}

/** What was shared while a snapshot was made. */
export const forgetCopies = (): void => copies.clear()
