// points: 4
// says: Connection refused
function openServer(port: number): socket.Socket {
  const server = socket.socket()
  try {
    server.bind(["127.0.0.1", port])
    return server
  } catch (error) {
    server.close()
    if (!(error instanceof OSError) || error.code !== "EADDRINUSE") throw error
    return openServer(0)
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
