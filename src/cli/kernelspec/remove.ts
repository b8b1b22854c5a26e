/**
 * Removes a kernelspec's folder that `install` wrote: our files only, kernel.json first, so that Jupyter never sees
 * half a kernel. Files that somebody has put beside them stay.
 */
import { lstatSync, readdirSync, rmdirSync, rmSync, unlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { CliError } from '../cli-error.ts'
import { readSpec, specFile } from './read.ts'
import { isOurs } from './spec.ts'

/** What `install` writes, and what it leaves beside when it is killed. */
const written = /^(kernel\.json|logo-(32x32\.png|64x64\.png|svg\.svg))(\.new-\d+)?$/

export interface Removed {
  folder: string
  /** Files of others, which kept the folder. */
  kept: string[]
}

/** `undefined` where there is no kernel of this name. */
export function removeKernelSpec(name: string, dataFolder: string): Removed | undefined {
  const file = specFile(dataFolder, name)
  const folder = dirname(file)
  try {
    const spec = readSpec(file)
    if (spec === undefined) return undefined
    if (!isOurs(spec))
      throw new CliError(`the kernel '${name}' in ${folder} is not one of socketlab's: it stays as it is`)
    if (lstatSync(folder).isSymbolicLink()) {
      // `jupyter kernelspec install --symlink`: the link is the installation, what it leads to is a source.
      unlinkSync(folder)
      return { folder, kept: [] }
    }
    rmSync(file)
    for (const entry of readdirSync(folder)) if (written.test(entry)) rmSync(join(folder, entry))
    const kept = readdirSync(folder)
    if (kept.length === 0) rmdirSync(folder)
    return { folder, kept }
  } catch (error) {
    throw explained(error, folder)
  }
}

function explained(error: unknown, folder: string): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return new CliError(`no permission to remove ${folder}: ask the one who installed it, or use sudo`)
  return error
}
