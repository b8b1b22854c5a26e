/**
 * Where results lie: `results/NAME.json`, one for each submission. What cannot be read is as if it were not there.
 */
import { readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { makeFolder } from '../../../kernel/bridge/made-files.mjs'
import { writeWhole } from './files.ts'
import { type Result, resultSchema } from './schema.ts'

const fileOf = (folder: string, name: string): string => join(folder, 'results', `${name}.json`)

export function readResult(folder: string, name: string): Result | undefined {
  try {
    return resultSchema.parse(JSON.parse(readFileSync(fileOf(folder, name), 'utf8')))
  } catch {
    return undefined
  }
}

/** All that there are, whichever command graded them. */
export function readResults(folder: string): Result[] {
  let files: string[]
  try {
    files = readdirSync(join(folder, 'results'))
  } catch {
    return []
  }
  return files
    .filter((file) => file.endsWith('.json'))
    .map((file) => readResult(folder, file.replace(/\.json$/, '')))
    .filter((one) => one !== undefined)
}

/** Keys in the order of the schema, however it was put together: the same result is the same text. */
export const keepResult = (folder: string, result: Result): void =>
  writeWhole(fileOf(folder, result.submission.name), `${JSON.stringify(resultSchema.parse(result), null, 1)}\n`)

/** Where results lie whose submissions were taken away. */
const LEFT_OUT = join('results', 'left-out')

/** Its result is kept, out of the way; what was made of it goes. */
export function setAside(folder: string, name: string): void {
  const target = join(folder, LEFT_OUT, `${name}.json`)
  makeFolder(dirname(target))
  renameSync(fileOf(folder, name), target)
  rmSync(join(folder, 'feedback', `${name}.html`), { force: true })
  rmSync(join(folder, 'gradescope', name), { recursive: true, force: true })
}
