/** The servers for streams and for datagrams, over IP and over UNIX addresses. */
import { OSError } from '../errors/index.ts'
import type { In, Out } from '../socket/addresses.ts'
import {
  AddressFamily,
  SHUT_WR,
  SO_REUSEADDR,
  SO_REUSEPORT,
  SOCK_DGRAM,
  SOCK_STREAM,
  SOL_SOCKET,
  type Socket,
  socket,
} from '../socket/index.ts'
import { isNamed, truth } from '../threading/options.ts'
import { checkNames, NO_WAIT, type WaitOptions } from '../wait/index.ts'
import { BaseServer, type HandlerClass } from './base-server.ts'
import type { Packet } from './request-handlers.ts'

/** What a server takes by name. */
export interface ServerOptions {
  /** `false`: neither bind nor listen; call `serverBind()` and `serverActivate()` yourself. Default `true` */
  bindAndActivate?: boolean | undefined
}

/** The same with the rest among them. */
interface ServerArguments<R, F> extends ServerOptions {
  serverAddress: In<F>
  RequestHandlerClass: HandlerClass<R, Out<F>>
}

const NAMES = ['serverAddress', 'RequestHandlerClass', 'bindAndActivate']

const namedArguments = <R, F>(first: unknown, second: unknown): ServerArguments<R, F> | undefined => {
  const all = first as ServerArguments<R, F> | null
  return second === undefined && isNamed(all) ? all : undefined
}

/**
 * A server of one socket: what TCPServer and UDPServer share. Class variables are static; a single server may differ by
 * a getter of its class.
 */
export abstract class SocketServer<R, F> extends BaseServer<R, Out<F>> {
  /** `AF_INET`, `AF_INET6` or `AF_UNIX`. */
  static addressFamily: AddressFamily = AddressFamily.AF_INET
  /** `SOCK_STREAM` or `SOCK_DGRAM`. */
  static socketType: number = SOCK_STREAM
  /** How many connections may wait to be accepted. */
  static requestQueueSize = 5
  /** Take a port that was in use a moment ago (SO_REUSEADDR). */
  static allowReuseAddress = false
  /** Share the port with other servers (SO_REUSEPORT). */
  static allowReusePort = false

  /** The server's socket. */
  readonly socket: Socket<F>

  constructor(
    // The family is the class's: not to be guessed from the address.
    serverAddress: In<NoInfer<F>>,
    RequestHandlerClass: HandlerClass<NoInfer<R>, Out<NoInfer<F>>>,
    bindAndActivate: boolean | ServerOptions = true,
  ) {
    // All by name, as Python takes it. The types leave it out: classes with several forms could not be called by turns,
    // `for (const Server of [TCPServer, ThreadingTCPServer]) new Server(…)`.
    const all = namedArguments<R, F>(serverAddress, RequestHandlerClass)
    for (const named of [all, bindAndActivate])
      if (isNamed<object>(named)) checkNames(named, NAMES, new.target.name, NO_WAIT)
    super((all?.serverAddress ?? serverAddress) as Out<F>, all?.RequestHandlerClass ?? RequestHandlerClass)
    const last = all ?? bindAndActivate
    const given = isNamed(last) ? (last.bindAndActivate ?? true) : last
    const now = truth(given, 'bindAndActivate')
    this.socket = socket(this.addressFamily as number, this.socketType) as Socket<F>
    if (!now) return
    try {
      this.serverBind()
      this.serverActivate()
    } catch (error) {
      this.socket.close()
      throw error
    }
  }

  get #class(): typeof SocketServer {
    return this.constructor as typeof SocketServer
  }

  /** `AF_INET`, `AF_INET6` or `AF_UNIX`: the class's, unless a subclass has a getter of its own. */
  get addressFamily(): AddressFamily {
    return this.#class.addressFamily
  }

  /** `SOCK_STREAM` or `SOCK_DGRAM`. */
  get socketType(): number {
    return this.#class.socketType
  }

  /** How many connections may wait to be accepted. */
  get requestQueueSize(): number {
    return this.#class.requestQueueSize
  }

  /** Is a port taken that was in use a moment ago? */
  get allowReuseAddress(): boolean {
    return this.#class.allowReuseAddress
  }

  /** Is the port shared with other servers? */
  get allowReusePort(): boolean {
    return this.#class.allowReusePort
  }

  /** Called by the constructor: binds the socket. */
  serverBind(): void {
    if (this.allowReuseAddress) this.socket.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
    if (this.allowReusePort) this.socket.setsockopt(SOL_SOCKET, SO_REUSEPORT, 1)
    this.socket.bind(this.serverAddress as In<F>)
    this.serverAddress = this.socket.getsockname()
  }

  override fileno(): number {
    return this.socket.fileno()
  }

  protected override requestTimeout(): number | null {
    const [own, ofSocket] = [this.timeout, this.socket.gettimeout()]
    if (own === null || ofSocket === null) return own ?? ofSocket
    return Math.min(own, ofSocket)
  }

  override async serverClose(): Promise<void> {
    this.socket.close()
    await super.serverClose()
  }
}

/**
 * A TCP server: one connection after another. `ThreadingTCPServer` serves many at once.
 *
 * @example
 * using server = new socketserver.TCPServer(['127.0.0.1', 0], Echo)
 * await server.handleRequest()
 */
export class TCPServer<F extends AddressFamily = AddressFamily.AF_INET> extends SocketServer<Socket<F>, F> {
  /** Called by the constructor: lets others connect. */
  override serverActivate(): void {
    this.socket.listen(this.requestQueueSize)
  }

  override getRequest(options?: WaitOptions): Promise<[request: Socket<F>, clientAddress: Out<F>]> {
    return this.socket.accept(options)
  }

  /** Tells the other side that nothing more comes, and closes the connection. */
  override shutdownRequest(request: Socket<F>): void | Promise<void> {
    try {
      request.shutdown(SHUT_WR)
    } catch (error) {
      // It has gone already: nobody is left to be told.
      if (!(error instanceof OSError)) throw error
    }
    return this.closeRequest(request)
  }

  override closeRequest(request: Socket<F>): void | Promise<void> {
    request.close()
  }
}

/** A UDP server: one datagram after another. */
export class UDPServer<F extends AddressFamily = AddressFamily.AF_INET> extends SocketServer<Packet, F> {
  static override socketType: number = SOCK_DGRAM
  /** Bytes of the largest datagram that is taken whole. */
  static maxPacketSize = 8192

  /** Bytes of the largest datagram that is taken whole. */
  maxPacketSize = (this.constructor as typeof UDPServer).maxPacketSize

  override async getRequest(options?: WaitOptions): Promise<[request: Packet, clientAddress: Out<F>]> {
    const [data, sender] = await this.socket.recvfrom(this.maxPacketSize, 0, options)
    return [[data, this.socket as Socket], sender]
  }
}

/** A server on a UNIX address: a path, or a name that begins with `\0`. */
export class UnixStreamServer extends TCPServer<AddressFamily.AF_UNIX> {
  static override addressFamily: AddressFamily = AddressFamily.AF_UNIX
}

/** The same for datagrams. */
export class UnixDatagramServer extends UDPServer<AddressFamily.AF_UNIX> {
  static override addressFamily: AddressFamily = AddressFamily.AF_UNIX
}
