/**
 * The BSD socket API over the system's own calls, with the names of C and of Python's `socket` module.
 *
 * What may wait is awaited; everything else is a plain call. Times are seconds, data is bytes, addresses are
 * `[host, port]`.
 */
export * from '../errors/index.ts'
export { OSError as error, TimeoutError as timeout } from '../errors/index.ts'
export type { Address, AddrInfo, Inet6Address, InetAddress, UnixAddress } from './addresses.ts'
export { type Ancillary, type AncillaryIn, CMSG_LEN, CMSG_SPACE } from './ancillary.ts'
export type { FlagOptions, IntoArguments, IntoOptions } from './arguments.ts'
export { htonl, htons, inet_aton, inet_ntoa, inet_ntop, inet_pton, ntohl, ntohs } from './byte-order.ts'
export { AddressInfo } from './constants/address-info.ts'
export * from './constants/index.ts'
export { MsgFlag } from './constants/message-flags.ts'
export {
  type ConnectionArguments,
  type ConnectionOptions,
  close,
  createConnection,
  createServer,
  type DescriptorArguments,
  dup,
  fromfd,
  hasDualstackIpv6,
  type PairOptions,
  type ServerArguments,
  type ServerOptions,
  socketpair,
} from './create.ts'
export {
  type RecvFdsArguments,
  recvFds,
  type SendFdsArguments,
  type SendFdsOptions,
  sendFds,
} from './descriptors-over-sockets.ts'
export {
  getaddrinfo,
  getfqdn,
  gethostbyaddr,
  gethostbyname,
  gethostbynameEx,
  getnameinfo,
  type HostEntry,
  type LookupOptions,
  type NameArguments,
} from './dns.ts'
export { AddressFamily, SocketKind } from './families.ts'
export type { BinaryFile } from './file/binary-file.ts'
export type { FileOptions } from './file/makefile.ts'
export type { RawFile } from './file/raw-file.ts'
export type { Newline, TextFile } from './file/text-file.ts'
export type { OpenFile, SendfileArguments, SendfileOptions } from './file-like.ts'
export { gethostname, sethostname } from './host-name.ts'
export { if_indextoname, if_nameindex, if_nametoindex } from './interfaces.ts'
export type { RecvmsgOptions, SendmsgOptions } from './messages.ts'
export { getprotobyname, getservbyname, getservbyport } from './services.ts'
export {
  getdefaulttimeout,
  Socket,
  Socket as SocketType,
  type SocketOptions,
  setdefaulttimeout,
  socket,
} from './socket.ts'
export { type TcpInfo, TcpState, tcpInfo } from './tcp-info.ts'
export type { WebStreams } from './web-streams.ts'
