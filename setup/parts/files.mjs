/**
 * Files that appear whole or not at all, and a quick answer to "did any of these change?".
 * Knows nothing of what is in them.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

/** Writes beside the target, then renames: a reader sees the old file or the new one, never half of one. */
export function writeWhole(path, content) {
  mkdirSync(dirname(path), { recursive: true })
  const beside = `${path}.new-${process.pid}`
  try {
    writeFileSync(beside, content)
    renameSync(beside, path)
  } catch (error) {
    rmSync(beside, { force: true })
    throw error
  }
}

/** The file's JSON, or undefined when it is missing or was cut short. */
export function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR' || error instanceof SyntaxError) return undefined
    throw error
  }
}

/** All files below `folder`, as absolute paths; none when it does not exist. */
export function filesIn(folder) {
  let entries
  try {
    entries = readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    if (error.code === 'ENOENT') return []
    throw error
  }
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return filesIn(path)
    return entry.isFile() ? [path] : []
  })
}

/**
 * A short text that changes when one of the files does, by name, size and time of change: reading 200 files takes
 * 40 ms, asking for their times takes 3.
 *
 * @param {string} base names are taken relative to it, so that a checkout may be moved
 * @param {string[]} paths
 */
export function fingerprint(base, paths) {
  const hash = createHash('sha256')
  for (const path of [...paths].sort()) {
    const found = statSync(path, { throwIfNoEntry: false })
    hash.update(`${relative(base, path)}\0${found?.size ?? -1}\0${found?.mtimeMs ?? 0}\n`)
  }
  return hash.digest('hex').slice(0, 32)
}

/** The same by content: for files that a package manager or git may write again unchanged. */
export function contentHash(paths, ...more) {
  const hash = createHash('sha256')
  for (const path of paths) hash.update(readFileSync(path)).update('\0')
  for (const text of more) hash.update(text).update('\0')
  return hash.digest('hex').slice(0, 32)
}

/** The same where the content differs: what is made from the file need not be made again. */
export function writeIfChanged(path, content) {
  if (existsSync(path) && readFileSync(path).equals(Buffer.from(content))) return
  writeWhole(path, content)
}
