/**
 * The folder in which a process without walls runs: made, and removed with what its code has left there. Takes whatever the
 * code did to it.
 */
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isGone } from '../../../kernel/bridge/is-gone.ts'
import { processesIn } from './watch.ts'

/** Its name says who made it. */
const OURS = /^sl-(\d+)-/

/** Removes those of graders that were killed, too. */
export function makeHome(): string {
  for (const name of foldersIn(tmpdir())) {
    const maker = OURS.exec(name)?.[1]
    if (maker !== undefined && isGone(Number(maker))) removeHome(join(tmpdir(), name))
  }
  return mkdtempSync(join(tmpdir(), `sl-${process.pid}-`))
}

/** No links: somebody else could have put one there. None where nobody may look. */
function foldersIn(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true })
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
  } catch {
    return []
  }
}

/** With the processes that live there. What cannot be removed stays: no other submission is to suffer from it. */
export function removeHome(home: string): void {
  endStrays(home)
  try {
    remove(home)
  } catch {
    try {
      unlock(home)
      remove(home)
    } catch {
      // Of another user, deeper than a path can be, or somebody writes there still.
    }
  }
}

const remove = (home: string): void => rmSync(home, { recursive: true, force: true })

/** A folder that its code has locked cannot be emptied. */
function unlock(folder: string): void {
  chmodSync(folder, 0o700)
  for (const name of foldersIn(folder)) unlock(join(folder, name))
}

/** Ends who has left the process group. Its environment says where it comes from; nobody else has that home. */
function endStrays(home: string): void {
  for (const pid of processesIn('/proc')) {
    try {
      if (readFileSync(`/proc/${pid}/environ`).includes(`HOME=${home}\0`)) process.kill(Number(pid), 'SIGKILL')
    } catch {
      // Of another user, or over.
    }
  }
}
