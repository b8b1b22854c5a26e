// points: 1
// says: Bad file descriptor: the socket is closed
async function connectFirst(addresses: readonly socket.InetAddress[], timeout: number): Promise<socket.Socket> {
  let last: unknown
  for (const address of addresses) {
    using sock = socket.socket()
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
