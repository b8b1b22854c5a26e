// points: 1
// says: connectFirst gave a socket that is closed already
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
