/**
 * The module `socketserver`: servers as classes. You write what is done with one request; the loop is there.
 */
export { BaseRequestHandler, type Handler } from './base-request-handler.ts'
export { BaseServer, type HandlerClass, type ServeOptions } from './base-server.ts'
export type { PacketFile } from './packet-file.ts'
export { DatagramRequestHandler, type Packet, StreamRequestHandler } from './request-handlers.ts'
export { type ServerOptions, TCPServer, UDPServer, UnixDatagramServer, UnixStreamServer } from './servers.ts'
export type { WritableFile } from './socket-writer.ts'
export {
  ThreadingMixIn,
  type ThreadingServer,
  type ThreadingServerClass,
  ThreadingTCPServer,
  ThreadingUDPServer,
  ThreadingUnixDatagramServer,
  ThreadingUnixStreamServer,
} from './threading-servers.ts'
