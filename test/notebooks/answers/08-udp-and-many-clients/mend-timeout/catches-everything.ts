// points: 4
// says: only silence is null expected ConnectionRefusedError to be thrown
async function listenFor(address: socket.InetAddress, seconds: number): Promise<Buffer | null> {
  try {
    using conn = await socket.createConnection(address)
    conn.settimeout(seconds)
    return await conn.recv(1024)
  } catch {
    return null
  }
}
