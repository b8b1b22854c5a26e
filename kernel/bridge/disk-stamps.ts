/**
 * What lay on the disk when an answer was made, and whether it still lies there so. Knows nothing of answers.
 */
import { statSync } from 'node:fs'

/**
 * A path that was looked at, and what was found: `none`, `file` or `folder` where only that was asked; else the time and
 * size of what was read (a folder's time changes when something is put into it or taken out).
 */
export type DiskRead = [path: string, stamp: string]

const found = (path: string) => {
  try {
    return statSync(path, { throwIfNoEntry: false })
  } catch {
    // A file where a folder was looked for, or a folder that may not be entered.
    return undefined
  }
}

/** What lies there. */
export function kindOf(path: string): string {
  const stats = found(path)
  return stats === undefined ? 'none' : stats.isDirectory() ? 'folder' : 'file'
}

/** The same, and which state of it. */
export function stateOf(path: string): string {
  const stats = found(path)
  return stats === undefined ? 'none' : `${stats.mtimeMs} ${stats.size} ${stats.ino}`
}

const KINDS: ReadonlySet<string> = new Set(['none', 'file', 'folder'])

export const stillHolds = ([path, stamp]: DiskRead): boolean =>
  (KINDS.has(stamp) ? kindOf(path) : stateOf(path)) === stamp
