/** Failures that end a command with a message, not with a list of calls. */
import { KernelDied } from '../notebook/run-notebook.ts'

/**
 * A failure that the person at the command line can do something about: printed as its message, without a stack.
 */
export class CliError extends Error {
  override readonly name = 'CliError'

  /** @param exitCode 1: it could not be done; 2: it was asked for wrongly; 130: Ctrl-C */
  constructor(
    message: string,
    readonly exitCode: 1 | 2 | 130 = 1,
  ) {
    super(message)
  }
}

/** What the system refused, a full disk or a folder that may not be written to: it is named in the message. */
export function systemRefused(error: unknown): CliError | undefined {
  const { syscall, code, message } = error as NodeJS.ErrnoException
  return typeof syscall === 'string' && /^E[A-Z0-9]+$/.test(code ?? '') ? new CliError(message) : undefined
}

/** A kernel that ended before it had answered: what it said, and who looks for the reason. */
export const kernelDied = (error: unknown): CliError | undefined =>
  error instanceof KernelDied
    ? new CliError(`${error.message}\n\`socketlab doctor\` looks for what is wrong`)
    : undefined

/** Where no temporary folder can be made: a kernel's sockets and a submission's copy stand in one. */
export function noTemporaryFolder(error: unknown): CliError | undefined {
  const { syscall, message } = error as NodeJS.ErrnoException
  return syscall === 'mkdtemp'
    ? new CliError(`no temporary folder can be made: ${message}; name a place that can be written to, TMPDIR=/path`)
    : undefined
}
