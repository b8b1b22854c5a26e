// points: 5
// says: received
function openServer(port: number): socket.Socket {
  const server = socket.socket()
  if (port > 65535) throw new RangeError("no such port")
  server.bind(["127.0.0.1", 0])
  server.listen()
  return server
}

async function reach(addresses: socket.InetAddress[]): Promise<socket.Socket | null> {
  for (const address of addresses) {
    try {
      return await socket.createConnection(address)
    } catch (error) {
      if (!(error instanceof ConnectionRefusedError)) throw error
    }
  }
  return null
}
