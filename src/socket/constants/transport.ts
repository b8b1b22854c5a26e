/**
 * TCP_*, UDP_*: options of TCP and UDP sockets.
 *
 * Linux's numbers (x64 and arm64), from CPython's module and the kernel's headers.
 */

export const TCP_CA_CWR = 2
/** The congestion control's own statistics. */
export const TCP_CC_INFO = 26
export const TCP_CM_INQ = 36
/** Who decides how fast to send, by name: `` bytes`reno` ``, `` bytes`cubic` ``. */
export const TCP_CONGESTION = 13
/** Hold data back until uncorked: full segments only. */
export const TCP_CORK = 3
export const TCP_DATA_OFFSET = 240
/** `accept` gives a connection when its first data has come, or after so many seconds. */
export const TCP_DEFER_ACCEPT = 9
export const TCP_ENCAP_ESPINTCP = 7
/** Data in the first packet of a connection; of a server: how many such may wait. */
export const TCP_FASTOPEN = 23
export const TCP_FASTOPEN_CONNECT = 30
export const TCP_FASTOPEN_KEY = 33
export const TCP_FASTOPEN_NO_COOKIE = 34
/** The kernel's statistics of a connection. */
export const TCP_INFO = 11
export const TCP_INQ = 36
/** Probes without an answer before the connection is given up. */
export const TCP_KEEPCNT = 6
/** Seconds of silence before the first keep-alive probe. */
export const TCP_KEEPIDLE = 4
/** Seconds between probes. */
export const TCP_KEEPINTVL = 5
/** Seconds that a closed connection waits for the end of the other side. */
export const TCP_LINGER2 = 8
/** The largest segment. */
export const TCP_MAXSEG = 2
export const TCP_MD5SIG = 14
export const TCP_MD5SIG_EXT = 32
export const TCP_MD5SIG_FLAG_IFINDEX = 2
export const TCP_MD5SIG_FLAG_PREFIX = 1
export const TCP_MD5SIG_MAXKEYLEN = 80
export const TCP_MSS_DEFAULT = 536
export const TCP_MSS_DESIRED = 1220
/** Send small pieces at once (Nagle's algorithm off). */
export const TCP_NODELAY = 1
/** How many unsent bytes there may be while `select` still says that there is room. */
export const TCP_NOTSENT_LOWAT = 25
export const TCP_QUEUE_SEQ = 21
/** Confirms what comes at once, for a while. */
export const TCP_QUICKACK = 12
export const TCP_RECEIVE_ZEROCOPY_FLAG_TLB_CLEAN_HINT = 1
export const TCP_REPAIR = 19
export const TCP_REPAIR_OFF = 0
export const TCP_REPAIR_OFF_NO_WP = -1
export const TCP_REPAIR_ON = 1
export const TCP_REPAIR_OPTIONS = 22
export const TCP_REPAIR_QUEUE = 20
export const TCP_REPAIR_WINDOW = 29
export const TCP_RESERVED_BITS = 15
export const TCP_SAVED_SYN = 28
export const TCP_SAVE_SYN = 27
/** How often the first packet of a connection is sent again. */
export const TCP_SYNCNT = 7
export const TCP_THIN_DUPACK = 17
export const TCP_THIN_LINEAR_TIMEOUTS = 16
export const TCP_TIMESTAMP = 24
export const TCP_TX_DELAY = 37
/** What stands upon TCP in the system: `` bytes`tls` ``. */
export const TCP_ULP = 31
/** Milliseconds until unacknowledged data breaks the connection. */
export const TCP_USER_TIMEOUT = 18
/** The largest window to offer to the other side. */
export const TCP_WINDOW_CLAMP = 10
export const TCP_ZEROCOPY_RECEIVE = 35
export const UDPLITE_RECV_CSCOV = 11
export const UDPLITE_SEND_CSCOV = 10
/** Gathers what is sent into one datagram until it is switched off. */
export const UDP_CORK = 1
export const UDP_ENCAP = 100
export const UDP_ENCAP_ESPINUDP = 2
export const UDP_ENCAP_ESPINUDP_NON_IKE = 1
export const UDP_ENCAP_GTP0 = 4
export const UDP_ENCAP_GTP1U = 5
export const UDP_ENCAP_L2TPINUDP = 3
export const UDP_ENCAP_RXRPC = 6
/** Gives several datagrams of one sender together. */
export const UDP_GRO = 104
export const UDP_NO_CHECK6_RX = 102
export const UDP_NO_CHECK6_TX = 101
/** Cuts what is sent into datagrams of so many bytes. */
export const UDP_SEGMENT = 103
