// points: 6
// says: unpack requires a buffer of 4 bytes
async function sendFrame(conn: socket.Socket, message: Uint8Array): Promise<void> {
  await conn.sendall(bytes`${struct.pack("!I", message.length)}${message}`)
}

async function recvFrame(
  conn: socket.Socket,
  limit: number,
): Promise<Buffer | null> {
  const header = await conn.recv(4)
  if (header.length === 0) return null
  const [length] = struct.unpack("!I", header)
  if (length > limit) throw new RangeError(`${length} bytes`)
  let message: Buffer = Buffer.alloc(0)
  while (message.length < length) {
    const part = await conn.recv(length - message.length)
    if (part.length === 0) throw new ConnectionError(`${message.length} of ${length} bytes`)
    message = Buffer.concat([message, part])
  }
  return message
}
