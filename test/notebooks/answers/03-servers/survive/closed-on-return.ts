// points: 3
// says: the socket that openServer returned is closed already
function openServer(port: number): socket.Socket {
  using server = socket.socket()
  server.bind(["127.0.0.1", port])
  server.listen(5)
  return server
}

async function reach(addresses: socket.InetAddress[]): Promise<socket.Socket | null> {
  for (const address of addresses) {
    try {
      using conn = await socket.createConnection(address)
      return conn
    } catch (error) {
      if (!(error instanceof ConnectionRefusedError)) throw error
    }
  }
  return null
}
