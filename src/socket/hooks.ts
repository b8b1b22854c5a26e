/**
 * Where a simulated internet and a trace may plug in; empty until set, and then asked before the system is.
 *
 * Knows nothing of who plugs in. A dialled address is what the caller wrote; the real one is where the system call
 * goes. What the caller sees afterwards (getpeername, recvfrom, errors) is the dialled one again.
 */
import type { AddressFamily, SocketKind } from './families.ts'

/** An IP address and a port: the part of a socket address that can be dialled. */
export interface Endpoint {
  /** A numeric address, as inet_ntop writes it. */
  readonly host: string
  readonly port: number
}

/** What a dial hook may need to know about the socket. */
export interface DialContext {
  readonly family: AddressFamily
  readonly type: SocketKind
  /** The call that dials: `connect`, `sendto`, `sendmsg`. */
  readonly syscall: string
}

/** What became of a dialled endpoint. */
export type Dialled =
  /** Send it there instead (of the socket's own family). */
  | { readonly to: Endpoint }
  /** Fail with this error number, without a system call; `hint` goes behind the error's text. */
  | { readonly errno: number; readonly hint?: string }

/** What getaddrinfo was asked, as the C call has it. */
export interface Query {
  readonly host: string
  /** AF_UNSPEC (0), AF_INET or AF_INET6. */
  readonly family: number
  /** `AI_*` or-ed together. */
  readonly flags: number
}

/** A name's numeric addresses in the order to try, or the EAI_* number (< 0) to fail with. */
export type Resolution =
  | { readonly addresses: readonly string[]; readonly canonicalName?: string }
  | { readonly error: number; readonly hint?: string }

/** Something a socket did, told after it happened. */
export interface Observation {
  /** The call, as in the manual: `connect`, `send`, `recvfrom`, `close`, … */
  readonly call: string
  /** The socket, compared by identity. */
  readonly socket: object
  readonly fd: number
  /** The cell that opened it, as `host.scope()` gave it. */
  readonly scope: unknown
  readonly family: AddressFamily
  readonly type: SocketKind
  /** This end, and the other; as the caller sees them. undefined where there is none. */
  readonly local?: unknown
  readonly remote?: unknown
  /** What was sent or received (a view: copy it if you keep it). */
  readonly data?: Uint8Array
  /** What the call gave: bytes, a descriptor, 0 (of shutdown: how); below zero an error number, negative. */
  readonly result: number
  /** What it rejected with or threw; a time-out and ■ have no number of their own. */
  readonly failure?: unknown
  /** Milliseconds that it waited for its event: 0 if it was done at once. */
  readonly waited: number
  /** How many bytes `sendall` and `send` were given, when they took fewer. */
  readonly wanted?: number
  /** `MSG_*` or-ed together. */
  readonly flags?: number
  /** The other end of a socketpair; the original of a dup. */
  readonly other?: object
  /** Of setsockopt: level, option, value. */
  readonly option?: readonly [level: number, option: number, value: unknown]
}

/** The hooks; undefined means: not there, ask the system. */
export interface Hooks {
  /** A name to look up: gives its addresses, or undefined to ask the system. */
  resolve: ((query: Query) => Resolution | undefined) | undefined
  /** The name of a numeric address (getnameinfo, gethostbyaddr), null if it has none, undefined to ask the system. */
  reverse: ((address: string) => string | null | undefined) | undefined
  /** Called before connect and sendto to an IP address; undefined leaves it as it is. */
  dial: ((dialled: Endpoint, context: DialContext) => Dialled | undefined) | undefined
  /** The way back: which dialled endpoint stands behind a real one (recvfrom, accept, getpeername). */
  undial: ((real: Endpoint, context: DialContext) => Endpoint | undefined) | undefined
  /** Told about each call that did something. */
  observe: ((event: Observation) => void) | undefined
}

/** The ones in use: assign its members to set them, undefined to take them away. */
export const hooks: Hooks = {
  resolve: undefined,
  reverse: undefined,
  dial: undefined,
  undial: undefined,
  observe: undefined,
}
