/** KeyboardInterrupt: someone pressed stop. Made by whoever stops a wait, caught by whoever wants to tidy up. */

/**
 * The reader pressed ■ while this code was waiting.
 *
 * An ordinary `Error`, so `catch` sees it and `finally` and `using` run: throw it on when it is not yours to handle.
 *
 * @example
 * try { await server.accept() } catch (error) {
 *   if (!(error instanceof KeyboardInterrupt)) throw error
 *   console.log('shutting down')
 * }
 */
export class KeyboardInterrupt extends Error {}
Object.defineProperty(KeyboardInterrupt.prototype, 'name', {
  value: 'KeyboardInterrupt',
  configurable: true,
  writable: true,
})
