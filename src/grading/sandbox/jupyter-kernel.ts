/**
 * A sandboxed kernel for Jupyter's programs, nbgrader among them: they wrote a connection file and wait for sockets; the
 * kernel opens its own behind the walls, and links lead there. Knows nothing of what it is asked.
 */
import { existsSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import * as z from 'zod'
import { SOCKETS } from './bubblewrap.ts'
import { GRADING_ENV, gradingCommand } from './grading-kernel.ts'
import type { Limits } from './limits.ts'
import { type EndReason, findMeans, startSandbox } from './sandbox.ts'

const PORTS = ['shell_port', 'iopub_port', 'stdin_port', 'control_port', 'hb_port'] as const
const EXPECTED: readonly EndReason[] = ['exited', 'stopped']
const port = z.number().int().min(1)
const connectionSchema = z.looseObject({
  transport: z.string(),
  ip: z.string(),
  shell_port: port,
  iopub_port: port,
  stdin_port: port,
  control_port: port,
  hb_port: port,
})

/** The sandbox cannot be used in this way, and why. */
export class SandboxError extends Error {
  override readonly name = 'SandboxError'
}

export interface JupyterKernelOptions {
  readonly connectionFile: string
  /** The kernel's program and arguments, with `{connection_file}`. */
  readonly argv: readonly string[]
  readonly packageRoot: string
  readonly node: string
  readonly limits: Limits
}

/**
 * Resolves to why the kernel has ended.
 *
 * @throws {SandboxError} there is no bubblewrap, or the connection is not `ipc`
 */
export async function runJupyterKernel(options: JupyterKernelOptions, signal: AbortSignal): Promise<EndReason> {
  const { connectionFile, argv, packageRoot, node, limits } = options
  const connection = connectionSchema.parse(JSON.parse(readFileSync(connectionFile, 'utf8')))
  if (connection.transport !== 'ipc')
    throw new SandboxError(
      'a sandboxed kernel has no network to be reached by: set c.KernelManager.transport = "ipc" in the configuration',
    )
  const means = findMeans({ packageRoot, node })
  if (means.bwrap === undefined) throw new SandboxError(means.warning)
  const inside = { ...connection, ip: `${SOCKETS}/k` }
  const sandbox = await startSandbox({
    ...{ means, packageRoot, node, limits },
    secret: JSON.stringify(inside),
    env: GRADING_ENV,
    command: (file) => gradingCommand(argv, file),
  })
  const links = PORTS.map((name) => ({
    from: `${connection.ip}-${connection[name]}`,
    to: `${sandbox.sockets}/k-${connection[name]}`,
  }))
  for (const { from, to } of links) {
    rmSync(from, { force: true })
    symlinkSync(to, from)
  }
  signal.addEventListener('abort', () => sandbox.kill('stopped'), { once: true })
  const reason = await sandbox.ended
  for (const { from } of links) if (!existsSync(from)) rmSync(from, { force: true })
  if (reason === 'exited' && sandbox.said() !== '') process.stderr.write(sandbox.said())
  // Its client knows no more than that it is gone; whoever reads Jupyter's log does.
  if (!EXPECTED.includes(reason)) process.stderr.write(`socketlab: the kernel in a sandbox was ended: ${reason}\n`)
  return reason
}
