// points: 3
// says: otherwise in the order of the rows (0 of 1)
function hostsOf(rows: readonly socket.AddrInfo[]): string[] {
  const hosts = [...new Set(rows.map(([, , , , address]) => String(address[0])))].sort()
  return [...hosts.filter((host) => host.includes(":")), ...hosts.filter((host) => !host.includes(":"))]
}
