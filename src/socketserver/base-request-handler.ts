/** `socketserver.BaseRequestHandler`: what is done with one request. */

/** What a server calls, in this order; `finish` also when `handle` throws. */
export interface Handler {
  setup(): void | Promise<void>
  handle(): void | Promise<void>
  finish(): void | Promise<void>
}

/**
 * One object for each request. Subclass it and write `handle()`.
 *
 * Unlike in Python its constructor does not run the request (a constructor cannot wait): the server does, afterwards.
 *
 * @example
 * class Echo extends socketserver.BaseRequestHandler {
 *   override async handle() {
 *     const data = await this.request.recv(1024)
 *     await this.request.sendall(data)
 *   }
 * }
 */
// biome-ignore lint/suspicious/noExplicitAny: a connection, or a packet and a socket; an address of any family
export class BaseRequestHandler<R = any, A = any, S = any> implements Handler {
  /** The connection (TCP), or the packet and the socket it came by (UDP). */
  readonly request: R
  /** Who asks. */
  readonly clientAddress: A
  /** The server that the request came to. */
  readonly server: S

  constructor(request: R, clientAddress: A, server: S) {
    this.request = request
    this.clientAddress = clientAddress
    this.server = server
  }

  /** Called first. */
  setup(): void | Promise<void> {}

  /** Does what the service is there for. */
  handle(): void | Promise<void> {}

  /** Called last, also when `handle()` threw. */
  finish(): void | Promise<void> {}
}
