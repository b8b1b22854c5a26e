/** What a queue throws when it has nothing to give, or no room. */

/** There is nothing in the queue, and the call was not to wait (any longer). */
export class Empty extends Error {
  static {
    Object.defineProperty(Empty.prototype, 'name', { value: 'Empty', configurable: true, writable: true })
  }
}

/** There is no room in the queue, and the call was not to wait (any longer). */
export class Full extends Error {
  static {
    Object.defineProperty(Full.prototype, 'name', { value: 'Full', configurable: true, writable: true })
  }
}
