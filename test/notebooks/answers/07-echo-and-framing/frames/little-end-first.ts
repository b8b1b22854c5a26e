// points: 3
// says: the first difference is at byte 0: 0x00 is expected, 0x04 came
async function sendFrame(conn: socket.Socket, message: Uint8Array): Promise<void> {
  await conn.sendall(bytes`${struct.pack("<I", message.length)}${message}`)
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
  const [length] = struct.unpack("<I", header)
  if (length > limit) throw new RangeError(`${length} bytes`)
  const message = await exactly(conn, length)
  if (message === null) throw new ConnectionError(`0 of ${length} bytes`)
  return message
}
