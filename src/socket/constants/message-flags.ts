/**
 * MSG_*: flags of one call of send, recv and their kin; or them together.
 *
 * Linux's numbers (x64 and arm64), from CPython's module and the kernel's headers.
 */

/** Flags of one sending or receiving call, to name them: `MsgFlag.MSG_PEEK`. @see recv(2), send(2) */
export enum MsgFlag {
  /** Urgent (out-of-band) data. */
  MSG_OOB = 1,
  /** Look at the data and leave it there. */
  MSG_PEEK = 2,
  /** Only to directly connected networks. */
  MSG_DONTROUTE = 4,
  /** Ancillary data did not fit. */
  MSG_CTRUNC = 8,
  /** Datagrams: return the real length although it did not fit. */
  MSG_TRUNC = 0x20,
  /** Never wait in this one call. */
  MSG_DONTWAIT = 0x40,
  /** End of a record. */
  MSG_EOR = 0x80,
  /** Wait until all bytes asked for are there. */
  MSG_WAITALL = 0x100,
  /** The peer is known to be reachable. */
  MSG_CONFIRM = 0x800,
  /** Read from the error queue. */
  MSG_ERRQUEUE = 0x2000,
  /** No SIGPIPE (always so here). */
  MSG_NOSIGNAL = 0x4000,
  /** More will follow: wait for it before sending. */
  MSG_MORE = 0x8000,
  MSG_WAITFORONE = 0x10000,
  MSG_BATCH = 0x40000,
  /** Send without copying. */
  MSG_ZEROCOPY = 0x4000000,
  /** Send data with the connection request. */
  MSG_FASTOPEN = 0x20000000,
  /** Received descriptors are closed on exec. */
  MSG_CMSG_CLOEXEC = 0x40000000,
}

export const MSG_BATCH = MsgFlag.MSG_BATCH
/** Received descriptors are closed on exec. */
export const MSG_CMSG_CLOEXEC = MsgFlag.MSG_CMSG_CLOEXEC
/** The peer is known to be reachable. */
export const MSG_CONFIRM = MsgFlag.MSG_CONFIRM
/** Ancillary data did not fit. */
export const MSG_CTRUNC = MsgFlag.MSG_CTRUNC
/** Only to directly connected networks. */
export const MSG_DONTROUTE = MsgFlag.MSG_DONTROUTE
/** Never wait in this one call. */
export const MSG_DONTWAIT = MsgFlag.MSG_DONTWAIT
/** End of a record. */
export const MSG_EOR = MsgFlag.MSG_EOR
/** Read from the error queue. */
export const MSG_ERRQUEUE = MsgFlag.MSG_ERRQUEUE
/** Send data with the connection request. */
export const MSG_FASTOPEN = MsgFlag.MSG_FASTOPEN
/** More will follow: wait for it before sending. */
export const MSG_MORE = MsgFlag.MSG_MORE
/** No SIGPIPE (always so here). */
export const MSG_NOSIGNAL = MsgFlag.MSG_NOSIGNAL
/** Urgent (out-of-band) data. */
export const MSG_OOB = MsgFlag.MSG_OOB
/** Look at the data and leave it there. */
export const MSG_PEEK = MsgFlag.MSG_PEEK
/** Datagrams: return the real length although it did not fit. */
export const MSG_TRUNC = MsgFlag.MSG_TRUNC
/** Wait until all bytes asked for are there. */
export const MSG_WAITALL = MsgFlag.MSG_WAITALL
export const MSG_WAITFORONE = MsgFlag.MSG_WAITFORONE
/** Send without copying. */
export const MSG_ZEROCOPY = MsgFlag.MSG_ZEROCOPY
