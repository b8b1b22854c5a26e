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
