/**
 * `socketlab uninstall`: takes the kernelspec away that `socketlab install` wrote.
 */
import { Command } from 'commander'
import { CliError } from '../cli-error.ts'
import { dataFolder, type PlaceOptions, validName, withPlaceOptions } from '../kernelspec/place-options.ts'
import { readSpec, specFile } from '../kernelspec/read.ts'
import { type Removed, removeKernelSpec } from '../kernelspec/remove.ts'
import { isOurs, javascriptName, sandboxName } from '../kernelspec/spec.ts'

export function uninstallCommand(): Command {
  const command = new Command('uninstall')
    .summary('take the kernel away from Jupyter')
    .description(
      'Takes the kernel away from Jupyter by removing the kernelspec that "socketlab install" wrote with the same options, also under the names for JavaScript and for grading. ' +
        'Other kernels, notebooks and this package stay.',
    )
  return withPlaceOptions(command)
    .addHelpText(
      'after',
      '\n"socketlab doctor" shows where kernels are installed.\n\nExamples:\n  npx socketlab uninstall\n' +
        '  npx socketlab uninstall --sys-prefix --name ts-net',
    )
    .action((options: PlaceOptions) => uninstall(options))
}

function uninstall(options: PlaceOptions): void {
  const name = validName(options.name)
  const data = dataFolder(options)
  const removed = removeKernelSpec(name, data)
  if (!removed)
    throw new CliError(
      `there is no kernel '${name}' here (${specFile(data, name)}).\n` +
        '  "socketlab doctor" shows where kernels are: name the place with --user, --prefix or --sys-prefix, the kernel with --name',
    )
  told(name, removed)
  // What install has written beside it.
  for (const other of [javascriptName(name), sandboxName(name)]) {
    const spec = readSpec(specFile(data, other))
    if (spec === undefined || !isOurs(spec)) continue
    const also = removeKernelSpec(other, data)
    if (also) told(other, also)
  }
}

function told(name: string, removed: Removed): void {
  const kept = removed.kept.length === 0 ? '' : `; the folder stays, for files of others: ${removed.kept.join(', ')}`
  process.stdout.write(`Removed the kernel '${name}' from ${removed.folder}${kept}\n`)
}
