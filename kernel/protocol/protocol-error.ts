/** What is wrong with a message or a connection file. Compare `code`, not the text. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError'
  constructor(
    readonly code:
      | 'NO_DELIMITER'
      | 'TOO_FEW_FRAMES'
      | 'BAD_SIGNATURE'
      | 'BAD_JSON'
      | 'BAD_CONTENT'
      | 'BAD_CONNECTION_FILE',
    message: string,
  ) {
    super(message)
  }
}
