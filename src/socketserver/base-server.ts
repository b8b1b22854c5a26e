/**
 * `socketserver.BaseServer`: the loop that takes requests and hands them to handlers, and the hooks around it.
 *
 * Knows nothing of what a request is; the servers for streams and datagrams do.
 */
import { KeyboardInterrupt, OSError } from '../errors/index.ts'
import { DefaultSelector, EVENT_READ } from '../selectors/index.ts'
import { reprAddress } from '../socket/addresses.ts'
import { Event, type WaitOptions as LimitOptions } from '../threading/index.ts'
import { isNamed, kind, seconds } from '../threading/options.ts'
import { checkNames, host, throwIfAborted, type WaitOptions } from '../wait/index.ts'
import type { Handler } from './base-request-handler.ts'
import { requestReport } from './request-report.ts'

/** A class of handlers: one object for each request. What it says of `request` must fit the server's kind. */
export type HandlerClass<R, A> = new (
  request: R,
  clientAddress: A,
  // biome-ignore lint/suspicious/noExplicitAny: a handler may name its own server's class
  server: any,
) => Handler & { readonly request: R }

/** An address as a hook gets it: one that is annotated as `socket.InetAddress` (read-only) may be handed on. */
export type Given<A> = A extends readonly unknown[] ? Readonly<A> : A

/** What `serveForever` takes by name. */
export interface ServeOptions extends WaitOptions {
  /** Seconds between two calls of `serviceActions()` when nobody comes; default 0.5. */
  pollInterval?: number | null | undefined
}

const ONE_REQUEST = { signal: true, limit: '`server.timeout = 5` sets a time limit' }

/**
 * What all servers share. Make a `TCPServer` or one of its kind.
 *
 * Python's class variables are static members here, since a constructor uses them before a subclass's own fields are
 * there: `static override allowReuseAddress = true`.
 */
// biome-ignore lint/suspicious/noExplicitAny: requests and addresses are the subclass's business
export class BaseServer<R = any, A = any> implements Disposable, AsyncDisposable {
  /** Seconds that `handleRequest()` waits at most; `null`: no limit. */
  static timeout: number | null = null

  /** Seconds that `handleRequest()` waits at most; `null`: no limit. */
  timeout: number | null = (this.constructor as typeof BaseServer).timeout
  /** Where it serves; after `serverBind()` with the port that the system chose. */
  serverAddress: A
  /** The class whose objects handle the requests. */
  readonly RequestHandlerClass: HandlerClass<R, A>
  readonly #isShutDown = new Event()
  #shutdownRequest = false
  #stop = new AbortController()

  constructor(serverAddress: A, RequestHandlerClass: HandlerClass<R, A>) {
    if (!isClass(RequestHandlerClass)) {
      throw new TypeError(
        `RequestHandlerClass must be a class of handlers, not ${kind(RequestHandlerClass)}: ` +
          `class Echo extends socketserver.BaseRequestHandler { … }, then new ${this.constructor.name}(address, Echo)`,
      )
    }
    this.serverAddress = serverAddress
    this.RequestHandlerClass = RequestHandlerClass
    // Python's own examples are Thread(target=server.serve_forever) and, to end it from a handler, Thread(target=server.shutdown):
    // here a method that is named alone would lose its object.
    for (const name of ['serveForever', 'handleRequest', 'shutdown'] as const) {
      Object.defineProperty(this, name, { value: this[name].bind(this), configurable: true, writable: true })
    }
  }

  /** The descriptor that becomes readable when a request comes; -1 once the server is closed. */
  fileno(): number {
    throw new TypeError(`${this.constructor.name} has no fileno(): a subclass of BaseServer needs one`)
  }

  /** Takes the next request, which is there: the first two arguments of its handler. */
  getRequest(_options?: WaitOptions): Promise<[request: R, clientAddress: A]> {
    throw new TypeError(`${this.constructor.name} has no getRequest(): a subclass of BaseServer needs one`)
  }

  /** Called by the constructor after `serverBind()`. */
  serverActivate(): void {}

