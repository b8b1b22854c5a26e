/**
 * The files that are to be graded, each with a name of its own: who handed it in, as far as the path tells.
 * Knows folders; nothing of notebooks.
 */
import { type Dirent, readdirSync, statSync } from 'node:fs'
import { basename, join, relative, resolve, sep } from 'node:path'

export interface Submission {
  /** Of the files made for it: letters, digits, `.`, `_` and `-`. */
  readonly name: string
  readonly path: string
  /** Found in a folder, it leads somewhere else. */
  readonly isLink?: true
}

/**
 * Files as they are; folders with every notebook below them. A folder in a folder without one counts as a submission.
 * The names do not depend on who else has handed in, so that a later run knows the earlier ones again.
 */
export function findSubmissions(paths: readonly string[], assignment: string): Submission[] {
  const found = new Map<string, Submission>()
  for (const given of paths) {
    const root = resolve(given)
    for (const { path, isLink } of filesOf(root)) {
      const name = nameOf(path, path === root ? undefined : root, assignment)
      if (!found.has(path)) found.set(path, { path, name, ...(isLink && { isLink }) })
    }
  }
  return apart([...found.values()])
}

/** Files in the given folders that are taken for no submission, by their paths. */
export function leftOver(paths: readonly string[]): string[] {
  return paths.filter(isFolder).flatMap((folder) =>
    entriesOf(folder)
      .filter((entry) => (entry.isFile() || entry.isSymbolicLink()) && !isNotebook(entry.name))
      .map(({ name }) => join(folder, name))
      .filter((path) => !isFolder(path)),
  )
}

/** Everything in a folder that no program has put there, in the order of the paths. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !isMachines(name))
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)]))
    .sort()
}

/** `submitted/ann/echo/echo.ipynb` and `submitted/ann.ipynb`, found in `submitted`, are `ann`; so is `ann/echo.ipynb`. */
function nameOf(path: string, root: string | undefined, assignment: string): string {
  const below = root === undefined ? [] : relative(root, path).split(sep)
  // Where one student's own folder is given, the assignment's comes first.
  if (below.length > 1 && below[0] !== assignment) return below[0] as string
  const words = path.replace(NOTEBOOK, '').split(sep)
  // A file that is called as the assignment says nothing of who handed it in: the folder does.
  while (words.length > 2 && words.at(-1) === assignment) words.pop()
  return words.at(-1) ?? ''
}

/** Who has handed in several notebooks has them told apart by their own names. */
function apart(found: readonly Submission[]): Submission[] {
  const times = new Map<string, number>()
  for (const { name } of found) times.set(clean(name), (times.get(clean(name)) ?? 0) + 1)
  const taken = new Set<string>()
  return found.map(({ path, name, ...link }) => {
    const several = (times.get(clean(name)) ?? 0) > 1
    const plain = several ? clean(`${name}_${basename(path).replace(NOTEBOOK, '')}`) : clean(name)
    let own = plain
    for (let again = 2; taken.has(own.toLowerCase()); again++) own = `${plain}-${again}`
    taken.add(own.toLowerCase())
    return { name: own, path, ...link }
  })
}

/** Of a name, so that the files made for it can have one. */
const LONGEST_BYTES = 180

function clean(name: string): string {
  const plain = [...name.replace(/[^\p{L}\p{M}\p{N}._-]+/gu, '-').replace(/^\.+/, '')]
  while (Buffer.byteLength(plain.join('')) > LONGEST_BYTES) plain.pop()
  return plain.join('') || 'submission'
}

/** None of a folder that nobody may read: as if it were empty. */
function entriesOf(folder: string): Dirent[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true })
    const names = new Set(entries.map(({ name }) => name))
    const isBesideFiles = (name: string) => ONLINE_TEXT.test(name) && names.has(name.replace(ONLINE_TEXT, '_file$1'))
    return entries.filter(({ name }) => !isMachines(name) && !isBesideFiles(name))
  } catch {
    return []
  }
}

/** What macOS puts into its archives, and everything hidden: no student wrote it. */
const isMachines = (name: string): boolean => name.startsWith('.') || name === '__MACOSX'

/** Moodle's folder for what was typed there; of who has handed in files too, these are graded. */
const ONLINE_TEXT = /_onlinetext(_?)$/

type Found = Pick<Submission, 'path' | 'isLink'>

/** From Windows it may come in capitals. */
const NOTEBOOK = /\.ipynb$/i
const isNotebook = (name: string): boolean => NOTEBOOK.test(name)

/** Links may lead round, or where nobody may look: no folder then. */
function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}

const inOrder = (one: Found, other: Found): number => (one.path < other.path ? -1 : 1)

function filesOf(path: string): Found[] {
  if (!isFolder(path)) return [{ path }]
  const own: Found[] = []
  for (const entry of entriesOf(path)) {
    const each = join(path, entry.name)
    if (entry.isSymbolicLink()) {
      if (isNotebook(entry.name) || isFolder(each)) own.push({ path: each, isLink: true })
    } else if (entry.isDirectory()) {
      const below = notebooksBelow(each)
      own.push(...(below.length > 0 ? below : [{ path: each }]))
    } else if (isNotebook(entry.name)) own.push({ path: each })
  }
  return own.sort(inOrder)
}

function notebooksBelow(folder: string): Found[] {
  return entriesOf(folder).flatMap((entry): Found[] => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return notebooksBelow(path)
    if (!isNotebook(entry.name)) return []
    return [entry.isSymbolicLink() ? { path, isLink: true } : { path }]
  })
}
