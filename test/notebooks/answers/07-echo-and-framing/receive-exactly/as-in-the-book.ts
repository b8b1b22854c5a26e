// points: 5
// says: ConnectionError: Connection closed after 0/8 bytes
async function receiveExactly(
  conn: socket.Socket,
  size: number,
): Promise<Buffer | null> {
  const chunks: Buffer[] = []
  let received = 0
  while (received < size) {
    const chunk = await conn.recv(size - received)
    if (chunk.length === 0) {
      throw new ConnectionError(`Connection closed after ${received}/${size} bytes`)
    }
    chunks.push(chunk)
    received += chunk.length
  }
  return Buffer.concat(chunks)
}
