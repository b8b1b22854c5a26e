// points: 7
// says: gone after 0 of 5 bytes expected ConnectionError to be thrown received no error, but null
async function sendFrame(conn: socket.Socket, message: Uint8Array): Promise<void> {
  await conn.sendall(bytes`${struct.pack("!I", message.length)}${message}`)
}

async function exactly(conn: socket.Socket, size: number): Promise<Buffer | null> {
  const chunks: Buffer[] = []
  let received = 0
  while (received < size) {
    const chunk = await conn.recv(size - received)
    if (chunk.length === 0) {
      if (received === 0) return null
      throw new ConnectionError(`${received} of ${size} bytes`)
    }
    chunks.push(chunk)
    received += chunk.length
  }
  return Buffer.concat(chunks)
}

async function recvFrame(
  conn: socket.Socket,
  limit: number,
): Promise<Buffer | null> {
  const header = await exactly(conn, 4)
  if (header === null) return null
  const [length] = struct.unpack("!I", header)
  if (length > limit) throw new RangeError(`${length} bytes`)
  return exactly(conn, length)
}
