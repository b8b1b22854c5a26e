/** Python's KeyError: what was asked for has not been registered. */
export class KeyError extends Error {
  static {
    Object.defineProperty(KeyError.prototype, 'name', { value: 'KeyError', configurable: true, writable: true })
  }
}
