// points: 1
// says: expected [ '127.10.0.40' ]
function hostsOf(rows: readonly socket.AddrInfo[]): string[] {
  const v6 = rows.filter(([family]) => family === socket.AF_INET6)
  const v4 = rows.filter(([family]) => family !== socket.AF_INET6)
  return [...v6, ...v4].map(([, , , , address]) => address[0])
}
