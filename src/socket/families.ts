/**
 * The enums that name what a socket is: its family and its type. Real enums: `AddressFamily[2] === 'AF_INET'`.
 *
 * Numbers are Linux's (the same on x64 and arm64).
 */

/** What kind of address a socket has: `AF_INET` (IPv4), `AF_INET6`, `AF_UNIX`, … @see address_families(7) */
export enum AddressFamily {
  AF_UNSPEC = 0,
  AF_UNIX = 1,
  AF_INET = 2,
  AF_AX25 = 3,
  AF_IPX = 4,
  AF_APPLETALK = 5,
  AF_NETROM = 6,
  AF_BRIDGE = 7,
  AF_ATMPVC = 8,
  AF_X25 = 9,
  AF_INET6 = 10,
  AF_ROSE = 11,
  AF_DECnet = 12,
  AF_NETBEUI = 13,
  AF_SECURITY = 14,
  AF_KEY = 15,
  // Two names for one number: the reverse look-up gives the later one, as Python prints it.
  AF_ROUTE = 16,
  // biome-ignore lint/suspicious/noDuplicateEnumValues: Linux has both names
  AF_NETLINK = 16,
  AF_PACKET = 17,
  AF_ASH = 18,
  AF_ECONET = 19,
  AF_ATMSVC = 20,
  AF_RDS = 21,
  AF_SNA = 22,
  AF_IRDA = 23,
  AF_PPPOX = 24,
  AF_WANPIPE = 25,
  AF_LLC = 26,
  AF_CAN = 29,
  AF_TIPC = 30,
  AF_BLUETOOTH = 31,
  AF_ALG = 38,
  AF_VSOCK = 40,
  AF_QIPCRTR = 42,
}

/** How a socket carries data: `SOCK_STREAM` (TCP), `SOCK_DGRAM` (UDP), … @see socket(2) */
export enum SocketKind {
  SOCK_STREAM = 1,
  SOCK_DGRAM = 2,
  SOCK_RAW = 3,
  SOCK_RDM = 4,
  SOCK_SEQPACKET = 5,
  /** Or-ed to a type: non-blocking. Sockets here always are; Python's behaviour is kept. */
  SOCK_NONBLOCK = 0o4000,
  /** Or-ed to a type: closed in a program started by exec(3). Sockets here always are. */
  SOCK_CLOEXEC = 0o2000000,
}
