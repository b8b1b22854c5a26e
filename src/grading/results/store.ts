/**
 * Where results lie: `results/NAME.json`, one for each submission. What cannot be read is as if it were not there.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
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

export const keepResult = (folder: string, result: Result): void =>
  writeWhole(fileOf(folder, result.submission.name), `${JSON.stringify(result, null, 1)}\n`)
