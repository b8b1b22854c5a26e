// points: 4
// says: one socket should be open, the connected one; there are 4
async function connectFirst(addresses: readonly socket.InetAddress[], timeout: number): Promise<socket.Socket> {
  let last: unknown
  for (const address of addresses) {
    const sock = socket.socket()
    sock.settimeout(timeout)
    try {
      await sock.connect(address)
      return sock
    } catch (error) {
      last = error
    }
  }
  throw last
}
