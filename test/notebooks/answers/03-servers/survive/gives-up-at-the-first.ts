// points: 4
// says: Connection refused
function openServer(port: number): socket.Socket {
  try {
    return socket.createServer(["127.0.0.1", port])
  } catch (error) {
    if (!(error instanceof OSError) || error.code !== "EADDRINUSE") throw error
    return socket.createServer(["127.0.0.1", 0])
  }
}

async function reach(addresses: socket.InetAddress[]): Promise<socket.Socket | null> {
  for (const address of addresses) return await socket.createConnection(address)
  return null
}
