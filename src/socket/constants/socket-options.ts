/**
 * SOL_*, SO_*, SCM_*, SHUT_*: levels and options for setsockopt and getsockopt, and ways to shut down.
 *
 * Linux's numbers (x64 and arm64), from CPython's module and the kernel's headers.
 */

export const SCM_CREDENTIALS = 2
export const SCM_J1939_DEST_ADDR = 1
export const SCM_J1939_DEST_NAME = 2
export const SCM_J1939_ERRQUEUE = 4
export const SCM_J1939_PRIO = 3
/** A control message with open descriptors, over AF_UNIX: ints. */
export const SCM_RIGHTS = 1
/** A control message with the time when it came: two longs (seconds, microseconds). */
export const SCM_TIMESTAMP = 29
export const SCM_TIMESTAMPING = 37
export const SCM_TIMESTAMPING_OPT_STATS = 54
export const SCM_TIMESTAMPING_PKTINFO = 58
/** A control message with the time when it came: two longs (seconds, nanoseconds). */
export const SCM_TIMESTAMPNS = 35
export const SCM_TXTIME = 61
export const SCM_WIFI_STATUS = 41
/** Shut down receiving. */
export const SHUT_RD = 0
/** Shut down both. */
export const SHUT_RDWR = 2
/** Shut down sending: the other side reads the end of the stream. */
export const SHUT_WR = 1
export const SOL_AAL = 265
export const SOL_ALG = 279
export const SOL_ATM = 264
export const SOL_BLUETOOTH = 274
export const SOL_CAIF = 278
export const SOL_CAN_BASE = 100
export const SOL_CAN_RAW = 101
export const SOL_DCCP = 269
export const SOL_DECNET = 261
export const SOL_HCI = 0
export const SOL_IP = 0
export const SOL_IRDA = 266
export const SOL_IUCV = 277
export const SOL_KCM = 281
export const SOL_LLC = 268
export const SOL_MCTP = 285
export const SOL_MPTCP = 284
export const SOL_NETBEUI = 267
export const SOL_NETLINK = 270
export const SOL_NFC = 280
export const SOL_PACKET = 263
export const SOL_PNPIPE = 275
export const SOL_PPPOL2TP = 273
export const SOL_RAW = 255
export const SOL_RDS = 276
export const SOL_RXRPC = 272
export const SOL_SMC = 286
/** Level of the options that every socket has. */
export const SOL_SOCKET = 1
export const SOL_TCP = 6
export const SOL_TIPC = 271
export const SOL_TLS = 282
export const SOL_UDP = 17
export const SOL_X25 = 262
export const SOL_XDP = 283
/** The longest queue that listen() grants. */
export const SOMAXCONN = 4096
/** 1 if the socket listens. */
export const SO_ACCEPTCONN = 30
export const SO_ATTACH_BPF = 50
/** A program of the system that chooses which packets come. */
export const SO_ATTACH_FILTER = 26
export const SO_ATTACH_REUSEPORT_CBPF = 51
export const SO_ATTACH_REUSEPORT_EBPF = 52
/** Use one network interface only, by its name. */
export const SO_BINDTODEVICE = 25
export const SO_BINDTOIFINDEX = 62
export const SO_BPF_EXTENSIONS = 48
/** Allow sending to a broadcast address. */
export const SO_BROADCAST = 6
export const SO_BSDCOMPAT = 14
export const SO_BUF_LOCK = 72
export const SO_BUSY_POLL = 46
export const SO_BUSY_POLL_BUDGET = 70
export const SO_CNX_ADVICE = 53
export const SO_COOKIE = 57
export const SO_DEBUG = 1
export const SO_DETACH_BPF = 27
export const SO_DETACH_FILTER = 27
export const SO_DETACH_REUSEPORT_BPF = 68
/** The family, as an AddressFamily. */
export const SO_DOMAIN = 39
export const SO_DONTROUTE = 5
/** The pending error number; reading it clears it. */
export const SO_ERROR = 4
export const SO_GET_FILTER = 26
/** The processor that took in the packets. */
export const SO_INCOMING_CPU = 49
export const SO_INCOMING_NAPI_ID = 56
export const SO_J1939_ERRQUEUE = 4
export const SO_J1939_FILTER = 1
export const SO_J1939_PROMISC = 2
export const SO_J1939_SEND_PRIO = 3
/** Ask silent peers whether they are still there. */
export const SO_KEEPALIVE = 9
/** What close() does with unsent data: a struct of two ints (on, seconds); on with 0 seconds sends a reset. */
export const SO_LINGER = 13
export const SO_LOCK_FILTER = 44
/** A number on each packet for rules of the firewall and of routes, as root. */
export const SO_MARK = 36
export const SO_MAX_PACING_RATE = 47
export const SO_MEMINFO = 55
export const SO_NETNS_COOKIE = 71
export const SO_NOFCS = 43
export const SO_NO_CHECK = 11
/** Urgent data comes in its place in the stream. */
export const SO_OOBINLINE = 10
/** `recvmsg` tells who sent a message: `SCM_CREDENTIALS`, three ints (pid, uid, gid). */
export const SO_PASSCRED = 16
export const SO_PASSSEC = 34
export const SO_PEEK_OFF = 42
/** The peer's pid, uid and gid on an AF_UNIX socket: three ints. */
export const SO_PEERCRED = 17
export const SO_PEERGROUPS = 59
export const SO_PEERNAME = 28
/** The other side's security context, where the system has one. */
export const SO_PEERSEC = 31
export const SO_PREFER_BUSY_POLL = 69
/** How urgent what is sent is: 0 … 6, more as root. */
export const SO_PRIORITY = 12
/** The protocol number. */
export const SO_PROTOCOL = 38
/** Size of the receive buffer; the kernel doubles it. */
export const SO_RCVBUF = 8
export const SO_RCVBUFFORCE = 33
/** How many bytes must be there before `select` and `poll` say so. */
export const SO_RCVLOWAT = 18
export const SO_RCVMARK = 75
/** How long to wait for data: a struct of two longs (seconds, microseconds). `settimeout` is simpler. */
export const SO_RCVTIMEO = 20
export const SO_RCVTIMEO_NEW = 66
export const SO_RCVTIMEO_OLD = 20
export const SO_RESERVE_MEM = 73
/** Bind to a port although connections of an earlier server linger in TIME_WAIT. */
export const SO_REUSEADDR = 2
/** Several sockets bind to one port; the kernel shares connections out. */
export const SO_REUSEPORT = 15
export const SO_RXQ_OVFL = 40
export const SO_SECURITY_AUTHENTICATION = 22
export const SO_SECURITY_ENCRYPTION_NETWORK = 24
export const SO_SECURITY_ENCRYPTION_TRANSPORT = 23
export const SO_SELECT_ERR_QUEUE = 45
/** Size of the send buffer; the kernel doubles it. */
export const SO_SNDBUF = 7
export const SO_SNDBUFFORCE = 32
export const SO_SNDLOWAT = 19
/** How long to wait for room to send: a struct of two longs (seconds, microseconds). */
export const SO_SNDTIMEO = 21
export const SO_SNDTIMEO_NEW = 67
export const SO_SNDTIMEO_OLD = 21
/** `recvmsg` tells when a message came: `SCM_TIMESTAMP`, two longs (seconds, microseconds). */
export const SO_TIMESTAMP = 29
/** `recvmsg` tells when packets passed which part of the system. */
export const SO_TIMESTAMPING = 37
export const SO_TIMESTAMPING_NEW = 65
export const SO_TIMESTAMPING_OLD = 37
/** `recvmsg` tells when a message came: `SCM_TIMESTAMPNS`, two longs (seconds, nanoseconds). */
export const SO_TIMESTAMPNS = 35
export const SO_TIMESTAMPNS_NEW = 64
export const SO_TIMESTAMPNS_OLD = 35
export const SO_TIMESTAMP_NEW = 63
export const SO_TIMESTAMP_OLD = 29
export const SO_TXREHASH = 74
export const SO_TXTIME = 61
/** The type, as a SocketKind. */
export const SO_TYPE = 3
export const SO_VM_SOCKETS_BUFFER_MAX_SIZE = 2
export const SO_VM_SOCKETS_BUFFER_MIN_SIZE = 1
export const SO_VM_SOCKETS_BUFFER_SIZE = 0
export const SO_WIFI_STATUS = 41
/** Allows `MSG_ZEROCOPY`: sending without a copy. */
export const SO_ZEROCOPY = 60
