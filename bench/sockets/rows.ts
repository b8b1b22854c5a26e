/**
 * What is measured: each row's unit, whether more is better, and how much of it is one repetition. Of round trips the
 * median counts; where a rate is taken it is half a second or more, for what JavaScript does in its first tenth is to be
 * compiled; but of connections no more than leave the system free ports, for each keeps its own for a minute.
 */
export interface Row {
  /** The word that the peers know it by. */
  name: string
  title: string
  unit: string
  /** Is the smaller number the better one? */
  less?: boolean
  processes: 1 | 2
  count: number
}

const TCP = 'TCP, 64 bytes there and back'
const UDP = 'UDP, 64 bytes there and back'

export const rows = (full: boolean): Row[] => [
  { name: 'tcp', title: `${TCP}, one process`, unit: 'µs', less: true, processes: 1, count: 20_000 },
  { name: 'tcp', title: `${TCP}, two processes`, unit: 'µs', less: true, processes: 2, count: 20_000 },
  { name: 'udp', title: `${UDP}, one process`, unit: 'µs', less: true, processes: 1, count: 20_000 },
  { name: 'udp', title: `${UDP}, two processes`, unit: 'µs', less: true, processes: 2, count: 20_000 },
  { name: 'bulk', title: 'bulk, 64 KiB a call', unit: 'MB/s', processes: 2, count: 2048 },
  { name: 'bulk', title: 'bulk, one process', unit: 'MB/s', processes: 1, count: 2048 },
  { name: 'frames', title: 'frames of 4 bytes + 1 KiB', unit: 'frames/s', processes: 2, count: 200_000 },
  { name: 'frames', title: 'frames, one process', unit: 'frames/s', processes: 1, count: 200_000 },
  { name: 'udp-flow', title: 'datagrams one way, received', unit: '/s', processes: 2, count: 200_000 },
  { name: 'connect', title: 'connect, accept, close', unit: '/s', processes: 2, count: 2000 },
  { name: 'connect', title: 'the same, one process', unit: '/s', processes: 1, count: 2000 },
  { name: 'many', title: '1,000 connections echo (one load for all)', unit: '/s', processes: 2, count: 1000 },
  ...(full
    ? [{ name: 'many', title: '10,000 connections echo', unit: '/s', processes: 2, count: 10_000 } as const]
    : []),
  { name: 'lookup', title: 'getaddrinfo("localhost"), for streams', unit: '/s', processes: 1, count: 20_000 },
]
