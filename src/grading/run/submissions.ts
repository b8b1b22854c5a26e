/**
 * The files that are to be graded, each with a short name of its own: what differs in their paths.
 * Knows folders; nothing of notebooks.
 */
import { readdirSync, statSync } from 'node:fs'
import { basename, join, resolve, sep } from 'node:path'

export interface Submission {
  /** Of the files made for it: letters, digits, `.`, `_` and `-`. */
  readonly name: string
  readonly path: string
}

/** Files as they are; folders with every notebook below them. A folder in a folder without one counts as a submission. */
export function findSubmissions(paths: readonly string[]): Submission[] {
  const files = [...new Set(paths.flatMap((path) => filesOf(resolve(path))))]
  return named(files)
}

function filesOf(path: string): string[] {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path]
  const own: string[] = []
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (entry.name.startsWith('.')) continue
    const each = join(path, entry.name)
    if (entry.isDirectory()) {
      const below = notebooksBelow(each)
      own.push(...(below.length > 0 ? below : [each]))
    } else if (entry.name.endsWith('.ipynb')) own.push(each)
  }
  return own.sort()
}

function notebooksBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name.startsWith('.')) return []
    const path = join(folder, entry.name)
    return entry.isDirectory() ? notebooksBelow(path) : entry.name.endsWith('.ipynb') ? [path] : []
  })
}

/** `submitted/ann/one.ipynb` and `submitted/bob/one.ipynb` are `ann` and `bob`. */
function named(files: readonly string[]): Submission[] {
  const parts = files.map((path) => path.replace(/\.ipynb$/, '').split(sep))
  const shortest = Math.min(...parts.map(({ length }) => length))
  const same = (at: (one: string[]) => string | undefined) => new Set(parts.map(at)).size === 1
  let head = 0
  while (head < shortest - 1 && same((one) => one[head])) head++
  let tail = 0
  while (tail < shortest - head - 1 && same((one) => one.at(-1 - tail))) tail++
  const taken = new Set<string>()
  return files.map((path, index) => {
    const own = parts[index] as string[]
    const words = files.length === 1 ? [basename(path).replace(/\.ipynb$/, '')] : own.slice(head, own.length - tail)
    const plain =
      words
        .join('_')
        .replace(/[^\p{L}\p{N}._-]+/gu, '-')
        .replace(/^\.+/, '') || 'submission'
    let name = plain
    for (let again = 2; taken.has(name.toLowerCase()); again++) name = `${plain}-${again}`
    taken.add(name.toLowerCase())
    return { name, path }
  })
}
