/**
 * Reads a kernelspec's folder. Knows nothing of who wrote it, nor of what is right in it.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A kernel.json that may be anybody's: nothing in it is certain. */
export interface FoundSpec {
  argv?: unknown
  display_name?: unknown
}

export const specFile = (dataFolder: string, name: string): string => join(dataFolder, 'kernels', name, 'kernel.json')

/** `undefined` where there is no such file; `{}` for one that is broken, which is then nobody's that we know. */
export function readSpec(path: string): FoundSpec | undefined {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw error
  }
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}
