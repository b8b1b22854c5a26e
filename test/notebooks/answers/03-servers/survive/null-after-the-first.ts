// points: 5
// says: received null, although the second address answers
function openServer(port: number): socket.Socket {
  try {
    return socket.createServer(["127.0.0.1", port])
  } catch (error) {
    if (!(error instanceof OSError) || error.code !== "EADDRINUSE") throw error
    return socket.createServer(["127.0.0.1", 0])
  }
}

async function reach(addresses: socket.InetAddress[]): Promise<socket.Socket | null> {
  for (const address of addresses) {
    try {
      return await socket.createConnection(address)
    } catch (error) {
      if (error instanceof ConnectionRefusedError) return null
      throw error
    }
  }
  return null
}
