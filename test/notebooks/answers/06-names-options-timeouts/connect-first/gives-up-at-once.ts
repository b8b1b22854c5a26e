// points: 1
// says: ConnectionRefusedError: [Errno 111] Connection refused
async function connectFirst(addresses: readonly socket.InetAddress[], timeout: number): Promise<socket.Socket> {
  for (const address of addresses) return await socket.createConnection(address, { timeout })
  throw new Error("no address")
}
