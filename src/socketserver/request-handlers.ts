/** Handlers with files to read from and to write to: the same service for connections and for datagrams. */
import { OSError } from '../errors/index.ts'
import { type BinaryFile, IPPROTO_TCP, type RawFile, type Socket, TCP_NODELAY } from '../socket/index.ts'
import { BaseRequestHandler } from './base-request-handler.ts'
import { PacketFile } from './packet-file.ts'
import { SocketWriter, type WritableFile } from './socket-writer.ts'

/**
 * A connection as two files: `rfile` to read from, `wfile` to write to.
 *
 * @example
 * class Shout extends socketserver.StreamRequestHandler {
 *   override async handle() {
 *     const line = await this.rfile.readline()
 *     await this.wfile.write(Buffer.from(line.toString().toUpperCase()))
 *   }
 * }
 */
// biome-ignore lint/suspicious/noExplicitAny: an address of any family, a server of any class
export class StreamRequestHandler<A = any, S = any> extends BaseRequestHandler<Socket, A, S> {
  /** Bytes of buffer of `rfile`; -1: the usual size. */
  rbufsize = -1
  /** Bytes of buffer of `wfile`; 0: none, each write is sent at once. */
  wbufsize = 0
  /** Seconds that a call on the connection may take; `null`: no limit. */
  timeout: number | null = null
  /** Send small pieces at once, too (TCP_NODELAY). Useful with a `wbufsize`. */
  disableNagleAlgorithm = false
  /** The connection. */
  connection!: Socket
  /** To read from. */
  rfile!: BinaryFile
  /** To write to. */
  wfile!: WritableFile

  override setup(): void | Promise<void> {
    this.connection = this.request
    if (this.timeout !== null) this.connection.settimeout(this.timeout)
    if (this.disableNagleAlgorithm) this.connection.setsockopt(IPPROTO_TCP, TCP_NODELAY, true)
    this.rfile = this.connection.makefile('rb', this.rbufsize) as BinaryFile
    const buffered = this.wbufsize !== 0
    this.wfile = buffered ? this.connection.makefile('wb', this.wbufsize) : new SocketWriter(this.connection)
  }

  override async finish(): Promise<void> {
    try {
      if (!this.wfile.closed) await this.wfile.flush()
    } catch (error) {
      // The other side may have gone: then there is nobody to send the rest to.
      if (!(error instanceof OSError)) throw error
      abandon(this.wfile)
    }
    await this.wfile.close()
    await (this.rfile as BinaryFile | RawFile)[Symbol.asyncDispose]()
  }
}

/** Closes a file whose last bytes cannot be sent. */
function abandon(file: WritableFile | Disposable): void {
  if (Symbol.dispose in file) file[Symbol.dispose]()
}

/** A datagram: its bytes, and the socket to answer by. */
export type Packet = [data: Buffer, socket: Socket]

/** A datagram as two files: `rfile` holds what came, and what is written to `wfile` goes back as one datagram. */
// biome-ignore lint/suspicious/noExplicitAny: an address of any family, a server of any class
export class DatagramRequestHandler<A = any, S = any> extends BaseRequestHandler<Packet, A, S> {
  /** What came. */
  packet!: Buffer
  /** The socket that it came by. */
  socket!: Socket
  /** To read from. */
  rfile!: PacketFile
  /** To write to. */
  wfile!: PacketFile

  override setup(): void | Promise<void> {
    ;[this.packet, this.socket] = this.request
    this.rfile = new PacketFile(this.packet)
    this.wfile = new PacketFile()
  }

  override async finish(): Promise<void> {
    await this.socket.sendto(this.wfile.getvalue(), this.clientAddress)
  }
}
