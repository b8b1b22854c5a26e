// points: 5
// says: byte 3: 0x04 is expected, 0x03 came
async function sendFrame(conn: socket.Socket, message: Uint8Array): Promise<void> {
  await conn.send(struct.pack("!I", String(message).length))
  await conn.send(message)
}

async function recvFrame(
  conn: socket.Socket,
  limit: number,
): Promise<Buffer | null> {
  const all = async (size: number) => {
    let data: Buffer = Buffer.alloc(0)
    while (data.length < size) {
      const part = await conn.recv(size - data.length)
      if (part.length === 0) break
      data = Buffer.concat([data, part])
    }
    return data
  }
  const header = await all(4)
  if (header.length === 0) return null
  if (header.length < 4) throw new ConnectionError("in the header")
  const [length] = struct.unpack("!I", header)
  const message = await all(length)
  if (message.length < length) throw new ConnectionError("in the body")
  if (length > limit) throw new RangeError(`${length} bytes`)
  return message
}
