// points: 4
// says: the mebibyte: received
async function sendFrame(conn: socket.Socket, message: Uint8Array): Promise<void> {
  await conn.sendall(bytes`${struct.pack("!I", message.length)}${message}`)
}

async function recvFrame(
  conn: socket.Socket,
  limit: number,
): Promise<Buffer | null> {
  const data = await conn.recv(limit + 4)
  if (data.length === 0) return null
  if (data.length < 4) throw new ConnectionError("no header")
  const [length] = struct.unpack("!I", data.subarray(0, 4))
  if (length > limit) throw new RangeError(`${length} bytes`)
  return data.subarray(4, 4 + length)
}
