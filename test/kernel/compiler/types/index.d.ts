// The least of src/'s declarations, so that the compiler's tests need no build of src.
// biome-ignore-all lint/suspicious/noExplicitAny: an address is any where the family is unknown
// biome-ignore-all lint/suspicious/noRedeclare: the BSD function socket() and Python's class of that name
// biome-ignore-all lint/complexity/noBannedTypes: `{}` here means no further condition
export declare namespace socket {
  enum AddressFamily {
    AF_UNIX = 1,
    AF_INET = 2,
    AF_INET6 = 10,
  }
  enum SocketKind {
    SOCK_STREAM = 1,
    SOCK_DGRAM = 2,
  }
  const AF_INET: AddressFamily.AF_INET, AF_INET6: AddressFamily.AF_INET6, AF_UNIX: AddressFamily.AF_UNIX
  const SOCK_STREAM: SocketKind.SOCK_STREAM, SOCK_DGRAM: SocketKind.SOCK_DGRAM
  const SOL_SOCKET: number, SO_REUSEADDR: number, SHUT_WR: number
  type InetAddress = readonly [host: string, port: number]
  type Inet6Address = readonly [host: string, port: number, flowinfo?: number, scopeId?: number]
  type UnixAddress = string
  type Address = InetAddress | Inet6Address | UnixAddress
  type In<F> = 0 extends 1 & F
    ? any
    : F extends AddressFamily.AF_INET
      ? InetAddress
      : F extends AddressFamily.AF_INET6
        ? Inet6Address
        : F extends AddressFamily.AF_UNIX
          ? UnixAddress
          : any
  type Out<F> = 0 extends 1 & F
    ? any
    : F extends AddressFamily.AF_INET
      ? [host: string, port: number]
      : F extends AddressFamily.AF_INET6
        ? [host: string, port: number, flowinfo: number, scopeId: number]
        : F extends AddressFamily.AF_UNIX
          ? string
          : any
  type AddrInfo = [family: AddressFamily, type: SocketKind, proto: number, canonname: string, address: any]
  class Socket<F = any> implements Disposable {
    readonly family: AddressFamily
    readonly type: SocketKind
    readonly proto: number
    bind(a: In<F>): void
    listen(n?: number): void
    accept(): Promise<[conn: Socket<F>, address: Out<F>]>
    connect(a: In<F>): Promise<void>
    recv(n: number, flags?: number): Promise<Buffer>
    recvfrom(n: number): Promise<[data: Buffer, address: Out<F>]>
    send(d: Uint8Array): Promise<number>
    sendall(d: Uint8Array): Promise<void>
    sendto(d: Uint8Array, a: In<F>): Promise<number>
    settimeout(s: number | null): void
    gettimeout(): number | null
    setsockopt(l: number, o: number, v: number | Uint8Array): void
    getsockopt(l: number, o: number): number
    getsockname(): Out<F>
    getpeername(): Out<F>
    fileno(): number
    close(): void
    shutdown(h: number): void
    chunks(n?: number): AsyncIterable<Buffer>
    connections(): AsyncIterable<[conn: Socket<F>, address: Out<F>]>
    [Symbol.dispose](): void
  }
  type socket<F = any> = Socket<F>
  function socket<F extends AddressFamily = AddressFamily.AF_INET>(family?: F, type?: number, proto?: number): Socket<F>
  function socket(family: number, type?: number, proto?: number): Socket
  function createConnection(a: InetAddress, o?: { timeout?: number | null }): Promise<Socket<AddressFamily.AF_INET>>
  function getaddrinfo(
    h: string | null,
    p: string | number | null,
    o?: { family?: number; type?: number },
  ): Promise<AddrInfo[]>
  class gaierror extends Error {}
}
export declare namespace threading {
  class Event {
    set(): void
    clear(): void
    isSet(): boolean
    wait(timeout?: number): Promise<boolean>
  }
  class Lock {
    hold(): Promise<Disposable>
  }
  class Thread<A extends readonly unknown[] = []> {
    constructor(
      o: { target: (...args: A) => unknown; name?: string; daemon?: boolean } & (A extends readonly []
        ? { args?: A }
        : { args: A }),
    )
    start(): void
    join(timeout?: number): Promise<void>
    readonly name: string
  }
  function activeCount(): number
}
export type Fmt<S extends string, Acc extends unknown[] = []> = S extends `!${infer R}`
  ? Fmt<R, Acc>
  : S extends `I${infer R}`
    ? Fmt<R, [...Acc, number]>
    : S extends `H${infer R}`
      ? Fmt<R, [...Acc, number]>
      : S extends ''
        ? Acc
        : any[]
export declare namespace struct {
  function pack(f: string, ...v: unknown[]): Buffer
  function unpack<const S extends string>(f: S, b: Uint8Array): Fmt<S>
}
export declare function bytes(s: TemplateStringsArray, ...v: (Uint8Array | number)[]): Buffer
export declare function repr(v: unknown): string
export declare function input(p?: string): Promise<string>
export declare function sleep(s: number): Promise<void>
export declare class OSError extends Error {
  constructor(message?: string)
  errno: number | null
  code: string
}
export declare class ConnectionError extends OSError {}
export declare class ConnectionRefusedError extends ConnectionError {}
export declare class TimeoutError extends OSError {}
export declare class KeyboardInterrupt extends Error {}
