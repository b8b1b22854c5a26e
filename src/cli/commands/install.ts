/**
 * `socketlab install`: tells Jupyter that our kernel exists, by writing a kernelspec.
 */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Command } from 'commander'
import { buildSnapshot, compilerCommand } from '../../../kernel/bridge/snapshot.mjs'
import { CliError } from '../cli-error.ts'
import { kernelNode } from '../kernel-node.ts'
import { dataFolder, type PlaceOptions, validName, withPlaceOptions } from '../kernelspec/place-options.ts'
import {
  javascriptName,
  type KernelSpec,
  kernelScript,
  kernelSpec,
  sandboxName,
  sandboxSpec,
} from '../kernelspec/spec.ts'
import { writeKernelSpec } from '../kernelspec/write.ts'
import { packageRoot } from '../package-root.ts'

interface InstallOptions extends PlaceOptions {
  displayName?: string
  javascript: boolean
  sandbox?: true
}

export function installCommand(): Command {
  const command = new Command('install')
    .summary('add the kernel to Jupyter')
    .description(
      'Adds the kernel to Jupyter by writing a kernelspec. Its paths are absolute: every Jupyter that looks there can ' +
        'start the kernel, from any folder. Run it again after Node or this package have moved. For notebooks in ' +
        'JavaScript, as those of tslab, the same kernel is added under a second name: NAME-javascript. The first time it ' +
        'also makes the snapshot (38 MB) that kernels start from in a fraction of a second: beside the package for all ' +
        'its users, or in your cache folder where the package cannot be written to.',
    )
  return withPlaceOptions(command)
    .option('--display-name <text>', 'the name that people see (default: "TypeScript (socketlab)")')
    .option('--no-javascript', 'leave the second name out')
    .option('--sandbox', 'add NAME-sandbox too: the kernel behind walls, for programs that grade (Linux, bubblewrap)')
    .addHelpText(
      'after',
      '\nExamples:\n  npx socketlab install\n  npx socketlab install --sys-prefix --name ts-net --display-name "TypeScript, networks"',
    )
    .action((options: InstallOptions) => install(options))
}

async function install(options: InstallOptions): Promise<void> {
  const name = validName(options.name)
  const displayName = validDisplayName(options.displayName)
  const node = kernelNode()
  if (!existsSync(kernelScript(packageRoot)))
    throw new CliError(`${kernelScript(packageRoot)} is missing: run "npm run setup", or install socketlab again`)
  const place = dataFolder(options)
  const write = (spec: KernelSpec, as: string) => {
    const folder = writeKernelSpec(spec, as, place, packageRoot)
    process.stdout.write(`Installed the kernel '${spec.display_name}' as '${as}' in ${folder}\n`)
  }
  write(kernelSpec({ packageRoot, node, displayName }), name)
  if (options.sandbox) write(sandboxSpec({ packageRoot, node }), sandboxName(name))
  if (options.javascript) {
    const second = displayName === undefined ? undefined : `${displayName} (JavaScript)`
    write(kernelSpec({ packageRoot, node, displayName: second, javascript: true }), javascriptName(name))
  }
  await makeSnapshot()
}

/** Kernels do without: a failure is told, and the kernel is installed all the same. */
async function makeSnapshot(): Promise<void> {
  const bundle = join(packageRoot, 'dist', 'kernel', 'compiler.cjs')
  if (process.env.SOCKETLAB_SNAPSHOT === 'off' || compilerCommand(bundle).fromSnapshot) return
  process.stdout.write('Making the snapshot that kernels start from, some seconds …\n')
  try {
    process.stdout.write(`Made it in ${dirname(await buildSnapshot(bundle))}\n`)
  } catch (error) {
    process.stderr.write(`Without it, kernels take seconds to start: ${(error as Error).message}\n`)
  }
}

function validDisplayName(text: string | undefined): string | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
  if (text !== undefined && (text.trim() === '' || /[\u0000-\u001f]/.test(text)))
    throw new CliError('--display-name needs a text in one line', 2)
  return text
}
