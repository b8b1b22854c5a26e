/**
 * AI_*, NI_*, EAI_*: what getaddrinfo and getnameinfo are asked, and why they fail.
 *
 * Linux's numbers (x64 and arm64), from CPython's module and the kernel's headers.
 */

/** Flags of getaddrinfo, to name them. @see getaddrinfo(3) */
export enum AddressInfo {
  /** Addresses to bind to, where no host is given. */
  AI_PASSIVE = 1,
  /** Give the host's official name. */
  AI_CANONNAME = 2,
  /** The host is an address: look nothing up. */
  AI_NUMERICHOST = 4,
  /** IPv4 addresses as IPv6 ones where there are no others. */
  AI_V4MAPPED = 8,
  /** IPv4-mapped addresses besides IPv6 ones. */
  AI_ALL = 0x10,
  /** Only families this machine has addresses of. */
  AI_ADDRCONFIG = 0x20,
  /** The service is a port number. */
  AI_NUMERICSERV = 0x400,
}

/** Only families this machine has addresses of. */
export const AI_ADDRCONFIG = AddressInfo.AI_ADDRCONFIG
/** IPv4-mapped addresses besides IPv6 ones. */
export const AI_ALL = AddressInfo.AI_ALL
/** Give the host's official name. */
export const AI_CANONNAME = AddressInfo.AI_CANONNAME
/** The host is an address: look nothing up. */
export const AI_NUMERICHOST = AddressInfo.AI_NUMERICHOST
/** The service is a port number. */
export const AI_NUMERICSERV = AddressInfo.AI_NUMERICSERV
/** Addresses to bind to, where no host is given. */
export const AI_PASSIVE = AddressInfo.AI_PASSIVE
/** IPv4 addresses as IPv6 ones where there are no others. */
export const AI_V4MAPPED = AddressInfo.AI_V4MAPPED

export const EAI_ADDRFAMILY = -9
export const EAI_AGAIN = -3
export const EAI_BADFLAGS = -1
export const EAI_FAIL = -4
export const EAI_FAMILY = -6
export const EAI_MEMORY = -10
export const EAI_NODATA = -5
/** There is no such name or service. */
export const EAI_NONAME = -2
export const EAI_OVERFLOW = -12
export const EAI_SERVICE = -8
export const EAI_SOCKTYPE = -7
export const EAI_SYSTEM = -11
/** The service is a UDP one. */
export const NI_DGRAM = 0x10
/** The name in the user's own letters, not as the DNS has it (`xn--…`). */
export const NI_IDN = 0x20
export const NI_MAXHOST = 0x401
export const NI_MAXSERV = 0x20
/** Fail where there is no name. */
export const NI_NAMEREQD = 8
/** The host part only of local names. */
export const NI_NOFQDN = 4
/** The address, not the name. */
export const NI_NUMERICHOST = 1
/** The number, not the service. */
export const NI_NUMERICSERV = 2
