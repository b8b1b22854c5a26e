// %% v6-first
function hostsOf(rows: readonly socket.AddrInfo[]): string[] {
  const v6: string[] = []
  const v4: string[] = []
  for (const [family, , , , [host]] of rows) {
    const hosts = family === socket.AF_INET6 ? v6 : v4
    if (!hosts.includes(host)) hosts.push(host)
  }
  return [...v6, ...v4]
}

// %% connect-first
async function connectFirst(
  addresses: readonly socket.InetAddress[],
  timeout: number,
): Promise<socket.Socket> {
  let last: unknown = new RangeError("no address was given")
  for (const address of addresses) {
    const sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try {
      sock.settimeout(timeout)
      await sock.connect(address)
      return sock
    } catch (error) {
      sock.close() // a failed connect leaves it open
      if (!(error instanceof OSError)) throw error
      last = error
    }
  }
  throw last
}

// %% leaky
async function greeting(host: string, port: number, timeout: number): Promise<string> {
  using sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
  sock.settimeout(timeout)
  await sock.connect([host, port])
  const data = await sock.recv(1024)
  return data.toString()
}
