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

/** Where no temporary folder can be made: a kernel's sockets and a submission's copy stand in one. */
export function noTemporaryFolder(error: unknown): CliError | undefined {
  const { syscall, message } = error as NodeJS.ErrnoException
  return syscall === 'mkdtemp'
    ? new CliError(`no temporary folder can be made: ${message}; name a place that can be written to, TMPDIR=/path`)
    : undefined
}
