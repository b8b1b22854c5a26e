/** Files that are there whole or not at all, however the program ends. */
import { closeSync, fsyncSync, openSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isGone } from '../../../kernel/bridge/is-gone.ts'
import { makeFolder } from '../../../kernel/bridge/made-files.mjs'

/** A file that holds this text already is left as it is. */
export function writeWhole(path: string, text: string): void {
  if (textOf(path) === text) return
  makeFolder(dirname(path))
  const partial = `${path}.${process.pid}.partial`
  try {
    const file = openSync(partial, 'w')
    try {
      // writeSync would take a full disk for a short text.
      writeFileSync(file, text)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(partial, path)
  } catch (error) {
    rmSync(partial, { force: true })
    throw error
  }
}

/** Removes what a process that was killed has left half-written, wherever it lies in the folder. */
export function clearPartial(folder: string): void {
  let names: string[]
  try {
    names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  } catch {
    return
  }
  for (const name of names) {
    const writer = /\.(\d+)\.partial$/.exec(name)?.[1]
    if (writer !== undefined && isGone(Number(writer))) rmSync(join(folder, name), { force: true })
  }
}

/** Undefined: it is not there, or not to be read. */
export function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
