// points: 5
// says: open now
function openServer(port: number): socket.Socket {
  const server = socket.socket()
  try {
    server.bind(["127.0.0.1", port])
    server.listen()
    return server
  } catch (error) {
    if (!(error instanceof OSError) || error.code !== "EADDRINUSE") throw error
    const other = socket.socket()
    other.bind(["127.0.0.1", 0])
    other.listen()
    return other
  }
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
