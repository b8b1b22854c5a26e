// points: 2
// says: IPv6 comes first (0 of 1)
function hostsOf(rows: readonly socket.AddrInfo[]): string[] {
  return [...new Set(rows.map(([, , , , address]) => String(address[0])))]
}
