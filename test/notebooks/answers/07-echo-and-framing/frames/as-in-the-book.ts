// points: 6
// says: ConnectionError: 0/4 bytes
async function sendFrame(conn: socket.Socket, message: Uint8Array): Promise<void> {
  await conn.sendall(bytes`${struct.pack("!I", message.length)}${message}`)
}

async function exactly(conn: socket.Socket, size: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let received = 0
  while (received < size) {
    const chunk = await conn.recv(size - received)
    if (chunk.length === 0) throw new ConnectionError(`${received}/${size} bytes`)
    chunks.push(chunk)
    received += chunk.length
  }
  return Buffer.concat(chunks)
}

async function recvFrame(
  conn: socket.Socket,
  limit: number,
): Promise<Buffer | null> {
  const [length] = struct.unpack("!I", await exactly(conn, 4))
  return exactly(conn, length)
}
