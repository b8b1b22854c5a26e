// points: 4
// says: TimeoutError: timed out
async function listenFor(address: socket.InetAddress, seconds: number): Promise<Buffer | null> {
  using conn = await socket.createConnection(address)
  conn.settimeout(seconds)
  return await conn.recv(1024)
}
