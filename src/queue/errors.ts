/** What a queue throws when it has nothing to give, no room, or was shut down. */

/** There is nothing in the queue, and the call was not to wait (any longer). */
export class Empty extends Error {
  constructor(message = 'nothing is in the queue', options?: ErrorOptions) {
    super(message, options)
  }

  static {
    Object.defineProperty(Empty.prototype, 'name', { value: 'Empty', configurable: true, writable: true })
  }
}

/** There is no room in the queue, and the call was not to wait (any longer). */
export class Full extends Error {
  constructor(message = 'the queue is full', options?: ErrorOptions) {
    super(message, options)
  }

  static {
    Object.defineProperty(Full.prototype, 'name', { value: 'Full', configurable: true, writable: true })
  }
}

/** The queue was shut down: nothing is put in any more, and nothing is left to take out. */
export class ShutDown extends Error {
  constructor(message = 'the queue was shut down', options?: ErrorOptions) {
    super(message, options)
  }

  static {
    Object.defineProperty(ShutDown.prototype, 'name', { value: 'ShutDown', configurable: true, writable: true })
  }
}
