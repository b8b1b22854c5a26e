// points: 1
// says: three rows of one address give it once (0 of 1)
function hostsOf(rows: readonly socket.AddrInfo[]): string[] {
  const addresses = new Set(rows.map(([, , , , address]) => address))
  const hosts = [...addresses].map(([host]) => String(host))
  return [...hosts.filter((host) => host.includes(":")), ...hosts.filter((host) => !host.includes(":"))]
}
