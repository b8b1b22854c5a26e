/**
 * Writes a kernelspec's folder: kernel.json and the logos. Every file appears whole or not at all, kernel.json last,
 * and another kernel of the same name is left alone.
 */
import { copyFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder } from '../../../kernel/bridge/made-files.mjs'
import { CliError } from '../cli-error.ts'
import { readSpec } from './read.ts'
import { isOurs, type KernelSpec, specFolder } from './spec.ts'

/** @returns the folder written to */
export function writeKernelSpec(spec: KernelSpec, name: string, dataFolder: string, packageRoot: string): string {
  const folder = join(dataFolder, 'kernels', name)
  const target = join(folder, 'kernel.json')
  try {
    refuseOthers(target, name)
    makeFolder(folder)
    const logos = readdirSync(specFolder(packageRoot)).filter((file) => file.startsWith('logo-'))
    for (const logo of logos)
      put(join(folder, logo), (beside) => copyFileSync(join(specFolder(packageRoot), logo), beside))
    put(target, (beside) => writeFileSync(beside, `${JSON.stringify(spec, null, 2)}\n`))
  } catch (error) {
    throw explained(error, folder)
  }
  return folder
}

function put(path: string, write: (beside: string) => void): void {
  const beside = `${path}.new-${process.pid}`
  write(beside)
  renameSync(beside, path)
}

/** A kernel.json that is not JSON is a broken one of somebody's: not ours to replace. */
function refuseOthers(target: string, name: string): void {
  const there = readSpec(target)
  if (there !== undefined && !isOurs(there))
    throw new CliError(`another kernel is called '${name}' (${target}): choose a name with --name`)
}

function explained(error: unknown, folder: string): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return new CliError(
      `no permission to write to ${folder}: name a folder of your own by --prefix, or by JUPYTER_DATA_DIR=/path`,
    )
  if (code === 'ENOENT' || code === 'ELOOP') return new CliError(`${folder} cannot be made`)
  if (code === 'ENOTDIR' || code === 'EEXIST') return new CliError(`${folder} cannot be made: a part of it is a file`)
  if (code === 'ENOSPC') return new CliError(`${folder} cannot be written: the disk is full`)
  return error
}
