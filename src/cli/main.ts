/**
 * The `socketlab` command: one file a command in commands/, joined here. Exit codes: 0 done, 1 could not be done,
 * 2 asked for wrongly.
 */
import { Command, CommanderError } from 'commander'
import { CliError, kernelDied, noTemporaryFolder, systemRefused } from './cli-error.ts'
import { doctorCommand } from './commands/doctor.ts'
import { gradeCommand } from './commands/grade.ts'
import { installCommand } from './commands/install.ts'
import { runCommand } from './commands/run.ts'
import { sandboxKernelCommand } from './commands/sandbox-kernel.ts'
import { uninstallCommand } from './commands/uninstall.ts'
import { packageVersion } from './package-root.ts'

function program(): Command {
  return new Command('socketlab')
    .description('A Jupyter kernel for TypeScript made to teach networking by running it.')
    .version(packageVersion, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'explain the commands, or one of them: socketlab install --help')
    .helpCommand(false)
    .showHelpAfterError('(socketlab --help explains the commands)')
    .exitOverride()
    .addCommand(installCommand())
    .addCommand(uninstallCommand())
    .addCommand(runCommand())
    .addCommand(gradeCommand())
    .addCommand(doctorCommand())
    .addCommand(sandboxKernelCommand(), { hidden: true })
}

const ancestors = ({ parent }: Command): Command[] => (parent ? [...ancestors(parent), parent] : [])

/** `grade` has commands of its own. */
function inheritSettings(command: Command): void {
  for (const child of command.commands) {
    const called = [...ancestors(child), child].map((one) => one.name()).join(' ')
    child
      .copyInheritedSettings(command)
      .helpOption('-h, --help', 'explain this')
      .showHelpAfterError(`(${called} --help explains it)`)
    inheritSettings(child)
  }
}

/** Runs one command line (without `node` and the script) and resolves to its exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const command = program()
  inheritSettings(command)
  try {
    if (args.length === 0) command.outputHelp()
    else await command.parseAsync([...args], { from: 'user' })
    return 0
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    const told = noTemporaryFolder(error) ?? systemRefused(error) ?? kernelDied(error) ?? error
    if (!(told instanceof CliError)) throw error
    process.stderr.write(`socketlab: ${told.message}\n`)
    return told.exitCode
  }
}
