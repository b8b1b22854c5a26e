/**
 * The files that are to be graded, each with a name of its own: who handed it in, as far as the path tells.
 * Knows folders; nothing of notebooks.
 */
import { readdirSync, statSync } from 'node:fs'
import { basename, join, relative, resolve, sep } from 'node:path'

export interface Submission {
  /** Of the files made for it: letters, digits, `.`, `_` and `-`. */
  readonly name: string
  readonly path: string
}

/**
 * Files as they are; folders with every notebook below them. A folder in a folder without one counts as a submission.
 * The names do not depend on who else has handed in, so that a later run knows the earlier ones again.
 */
export function findSubmissions(paths: readonly string[], assignment: string): Submission[] {
  const found = new Map<string, { path: string; name: string }>()
  for (const given of paths) {
    const root = resolve(given)
    for (const path of filesOf(root))
      if (!found.has(path)) found.set(path, { path, name: nameOf(path, path === root ? undefined : root, assignment) })
  }
  return apart([...found.values()])
}

/** `submitted/ann/echo/echo.ipynb` and `submitted/ann.ipynb`, found in `submitted`, are `ann`; so is `ann/echo.ipynb`. */
function nameOf(path: string, root: string | undefined, assignment: string): string {
  const below = root === undefined ? [] : relative(root, path).split(sep)
  // Where one student's own folder is given, the assignment's comes first.
  if (below.length > 1 && below[0] !== assignment) return below[0] as string
  const words = path.replace(/\.ipynb$/, '').split(sep)
  // A file that is called as the assignment says nothing of who handed it in: the folder does.
  while (words.length > 2 && words.at(-1) === assignment) words.pop()
  return words.at(-1) ?? ''
}

/** Who has handed in several notebooks has them told apart by their own names. */
function apart(found: readonly { path: string; name: string }[]): Submission[] {
  const times = new Map<string, number>()
  for (const { name } of found) times.set(clean(name), (times.get(clean(name)) ?? 0) + 1)
  const taken = new Set<string>()
  return found.map(({ path, name }) => {
    const several = (times.get(clean(name)) ?? 0) > 1
    const plain = several ? clean(`${name}_${basename(path).replace(/\.ipynb$/, '')}`) : clean(name)
    let own = plain
    for (let again = 2; taken.has(own.toLowerCase()); again++) own = `${plain}-${again}`
    taken.add(own.toLowerCase())
    return { name: own, path }
  })
}

const clean = (name: string): string => name.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^\.+/, '') || 'submission'

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