  /**
   * Handles one request after another until `shutdown()` is called, or the server is closed.
   *
   * Run it in a `Thread`, or without `await`; ■ ends it too.
   *
   * @param pollInterval seconds between two calls of `serviceActions()` when nobody comes; default 0.5; `null`: none
   * @example new threading.Thread({ target: server.serveForever, daemon: true }).start()
   */
  async serveForever(pollInterval?: number | null | ServeOptions, options?: ServeOptions): Promise<void> {
    const named = isNamed(pollInterval) ? pollInterval : options
    throwIfAborted(named)
    if (named) checkNames(named, ['pollInterval'], 'serveForever', { signal: true })
    const interval = pollSeconds(isNamed(pollInterval) ? pollInterval.pollInterval : pollInterval)
    this.#isShutDown.clear()
    this.#stop = new AbortController()
    const stopped = this.#stop.signal
    const signal = named?.signal ? AbortSignal.any([named.signal, stopped]) : stopped
    try {
      using selector = new DefaultSelector()
      if (!this.#shutdownRequest) selector.register(this, EVENT_READ)
      while (!this.#shutdownRequest && this.fileno() >= 0) {
        const ready = await selector.select(interval, { signal })
        if (this.#shutdownRequest) break
        if (ready.length > 0) await this.#handleRequestNoblock({ signal })
        await this.serviceActions()
      }
    } catch (error) {
      if (!stopped.aborted || error !== stopped.reason) throw error
    } finally {
      this.#shutdownRequest = false
      this.#isShutDown.set()
    }
  }

  /**
   * Ends `serveForever()`, and waits until it has ended. To be called from another task than the one that serves: from
   * a handler of a server without threads it would wait for itself.
   */
  async shutdown(options?: LimitOptions): Promise<void> {
    throwIfAborted(options)
    if (options) checkNames(options, ['timeout'], 'shutdown')
    this.#shutdownRequest = true
    this.#stop.abort()
    await this.#isShutDown.wait(options)
  }

  /** Called by `serveForever()` after each request, and each `pollInterval` seconds when nobody comes. */
  serviceActions(): void | Promise<void> {}

  /** Waits for one request and handles it; after `timeout` seconds calls `handleTimeout()` instead. */
  async handleRequest(options?: WaitOptions): Promise<void> {
    throwIfAborted(options)
    if (options) checkNames(options, [], 'handleRequest', ONE_REQUEST)
    using selector = new DefaultSelector()
    selector.register(this, EVENT_READ)
    const ready = await selector.select({ timeout: this.requestTimeout(), signal: options?.signal })
    if (ready.length > 0) await this.#handleRequestNoblock({ signal: options?.signal })
    else await this.handleTimeout()
  }

  /** How long `handleRequest()` waits at most. */
  protected requestTimeout(): number | null {
    return this.timeout
  }

  async #handleRequestNoblock(options?: WaitOptions): Promise<void> {
    let next: [request: R, clientAddress: A]
    try {
      next = await this.getRequest(options)
    } catch (error) {
      if (error instanceof OSError) return // Who came has gone again: there is nothing to handle.
      throw error
    }
    const [request] = next
    const clientAddress = next[1] as Given<A>
    if (!(await this.verifyRequest(request, clientAddress))) return await this.shutdownRequest(request)
    try {
      await this.processRequest(request, clientAddress)
    } catch (error) {
      if (error instanceof KeyboardInterrupt) {
        await this.shutdownRequest(request)
        throw error
      }
      await this.handleError(request, clientAddress, error)
      await this.shutdownRequest(request)
    }
  }

  /** Called when `handleRequest()` has waited in vain. */
  handleTimeout(): void | Promise<void> {}

  /** Is this request to be handled? */
  verifyRequest(_request: R, _clientAddress: Given<A>): boolean | Promise<boolean> {
    return true
  }

  /** Handles a request to its end; with ThreadingMixIn, starts a thread that does. */
  async processRequest(request: R, clientAddress: Given<A>): Promise<void> {
    await this.finishRequest(request, clientAddress)
    await this.shutdownRequest(request)
  }

  /** Makes a handler and runs it: `setup()`, `handle()`, and in any case `finish()`. */
  async finishRequest(request: R, clientAddress: Given<A>): Promise<void> {
    const handler = new this.RequestHandlerClass(request, clientAddress as A, this)
    await handler.setup()
    try {
      await handler.handle()
    } finally {
      await handler.finish()
    }
  }

  /** Ends a request that has been handled. */
  shutdownRequest(request: R): void | Promise<void> {
    return this.closeRequest(request)
  }

  /** Frees what a request holds. */
  closeRequest(_request: R): void | Promise<void> {}

  /** Called when a handler throws: shows the error where a thread's is shown, and the server goes on. */
  handleError(_request: R, clientAddress: Given<A>, error: unknown): void | Promise<void> {
    host.notice(host.scope(), 'thread-exception', requestReport(clientAddress, error))
  }

  /** Closes the server; `serveForever()` ends. Closed at once, what is awaited are the threads of its requests. */
  async serverClose(): Promise<void> {
    this.#stop.abort()
  }

  /** What it is and where: Python tells no more than where the object lies. */
  toString(): string {
    return `<socketserver.${this.constructor.name} object at ${reprAddress(this.serverAddress)}>`
  }

  /** `using` closes the server and waits for nothing. */
  [Symbol.dispose](): void {
    // What it would wait for are threads, whose errors are told by themselves.
    this.serverClose().catch(() => {})
  }

  /** `await using` closes the server and waits for the threads of its requests. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.serverClose()
  }
}

/** Can objects be made of it? An arrow function has no prototype. */
export const isClass = (value: unknown): boolean =>
  typeof value === 'function' && typeof (value as { prototype?: unknown }).prototype === 'object'

function pollSeconds(given: unknown): number | null {
  if (given === undefined) return 0.5
  if (given !== null && typeof given !== 'number') {
    throw new TypeError(`pollInterval must be a number of seconds, not ${kind(given)}: serveForever(0.5)`)
  }
  const interval = seconds(given)
  if (interval !== null && interval < 0) throw new RangeError(`pollInterval must be 0 or more, not ${interval}`)
  return interval
}
