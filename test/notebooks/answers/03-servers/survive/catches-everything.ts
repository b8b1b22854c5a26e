// points: 4
// says: RangeError to be thrown
function openServer(port: number): socket.Socket {
  try {
    return socket.createServer(["127.0.0.1", port])
  } catch {
    return socket.createServer(["127.0.0.1", 0])
  }
}

async function reach(addresses: socket.InetAddress[]): Promise<socket.Socket | null> {
  for (const address of addresses) {
    try {
      return await socket.createConnection(address)
    } catch {
      continue
    }
  }
  return null
}
