/**
 * A folder with all above it. Node's own `recursive` goes round for ever where the system says that there is no such file,
 * as below /proc.
 */
import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'

/** Throws as mkdir(2) does; one that is there already is no error. */
export function makeFolder(path: string, mode?: number): void {
  if (existsSync(path)) return
  makeFolder(dirname(path), mode)
  try {
    mkdirSync(path, { mode })
  } catch (error) {
    // Another kernel was first.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}
