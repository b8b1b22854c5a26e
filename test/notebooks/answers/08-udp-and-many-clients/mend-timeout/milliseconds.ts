// points: 4
// says: It was not over after 3 s
async function listenFor(address: socket.InetAddress, seconds: number): Promise<Buffer | null> {
  using conn = await socket.createConnection(address)
  conn.settimeout(seconds * 1000)
  try {
    return await conn.recv(1024)
  } catch (error) {
    if (error instanceof TimeoutError) return null
    throw error
  }
}
