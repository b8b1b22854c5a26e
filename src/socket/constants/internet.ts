/**
 * IPPROTO_*, IP_*, IPV6_*, INADDR_*: protocols, and the options of IPv4 and IPv6 sockets.
 *
 * Linux's numbers (x64 and arm64), from CPython's module and the kernel's headers.
 */

export const INADDR_ALLHOSTS_GROUP = 3758096385
export const INADDR_ALLRTRS_GROUP = 3758096386
export const INADDR_ALLSNOOPERS_GROUP = 3758096490
/** Every IPv4 address of this machine, 0.0.0.0. */
export const INADDR_ANY = 0
/** 255.255.255.255 as a number. */
export const INADDR_BROADCAST = 4294967295
export const INADDR_DUMMY = 3221225480
/** 127.0.0.1 as a number. */
export const INADDR_LOOPBACK = 2130706433
export const INADDR_MAX_LOCAL_GROUP = 3758096639
export const INADDR_NONE = 4294967295
export const INADDR_UNSPEC_GROUP = 3758096384
/** Ports below this one are for root. */
export const IPPORT_RESERVED = 1024
export const IPPORT_USERRESERVED = 5000
export const IPPROTO_AH = 51
export const IPPROTO_BEETPH = 94
export const IPPROTO_COMP = 108
export const IPPROTO_DCCP = 33
export const IPPROTO_DSTOPTS = 60
export const IPPROTO_EGP = 8
export const IPPROTO_ENCAP = 98
export const IPPROTO_ESP = 50
export const IPPROTO_ETHERNET = 143
export const IPPROTO_FRAGMENT = 44
export const IPPROTO_GRE = 47
export const IPPROTO_HOPOPTS = 0
/** What ping sends. @see icmp(7) */
export const IPPROTO_ICMP = 1
/** What ping sends over IPv6. */
export const IPPROTO_ICMPV6 = 58
export const IPPROTO_IDP = 22
export const IPPROTO_IGMP = 2
/** IPv4; the level of the options `IP_*`. @see ip(7) */
export const IPPROTO_IP = 0
export const IPPROTO_IPIP = 4
/** IPv6; the level of the options `IPV6_*`. @see ipv6(7) */
export const IPPROTO_IPV6 = 41
export const IPPROTO_L2TP = 115
export const IPPROTO_MH = 135
export const IPPROTO_MPLS = 137
export const IPPROTO_MPTCP = 262
export const IPPROTO_MTP = 92
export const IPPROTO_NONE = 59
export const IPPROTO_PIM = 103
export const IPPROTO_PUP = 12
/** Packets whose IP header is made by hand, too. @see raw(7) */
export const IPPROTO_RAW = 255
export const IPPROTO_ROUTING = 43
export const IPPROTO_RSVP = 46
export const IPPROTO_SCTP = 132
/** TCP; the level of the options `TCP_*`. @see tcp(7) */
export const IPPROTO_TCP = 6
export const IPPROTO_TP = 29
/** UDP; the level of the options `UDP_*`. @see udp(7) */
export const IPPROTO_UDP = 17
export const IPPROTO_UDPLITE = 136
export const IPV6_2292DSTOPTS = 4
export const IPV6_2292HOPLIMIT = 8
export const IPV6_2292HOPOPTS = 3
export const IPV6_2292PKTINFO = 2
export const IPV6_2292PKTOPTIONS = 6
export const IPV6_2292RTHDR = 5
export const IPV6_ADDRFORM = 1
export const IPV6_ADDR_PREFERENCES = 72
export const IPV6_ADD_MEMBERSHIP = 20
export const IPV6_AUTHHDR = 10
export const IPV6_AUTOFLOWLABEL = 70
export const IPV6_CHECKSUM = 7
export const IPV6_DONTFRAG = 62
export const IPV6_DROP_MEMBERSHIP = 21
export const IPV6_DSTOPTS = 59
export const IPV6_FLOWINFO = 11
export const IPV6_FLOWINFO_FLOWLABEL = 1048575
export const IPV6_FLOWINFO_PRIORITY = 267386880
export const IPV6_FLOWINFO_SEND = 33
export const IPV6_FLOWLABEL_MGR = 32
export const IPV6_FL_A_GET = 0
export const IPV6_FL_A_PUT = 1
export const IPV6_FL_A_RENEW = 2
export const IPV6_FL_F_CREATE = 1
export const IPV6_FL_F_EXCL = 2
export const IPV6_FL_F_REFLECT = 4
export const IPV6_FL_F_REMOTE = 8
export const IPV6_FL_S_ANY = 255
export const IPV6_FL_S_EXCL = 1
export const IPV6_FL_S_NONE = 0
export const IPV6_FL_S_PROCESS = 2
export const IPV6_FL_S_USER = 3
export const IPV6_FREEBIND = 78
export const IPV6_HDRINCL = 36
/** How many hops a packet has left: an int. */
export const IPV6_HOPLIMIT = 52
export const IPV6_HOPOPTS = 54
export const IPV6_IPSEC_POLICY = 34
export const IPV6_JOIN_ANYCAST = 27
/** Join a multicast group: 16 bytes of group, an unsigned int of interface. */
export const IPV6_JOIN_GROUP = 20
export const IPV6_LEAVE_ANYCAST = 28
/** Leave a multicast group: 16 bytes of group, an unsigned int of interface. */
export const IPV6_LEAVE_GROUP = 21
export const IPV6_MINHOPCOUNT = 73
export const IPV6_MTU = 24
export const IPV6_MTU_DISCOVER = 23
export const IPV6_MULTICAST_ALL = 29
/** Hops of multicast packets. */
export const IPV6_MULTICAST_HOPS = 18
/** Which interface multicasts leave by: its number, `socket.if_nametoindex('lo')`. */
export const IPV6_MULTICAST_IF = 17
/** Whether own multicasts come back. */
export const IPV6_MULTICAST_LOOP = 19
export const IPV6_NEXTHOP = 9
export const IPV6_ORIGDSTADDR = 74
export const IPV6_PATHMTU = 61
/** Where a packet came in or leaves: 16 bytes of own address, an unsigned int of interface. */
export const IPV6_PKTINFO = 50
export const IPV6_PMTUDISC_DO = 2
export const IPV6_PMTUDISC_DONT = 0
export const IPV6_PMTUDISC_INTERFACE = 4
export const IPV6_PMTUDISC_OMIT = 5
export const IPV6_PMTUDISC_PROBE = 3
export const IPV6_PMTUDISC_WANT = 1
export const IPV6_PREFER_SRC_CGA = 8
export const IPV6_PREFER_SRC_COA = 4
export const IPV6_PREFER_SRC_HOME = 1024
export const IPV6_PREFER_SRC_NONCGA = 2048
export const IPV6_PREFER_SRC_PUBLIC = 2
export const IPV6_PREFER_SRC_PUBTMP_DEFAULT = 256
export const IPV6_PREFER_SRC_TMP = 1
export const IPV6_PRIORITY_10 = 2560
export const IPV6_PRIORITY_11 = 2816
export const IPV6_PRIORITY_12 = 3072
export const IPV6_PRIORITY_13 = 3328
export const IPV6_PRIORITY_14 = 3584
export const IPV6_PRIORITY_15 = 3840
export const IPV6_PRIORITY_8 = 2048
export const IPV6_PRIORITY_9 = 2304
export const IPV6_PRIORITY_BULK = 1024
export const IPV6_PRIORITY_CONTROL = 1792
export const IPV6_PRIORITY_FILLER = 256
export const IPV6_PRIORITY_INTERACTIVE = 1536
export const IPV6_PRIORITY_RESERVED1 = 768
export const IPV6_PRIORITY_RESERVED2 = 1280
export const IPV6_PRIORITY_UNATTENDED = 512
export const IPV6_PRIORITY_UNCHARACTERIZED = 0
export const IPV6_RECVDSTOPTS = 58
export const IPV6_RECVERR = 25
export const IPV6_RECVERR_RFC4884 = 31
export const IPV6_RECVFRAGSIZE = 77
/** `recvmsg` tells how many hops a packet had left: `IPV6_HOPLIMIT`, an int. */
export const IPV6_RECVHOPLIMIT = 51
export const IPV6_RECVHOPOPTS = 53
export const IPV6_RECVORIGDSTADDR = 74
export const IPV6_RECVPATHMTU = 60
/** `recvmsg` tells where a packet came in: `IPV6_PKTINFO`. */
export const IPV6_RECVPKTINFO = 49
export const IPV6_RECVRTHDR = 56
export const IPV6_RECVTCLASS = 66
export const IPV6_ROUTER_ALERT = 22
export const IPV6_ROUTER_ALERT_ISOLATE = 30
export const IPV6_RTHDR = 57
export const IPV6_RTHDRDSTOPTS = 55
export const IPV6_RTHDR_TYPE_0 = 0
/** The traffic class of what is sent. */
export const IPV6_TCLASS = 67
export const IPV6_TLV_CALIPSO = 7
export const IPV6_TLV_HAO = 201
export const IPV6_TLV_IOAM = 49
export const IPV6_TLV_JUMBO = 194
export const IPV6_TLV_PAD1 = 0
export const IPV6_TLV_PADN = 1
export const IPV6_TLV_ROUTERALERT = 5
export const IPV6_TRANSPARENT = 75
/** Hops of packets to one receiver. */
export const IPV6_UNICAST_HOPS = 16
export const IPV6_UNICAST_IF = 76
/** An AF_INET6 socket takes no IPv4. */
export const IPV6_V6ONLY = 26
export const IPV6_XFRM_POLICY = 35
/** Join a multicast group: 4 bytes of group, 4 of interface. */
export const IP_ADD_MEMBERSHIP = 35
/** Join a multicast group for what one sender sends: 4 bytes of group, of interface, of sender. */
export const IP_ADD_SOURCE_MEMBERSHIP = 39
export const IP_BIND_ADDRESS_NO_PORT = 24
export const IP_BLOCK_SOURCE = 38
export const IP_CHECKSUM = 23
export const IP_DEFAULT_MULTICAST_LOOP = 1
export const IP_DEFAULT_MULTICAST_TTL = 1
/** Leave a multicast group: 4 bytes of group, 4 of interface. */
export const IP_DROP_MEMBERSHIP = 36
export const IP_DROP_SOURCE_MEMBERSHIP = 40
/** Allows to bind to an address that this machine does not have. */
export const IP_FREEBIND = 15
/** Of a raw socket: what is sent begins with its own IP header. */
export const IP_HDRINCL = 3
export const IP_IPSEC_POLICY = 16
export const IP_LOCAL_PORT_RANGE = 51
export const IP_MAX_MEMBERSHIPS = 20
export const IP_MINTTL = 21
export const IP_MSFILTER = 41
/** Of a connected socket: how large a packet may be on that way. */
export const IP_MTU = 14
/** Whether packets may be cut on their way: `IP_PMTUDISC_*`. */
export const IP_MTU_DISCOVER = 10
export const IP_MULTICAST_ALL = 49
/** Which interface multicasts leave by: 4 bytes of its address, `socket.inet_aton('127.0.0.1')`. */
export const IP_MULTICAST_IF = 32
/** Whether own multicasts come back. */
export const IP_MULTICAST_LOOP = 34
/** Hops of multicast packets. */
export const IP_MULTICAST_TTL = 33
export const IP_NODEFRAG = 22
/** Options in the header of each packet, as bytes. */
export const IP_OPTIONS = 4
export const IP_ORIGDSTADDR = 20
export const IP_PASSSEC = 18
/** `recvmsg` tells where a packet came in: an int (interface), 4 bytes of own address, 4 of the one it was for. */
export const IP_PKTINFO = 8
export const IP_PKTOPTIONS = 9
/** No packet is cut; one that is too large is EMSGSIZE. */
export const IP_PMTUDISC_DO = 2
export const IP_PMTUDISC_DONT = 0
export const IP_PMTUDISC_INTERFACE = 4
export const IP_PMTUDISC_OMIT = 5
export const IP_PMTUDISC_PROBE = 3
export const IP_PMTUDISC_WANT = 1
export const IP_PROTOCOL = 52
/** Errors of datagrams are kept, for `recvmsg` with `MSG_ERRQUEUE`. */
export const IP_RECVERR = 11
export const IP_RECVERR_RFC4884 = 26
export const IP_RECVFRAGSIZE = 25
export const IP_RECVOPTS = 6
export const IP_RECVORIGDSTADDR = 20
export const IP_RECVRETOPTS = 7
/** `recvmsg` tells the type of service of a packet: `IP_TOS`, a byte. */
export const IP_RECVTOS = 13
/** `recvmsg` tells how many hops a packet had left: `IP_TTL`, an int. */
export const IP_RECVTTL = 12
export const IP_RETOPTS = 7
export const IP_ROUTER_ALERT = 5
/** Type of service. */
export const IP_TOS = 1
/** Takes what is for other machines, as root: a transparent proxy. */
export const IP_TRANSPARENT = 19
/** Hops a packet may take. */
export const IP_TTL = 2
export const IP_UNBLOCK_SOURCE = 37
export const IP_UNICAST_IF = 50
export const IP_XFRM_POLICY = 17
export const MCAST_BLOCK_SOURCE = 43
export const MCAST_EXCLUDE = 0
export const MCAST_INCLUDE = 1
export const MCAST_JOIN_GROUP = 42
export const MCAST_JOIN_SOURCE_GROUP = 46
export const MCAST_LEAVE_GROUP = 45
export const MCAST_LEAVE_SOURCE_GROUP = 47
export const MCAST_MSFILTER = 48
export const MCAST_UNBLOCK_SOURCE = 44
