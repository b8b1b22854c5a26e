// points: 2
// says: It was not over after 3 s
async function connectFirst(addresses: readonly socket.InetAddress[], timeout: number): Promise<socket.Socket> {
  let last: unknown
  for (const address of addresses) {
    try {
      return await socket.createConnection(address)
    } catch (error) {
      last = error
    }
  }
  throw last
}
