/**
 * The options that say which kernelspec is meant: where it lies and how it is called. `install` and `uninstall` share
 * them, so that what one wrote the other finds.
 */
import { type Command, Option } from 'commander'
import { CliError } from '../cli-error.ts'
import { activePrefix, prefixDataFolder, userDataFolder } from './locations.ts'

export interface PlaceOptions {
  user?: true
  prefix?: string
  sysPrefix?: true
  name: string
}

export function withPlaceOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--user', 'for this user, whichever Jupyter they start (the default)').conflicts([
        'prefix',
        'sysPrefix',
      ]),
    )
    .addOption(
      new Option('--prefix <dir>', 'for the Jupyter installed under this prefix, e.g. /usr/local').conflicts([
        'user',
        'sysPrefix',
      ]),
    )
    .addOption(
      new Option('--sys-prefix', 'for the Jupyter of the active Python environment').conflicts(['user', 'prefix']),
    )
    .option('--name <name>', "the kernel's name for programs: letters, digits, '.', '_' and '-'", 'socketlab')
}

/** Jupyter's data folder that is meant. */
export function dataFolder({ prefix, sysPrefix }: PlaceOptions): string {
  if (prefix === '') throw new CliError('--prefix needs a folder', 2)
  if (prefix !== undefined) return prefixDataFolder(prefix)
  return sysPrefix ? prefixDataFolder(activePrefix()) : userDataFolder()
}

/** Jupyter looks kernels up in lower case, and takes no other characters. */
export function validName(name: string): string {
  if (/^[a-z0-9._-]+$/i.test(name) && !/^\.+$/.test(name)) return name.toLowerCase()
  throw new CliError(`'${name}' cannot be a kernel's name: use letters, digits, '.', '_' and '-'`, 2)
}
