/** `struct.error`: a format that is none, or a value or a length that does not fit it. */

/**
 * A format that is none, or a value or a length that does not fit it.
 *
 * @example try { struct.pack('!B', 256) } catch (problem) { if (problem instanceof struct.error) … }
 */
export class error extends Error {
  static {
    Object.defineProperty(error.prototype, 'name', { value: 'error', configurable: true, writable: true })
  }
}
