/**
 * `socketlab sandbox-kernel`: what the kernelspec `socketlab-sandbox` starts. Not for people: hidden from the help.
 */
import { Command } from 'commander'
import { limitsOf, runJupyterKernel, SandboxError } from '../../grading/index.ts'
import { CliError } from '../cli-error.ts'
import { kernelNode } from '../kernel-node.ts'
import { kernelSpec, SANDBOX_COMMAND } from '../kernelspec/spec.ts'
import { packageRoot } from '../package-root.ts'

const PARENT_CHECK_MS = 500
/** Its client stops cells that take too long; of processor time it may use ten minutes. */
const LIMITS = limitsOf({ timeout: 60, memory: 1024 })

export function sandboxKernelCommand(): Command {
  return new Command(SANDBOX_COMMAND)
    .description('Starts a kernel in a sandbox, for Jupyter.')
    .argument('<connection file>')
    .action(run)
}

async function run(connectionFile: string): Promise<void> {
  const stop = new AbortController()
  process.on('SIGTERM', () => stop.abort())
  // Jupyter interrupts by message; a Ctrl-C in its terminal is not for its kernels.
  process.on('SIGINT', () => {})
  // Whoever started it is gone: nobody can reach the kernel any more.
  const parent = process.ppid
  setInterval(() => process.ppid !== parent && stop.abort(), PARENT_CHECK_MS).unref()
  const node = kernelNode()
  const { argv } = kernelSpec({ packageRoot, node })
  try {
    await runJupyterKernel({ connectionFile, argv, packageRoot, node, limits: LIMITS }, stop.signal)
  } catch (error) {
    if (error instanceof SandboxError) throw new CliError(error.message)
    throw error
  }
}
