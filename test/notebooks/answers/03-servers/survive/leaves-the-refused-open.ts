// points: 5
// says: open now
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
    const sock = socket.socket()
    try {
      await sock.connect(address)
      return sock
    } catch (error) {
      if (!(error instanceof ConnectionRefusedError)) throw error
    }
  }
  return null
}
